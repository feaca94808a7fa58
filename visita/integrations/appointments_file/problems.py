"""What makes a file or its mapping unusable: said with file, line and reason, before anything is written."""

from dataclasses import dataclass
from pathlib import Path

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason. `line` counts from 1 and is None where the whole file is meant."""

    file: Path
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.reason}"


class Unusable(Exception):
    """The file or mapping cannot be used. `problems` holds the first ones, `count` says how many there are."""

    def __init__(self, problems: list[Problem], count: int | None = None) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems[:SHOWN]
        self.count = len(problems) if count is None else count

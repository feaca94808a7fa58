"""One calendar's day as a list: visits in their order, the free time between them, and what comes next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from visita.bookings.journal_days import Day
from visita.foundation.timeline import Span, merged, without

LEAST = 15  # minutes of free time worth a line of its own
_OPEN = ("requested", "confirmed", "arrived")
Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the journal, or free time where `block` is None; `s` and `e` are epoch minutes."""

    s: int
    e: int
    block: Block | None = None

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.e - self.s


def lines(day: Day, resource: int, now: int) -> list[Line]:
    """The day of one calendar in its order, without what was cancelled; free time that is over is not told. `now` in epoch minutes."""
    blocks = [each for each in day.blocks.get(resource, ()) if each["state"] not in ("held", "cancelled")]
    found = [Line(each["s"], each["e"], each) for each in blocks]
    found += [Line(s, e) for s, e in _free(day, resource, blocks, now) if e - s >= LEAST]
    return sorted(found, key=lambda line: (line.s, line.e))


def next_visit(day: Sequence[Line], now: int) -> Line | None:
    """The visit the person has before them: whoever waits first, else the first that is not over."""
    visits = [line for line in day if line.block is not None and line.block["state"] in _OPEN]
    here = (line for line in visits if line.block is not None and line.block["state"] == "arrived")
    ahead = (line for line in visits if line.e > now)
    return next(here, None) or next(ahead, None)


def _free(day: Day, resource: int, blocks: Sequence[Block], now: int) -> Iterator[Span]:
    column = day.columns.get(resource)
    if column is None:
        return
    taken = merged((each["from"], each["to"]) for each in blocks)
    for span in column["work"]:
        for s, e in without(span, taken):
            if e > now:
                yield max(s, now), e

"""Tables on the terminal, and the medians in them."""

import time
from collections.abc import Callable, Sequence
from statistics import median

Row = Sequence[object]


def show(title: str, head: Row, rows: Sequence[Row]) -> None:
    """Print a table with columns as wide as their longest cell, numbers with three digits that count."""
    cells = [[_cell(value) for value in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    print(f"\n{title}")
    for row in cells:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    return (
        f"{value:.3g}"
        if isinstance(value, float) and abs(value) < 100
        else f"{value:.0f}"
        if isinstance(value, float)
        else str(value)
    )


def met(figure: float, goal: float, *, least: bool = False) -> str:
    """Whether a figure keeps its goal (at most, or at least)."""
    kept = figure >= goal if least else figure <= goal
    return f"{'met' if kept else 'MISSED'} ({'≥' if least else '≤'} {goal:g})"


def interleaved(works: dict[str, Callable[[], object]], rounds: int = 9) -> dict[str, float]:
    """Median milliseconds of each work, run in turns so that a noisy minute hits all of them; one round is thrown away."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            if turn:
                taken[name].append((time.perf_counter() - begun) * 1000)
    return {name: median(each) for name, each in taken.items()}

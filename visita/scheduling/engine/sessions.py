"""Dated classes: their starts are given, only places and limits decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from visita.scheduling.engine.needs import NO_LIMITS, Limits, Window


@dataclass(frozen=True, slots=True)
class Session:
    """A class on a date: [start, end) in epoch minutes, the resources that hold it, places still free."""

    id: int
    start: int
    end: int
    resources: tuple[int, ...]
    free: int


def session_offers(
    window: Window, sessions: Iterable[Session], seats: int = 1, limits: Limits = NO_LIMITS
) -> list[Session]:
    """The sessions that start in the window and still take a party of `seats`, by start and id."""
    origin, end = limits.clip(window)
    fitting = (each for each in sessions if origin <= each.start < end and each.free >= seats)
    return sorted(fitting, key=lambda each: (each.start, each.id))

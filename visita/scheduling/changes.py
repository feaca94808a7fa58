"""What can be changed about working time, as plain values: one date, the weekly plan at a location, time blocked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from visita.foundation import numbers, text
from visita.scheduling import policies
from visita.scheduling.errors import bad_datetime, bad_interval, not_found, too_many_changes, too_many_days
from visita.scheduling.policies import Pattern

MOST_DAYS: Final = 400  # dates changed at once; who is away for longer has an end of the weekly hours
MOST: Final = 10_000  # changes at once: twelve weeks of a hundred people
LAST_MINUTE: Final = 2**27  # epoch minutes: the year 2225
LONGEST_BLOCK: Final = 60 * 1440  # minutes; longer is an absence, which working time says

KINDS: Final = (
    "changed",
    "ill",
    "absent",
    "holiday",
    "cancelled",
    "moved",
    "shortened",
    "extended",
    "blocked",
)


@dataclass(frozen=True, slots=True)
class Day:
    """What shall hold on `date`: these intervals, none (absent, closed), or with `intervals` None the pattern again.

    Without a resource it is the location's; without a location (absence only) it holds everywhere. `online` is the part
    that clients may book (None: all), `reason` one of `KINDS` or a word of the organization's own.
    """

    resource_id: int | None
    location_id: int | None
    date: date
    intervals: tuple[tuple[int, int], ...] | None = ()
    reason: str = "changed"
    online: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The weekly plan of a resource at a location, the whole of it."""

    resource_id: int
    location_id: int
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Time of a resource, epoch minutes [s, e), that nobody can book at any door, with a note for staff."""

    resource_id: int
    location_id: int
    s: int
    e: int
    note: str = ""


Change = Day | Week | Block


def checked(changes: Sequence[Change]) -> list[Change]:
    """The changes in order, each as it will be kept. Refuses bad_interval, interval_overlap, too_many_days, too_many_changes,
    bad_datetime, required."""
    if len(changes) > MOST:
        raise too_many_changes(MOST)
    numbers.whole(len(changes), field="changes", low=1, high=MOST)
    if len({change.date for change in changes if isinstance(change, Day)}) > MOST_DAYS:
        raise too_many_days(MOST_DAYS)
    return [_checked(change) for change in changes]


def _checked(change: Change) -> Change:
    if isinstance(change, Block):
        return _block(change)
    return _day(change) if isinstance(change, Day) else _week(change)


def _block(block: Block) -> Block:
    for field, minute in (("start", block.s), ("end", block.e)):
        if not 0 < minute < LAST_MINUTE:
            raise bad_datetime(field)
    if not block.s < block.e <= block.s + LONGEST_BLOCK:
        raise bad_datetime("end")
    note = text.line(block.note, field="note", limit=300)
    return Block(block.resource_id, block.location_id, block.s, block.e, note)


def _day(day: Day) -> Day:
    if day.resource_id is None and day.location_id is None:
        raise not_found()
    if day.location_id is None and day.intervals:  # hours are told in a location's clock
        raise bad_interval("intervals")
    reason = text.line(day.reason, field="reason", limit=40)
    if day.intervals is None:
        return Day(day.resource_id, day.location_id, day.date, None, reason)
    hours = policies.intervals(day.intervals)
    part = policies.open_part(day.online, hours)
    online = None if part is None else _pairs(part)
    return Day(day.resource_id, day.location_id, day.date, _pairs(hours), reason, online)


def _week(week: Week) -> Week:
    return Week(week.resource_id, week.location_id, tuple(policies.plan(week.patterns)))


def _pairs(spans: Iterable[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in spans)

"""What can be changed about working time, as plain values: one date, or the weekly plan at a location."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from visita.foundation import numbers, text
from visita.scheduling import policies
from visita.scheduling.errors import bad_interval, not_found, too_many_days
from visita.scheduling.policies import Pattern

MOST_DAYS: Final = 400  # dates changed at once; who is away for longer has an end of the weekly hours

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


Change = Day | Week


def checked(changes: Sequence[Change]) -> list[Change]:
    """The changes in order, each as it will be kept. Refuses bad_interval, interval_overlap, too_many_days, required."""
    numbers.whole(len(changes), field="changes", low=1, high=10 * MOST_DAYS)
    if len({change.date for change in changes if isinstance(change, Day)}) > MOST_DAYS:
        raise too_many_days(MOST_DAYS)
    return [_day(change) if isinstance(change, Day) else _week(change) for change in changes]


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

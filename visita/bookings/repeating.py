"""When a visit repeats: pure dates from a rule, and wall time kept over the change of clocks."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from itertools import count as counting
from typing import Any, Literal
from zoneinfo import ZoneInfo

from visita.bookings import series_errors
from visita.scheduling.engine.zones import local_days

MOST = 104  # visits of a series (decision 26)
LONGEST = timedelta(days=731)  # from its first to its last
WIDEST = {"day": 60, "week": 26, "month": 12}

Unit = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every `every` days, weeks or months; a course of `count` visits or all until a date (inclusive).

    `weekdays` (0 = Monday) are for weeks, none = that of the first. By month it is the same date, which in a shorter
    month is its last day, or with `by_weekday` the same weekday of the month, which as the fifth is the last.
    """

    unit: Unit
    every: int = 1
    weekdays: tuple[int, ...] = ()
    by_weekday: bool = False
    count: int | None = None
    until: date | None = None

    def as_json(self) -> dict[str, Any]:
        """As the series keeps it."""
        return {**asdict(self), "until": self.until.isoformat() if self.until else None}


def read(kept: Mapping[str, Any]) -> Repeat:
    """The rule as it was kept."""
    until = date.fromisoformat(kept["until"]) if kept["until"] else None
    return Repeat(**{**kept, "weekdays": tuple(kept["weekdays"]), "until": until})


def dates(first: date, rule: Repeat, most: int = MOST) -> list[date]:
    """The dates of the series, the first included.

    Refuses bad_series: neither count nor end, less than two visits, more than `most`, longer than two years.
    """
    _require_sense(rule, most)
    last = min(rule.until or date.max, first + LONGEST)
    found: list[date] = []
    for day in _endless(first, rule):
        if day > last or len(found) == rule.count:
            break
        found.append(day)
        if len(found) > most:
            raise series_errors.bad_series("too_many", most)
    if len(found) < 2:
        raise series_errors.bad_series("too_few", 2)
    if rule.count is not None and len(found) < rule.count:
        raise series_errors.bad_series("too_long", len(found))
    return found


def _require_sense(rule: Repeat, most: int) -> None:
    if (rule.count is None) == (rule.until is None):
        raise series_errors.bad_series("endless" if rule.count is None else "two_ends", most)
    if rule.count is not None and not 2 <= rule.count <= most:
        raise series_errors.bad_series(
            "too_many" if rule.count > most else "too_few", most if rule.count > most else 2
        )
    if not 1 <= rule.every <= WIDEST[rule.unit]:
        raise series_errors.bad_series("every", WIDEST[rule.unit])
    if any(not 0 <= weekday <= 6 for weekday in rule.weekdays):
        raise series_errors.bad_series("weekdays", 6)


def _endless(first: date, rule: Repeat) -> Iterator[date]:
    if rule.unit == "day":
        return (first + timedelta(days=rule.every * turn) for turn in counting())
    if rule.unit == "week":
        return _weekly(first, rule)
    return (_in_month(first, rule.every * turn, rule.by_weekday) for turn in counting())


def _weekly(first: date, rule: Repeat) -> Iterator[date]:
    """The weekdays of every n-th week, counted from the week of the first; the first itself is always one."""
    monday = first - timedelta(days=first.weekday())
    weekdays = sorted({*rule.weekdays, first.weekday()})
    for turn in counting():
        for weekday in weekdays:
            day = monday + timedelta(weeks=rule.every * turn, days=weekday)
            if day >= first:
                yield day


def _in_month(first: date, months: int, by_weekday: bool) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    begin = date(year, month + 1, 1)
    after = date(year + month // 11, (month + 1) % 12 + 1, 1)
    if not by_weekday:
        return begin + timedelta(days=min(first.day, (after - begin).days) - 1)
    turn = (first.day - 1) // 7
    day = begin + timedelta(days=(first.weekday() - begin.weekday()) % 7 + 7 * turn)
    return day if day < after else day - timedelta(days=7)


def minute(day: date, wall: time, zone: ZoneInfo) -> int:
    """The epoch minute of a wall time: one in a gap becomes the first after it, of a fold's two the earlier."""
    ordinal, at = day.toordinal(), wall.hour * 60 + wall.minute
    days = local_days(zone, ordinal, ordinal)
    base = days.bases[0]
    if base is not None:
        return base + at
    found = days.changing[ordinal].at_or_after(at)
    return days.changing[ordinal].stretches[-1][1] if found is None else found

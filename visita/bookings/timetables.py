"""When the resources of a location work: read once under the version of the organization's rules, then remembered.

A question about dates long past or far ahead, or at a place with very many single dates, is asked of the database each
time.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from visita.bookings.rules import Rules
from visita.foundation import clock, prepared, scope
from visita.foundation.prepared import Question, Rows
from visita.scheduling import engine
from visita.tenancy.remembering import Known, Memory
from visita.tenancy.versions import VERSION

# A week comes as one text for each resource: most teams share a few, so each is read and laid out once
_ROWS = """
SELECT resource_id, string_agg(concat_ws(' ', weekday, start, "end", every_weeks, valid_from - date '1970-01-01',
    valid_to - date '1970-01-01') || coalesce('|' || online::text, ''), ';' ORDER BY weekday, start, id), NULL::date,
  NULL::json, NULL::json, true, NULL::int, NULL::text
FROM scheduling_workingpattern
WHERE organization_id = %(o)s AND location_id = %(l)s {whose}
  AND valid_from <= %(last)s AND (valid_to IS NULL OR valid_to >= %(first)s)
GROUP BY resource_id
UNION ALL
(SELECT resource_id, NULL, date, intervals::json, online::json, location_id IS NOT NULL, NULL, NULL
FROM scheduling_workingexception
WHERE organization_id = %(o)s AND date >= %(first)s AND date <= %(last)s
  AND (location_id = %(l)s OR location_id IS NULL) {whose_or_all} {most})
UNION ALL
SELECT id, NULL, NULL, NULL, NULL, true, hours_version, NULL
FROM scheduling_resource WHERE organization_id = %(o)s {who}"""
_WORK = _ROWS.format(
    whose="AND resource_id = ANY(%(r)s)",
    whose_or_all="AND (resource_id = ANY(%(r)s) OR resource_id IS NULL)",
    who="AND id = ANY(%(r)s)",
    most="",
)
_MOST = 4000  # single dates of one location that are remembered
_WHOLE = (
    _ROWS.format(whose="", whose_or_all="", who="", most=f"LIMIT {_MOST + 1}")
    + f" UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, coalesce({VERSION}, '')"
)
_BEHIND, _AHEAD = timedelta(days=3), timedelta(days=430)  # of the present day

_EPOCH = date(1970, 1, 1)
_ALWAYS = ";".join(f"{weekday} 0 1440 1 0" for weekday in range(7))

Dates = dict[date, list[tuple[int, int]]]


class Work(dict[int, engine.WorkingTime | None]):
    """When each resource works, and the version of its hours that was read: whoever locks it asks for it again."""

    versions: Mapping[int, int]

    def stale(self, locked: Mapping[int, int]) -> bool:
        """Whether somebody changed the hours of a resource between the reading and the lock."""
        return any(self.versions[resource] != version for resource, version in locked.items())


@dataclass
class _Hours:
    """One resource's week as text, and the dates that replace it; `online`: the part of those dates for clients."""

    week: str = ""
    exceptions: Dates = field(default_factory=dict)
    online: Dates = field(default_factory=dict)

    def replace(self, day: date, intervals: list[Any], online: list[Any] | None) -> None:
        """What holds on a date."""
        self.exceptions[day] = _spans(intervals)
        self.online[day] = self.exceptions[day] if online is None else _spans(online)

    def within(self, first: date, last: date) -> "_Hours":
        """The same with the dates first..last only."""
        if not self.exceptions:
            return self
        days = [day for day in self.exceptions if first <= day <= last]
        return _Hours(
            self.week, {day: self.exceptions[day] for day in days}, {day: self.online[day] for day in days}
        )


_NONE = _Hours()


@dataclass(frozen=True, slots=True)
class _Timetable:
    """All that is known of the working time of a location on the dates first..last; `whole` unless that was too much."""

    found: Mapping[int, _Hours]
    closed: _Hours
    versions: Mapping[int, int]
    first: date
    last: date
    whole: bool

    def covers(self, first: date, last: date) -> bool:
        """Whether it answers a question about these dates."""
        return self.whole and self.first <= first and last <= self.last

    def work(
        self, resources: Iterable[int], extra: set[int], first: date, last: date, zone: ZoneInfo
    ) -> Work:
        """The working time of some of its resources on some of its dates."""
        found = {who: self.found.get(who, _NONE).within(first, last) for who in resources}
        work = _laid_out(found, self.closed.within(first, last), extra, first, last, zone)
        work.versions = self.versions
        return work


def hours(
    rules: Rules, resources: Sequence[int], first: date, last: date, extra: Iterable[int] = ()
) -> Question[Work]:
    """Working time of `resources` at the location for the local dates first..last, widened by a day each side.

    Resources in `extra` (rooms, devices needed beside the main one) that have no pattern are open all day.
    """
    first, last, relaxed = first - timedelta(days=1), last + timedelta(days=2), set(extra)
    today = clock.now().date()
    if first < today - _BEHIND or last > today + _AHEAD:
        return _asked(rules, resources, first, last, relaxed)
    whole = partial(_whole, rules.location_id, today - _BEHIND, today + _AHEAD)
    table = _known.question(_key(rules, today), whole)

    def read(rows: Rows) -> Work:
        known = table.read(rows)
        if known.covers(first, last):
            return known.work(resources, relaxed, first, last, rules.zone)
        return prepared.ask(_asked(rules, resources, first, last, relaxed))

    return Question(table.query, table.values, read)


def remembered(
    rules: Rules, resources: Iterable[int], first: date, last: date, extra: Iterable[int] = ()
) -> Work | None:
    """`hours` as they stood when the rules were read, without a question; None where they are not known.

    For who compares the rules' version, or that of the hours, before writing.
    """
    first, last, today = first - timedelta(days=1), last + timedelta(days=2), clock.now().date()
    table = _known.under(_key(rules, today), rules.version) if rules.version else None
    if table is None or not table.covers(first, last):
        return None
    return table.work(resources, set(extra), first, last, rules.zone)


def _key(rules: Rules, today: date) -> tuple[int, int]:
    """A location, and the month or so from which its dates are counted."""
    return rules.location_id, today.toordinal() // 30


_known: Memory[_Timetable] = Memory(128)


def _asked(
    rules: Rules, resources: Sequence[int], first: date, last: date, relaxed: set[int]
) -> Question[Work]:
    """The question for these resources and dates alone."""
    values = {
        "o": scope.current(),
        "l": rules.location_id,
        "r": list(resources),
        "first": first,
        "last": last,
    }

    def read(rows: Rows) -> Work:
        found, closed = _sorted([row for row in rows if row[6] is None], resources)
        work = _laid_out(found, closed, relaxed, first, last, rules.zone)
        work.versions = {row[0]: row[6] for row in rows if row[6] is not None}
        return work

    return Question(_WORK, values, read)


def _whole(location_id: int, first: date, last: date) -> Question[Known[_Timetable]]:
    values = {"o": scope.current(), "l": location_id, "first": first, "last": last}

    def read(rows: Rows) -> Known[_Timetable]:
        versions = {row[0]: row[6] for row in rows if row[6] is not None}
        hours = [row for row in rows if row[6] is None and row[7] is None]
        found, closed = _sorted(hours, {row[0] for row in hours if row[0] is not None})
        whole = sum(row[2] is not None for row in hours) <= _MOST
        version = next(row[7] for row in rows if row[7] is not None)
        return Known(version or None, _Timetable(found, closed, versions, first, last, whole))

    return Question(_WHOLE, values, read)


def _laid_out(
    found: dict[int, _Hours], closed: _Hours, relaxed: set[int], first: date, last: date, zone: ZoneInfo
) -> Work:
    work = Work()
    same: dict[str, engine.WorkingTime] = {}
    for resource, hours in found.items():
        week = hours.week or (_ALWAYS if resource in relaxed else "")
        if hours.exceptions:
            work[resource] = _open(week, hours, closed, first, last, zone)
        else:
            if week not in same:
                same[week] = (
                    _open(week, _NONE, closed, first, last, zone)
                    if closed.exceptions
                    else _usual(week, first, last, zone)
                )
            work[resource] = same[week]
    return work


@lru_cache(maxsize=512)
def _patterns(week: str, online: bool = False) -> tuple[engine.Rule, ...]:
    """The week's rules; `online`: only the parts that clients may book."""
    rules = []
    for row in week.split(";"):
        numbers, _bar, part = row.partition("|")
        if not numbers:
            continue
        weekday, start, end, every, since, *until = map(int, numbers.split())
        for s, e in json.loads(part) if online and part else [(start, end)]:
            rules.append(engine.Rule(weekday, s, e, _date(since), _date(*until) if until else None, every))
    return tuple(rules)


@lru_cache(maxsize=512)
def _usual(week: str, first: date, last: date, zone: ZoneInfo) -> engine.WorkingTime:
    """A week without exceptions: the same dates are asked for all day long."""
    return _open(week, _Hours(), _Hours(), first, last, zone)


def _open(
    week: str, own: _Hours, closed: _Hours, first: date, last: date, zone: ZoneInfo
) -> engine.WorkingTime:
    """When somebody works, and which part of it is for clients."""
    work = engine.open_time(_patterns(week), own.exceptions, closed.exceptions, first, last, zone)
    if "|" not in week and own.online == own.exceptions and closed.online == closed.exceptions:
        return work
    part = engine.open_time(_patterns(week, True), own.online, closed.online, first, last, zone)
    return replace(work, online=part.spans)


def _date(days: int) -> date:
    return _EPOCH + timedelta(days=days)


def _sorted(rows: Rows, resources: Iterable[int]) -> tuple[dict[int, _Hours], _Hours]:
    """The rows by resource, and the dates on which the whole location is closed or open otherwise."""
    found: dict[int, _Hours] = {resource: _Hours() for resource in resources}
    closed = _Hours()
    for resource, week, day, intervals, online, here, *_rest in rows:
        if day is None:
            found[resource].week = week
        elif resource is None:
            closed.replace(day, intervals, online)
        elif here or day not in found[resource].exceptions:  # this location's wins over "everywhere"
            found[resource].replace(day, intervals, online)
    return found, closed


def _spans(intervals: list[Any]) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in intervals]

"""What the engine must know of resources for some days: their working time and their claims, one query each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from visita.bookings.rules import Rules
from visita.foundation import clock, prepared, scope
from visita.foundation.prepared import Question, Rows
from visita.scheduling import claims, engine
from visita.scheduling.claims import NOTHING, Ignored
from visita.scheduling.models.allocation import LONGEST, USUAL

# A week comes as one text for each resource: most teams share a few, so each is read and laid out once
_WORK = """
SELECT resource_id, string_agg(concat_ws(' ', weekday, start, "end", every_weeks, valid_from - date '1970-01-01',
    valid_to - date '1970-01-01') || coalesce('|' || online::text, ''), ';' ORDER BY weekday, start, id), NULL::date,
  NULL::json, NULL::json, true, NULL::int
FROM scheduling_workingpattern
WHERE organization_id = %(o)s AND location_id = %(l)s AND resource_id = ANY(%(r)s)
  AND valid_from <= %(last)s AND (valid_to IS NULL OR valid_to >= %(first)s)
GROUP BY resource_id
UNION ALL
SELECT resource_id, NULL, date, intervals::json, online::json, location_id IS NOT NULL, NULL
FROM scheduling_workingexception
WHERE organization_id = %(o)s AND date >= %(first)s AND date <= %(last)s
  AND (location_id = %(l)s OR location_id IS NULL) AND (resource_id = ANY(%(r)s) OR resource_id IS NULL)
UNION ALL
SELECT id, NULL, NULL, NULL, NULL, true, hours_version
FROM scheduling_resource WHERE organization_id = %(o)s AND id = ANY(%(r)s)"""

# Claims on whole resources as packed int4 pairs: the fastest shape for the engine (performance, section 2.1). Those
# that began long before the window can only be long ones.
_WHOLE = """
SELECT resource_id, s, e FROM scheduling_allocation
WHERE organization_id = %(o)s AND resource_id = ANY(%(r)s) AND live AND e > %(first)s
  AND (expires_at IS NULL OR expires_at > %(now)s) AND (upper_inf(seats) OR upper(seats) > 1)"""
_PACKED = f"""
SELECT resource_id, string_agg(int4send(s) || int4send(e), ''::bytea ORDER BY s) FROM (
  {_WHOLE} AND s >= %(first)s - {USUAL} AND s < %(last)s
  UNION ALL {_WHOLE} AND e > s + {USUAL} AND s >= %(first)s - {LONGEST} AND s < %(first)s - {USUAL}) found
GROUP BY resource_id"""

_EPOCH = date(1970, 1, 1)
_ALWAYS = ";".join(f"{weekday} 0 1440 1 0" for weekday in range(7))

Busy = dict[int, engine.Claims]
Dates = dict[date, list[tuple[int, int]]]


class Work(dict[int, engine.WorkingTime | None]):
    """When each resource works, and the version of its hours that was read: whoever locks it asks for it again."""

    versions: dict[int, int]

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


def working(
    rules: Rules, resources: Sequence[int], first: date, last: date, extra: Iterable[int] = ()
) -> Work:
    """Working time of `resources` at the location for the local dates first..last, widened by a day each side.

    Resources in `extra` (rooms, devices needed beside the main one) that have no pattern are open all day.
    """
    return prepared.ask(hours(rules, resources, first, last, extra))


def hours(
    rules: Rules, resources: Sequence[int], first: date, last: date, extra: Iterable[int] = ()
) -> Question[Work]:
    """`working` for a caller that asks something else in the same round trip."""
    first, last = first - timedelta(days=1), last + timedelta(days=2)
    values = {
        "o": scope.current(),
        "l": rules.location_id,
        "r": list(resources),
        "first": first,
        "last": last,
    }

    def read(rows: Rows) -> Work:
        found, closed = _sorted([row[:6] for row in rows if row[6] is None], resources)
        work = _laid_out(found, closed, set(extra), first, last, rules.zone)
        work.versions = {row[0]: row[6] for row in rows if row[6] is not None}
        return work

    return Question(_WORK, values, read)


def _laid_out(
    found: dict[int, _Hours], closed: _Hours, relaxed: set[int], first: date, last: date, zone: ZoneInfo
) -> Work:
    work = Work()
    same: dict[str, engine.WorkingTime] = {}
    for resource, hours in found.items():
        week = hours.week or (_ALWAYS if resource in relaxed else "")
        if hours.exceptions:
            work[resource] = _open(week, hours, closed, first, last, zone)
        elif closed.exceptions:
            if week not in same:
                same[week] = _open(week, _Hours(), closed, first, last, zone)
            work[resource] = same[week]
        else:
            work[resource] = _usual(week, first, last, zone)
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


def _sorted(rows: Rows, resources: Sequence[int]) -> tuple[dict[int, _Hours], _Hours]:
    """The rows by resource, and the dates on which the whole location is closed or open otherwise."""
    found: dict[int, _Hours] = {resource: _Hours() for resource in resources}
    closed = _Hours()
    for resource, week, day, intervals, online, here in rows:
        if day is None:
            found[resource].week = week
        elif resource is None:
            closed.replace(day, intervals, online)
        elif here or day not in found[resource].exceptions:  # this location's wins over "everywhere"
            found[resource].replace(day, intervals, online)
    return found, closed


def _spans(intervals: list[Any]) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in intervals]


def packed(resources: Sequence[int], first: int, last: int) -> Question[Busy]:
    """Claims on whole resources that may touch minutes [first, last); for needs that share nothing."""
    values = {"o": scope.current(), "r": list(resources), "first": first, "last": last, "now": clock.now()}
    return Question(_PACKED, values, lambda rows: {who: engine.Claims.packed(data) for who, data in rows})


def seated(
    resources: Sequence[int], first: int, last: int, ignored: Ignored = NOTHING, *, sweep: bool = False
) -> Question[Busy]:
    """Claims with their seats, where lanes matter or some claims are to be ignored."""
    asked = claims.taken(resources, first, last, ignored, sweep=sweep)

    def read(rows: Rows) -> Busy:
        return {who: engine.Claims.rows(found) for who, found in asked.read(rows).items()}

    return Question(asked.query, asked.values, read)


def join(
    work: Mapping[int, engine.WorkingTime | None], busy: Busy, *, staff: bool = True
) -> dict[int, engine.Calendar]:
    """Working time and claims as the engine's calendars; for clients without the hours kept for staff."""
    nothing = engine.Claims()
    return {
        resource: engine.Calendar(
            resource, open_, busy.get(resource, nothing), None if staff or open_ is None else open_.online
        )
        for resource, open_ in work.items()
    }

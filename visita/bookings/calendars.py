"""What the engine must know of resources for some days: their working time and their claims, one query each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from visita.bookings.rules import Rules
from visita.foundation import clock, scope
from visita.scheduling import claims, engine
from visita.scheduling.claims import NOTHING, Ignored
from visita.scheduling.models.allocation import LONGEST

_WORK = """
SELECT resource_id, weekday, start, "end", valid_from, valid_to, every_weeks, NULL::date, NULL::json, true
FROM scheduling_workingpattern
WHERE organization_id = %(o)s AND location_id = %(l)s AND resource_id = ANY(%(r)s)
  AND valid_from <= %(last)s AND (valid_to IS NULL OR valid_to >= %(first)s)
UNION ALL
SELECT resource_id, NULL, NULL, NULL, NULL, NULL, NULL, date, intervals::json, location_id IS NOT NULL
FROM scheduling_workingexception
WHERE organization_id = %(o)s AND date >= %(first)s AND date <= %(last)s
  AND (location_id = %(l)s OR location_id IS NULL) AND (resource_id = ANY(%(r)s) OR resource_id IS NULL)"""

# Claims on whole resources as packed int4 pairs: the fastest shape for the engine (performance, section 2.1)
_PACKED = """
SELECT resource_id, string_agg(int4send(s) || int4send(e), ''::bytea ORDER BY s)
FROM scheduling_allocation
WHERE organization_id = %s AND resource_id = ANY(%s) AND live AND s >= %s AND s < %s AND e > %s
  AND (expires_at IS NULL OR expires_at > %s) AND (upper_inf(seats) OR upper(seats) > 1)
GROUP BY resource_id"""

_ALWAYS = tuple(engine.Rule(weekday, 0, 1440, date(1970, 1, 1)) for weekday in range(7))


@dataclass
class _Hours:
    """Rows of one resource on their way to a WorkingTime."""

    rules: list[engine.Rule] = field(default_factory=list)
    exceptions: dict[date, list[tuple[int, int]]] = field(default_factory=dict)


Work = dict[int, engine.WorkingTime | None]


def working(
    rules: Rules, resources: Sequence[int], first: date, last: date, extra: Iterable[int] = ()
) -> Work:
    """Working time of `resources` at the location for the local dates first..last, widened by a day each side.

    Resources in `extra` (rooms, devices needed beside the main one) that have no pattern are open all day.
    """
    first, last = first - timedelta(days=1), last + timedelta(days=2)
    found, closed = _rows(rules, resources, first, last)
    relaxed = set(extra)
    work: Work = {}
    same: dict[object, engine.WorkingTime] = {}  # most teams share a few weeks, so each is laid out once
    for resource in resources:
        hours = found[resource]
        patterns = tuple(hours.rules) or (_ALWAYS if resource in relaxed else ())
        key = patterns if not hours.exceptions else resource
        if key not in same:
            same[key] = engine.open_time(patterns, hours.exceptions, closed, first, last, rules.zone)
        work[resource] = same[key]
    return work


def _rows(
    rules: Rules, resources: Sequence[int], first: date, last: date
) -> tuple[dict[int, _Hours], dict[date, list[tuple[int, int]]]]:
    found: dict[int, _Hours] = {resource: _Hours() for resource in resources}
    closed: dict[date, list[tuple[int, int]]] = {}
    values: dict[str, Any] = {
        "o": scope.current(),
        "l": rules.location_id,
        "r": list(resources),
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WORK, values)
        for resource, weekday, start, end, since, until, every, day, intervals, here in cursor.fetchall():
            if day is None:
                found[resource].rules.append(engine.Rule(weekday, start, end, since, until, every))
            elif resource is None:
                closed[day] = _spans(intervals)
            elif (
                here or day not in found[resource].exceptions
            ):  # the one for this location wins over "everywhere"
                found[resource].exceptions[day] = _spans(intervals)
    return found, closed


def _spans(intervals: list[Any]) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in intervals]


def packed(resources: Sequence[int], first: int, last: int) -> dict[int, engine.Claims]:
    """Claims on whole resources that may touch minutes [first, last); for needs that share nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_PACKED, [scope.current(), list(resources), first - LONGEST, last, first, clock.now()])
        return {resource: engine.Claims.packed(data) for resource, data in cursor.fetchall()}


def seated(
    resources: Sequence[int], first: int, last: int, ignored: Ignored = NOTHING, *, sweep: bool = False
) -> dict[int, engine.Claims]:
    """Claims with their seats, where lanes matter or some claims are to be ignored."""
    found = claims.busy(resources, first, last, ignored, sweep=sweep)
    return {resource: engine.Claims.rows(rows) for resource, rows in found.items()}


def join(work: Work, busy: dict[int, engine.Claims]) -> dict[int, engine.Calendar]:
    """Working time and claims as the engine's calendars."""
    nothing = engine.Claims()
    return {
        resource: engine.Calendar(resource, open_, busy.get(resource, nothing))
        for resource, open_ in work.items()
    }

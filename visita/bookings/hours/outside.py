"""Which visits stand outside working time, or in blocked time: of some resources, from now on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from visita.bookings import calendars, rules
from visita.foundation import clock, ids, prepared, scope
from visita.foundation.timeline import Span
from visita.scheduling.models import Resource

# every part of a visit that needs one of the resources: by a claim of its own, or by its place in a class
_PARTS = """
SELECT p.id, p.visit_id, v.version, v.location_id, a.resource_id, p.s, p.e, coalesce(a.resource_id = p.resource_id, false)
FROM scheduling_allocation a
JOIN bookings_appointment p ON p.organization_id = %(o)s AND p.id = a.appointment_id
JOIN bookings_visit v ON v.organization_id = %(o)s AND v.id = p.visit_id
WHERE a.organization_id = %(o)s AND a.resource_id = ANY(%(r)s) AND a.live AND a.kind = 'visit' AND a.s >= %(now)s - 2880
  AND p.e > %(now)s AND v.status IN ('requested', 'confirmed', 'arrived')
UNION
SELECT p.id, p.visit_id, v.version, v.location_id, a.resource_id, p.s, p.e, coalesce(a.resource_id = p.resource_id, false)
FROM scheduling_allocation a
JOIN bookings_appointment p ON p.organization_id = %(o)s AND p.session_id = a.session_id
JOIN bookings_visit v ON v.organization_id = %(o)s AND v.id = p.visit_id
WHERE a.organization_id = %(o)s AND a.resource_id = ANY(%(r)s) AND a.live AND a.kind = 'session' AND a.s >= %(now)s - 2880
  AND p.e > %(now)s AND v.status IN ('requested', 'confirmed', 'arrived')
ORDER BY 6, 1, 5"""


_BLOCKED = """
SELECT DISTINCT a.appointment_id, a.resource_id
FROM scheduling_allocation a JOIN scheduling_allocation b ON b.organization_id = %(o)s AND b.resource_id = a.resource_id
  AND b.live AND b.kind = 'block' AND b.s >= a.s - 2880 AND b.s < a.e AND b.e > a.s
WHERE a.organization_id = %(o)s AND a.resource_id = ANY(%(r)s) AND a.live AND a.kind = 'visit' AND a.s >= %(now)s - 2880"""


@dataclass(frozen=True, slots=True)
class Part:
    """One appointment with one resource it needs; epoch minutes of the shown time, `version` of its visit.

    `main`: the resource gives the service. One needed beside it (a room) is open all day unless it has hours of its own.
    """

    appointment_id: int
    visit_id: int
    version: int
    location_id: int
    resource_id: int
    s: int
    e: int
    main: bool = True


def parts(resource_ids: Sequence[int]) -> list[Part]:
    """The parts of visits to come that need the resources, by time."""
    values: dict[str, Any] = {"o": scope.current(), "r": list(resource_ids), "now": clock.minute()}
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, values)
        return [Part(*row) for row in cursor.fetchall()]


def outside(found: Iterable[Part]) -> set[Part]:
    """Those of the parts that are not wholly inside the present working time of their resource, or in blocked time."""
    known = list(found)
    blocked = _blocked({part.resource_id for part in known})
    return _off_hours(known) | {part for part in known if (part.appointment_id, part.resource_id) in blocked}


def _blocked(resource_ids: Iterable[int]) -> set[tuple[int, int]]:
    """(appointment, resource) of the claims that a block lies over, with the time kept free around them."""
    values: dict[str, Any] = {"o": scope.current(), "r": list(resource_ids), "now": clock.minute()}
    with connection.cursor() as cursor:
        cursor.execute(_BLOCKED, values)
        return {(appointment, resource) for appointment, resource in cursor.fetchall()}


def _off_hours(found: Iterable[Part]) -> set[Part]:
    by_place: dict[int, list[Part]] = defaultdict(list)
    for part in found:
        by_place[part.location_id].append(part)
    return {part for place, known in by_place.items() for part in _outside(place, known)}


def _outside(location_id: int, known: list[Part]) -> Iterable[Part]:
    place = rules.load(location_id, (), archived=True)
    first, last = place.local(min(p.s for p in known)).date(), place.local(max(p.e for p in known)).date()
    for main in (True, False):
        theirs = [part for part in known if part.main == main]
        resources = sorted({part.resource_id for part in theirs})
        beside = () if main or not resources else _things(resources)
        work = prepared.ask(calendars.hours(place, resources, first, last, beside)) if resources else {}
        for part in theirs:
            hours = work[part.resource_id]
            if hours is None or not within(hours.spans, part.s, part.e):
                yield part


def _things(resources: list[int]) -> list[int]:
    return list(Resource.objects.filter(pk__in=resources).exclude(kind="person").values_list("id", flat=True))


def within(spans: Iterable[Span], s: int, e: int) -> bool:
    """Whether [s, e) lies in one of the merged spans."""
    return any(start <= s and e <= end for start, end in spans)


def token(stranded: Iterable[Part]) -> str:
    """What stands for exactly these visits as they are now: another visit, or a changed one, gives another token."""
    known = sorted((part.visit_id, part.version, part.appointment_id, part.s, part.e) for part in stranded)
    return ids.digest(repr(known))[:32] if known else ""

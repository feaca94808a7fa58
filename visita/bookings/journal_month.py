"""A month of the journal in figures: visits, hours, free hours of each day; and which days are open at all.

Six statements whatever the number of days, people and claims.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db import connection

from visita.bookings.journal import local_day, place_of
from visita.bookings.journal_hours import Plan, plan
from visita.foundation import scope
from visita.foundation.timeline import Span, merged, without
from visita.scheduling.models import Resource, ResourceLocation
from visita.scheduling.models.allocation import LONGEST

_CLAIMS = f"""
SELECT resource_id, s, e FROM scheduling_allocation
 WHERE organization_id = %(o)s AND live AND resource_id = ANY(%(r)s) AND kind <> 'hold'
   AND s < %(end)s AND s >= %(start)s - {LONGEST} AND e > %(start)s ORDER BY s
"""
_VISITS = """
SELECT v.s, v.status FROM bookings_visit v
 WHERE v.organization_id = %(o)s AND v.location_id = %(l)s AND v.s >= %(start)s AND v.s < %(end)s
   AND (%(one)s::bigint[] IS NULL OR EXISTS (SELECT 1 FROM bookings_appointment a
        WHERE a.organization_id = %(o)s AND a.visit_id = v.id AND a.resource_id = ANY(%(one)s)))
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """One date. `hours`, `free` in minutes; `open`: anybody works; `reason`: why the location is closed, where told."""

    date: date
    visits: int
    done: int
    cancelled: int
    hours: int
    free: int
    open: bool
    reason: str

    @property
    def filled(self) -> int:
        """Taken hours in percent."""
        return round(100 * (self.hours - self.free) / self.hours) if self.hours else 0


def team(location_id: int, only: Collection[int] | None = None) -> list[Resource]:
    """Who can stand in the journal of a location, in their order."""
    here = ResourceLocation.objects.filter(location_id=location_id).values("resource_id")
    found = Resource.objects.filter(pk__in=here, in_journal=True, archived_at=None)
    return [each for each in found if only is None or each.pk in only]


def figures(location_id: int, first: date, count: int, only: Collection[int] | None = None) -> list[Figures]:
    """The figures of `count` days from `first`; `only` leaves some calendars."""
    place = place_of(location_id)
    zone = ZoneInfo(place.zone)
    dates = [first + timedelta(at) for at in range(count)]
    resources = team(location_id, only)
    serving = [each for each in resources if each.kind == "person"] or resources
    hours = plan(location_id, dates[0], dates[-1])
    edges = [local_day(zone, when).s for when in dates] + [local_day(zone, dates[-1]).e]
    taken = _taken([each.pk for each in serving], edges[0], edges[-1])
    counted = _counted(location_id, edges, only)
    return [
        _figures(when, span, hours, serving, taken, counted[at], zone)
        for at, (when, span) in enumerate(zip(dates, pairwise(edges), strict=True))
    ]


def _figures(
    when: date,
    span: Span,
    hours: Plan,
    serving: Sequence[Resource],
    taken: dict[int, list[Span]],
    counted: Counter[str],
    zone: ZoneInfo,
) -> Figures:
    working, total, free = hours.of(serving, when, zone), 0, 0
    for each in serving:
        claimed = [(s, e) for s, e in taken.get(each.pk, []) if s < span[1] and e > span[0]]
        for work in working.spans(each.pk, *span):
            total += work[1] - work[0]
            free += _length(without(work, claimed))
    cancelled = counted.pop("cancelled", 0)
    reason = hours.reasons.get(when, "") if not total else ""
    return Figures(when, counted.total(), counted["completed"], cancelled, total, free, bool(total), reason)


def _length(spans: Iterable[Span]) -> int:
    return sum(e - s for s, e in spans)


def _taken(resources: list[int], start: int, end: int) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMS, {"o": scope.current(), "r": resources, "start": start, "end": end})
        for resource, s, e in cursor.fetchall():
            found[resource].append((s, e))
    return {resource: merged(spans) for resource, spans in found.items()}


def _counted(location_id: int, edges: Sequence[int], only: Collection[int] | None) -> list[Counter[str]]:
    """The visits that begin on each day, by status."""
    values = {"o": scope.current(), "l": location_id, "start": edges[0], "end": edges[-1]}
    found: list[Counter[str]] = [Counter() for _ in edges[1:]]
    with connection.cursor() as cursor:
        cursor.execute(_VISITS, {**values, "one": None if only is None else list(only)})
        for s, status in cursor.fetchall():
            found[bisect_right(edges, s) - 1][status] += 1
    return found


def open_days(location_id: int, first: date, last: date) -> tuple[set[date], dict[date, str]]:
    """The dates first..last on which anybody works, and why the location is closed on others, where told."""
    found = plan(location_id, first, last)
    return found.open_days(team(location_id), first, last), found.reasons

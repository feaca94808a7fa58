"""What the desk can offer: the services of a resource, and the legal starts and reasons for a new or a moved visit."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from visita.bookings import errors, lengths, rules
from visita.bookings.availability import Ask, AskItem, availability, explain
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import MoveRequest
from visita.foundation import clock, scope
from visita.foundation.words import text
from visita.scheduling.claims import Ignored
from visita.scheduling.engine import Reason
from visita.scheduling.models import Resource

STEP = 5  # minutes between the starts staff may choose from

_SERVICES = """
SELECT * FROM (
SELECT l.location_id, s.id, s.name::text, sp.name::text, coalesce(w.minutes, s.minutes, sp.base_minutes * s.multiplier, 30),
       coalesce(w.price_minor, s.price_minor), s.kind, w.resource_id, s.is_default,
       sp.position AS first, s.position AS second, r.position AS third
  FROM catalog_service s
  JOIN catalog_serviceresource w ON w.organization_id = s.organization_id AND w.service_id = s.id
  JOIN scheduling_resourcelocation l ON l.organization_id = w.organization_id AND l.resource_id = w.resource_id
  JOIN scheduling_resource r ON r.organization_id = w.organization_id AND r.id = w.resource_id
  LEFT JOIN catalog_specialty sp ON sp.organization_id = s.organization_id AND sp.id = s.specialty_id
 WHERE s.organization_id = %(o)s AND l.location_id = ANY(%(places)s) AND s.archived_at IS NULL AND r.archived_at IS NULL
UNION ALL
SELECT x.location_id, s.id, s.name::text, sp.name::text, coalesce(s.minutes, sp.base_minutes * s.multiplier, 30),
       s.price_minor, s.kind, 0, s.is_default, sp.position, s.position, 0
  FROM (SELECT DISTINCT location_id, service_id FROM bookings_session
         WHERE organization_id = %(o)s AND location_id = ANY(%(places)s) AND s >= %(now)s AND cancelled_at IS NULL) x
  JOIN catalog_service s ON s.organization_id = %(o)s AND s.id = x.service_id
  LEFT JOIN catalog_specialty sp ON sp.organization_id = s.organization_id AND sp.id = s.specialty_id
 WHERE s.archived_at IS NULL AND NOT EXISTS (
       SELECT 1 FROM catalog_serviceresource w
       JOIN scheduling_resourcelocation l ON l.organization_id = w.organization_id AND l.resource_id = w.resource_id
       JOIN scheduling_resource r ON r.organization_id = w.organization_id AND r.id = w.resource_id
        WHERE w.organization_id = %(o)s AND w.service_id = s.id AND l.location_id = x.location_id AND r.archived_at IS NULL)
) given
 ORDER BY first NULLS LAST, second, 2, third, 8
"""  # the second half: classes with dates here that nobody here holds


def services(location_id: int, language: str, fallback: str) -> list[dict[str, Any]]:
    """Everything given at the location, in the catalogue's order; `by` maps a resource to its minutes and price, 0 is nobody
    (a class with dates that nobody here holds)."""
    return services_of([location_id], language, fallback)[location_id]


def services_of(locations: Sequence[int], language: str, fallback: str) -> dict[int, list[dict[str, Any]]]:
    """The same for many locations; one statement."""
    found: dict[int, dict[int, dict[str, Any]]] = {each: {} for each in locations}
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"o": scope.current(), "places": list(locations), "now": clock.minute()}
        cursor.execute(_SERVICES, asked)
        for place, id_, name, specialty, minutes, price, kind, resource, default, *_ in cursor.fetchall():
            service = found[place].setdefault(id_, {"id": id_, "kind": kind, "default": default, "by": {}})
            service["name"] = text(json.loads(name), language, fallback)
            service["group"] = text(json.loads(specialty), language, fallback) if specialty else ""
            service["by"][resource] = [minutes, price]
    return {place: list(given.values()) for place, given in found.items()}


def people(ids: Iterable[int]) -> list[Resource]:
    """Those resources, in their order."""
    return list(Resource.objects.filter(pk__in=list(ids)))


@dataclass(frozen=True, slots=True)
class Moving:
    """An appointment that is dragged, with its visit's others.

    They go along by the same minutes, except where it alone moves: asked so (`alone`), or because a later part goes to
    another resource (only the first part's resource can change with the whole visit).
    """

    visit: Visit
    dragged: Appointment
    others: Sequence[Appointment]
    alone: bool

    @property
    def date(self) -> date:
        """The local date of the dragged appointment."""
        return clock.from_minute(self.dragged.s).astimezone(ZoneInfo(self.visit.zone)).date()

    def along(self, resource_id: int | None) -> Sequence[Appointment]:
        """The parts that go along when the dragged one goes to this resource."""
        follows = self.others and _order(self.others[0]) < _order(self.dragged)
        elsewhere = resource_id not in (None, self.dragged.resource_id)
        return () if self.alone or (follows and elsewhere) else self.others

    def request(self, start: datetime, resource_id: int | None, minutes: int | None) -> MoveRequest:
        """What to ask of the action so that the dragged appointment starts then."""
        resource = resource_id or self.dragged.resource_id
        if not self.along(resource_id) or minutes is not None:
            return MoveRequest(start, resource, self.dragged.pk, minutes, staff=True)
        first = min((self.dragged, *self.others), key=_order)
        if first is self.dragged:
            return MoveRequest(start, resource, staff=True)
        return MoveRequest(start + timedelta(minutes=first.s - self.dragged.s), first.resource_id, staff=True)


def _order(part: Appointment) -> tuple[int, int, int]:
    """By time, as the move itself takes them: one that was moved alone may start before the first booked."""
    return part.s, part.position, part.pk


def moving(visit_id: int, appointment_id: int | None, *, alone: bool = False) -> Moving:
    """The visit with the appointment that is dragged (its first by default); the refusal 404 for unknown ids."""
    visit = Visit.objects.filter(pk=visit_id).first()
    parts = sorted(Appointment.objects.filter(visit_id=visit_id), key=_order)
    dragged = next((part for part in parts if appointment_id in (None, part.pk)), None)
    if visit is None or dragged is None:
        raise errors.not_found()
    return Moving(visit, dragged, [part for part in parts if part is not dragged], alone)


def starts_for_new(
    location_id: int, service_id: int, when: date, resource_id: int | None, minutes: int | None = None
) -> dict[int, list[int]]:
    """The free starts (epoch minutes) of a service on a date, by resource; `minutes` replaces its length."""
    ask = Ask(
        location_id, (AskItem(service_id, resource_id),), when, when, staff=True, every=STEP, minutes=minutes
    )
    return _by_resource(ask)


def starts_for_move(
    what: Moving, when: date, minutes: int | None = None, days: int = 1
) -> dict[int, list[int]]:
    """The starts on `days` dates from `when` that the dragged appointment can be dropped on, by resource; all parts
    that go along must fit too."""
    last = when + timedelta(days - 1)
    alone = _by_resource(replace(_ask(what, what.dragged, when, None, minutes, what.along(None)), last=last))
    fits = _fitting(what, when, last)
    return {
        resource: [start for start in starts if not what.along(resource) or start in fits]
        for resource, starts in alone.items()
    }


def _fitting(what: Moving, when: date, last: date) -> set[int]:
    """Starts of the dragged appointment at which the others, shifted by as much, are free with their own resources."""
    found: set[int] | None = None
    for other in what.along(None):
        shift = other.s - what.dragged.s
        ask = _ask(what, other, when, other.resource_id, None, what.along(None))
        free = _by_resource(replace(ask, last=last))
        fits = {start - shift for start in free.get(other.resource_id or 0, [])}
        found = fits if found is None else found & fits
    return found or set()


def reasons_for_new(
    location_id: int,
    service_id: int,
    when: date,
    resource_id: int | None,
    start: int,
    minutes: int | None = None,
) -> list[Reason]:
    """Why the start is not offered, in order; empty when it is."""
    ask = Ask(
        location_id, (AskItem(service_id, resource_id),), when, when, staff=True, every=STEP, minutes=minutes
    )
    return explain(ask, start)


def reasons_for_move(
    what: Moving, when: date, resource_id: int | None, start: int, minutes: int | None = None
) -> list[Reason]:
    """Why the dragged appointment, or a part that goes along, cannot be there; empty when it can."""
    along = what.along(resource_id)
    stays = start == what.dragged.s
    found = explain(replace(_ask(what, what.dragged, when, resource_id, minutes, along), stays=stays), start)
    for other in along:
        ask = replace(_ask(what, other, when, other.resource_id, None, along), stays=stays)
        found = found or explain(ask, start + other.s - what.dragged.s)
    return found


def _ask(
    what: Moving,
    part: Appointment,
    when: date,
    resource: int | None,
    minutes: int | None,
    along: Sequence[Appointment],
) -> Ask:
    """The claims of what moves do not stand in its own way."""
    return Ask(
        what.visit.location_id,
        (AskItem(part.service_id, resource),),
        when,
        when,
        seats=what.visit.seats,
        staff=True,
        every=STEP,
        minutes=minutes or _kept(what.visit.location_id, part),
        ignored=Ignored(appointments=(what.dragged.pk, *(other.pk for other in along))),
    )


def _kept(location_id: int, part: Appointment) -> int | None:
    service = rules.load(location_id, (part.service_id,)).service(part.service_id)
    return lengths.kept(service, part)


def _by_resource(ask: Ask) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for day in availability(ask).days:
        for start in day.starts:
            for resource in start.resources or (0,):
                found[resource].append(start.start)
    return dict(found)

"""Lay a visit aside to be moved, and put it back: it keeps its time until it is dropped elsewhere."""

from datetime import datetime

from visita.activity.record import record
from visita.bookings import errors, policies, verbs
from visita.bookings.locking import locked
from visita.bookings.models import Visit
from visita.bookings.news import news, ring_strip
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.bookings.wall import local
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.scope import scope


def park(organization_id: int, visit_id: int, actor: Actor, *, version: int | None = None) -> Changed:
    """Every desk of the location sees it on the strip, with who laid it there; parked twice is parked once.

    Changes of others since `version` are no reason to refuse. Refuses invalid_transition (over and done with),
    not_found.
    """
    return _set(organization_id, visit_id, actor, version, True)


def unpark(organization_id: int, visit_id: int, actor: Actor, *, version: int | None = None) -> Changed:
    """Off the strip again; where it stands it stood all the time."""
    return _set(organization_id, visit_id, actor, version, False)


def _set(organization_id: int, visit_id: int, actor: Actor, version: int | None, parked: bool) -> Changed:
    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            visit = locked(visit_id, version, {})
            if parked and visit.status not in policies.MOVABLE:
                raise errors.invalid_transition(visit.status, visit.status)
            if parked is (visit.parked_at is not None):
                return Changed(visit.pk, visit.status, visit.version)
            return _write(visit, actor, clock.now() if parked else None)

    return retrying(transaction)


def _write(visit: Visit, actor: Actor, when: datetime | None) -> Changed:
    after, verb = visit.version + 1, verbs.PARKED if when else verbs.UNPARKED
    ring = news(visit.location_id, local(visit), after)
    event = record(verb, "visit", visit.pk, actor, news=ring)
    ring_strip(visit)
    Visit.objects.filter(pk=visit.pk).update(
        parked_at=when, parked_by=actor.label[:200] if when else "", version=after, activity_id=event
    )
    return Changed(visit.pk, visit.status, after)

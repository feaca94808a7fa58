"""Put a class on a date: its places can be sold from then on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from visita.activity.record import record
from visita.bookings import errors, rules, verbs
from visita.bookings.models import Session
from visita.bookings.news import news
from visita.foundation import clock, prepared, scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import claims

_CLAIM = """
INSERT INTO scheduling_allocation (organization_id, activity_id, resource_id, location_id, kind, s, e, seats, live,
  hold, session_id, role, overbooked, note)
SELECT %s, %s, r.id, %s, 'session', %s, %s, int4range(1, NULL), true, '', %s, r.at - 1, false, ''
FROM unnest(%s::bigint[]) WITH ORDINALITY AS r(id, at) ORDER BY r.id
ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING RETURNING id"""


@Action
def add_session(
    service_id: int,
    location_id: int,
    start: datetime,
    resources: Sequence[int],
    *,
    actor: Actor,
    capacity: int | None = None,
    note: str = "",
) -> Session:
    """A session of a class service at an aware start, its resources held for it alone (the first is the main one).

    Without a capacity the service's holds. Refuses slot_taken when a resource is not free, staff_service_mismatch.
    """
    found = rules.load(location_id, (service_id,))
    service = found.service(service_id)
    if not service.is_class or not set(resources) <= {who.resource_id for who in service.who} | _helpers(
        service
    ):
        raise errors.mismatch()
    s = clock.to_minute(start)
    e = s + service.minutes
    if len(prepared.ask(claims.lock(resources))) != len(set(resources)):
        raise errors.mismatch()
    claims.busy(list(resources), s - service.before, e + service.after, sweep=True)
    session = Session.objects.create(
        service_id=service_id,
        location_id=location_id,
        s=s,
        e=e,
        capacity=capacity or service.lanes,
        note=note,
    )
    ring = news(location_id, found.local(s), 1)
    event = record(
        verbs.SESSION_ADDED, "session", session.pk, actor, {"s": s, "location": location_id}, news=ring
    )
    Session.objects.filter(pk=session.pk).update(activity_id=event)
    span = [s - service.before, e + service.after]
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [scope.current(), event, location_id, *span, session.pk, list(resources)])
        if len(cursor.fetchall()) != len(resources):
            raise errors.slot_taken([])
    return session


def _helpers(service: rules.ServiceRule) -> set[int]:
    return {resource for group in service.groups for resource in group}

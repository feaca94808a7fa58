"""Take back that a visit was kept where working time ended: its mark goes, its time stays what it is."""

from visita.activity.record import record
from visita.bookings import errors, verbs
from visita.bookings.locking import appointments, locked
from visita.bookings.models import Visit
from visita.bookings.news import news
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.bookings.wall import local
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.scheduling.models import Allocation


def unkeep(organization_id: int, visit_id: int, actor: Actor, *, version: int | None = None) -> Changed:
    """An overbooking by right keeps its mark. Refuses nothing_to_undo where nothing is marked, changed_meanwhile,
    not_found."""

    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            visit = locked(visit_id, version)
            own = [each.pk for each in appointments(visit_id)]
            marked = Allocation.objects.filter(
                appointment_id__in=own, live=True, overbooked=True, seats__startswith__gte=1
            )
            if not marked.exists():
                raise errors.nothing_to_undo()
            after = visit.version + 1
            ring = news(visit.location_id, local(visit), after)
            event = record(verbs.UNKEPT, "visit", visit_id, actor, news=ring)
            marked.update(overbooked=False, activity_id=event)
            Visit.objects.filter(pk=visit_id).update(version=after, activity_id=event)
            return Changed(visit_id, visit.status, after)

    return retrying(transaction)

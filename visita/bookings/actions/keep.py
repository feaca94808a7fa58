"""Keep a visit where it is though working time has ended there: marked on the journal, and told in its history."""

from visita.activity.record import record
from visita.bookings import errors, policies, verbs
from visita.bookings.locking import appointments, locked
from visita.bookings.models import Visit
from visita.bookings.news import news
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.bookings.wall import local
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.scheduling.models import Allocation


def keep(organization_id: int, visit_id: int, actor: Actor, *, version: int | None = None) -> Changed:
    """Its claims bear the mark of what stands there by somebody's decision. Refuses changed_meanwhile, not_found."""

    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            visit = locked(visit_id, version)
            if visit.status not in policies.MOVABLE:
                raise errors.invalid_transition(visit.status, visit.status)
            after = visit.version + 1
            ring = news(visit.location_id, local(visit), after)
            event = record(verbs.KEPT, "visit", visit_id, actor, news=ring)
            own = [each.pk for each in appointments(visit_id)]
            Allocation.objects.filter(appointment_id__in=own, live=True).update(
                overbooked=True, activity_id=event
            )
            Visit.objects.filter(pk=visit_id).update(version=after, activity_id=event)
            return Changed(visit_id, visit.status, after)

    return retrying(transaction)

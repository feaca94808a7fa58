"""Mark a visit as public health or private."""

from visita.activity.record import record
from visita.bookings import schemes, verbs
from visita.bookings.locking import locked
from visita.bookings.models import Visit
from visita.bookings.news import news
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.bookings.wall import local
from visita.foundation.actor import Actor
from visita.foundation.scope import scope


def mark(
    organization_id: int,
    visit_id: int,
    scheme: str,
    actor: Actor,
    *,
    version: int | None = None,
    merge: bool = False,
) -> Changed:
    """Refuses not_a_choice, not_found, changed_meanwhile. Journals that show the day hear of it."""
    scheme = schemes.checked(scheme)

    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            visit = locked(visit_id, version, {"scheme": scheme} if merge else None)
            after = visit.version + 1
            ring = news(visit.location_id, local(visit), after)
            payload = {"scheme": scheme, "was": visit.scheme}
            event = record(verbs.MARKED, "visit", visit.pk, actor, payload, news=ring)
            Visit.objects.filter(pk=visit.pk).update(scheme=scheme, version=after, activity_id=event)
            return Changed(visit.pk, visit.status, after)

    return retrying(transaction)

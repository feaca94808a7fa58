"""Write what staff should know about a visit."""

from visita.activity.record import record
from visita.bookings import verbs
from visita.bookings.locking import locked
from visita.bookings.models import Visit
from visita.bookings.news import news
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.bookings.wall import local
from visita.foundation import text
from visita.foundation.actor import Actor
from visita.foundation.scope import scope


def note(
    organization_id: int,
    visit_id: int,
    words: str,
    actor: Actor,
    *,
    version: int | None = None,
    merge: bool = False,
) -> Changed:
    """Replace the note (`text.LONGEST_NOTE`). The words stay out of the activity record.

    `merge`: changes of something else since `version` are no reason to refuse (as in all verbs that take it).
    """
    words = text.note(words, field="note")

    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            visit = locked(visit_id, version, {"note": words} if merge else None)
            if visit.note == words:
                return Changed(visit.pk, visit.status, visit.version)
            after = visit.version + 1
            ring = news(visit.location_id, local(visit), after)
            event = record(verbs.NOTED, "visit", visit.pk, actor, {"length": len(words)}, news=ring)
            Visit.objects.filter(pk=visit.pk).update(note=words, version=after, activity_id=event)
            return Changed(visit.pk, visit.status, after)

    return retrying(transaction)

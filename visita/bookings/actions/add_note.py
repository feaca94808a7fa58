"""What a client wants to add to a visit that is still to come."""

from visita.activity.record import record
from visita.bookings import errors, policies, verbs
from visita.bookings.locking import locked
from visita.bookings.models import Visit
from visita.bookings.news import news
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.bookings.wall import local
from visita.foundation import clock, text
from visita.foundation.actor import Actor
from visita.foundation.scope import scope

LIMIT = 1000


def add_note(organization_id: int, visit_id: int, words: str, actor: Actor) -> Changed:
    """Put the words under the note; what stands there stays. They stay out of the activity record.

    Refuses required, too_long, text_invalid, invalid_transition (done with, or over), not_found.
    """
    words = text.note(words, field="note", limit=LIMIT)
    if not words:
        raise text.missing("note")

    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            return _add(locked(visit_id, None), words, actor)

    return retrying(transaction)


def _add(visit: Visit, words: str, actor: Actor) -> Changed:
    if visit.status not in policies.MOVABLE or visit.e <= clock.minute():
        raise errors.invalid_transition(visit.status, visit.status)
    if words in visit.note.splitlines():  # the same form sent twice
        return Changed(visit.pk, visit.status, visit.version)
    note = text.note(f"{visit.note}\n{words}".strip(), field="note")
    after = visit.version + 1
    ring = news(visit.location_id, local(visit), after)
    event = record(verbs.NOTED, "visit", visit.pk, actor, {"length": len(note)}, news=ring)
    Visit.objects.filter(pk=visit.pk).update(note=note, version=after, activity_id=event)
    return Changed(visit.pk, visit.status, after)

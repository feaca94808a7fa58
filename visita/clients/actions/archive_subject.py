"""Put away whom or what visits were about: no longer offered, kept in the visits that name it."""

from visita.activity.record import record
from visita.clients import queries, verbs
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def archive_subject(subject_id: int, client_id: int, *, actor: Actor) -> None:
    """Refuses not_found where it is not this client's, or put away already."""
    subject = queries.subject(subject_id, client_id)
    subject.archived_at = clock.now()
    subject.activity_id = record(verbs.SUBJECT_ARCHIVED, "subject", subject_id, actor, {"client": client_id})
    subject.save()

"""Change whom or what a client's visits are about: another name, new facts."""

from collections.abc import Mapping
from typing import Any

from visita.activity.record import everywhere, record
from visita.clients import queries, verbs
from visita.clients.actions.add_subject import facts_of
from visita.clients.models import Subject
from visita.clients.subject_search import write_subject_keys
from visita.foundation import text
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def change_subject(
    subject_id: int, client_id: int, name: str, *, actor: Actor, details: Mapping[str, Any] | None = None
) -> Subject:
    """`details` None leaves the facts as they are. Refuses not_found where it is not this client's."""
    subject = queries.subject(subject_id, client_id)
    subject.name = text.line(name, field="name", limit=120, required=True)
    if details is not None:
        subject.details = facts_of(details)
    subject.activity_id = record(
        verbs.SUBJECT_CHANGED, "subject", subject_id, actor, {"client": client_id}, news=everywhere()
    )
    subject.save()
    write_subject_keys(subject)
    return subject

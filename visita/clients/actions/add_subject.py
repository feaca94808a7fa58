"""Add whom or what a client's visits are about: a pet, a child, a vehicle."""

from collections.abc import Mapping

from visita.activity.record import record
from visita.clients import queries, verbs
from visita.clients.models import Subject
from visita.foundation import text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id


@Action
def add_subject(
    client_id: int, kind: str, name: str, *, actor: Actor, details: Mapping[str, str] | None = None
) -> Subject:
    """`kind` is the trade's word (dog, car); `details` short facts (breed, plate). Refuses not_found."""
    owner = queries.client(client_id)
    kind = text.line(kind, field="kind", limit=40, required=True)
    name = text.line(name, field="name", limit=120, required=True)
    facts = {
        text.line(key, field="details", limit=40): text.line(fact, field="details", limit=200)
        for key, fact in (details or {}).items()
    }
    pk = next_id(Subject)
    event = record(verbs.SUBJECT_ADDED, "subject", pk, actor, {"client": owner.pk})
    return Subject.objects.create(
        pk=pk, client_id=owner.pk, kind=kind, name=name, details=facts, activity_id=event
    )

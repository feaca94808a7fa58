"""Add whom or what a client's visits are about: a pet, a child, a vehicle."""

from collections.abc import Mapping
from typing import Any

from visita.activity.record import record
from visita.clients import queries, verbs
from visita.clients.models import Subject
from visita.clients.subject_search import write_subject_keys
from visita.foundation import numbers, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id

MOST_FACTS = 20


@Action
def add_subject(
    client_id: int, kind: str, name: str, *, actor: Actor, details: Mapping[str, Any] | None = None
) -> Subject:
    """`kind` is the trade's word (dog, car); `details` short facts (breed, plate). Refuses not_found."""
    owner = queries.present(client_id)
    kind = text.line(kind, field="kind", limit=40, required=True)
    name = text.line(name, field="name", limit=120, required=True)
    facts = facts_of(details or {})
    pk = next_id(Subject)
    event = record(verbs.SUBJECT_ADDED, "subject", pk, actor, {"client": owner})
    subject = Subject.objects.create(
        pk=pk, client_id=owner, kind=kind, name=name, details=facts, activity_id=event
    )
    write_subject_keys(subject, new=True)
    return subject


def facts_of(details: Mapping[str, Any]) -> dict[str, str]:
    """Short facts as they are kept; refuses too many, too long and what is no text."""
    numbers.whole(len(details), field="details", low=0, high=MOST_FACTS)
    return {_fact(key): _fact(str(fact), 200) for key, fact in details.items()}


def _fact(value: str, limit: int = 40) -> str:
    return text.line(value, field="details", limit=limit)

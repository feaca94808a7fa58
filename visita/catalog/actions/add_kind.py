"""Add a kind of subject: dog, cat, car."""

from collections.abc import Mapping

from visita.activity.record import record
from visita.catalog import verbs
from visita.catalog.errors import code_taken
from visita.catalog.models import Kind
from visita.catalog.reading import KIND, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id


@Action
def add_kind(code: str, name: Mapping[str, str], *, actor: Actor, position: int = 0) -> Kind:
    """`code` is what subjects keep, `name` its words in each language. Refuses bad_code, code_taken, required."""
    fields = read(KIND, {"code": code, "name": name, "position": position})
    if Kind.objects.filter(code=code).exists():
        raise code_taken()
    pk = next_id(Kind)
    event = record(verbs.KIND_ADDED, "kind", pk, actor)
    return Kind.objects.create(pk=pk, activity_id=event, **fields)

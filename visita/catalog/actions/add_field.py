"""Add an extra field to bookings."""

from collections.abc import Mapping, Sequence
from typing import Any

from visita.activity.record import record
from visita.catalog import places, policies, verbs
from visita.catalog.asking import Where
from visita.catalog.errors import code_taken
from visita.catalog.models import BookingField
from visita.catalog.reading import FIELD, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id


@Action
def add_field(
    code: str,
    label: Mapping[str, str],
    kind: str,
    *,
    actor: Actor,
    where: Sequence[Where] = (),
    **fields: Any,
) -> BookingField:
    """`fields`: hint, choices (`{code, label}`), required, asked_of, position (`catalog.reading.FIELD`).

    Refuses bad_code, code_taken, bad_choice, required, not_found (a place).
    """
    values = read(FIELD, {**fields, "code": code, "label": label, "kind": kind})
    policies.answerable(values["kind"], values.get("choices", ()))
    if BookingField.objects.filter(code=code, archived_at=None).exists():
        raise code_taken()
    pk = next_id(BookingField)
    event = record(verbs.FIELD_ADDED, "field", pk, actor)
    made = BookingField.objects.create(pk=pk, activity_id=event, **values)
    places.write(where, field_id=pk)
    return made

"""Change an extra field; visits booked before keep what they were asked."""

from collections.abc import Sequence
from typing import Any

from visita.activity.record import record
from visita.catalog import places, policies, verbs
from visita.catalog.asking import Where
from visita.catalog.errors import code_taken, not_found
from visita.catalog.models import BookingField
from visita.catalog.reading import FIELD, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def change_field(
    field_id: int, changes: dict[str, Any], *, actor: Actor, where: Sequence[Where] | None = None
) -> BookingField:
    """Set the given values (`catalog.reading.FIELD`) and raise the version; `where`, if given, replaces the places."""
    values = read(FIELD, changes)
    field = BookingField.objects.select_for_update(no_key=True).filter(pk=field_id, archived_at=None).first()
    if field is None:
        raise not_found()
    others = BookingField.objects.filter(code=values.get("code", field.code), archived_at=None)
    if others.exclude(pk=field_id).exists():
        raise code_taken()
    for name, value in values.items():
        setattr(field, name, value)
    policies.answerable(field.kind, field.choices)
    field.version += 1
    field.activity_id = record(verbs.FIELD_CHANGED, "field", field_id, actor, {"fields": sorted(values)})
    field.save()
    if where is not None:
        places.write(where, field_id=field_id)
    return field

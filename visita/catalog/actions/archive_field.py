"""Ask a field no more; visits keep their answers."""

from visita.activity.record import record
from visita.catalog import verbs
from visita.catalog.errors import not_found
from visita.catalog.models import BookingField
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def archive_field(field_id: int, *, actor: Actor) -> None:
    """Its code is free for another field afterwards. Refuses not_found."""
    field = BookingField.objects.select_for_update(no_key=True).filter(pk=field_id, archived_at=None).first()
    if field is None:
        raise not_found()
    field.archived_at = clock.now()
    field.activity_id = record(verbs.FIELD_ARCHIVED, "field", field_id, actor)
    field.save()

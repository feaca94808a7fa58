"""Change a specialty."""

from typing import Any

from visita.activity.record import record
from visita.catalog import verbs
from visita.catalog.errors import not_found
from visita.catalog.models import Specialty
from visita.catalog.reading import SPECIALTY, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def change_specialty(specialty_id: int, changes: dict[str, Any], *, actor: Actor) -> Specialty:
    """Set the given fields; future availability follows at once, booked visits stay as they are."""
    fields = read(SPECIALTY, changes)
    specialty = (
        Specialty.objects.select_for_update(no_key=True).filter(pk=specialty_id, archived_at=None).first()
    )
    if specialty is None:
        raise not_found()
    for name, value in fields.items():
        setattr(specialty, name, value)
    event = record(verbs.SPECIALTY_CHANGED, "specialty", specialty_id, actor, {"fields": sorted(fields)})
    specialty.activity_id = event
    specialty.save()
    return specialty

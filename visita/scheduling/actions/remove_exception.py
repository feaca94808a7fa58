"""Remove an exception: the weekly pattern holds again on its date."""

from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling.actions.change_hours import change_hours
from visita.scheduling.changes import Day
from visita.scheduling.errors import not_found
from visita.scheduling.models import WorkingException


@Action
def remove_exception(exception_id: int, *, actor: Actor, agreed: str = "") -> None:
    """Refuses not_found, and as `change_hours`. History keeps the row."""
    row = WorkingException.objects.filter(pk=exception_id).first()
    if row is None:
        raise not_found()
    day = Day(row.resource_id, row.location_id, row.date, None)
    change_hours.here([day], actor=actor, agreed=agreed)

"""Remove an exception: the weekly pattern holds again on its date."""

from visita.activity.record import record
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import verbs
from visita.scheduling.errors import not_found
from visita.scheduling.models import WorkingException
from visita.scheduling.ringing import news


@Action
def remove_exception(exception_id: int, *, actor: Actor) -> None:
    """Refuses not_found. History keeps the row."""
    row = WorkingException.objects.select_for_update().filter(pk=exception_id).first()
    if row is None:
        raise not_found()
    record(
        verbs.EXCEPTION_REMOVED,
        "location" if row.resource_id is None else "resource",
        row.resource_id or row.location_id or 0,
        actor,
        {"location": row.location_id, "date": row.date.isoformat()},
        news=news(row.location_id, row.date),
    )
    row.delete()

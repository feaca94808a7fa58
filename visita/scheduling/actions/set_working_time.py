"""Set a resource's weekly working time at one location: the whole plan at once."""

from collections.abc import Sequence

from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling.actions.change_hours import change_hours
from visita.scheduling.changes import Week
from visita.scheduling.models import WorkingPattern
from visita.scheduling.policies import Pattern


@Action
def set_working_time(
    resource_id: int, location_id: int, patterns: Sequence[Pattern], *, actor: Actor, agreed: str = ""
) -> list[WorkingPattern]:
    """The plan becomes exactly `patterns`; what stays the same keeps its row. An empty plan: never works here.

    Refuses bad_datetime and as `change_hours`.
    """
    change_hours.here([Week(resource_id, location_id, tuple(patterns))], actor=actor, agreed=agreed)
    return list(WorkingPattern.objects.filter(resource_id=resource_id, location_id=location_id))

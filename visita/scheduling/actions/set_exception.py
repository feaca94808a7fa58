"""Replace the working time of one date: an absence, other hours, or a location's closed day."""

from collections.abc import Sequence
from datetime import date

from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import policies
from visita.scheduling.actions.change_hours import change_hours
from visita.scheduling.changes import Day
from visita.scheduling.models import WorkingException


@Action
def set_exception(
    resource_id: int | None,
    location_id: int | None,
    date: date,
    intervals: Sequence[Sequence[int]],
    *,
    actor: Actor,
    reason: str = "changed",
    online: Sequence[Sequence[int]] | None = None,
    agreed: str = "",
) -> WorkingException:
    """`intervals` [[start, end], …] in minutes of the day replace the pattern of `date`; none = absent or closed.

    Without a resource it is the location's; without a location (absence only) it holds everywhere. `online`: the
    part of it that clients may book (None: all). Refuses as `change_hours`.
    """
    hours = _pairs(policies.intervals(intervals))
    part = None if online is None else _pairs(policies.intervals(online))
    day = Day(resource_id, location_id, date, hours, reason, part)
    change_hours.here([day], actor=actor, agreed=agreed)
    return WorkingException.objects.get(resource_id=resource_id, location_id=location_id, date=date)


def _pairs(spans: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in spans)

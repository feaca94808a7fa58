"""Block time of resources (decision 23)."""

from collections.abc import Sequence
from datetime import datetime

from visita.foundation import clock, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling.actions.change_hours import change_hours
from visita.scheduling.changes import Block
from visita.scheduling.errors import bad_datetime
from visita.scheduling.models import Allocation


@Action
def block(
    resource_ids: Sequence[int],
    location_id: int,
    start: datetime,
    end: datetime,
    *,
    actor: Actor,
    note: str = "",
    agreed: str = "",
) -> list[int]:
    """Nobody can book these resources from `start` to `end` (aware, whole minutes); ids of the claims, all or none.

    Visits in the time refuse it (409 `visits_stranded`, with the list and its token) unless `agreed` is that token: then
    they stand in it until somebody moves or cancels them. Refuses slot_taken when a class, a held time or another block
    is there, bad_datetime, required, not_found.
    """
    s, e = _minutes(start, end)
    if not resource_ids:
        raise text.missing("resources")
    wanted = [Block(each, location_id, s, e, note) for each in sorted(set(resource_ids))]
    events = change_hours.here(wanted, actor=actor, agreed=agreed)
    made = Allocation.objects.filter(activity_id__in=events).order_by("id")
    return list(made.values_list("id", flat=True))


def _minutes(start: datetime, end: datetime) -> tuple[int, int]:
    for field, instant in (("start", start), ("end", end)):
        if instant.tzinfo is None or not 1970 < instant.year < 2200:
            raise bad_datetime(field)
    return clock.to_minute(start), clock.to_minute(end)

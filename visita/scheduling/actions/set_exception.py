"""Replace the working time of one date: an absence, other hours, or a location's closed day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from visita.activity.record import record
from visita.foundation import text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import policies, verbs
from visita.scheduling.errors import bad_interval, not_found
from visita.scheduling.locking import lock
from visita.scheduling.models import WorkingException
from visita.scheduling.ringing import news
from visita.tenancy import queries as tenancy


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
) -> WorkingException:
    """`intervals` [[start, end], …] in minutes of the day replace the pattern of `date`; none = absent or closed.

    Without a resource it is the location's; without a location (absence only) it holds everywhere. `online`: the
    part of it that clients may book (None: all). Visits in the time keep their claims. Refuses not_found, bad_interval, interval_overlap.
    """
    hours = policies.intervals(intervals)
    part = policies.open_part(online, hours)
    reason = text.line(reason, field="reason", limit=40)
    _check(resource_id, location_id, hours)
    place: dict[str, Any] = {"resource_id": resource_id, "location_id": location_id, "date": date}
    event = record(
        verbs.EXCEPTION_SET,
        "location" if resource_id is None else "resource",
        resource_id or location_id or 0,
        actor,
        {"location": location_id, "date": date.isoformat(), "intervals": hours, "reason": reason},
        news=news(location_id, date),
    )
    values = {"intervals": hours, "online": part, "reason": reason, "activity_id": event}
    exception, _created = WorkingException.objects.update_or_create(**place, defaults=values)
    return exception


def _check(resource_id: int | None, location_id: int | None, hours: list[list[int]]) -> None:
    if resource_id is None and location_id is None:
        raise not_found()
    if location_id is None and hours:  # hours are told in a location's clock
        raise bad_interval("intervals")
    if location_id is not None:
        tenancy.location(location_id)
    if resource_id is not None:
        lock([resource_id])

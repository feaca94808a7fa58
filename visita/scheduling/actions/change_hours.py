"""Change working time: single dates and weekly plans, all at once or nothing."""

from collections.abc import Sequence
from typing import Any

from visita.activity.record import record
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import changes as said
from visita.scheduling import hours, stranding, verbs
from visita.scheduling.changes import Change, Day, Week
from visita.scheduling.locking import lock
from visita.scheduling.ringing import news
from visita.tenancy import queries as tenancy


@Action
def change_hours(changes: Sequence[Change], *, actor: Actor, agreed: str = "") -> list[int]:
    """Make the changes; the ids of their events. Nothing is written when one of them is refused.

    Visits that would be left outside working time refuse it (409 `visits_stranded`, with the list and its token) unless
    `agreed` is that token: a visit booked in between makes another list. Refuses not_found, bad_interval,
    interval_overlap, too_many_days. The rows of all resources concerned are locked, so a booking sees the old hours or the new ones.
    """
    wanted = said.checked(changes)
    for place in sorted({change.location_id for change in wanted if change.location_id is not None}):
        tenancy.location(place)
    resources = hours.concerned(wanted)
    lock(resources)
    after = stranding.look(resources)
    events = [_write(change, actor) for change in wanted]
    hours.renew(resources)
    after(agreed)
    return events


def _write(change: Change, actor: Actor) -> int:
    event = _week_event(change, actor) if isinstance(change, Week) else _day_event(change, actor)
    hours.write(change, event)
    return event


def _week_event(week: Week, actor: Actor) -> int:
    payload = {"location": week.location_id, "rows": len(week.patterns)}
    return record(verbs.WORKING_TIME_SET, "resource", week.resource_id, actor, payload, news=news(None, None))


def _day_event(day: Day, actor: Actor) -> int:
    payload: dict[str, Any] = {
        "location": day.location_id,
        "date": day.date.isoformat(),
        "before": hours.before(day),
    }
    if day.intervals is not None:
        payload |= {"intervals": day.intervals, "reason": day.reason}
    return record(
        verbs.EXCEPTION_REMOVED if day.intervals is None else verbs.EXCEPTION_SET,
        "location" if day.resource_id is None else "resource",
        day.resource_id or day.location_id or 0,
        actor,
        payload,
        news=news(day.location_id, day.date),
    )

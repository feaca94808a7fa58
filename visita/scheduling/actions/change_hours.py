"""Change working time: single dates, weekly plans and blocked time, all at once or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from visita.activity.record import record
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import changes as said
from visita.scheduling import hours, policies, stranding, verbs
from visita.scheduling.changes import Block, Change, Day, Week
from visita.scheduling.errors import hours_changed
from visita.scheduling.locking import lock
from visita.scheduling.models import Resource
from visita.scheduling.ringing import news, only_day
from visita.tenancy import queries as tenancy


@Action
def change_hours(
    changes: Sequence[Change], *, actor: Actor, agreed: str = "", seen: Mapping[int, int] | None = None
) -> list[int]:
    """Make the changes; the ids of their events. Nothing is written when one of them is refused.

    `seen` are the versions of hours the changes were made from, by resource: 409 `changed_meanwhile` for an older one.

    Visits that would be left outside working time refuse it (409 `visits_stranded`, with the list and its token) unless
    `agreed` is that token: a visit booked in between makes another list. Refuses not_found, bad_interval,
    interval_overlap, too_many_days, slot_taken for time to be blocked that holds a class. The rows of all resources concerned are locked, so a booking sees the old hours or the new ones.
    """
    wanted = said.checked(changes)
    for place in sorted({change.location_id for change in wanted if change.location_id is not None}):
        tenancy.location(place)
    resources = hours.concerned(wanted)
    _require_seen(lock(resources), seen or {})
    after = stranding.look(resources)
    events = _write_all(wanted, actor)
    if not all(isinstance(change, Block) for change in wanted):
        hours.renew(resources)
    after(agreed)
    return events


def _require_seen(locked: Mapping[int, Resource], seen: Mapping[int, int]) -> None:
    for resource, version in seen.items():
        if resource in locked and locked[resource].hours_version != version:
            raise hours_changed(locked[resource].hours_version)


def _write_all(changes: Sequence[Change], actor: Actor) -> list[int]:
    days = [change for change in changes if isinstance(change, Day)]
    if not hours.apart(changes):
        return [_write(change, actor) for change in changes]
    there = hours.replaced(days)
    events = [_day_event(day, actor, hours.facts(rows)) for day, rows in zip(days, there, strict=True)]
    hours.write_days(days, there, events)
    return events


def _write(change: Change, actor: Actor) -> int:
    if isinstance(change, Block):
        event = _block_event(change, actor)
    else:
        event = (
            _week_event(change, actor)
            if isinstance(change, Week)
            else _day_event(change, actor, hours.before(change))
        )
    hours.write(change, event)
    return event


def _block_event(block: Block, actor: Actor) -> int:
    zone = tenancy.location(block.location_id).zone
    day = only_day(clock.from_minute(block.s), clock.from_minute(block.e), zone)
    payload = {
        "resources": [block.resource_id], "location": block.location_id, "start": block.s, "end": block.e,
    }  # fmt: skip
    ring = news(block.location_id, day)
    return record(verbs.BLOCKED, "resource", block.resource_id, actor, payload, news=ring)


def _week_event(week: Week, actor: Actor) -> int:
    before = policies.as_rows(hours.plan(week.resource_id, week.location_id))
    after = policies.as_rows(week.patterns)
    payload = {"location": week.location_id, "rows": len(week.patterns), "before": before, "after": after}
    return record(verbs.WORKING_TIME_SET, "resource", week.resource_id, actor, payload, news=news(None, None))


def _day_event(day: Day, actor: Actor, before: list[dict[str, Any]]) -> int:
    payload: dict[str, Any] = {
        "location": day.location_id,
        "date": day.date.isoformat(),
        "before": before,
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

"""Set a resource's weekly working time at one location: the whole plan at once."""

from collections.abc import Sequence

from visita.activity.record import record
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import policies, verbs
from visita.scheduling.locking import lock
from visita.scheduling.models import ResourceLocation, WorkingPattern
from visita.scheduling.policies import Pattern
from visita.tenancy import queries as tenancy


@Action
def set_working_time(
    resource_id: int, location_id: int, patterns: Sequence[Pattern], *, actor: Actor
) -> list[WorkingPattern]:
    """The plan becomes exactly `patterns`; what stays the same keeps its row. An empty plan: never works here.

    Refuses not_found, bad_interval, bad_datetime, interval_overlap. The resource's row is locked, so two editors
    of one plan come one after the other and a booking sees the old plan or the new one, never half of each.
    """
    wanted = policies.plan(patterns)
    tenancy.location(location_id)
    lock([resource_id])
    event = record(verbs.WORKING_TIME_SET, "resource", resource_id, actor, {"location": location_id})
    ResourceLocation.objects.get_or_create(resource_id=resource_id, location_id=location_id)
    rows = list(WorkingPattern.objects.filter(resource_id=resource_id, location_id=location_id))
    WorkingPattern.objects.filter(pk__in=[row.pk for row in rows if _of(row) not in wanted]).delete()
    kept = {_of(row) for row in rows}
    WorkingPattern.objects.bulk_create(
        _row(pattern, resource_id, location_id, event) for pattern in wanted if pattern not in kept
    )
    return list(WorkingPattern.objects.filter(resource_id=resource_id, location_id=location_id))


def _of(row: WorkingPattern) -> Pattern:
    online = None if row.online is None else tuple((start, end) for start, end in row.online)
    return Pattern(row.weekday, row.start, row.end, row.valid_from, row.valid_to, row.every_weeks, online)


def _row(pattern: Pattern, resource_id: int, location_id: int, event: int) -> WorkingPattern:
    return WorkingPattern(
        resource_id=resource_id,
        location_id=location_id,
        weekday=pattern.weekday,
        start=pattern.start,
        end=pattern.end,
        valid_from=pattern.valid_from,
        valid_to=pattern.valid_to,
        every_weeks=pattern.every_weeks,
        online=None if pattern.online is None else [list(part) for part in pattern.online],
        activity_id=event,
    )

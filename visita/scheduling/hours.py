"""Writing changes of working time inside a running scope; `actions.change_hours` says who may and who must know."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q

from visita.scheduling import blocking
from visita.scheduling.changes import Block, Change, Day, Week
from visita.scheduling.models import Resource, ResourceLocation, WorkingException, WorkingPattern
from visita.scheduling.policies import Pattern


def concerned(changes: Iterable[Change]) -> list[int]:
    """The resources whose time the changes touch: those named, and everybody of a location that changes."""
    named = {change.resource_id for change in changes if change.resource_id is not None}
    places = {change.location_id or 0 for change in changes if change.resource_id is None}
    here = ResourceLocation.objects.filter(location_id__in=places).values("resource_id") if places else []
    found = Resource.objects.filter(Q(pk__in=here) | Q(pk__in=named), archived_at=None)
    return sorted(named | set(found.values_list("id", flat=True)))


def renew(resource_ids: Sequence[int]) -> None:
    """Tell bookings that wait for these resources' locks that what they read of the hours holds no more."""
    Resource.objects.filter(pk__in=resource_ids).update(hours_version=F("hours_version") + 1)


def plan(resource_id: int, location_id: int) -> list[Pattern]:
    """The weekly plan as it is."""
    rows = WorkingPattern.objects.filter(resource_id=resource_id, location_id=location_id)
    return [of(row) for row in rows.order_by("weekday", "start", "id")]


def before(change: Day) -> list[dict[str, Any]]:
    """The rows a change of a date replaces, as facts for the record (and for taking it back)."""
    return [
        {"location": row.location_id, "intervals": row.intervals, "online": row.online, "reason": row.reason}
        for row in _replaced(change)
    ]


def write(change: Change, event: int | None) -> None:
    """Make it so. `event` None only where the transaction will be rolled back (a look at what would be)."""
    if isinstance(change, Block):
        blocking.write(change, event)
    elif isinstance(change, Week):
        _write_week(change, event)
    else:
        _write_day(change, event)


def _replaced(change: Day) -> list[WorkingException]:
    """The exception in its place; an absence everywhere also replaces what was said for single locations."""
    rows = WorkingException.objects.filter(resource_id=change.resource_id, date=change.date)
    everywhere = (
        change.location_id is None and change.resource_id is not None and change.intervals is not None
    )
    return list((rows if everywhere else rows.filter(location_id=change.location_id)).order_by("id"))


def _write_day(change: Day, event: int | None) -> None:
    rows = _replaced(change)
    same = next((row for row in rows if row.location_id == change.location_id), None)
    WorkingException.objects.filter(pk__in=[row.pk for row in rows if row is not same]).delete()
    if change.intervals is None:
        if same is not None:
            same.delete()
        return
    row = same or WorkingException(
        resource_id=change.resource_id, location_id=change.location_id, date=change.date
    )
    row.intervals = [list(span) for span in change.intervals]
    row.online = None if change.online is None else [list(span) for span in change.online]
    row.reason, row.activity_id = change.reason, event
    row.save()


def _write_week(week: Week, event: int | None) -> None:
    """What stays the same keeps its row."""
    place: dict[str, Any] = {"resource_id": week.resource_id, "location_id": week.location_id}
    ResourceLocation.objects.get_or_create(**place)
    rows = list(WorkingPattern.objects.filter(**place))
    WorkingPattern.objects.filter(pk__in=[row.pk for row in rows if of(row) not in week.patterns]).delete()
    kept = {of(row) for row in rows}
    WorkingPattern.objects.bulk_create(
        _row(pattern, place, event) for pattern in week.patterns if pattern not in kept
    )


def of(row: WorkingPattern) -> Pattern:
    """A row of a plan as a plain value."""
    online = None if row.online is None else tuple((start, end) for start, end in row.online)
    return Pattern(row.weekday, row.start, row.end, row.valid_from, row.valid_to, row.every_weeks, online)


def _row(pattern: Pattern, place: dict[str, Any], event: int | None) -> WorkingPattern:
    return WorkingPattern(
        **place,
        weekday=pattern.weekday,
        start=pattern.start,
        end=pattern.end,
        valid_from=pattern.valid_from,
        valid_to=pattern.valid_to,
        every_weeks=pattern.every_weeks,
        online=None if pattern.online is None else [list(part) for part in pattern.online],
        activity_id=event,
    )

"""Writing changes of working time inside a running scope; `actions.change_hours` says who may and who must know."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, Value, When

from visita.foundation import scope
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
    return facts(replaced([change])[0])


def facts(rows: Iterable[WorkingException]) -> list[dict[str, Any]]:
    """Exceptions as the record keeps them."""
    return [
        {"location": row.location_id, "intervals": row.intervals, "online": row.online, "reason": row.reason}
        for row in rows
    ]


def apart(changes: Sequence[Change]) -> bool:
    """Whether all are of single dates, none of the same date of the same resource: then they are written together."""
    keys = {(change.resource_id, change.date) for change in changes if isinstance(change, Day)}
    return len(keys) == len(changes)


def write(change: Change, event: int | None) -> None:
    """Make it so. `event` None only where the transaction will be rolled back (a look at what would be)."""
    if isinstance(change, Block):
        blocking.write(change, event)
    elif isinstance(change, Week):
        _write_week(change, event)
    else:
        write_days([change], replaced([change]), [event])


def write_all(changes: Sequence[Change]) -> None:
    """All of them, in a transaction that will be rolled back."""
    days = [change for change in changes if isinstance(change, Day)]
    if apart(changes):
        write_days(days, replaced(days), [None] * len(days))
    else:
        for change in changes:
            write(change, None)


def replaced(days: Sequence[Day]) -> list[list[WorkingException]]:
    """For each the exceptions in its place: of its location; an absence everywhere also replaces what was said for single
    locations. One statement whatever their number."""
    found = WorkingException.objects.filter(date__in={day.date for day in days}).order_by("id")
    rows: dict[tuple[int | None, date], list[WorkingException]] = {}
    for row in found:
        rows.setdefault((row.resource_id, row.date), []).append(row)
    return [[row for row in rows.get((day.resource_id, day.date), ()) if _in_place(day, row)] for day in days]


def _in_place(day: Day, row: WorkingException) -> bool:
    everywhere = day.location_id is None and day.resource_id is not None and day.intervals is not None
    return everywhere or row.location_id == day.location_id


def write_days(
    days: Sequence[Day], there: Sequence[Sequence[WorkingException]], events: Sequence[int | None]
) -> None:
    """The dates, each with what it replaces and the event it is done by; five statements whatever their number."""
    gone: dict[int, int | None] = {}
    new: list[WorkingException] = []
    changed: list[WorkingException] = []
    for day, rows, event in zip(days, there, events, strict=True):
        same = next((row for row in rows if row.location_id == day.location_id), None)
        stays = same is not None and day.intervals is not None
        gone |= {row.pk: event for row in rows if not (stays and row is same)}
        if day.intervals is None:
            continue
        row = same or WorkingException(
            organization_id=scope.current(), resource_id=day.resource_id, location_id=day.location_id, date=day.date
        )  # fmt: skip
        row.intervals = [list(span) for span in day.intervals]
        row.online = None if day.online is None else [list(span) for span in day.online]
        row.reason, row.activity_id = day.reason, event
        (changed if same else new).append(row)
    _remove(WorkingException, gone)
    WorkingException.objects.bulk_update(changed, ["intervals", "online", "reason", "activity_id"], 500)
    WorkingException.objects.bulk_create(new, 500)


def _write_week(week: Week, event: int | None) -> None:
    """What stays the same keeps its row."""
    place: dict[str, Any] = {"resource_id": week.resource_id, "location_id": week.location_id}
    ResourceLocation.objects.get_or_create(**place)
    rows = list(WorkingPattern.objects.filter(**place))
    _remove(WorkingPattern, {row.pk: event for row in rows if of(row) not in week.patterns})
    kept = {of(row) for row in rows}
    WorkingPattern.objects.bulk_create(
        _row(pattern, place, event) for pattern in week.patterns if pattern not in kept
    )


def _remove(model: type[WorkingException] | type[WorkingPattern], gone: Mapping[int, int | None]) -> None:
    """Takes rows away; the event each goes by is marked on it first, so that history knows when and by whom."""
    if not gone:
        return
    acts = [When(pk=pk, then=Value(event)) for pk, event in gone.items() if event is not None]
    rows = model.objects.filter(pk__in=gone)
    if acts:
        rows.update(activity_id=Case(*acts, output_field=BigIntegerField()))
    rows.delete()


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

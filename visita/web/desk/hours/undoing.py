"""Taking a change of working time back with all that was decided beside it, before anybody was written to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from visita.activity.models import Activity
from visita.activity.record import record
from visita.bookings import actions as bookings
from visita.bookings import verbs
from visita.bookings.hours.deciding import Outcome
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.messaging.actions import untell
from visita.messaging.delay import notice_delay
from visita.scheduling import actions as scheduling
from visita.scheduling import hours as writing
from visita.scheduling import policies
from visita.scheduling import verbs as hours
from visita.scheduling.changes import Block, Change, Day, Week
from visita.scheduling.models import Allocation, Resource, WorkingException
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import frame
from visita.web.desk.hours import listing, rights
from visita.web.desk.reading import Body

LONGEST = timedelta(minutes=10)  # a change nobody is written about can still be taken back so long


def remember(guest: Guest, events: Sequence[int], outcomes: Sequence[Outcome]) -> int:
    """Note what was done together, and what was not; its id takes it back."""
    done = [
        [each.decision.visit_id, each.decision.do, each.decision.version + 1]
        for each in outcomes
        if each.done
    ]
    failed = [_failed(each.decision.visit_id, each.refusal) for each in outcomes if each.refusal]
    payload = {"events": list(events), "done": done, "failed": failed}
    with scope(guest.organization.pk, durable=True):
        return record(verbs.REARRANGED, "resource", events[0] if events else 0, guest.actor, payload)


def _failed(visit_id: int, refusal: Refusal) -> dict[str, Any]:
    near = [each["start"] for each in refusal.extra.get("alternatives") or []]
    return {"visit": visit_id, "code": refusal.code, "message": str(refusal.message), "near": near}


def batch(guest: Guest, key: int) -> Activity:
    """What the guest did together; refuses not_found. In a scope."""
    found = Activity.objects.filter(pk=key, verb=verbs.REARRANGED, actor_id=guest.actor.id).first()
    if found is None:
        raise Refusal("not_found", 404, _("There is nothing here."))
    return found


def seconds() -> int:
    """How long nobody is written to yet; inside a scope."""
    return int(notice_delay().total_seconds())


@page
def undo(request: HttpRequest, guest: Guest, key: int) -> HttpResponse:
    """POST: everything of the batch is as before, as far as the times are still free; 409 once letters may have left."""
    with scope(guest.organization.pk):
        found = batch(guest, key)
        taken_back = Activity.objects.filter(verb=verbs.REARRANGING_UNDONE, object_id=key).exists()
        patience = notice_delay() if found.payload["done"] else LONGEST
        late = found.at + patience < clock.now()
        plan = back_of(found.payload["events"])
        back = _hours(request, guest, made(found.payload["events"]))
    rights.require_change(guest, [*plan.changes, *plan.blocks])
    if late or taken_back:
        return redirect(f"{back}&undo=late")
    with scope(guest.organization.pk, durable=True):
        record(verbs.REARRANGING_UNDONE, "batch", key, guest.actor)
    failed = _undone(guest, plan, found.payload["done"])
    return redirect(f"{back}&undo={'part' if failed else 'done'}")


def _hours(request: HttpRequest, guest: Guest, changes: Sequence[Change]) -> str:
    """The chart where and when the changes were; in a scope."""
    place = frame(request, guest, Body({"location": listing.location(changes)}))
    first = next(iter(listing.days(changes, place)), place.today)
    return f"{place.url('hours')}?location={place.location.pk}&date={first.isoformat()}"


def made(events: Sequence[int]) -> list[Change]:
    """The changes the events tell of, for who looks at them again; in a scope."""
    return [change for row in _rows(events) for change in _made(row)]


def _rows(events: Sequence[int]) -> Iterable[Activity]:
    wanted = (
        hours.EXCEPTION_SET,
        hours.EXCEPTION_REMOVED,
        hours.WORKING_TIME_SET,
        hours.BLOCKED,
        hours.UNBLOCKED,
    )
    return Activity.objects.filter(pk__in=events, verb__in=wanted).order_by("-id")


def _made(row: Activity) -> list[Change]:
    said = row.payload
    if row.verb == hours.UNBLOCKED:
        return []
    if row.verb == hours.BLOCKED:
        return [Block(each, said["location"], said["start"], said["end"]) for each in said["resources"]]
    if row.verb == hours.WORKING_TIME_SET:
        return [Week(row.object_id, said["location"], policies.of_rows(said.get("after", [])))]
    resource = row.object_id if row.object_kind == "resource" else None
    spans = _spans(said["intervals"]) if "intervals" in said else None
    return [Day(resource, said["location"], date.fromisoformat(said["date"]), spans, said.get("reason", ""))]


@dataclass(slots=True)
class Back:
    """What puts the hours back: changes, the versions of hours they were made from, blocks that end. `stays` counts what
    somebody has changed again since."""

    changes: list[Change] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)
    stays: int = 0


def back_of(events: Sequence[int]) -> Back:
    """What takes these acts back, as far as nobody changed the same since; inside a scope."""
    plan, rows = Back(), list(_rows(events))
    days = {row.payload["date"] for row in rows if "date" in row.payload}
    now = {
        (each.resource_id, each.location_id, each.date): each.intervals
        for each in WorkingException.objects.filter(date__in=days)
    }
    for row in rows:
        if row.verb == hours.BLOCKED:
            _unblocked(plan, row)
        elif row.verb == hours.UNBLOCKED:
            _blocked_again(plan, row)
        elif row.verb == hours.WORKING_TIME_SET:
            _week(plan, row)
        else:
            _day(plan, row, now)
    named = {each.resource_id for each in plan.changes if each.resource_id is not None}
    plan.seen = dict(Resource.objects.filter(pk__in=named).values_list("id", "hours_version"))
    return plan


def _unblocked(plan: Back, row: Activity) -> None:
    living = Allocation.objects.filter(activity_id=row.pk, kind="block", live=True)
    found = list(living.values_list("id", flat=True))
    plan.claims += found
    plan.stays += not found
    plan.blocks += [each for each in _made(row) if isinstance(each, Block)]


def _blocked_again(plan: Back, row: Activity) -> None:
    gone = Allocation.objects.filter(pk__in=row.payload["allocations"], live=False)
    plan.changes += [Block(each.resource_id, each.location_id, each.s, each.e, each.note) for each in gone]


def _week(plan: Back, row: Activity) -> None:
    said = row.payload
    place = row.object_id, said["location"]
    if "before" not in said or policies.as_rows(_sorted(writing.plan(*place))) != said["after"]:
        plan.stays += 1
    else:
        plan.changes.append(Week(*place, policies.of_rows(said["before"])))


def _sorted(patterns: Iterable[policies.Pattern]) -> list[policies.Pattern]:
    return policies.plan(list(patterns))


def _day(plan: Back, row: Activity, now: dict[tuple[int | None, int | None, date], Any]) -> None:
    resource = row.object_id if row.object_kind == "resource" else None
    when = date.fromisoformat(row.payload["date"])
    place = row.payload["location"]
    if now.get((resource, place, when)) != row.payload.get("intervals"):
        plan.stays += 1
        return
    before: list[dict[str, Any]] = row.payload["before"]
    back = [
        Day(
            resource,
            each["location"],
            when,
            _spans(each["intervals"]),
            each["reason"],
            _online(each["online"]),
        )
        for each in before
    ]
    if place not in [each["location"] for each in before]:
        back.insert(0, Day(resource, place, when, None))
    plan.changes += back


def _spans(value: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in value)


def _online(value: list[list[int]] | None) -> tuple[tuple[int, int], ...] | None:
    return None if value is None else _spans(value)


def _undone(guest: Guest, plan: Back, done: list[list[Any]]) -> int:
    """The hours first, so that the visits find their time open again; how much could not be brought back."""
    organization, failed = guest.organization.pk, plan.stays
    try:
        if plan.claims:
            scheduling.unblock(organization, plan.claims, actor=guest.actor)
        if plan.changes:
            scheduling.change_hours(organization, plan.changes, actor=guest.actor, seen=plan.seen)
    except Refusal:  # somebody booked what the change had opened: that part of it stays
        failed += 1
    for visit, deed, version in done:
        try:
            _back(guest, visit, deed, version)
        except Refusal:
            failed += 1
    return failed


def _back(guest: Guest, visit: int, deed: str, version: int) -> None:
    """One visit, unless somebody else changed it since."""
    organization = guest.organization.pk
    if deed == "choose":
        bookings.end_choice(organization, visit, "withdrawn", guest.actor)
    elif deed == "keep":
        bookings.unkeep(organization, visit, guest.actor, version=version)
    else:
        bookings.undo_last(organization, visit, guest.actor, version=version)
        untell(organization, visit, guest.actor)

"""Taking a change of working time back with all that was decided beside it, before anybody was written to."""

from collections.abc import Sequence
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
from visita.scheduling import verbs as hours
from visita.scheduling.changes import Day
from visita.web.desk.door import Guest, page
from visita.web.desk.hours import rights

LONGEST = timedelta(minutes=10)  # a change nobody is written about can still be taken back so long


def remember(guest: Guest, events: Sequence[int], outcomes: Sequence[Outcome]) -> int:
    """Note what was done together; its id takes it back."""
    done = [
        [each.decision.visit_id, each.decision.do, each.decision.version + 1]
        for each in outcomes
        if each.done
    ]
    payload = {"events": list(events), "done": done}
    with scope(guest.organization.pk, durable=True):
        return record(verbs.REARRANGED, "resource", events[0] if events else 0, guest.actor, payload)


def seconds() -> int:
    """How long nobody is written to yet; inside a scope."""
    return int(notice_delay().total_seconds())


@page
def undo(request: HttpRequest, guest: Guest, batch: int) -> HttpResponse:
    """POST: everything of the batch is as before, as far as the times are still free; 409 once letters may have left."""
    with scope(guest.organization.pk):
        found = Activity.objects.filter(pk=batch, verb=verbs.REARRANGED, actor_id=guest.actor.id).first()
        if found is None:
            raise Refusal("not_found", 404, _("There is nothing here."))
        taken_back = Activity.objects.filter(verb=verbs.REARRANGING_UNDONE, object_id=batch).exists()
        patience = notice_delay() if found.payload["done"] else LONGEST
        late = found.at + patience < clock.now()
        changes = _before(found.payload["events"])
    rights.require_change(guest, changes)
    if late or taken_back:
        return redirect(f"{_hours(guest)}?undo=late")
    with scope(guest.organization.pk, durable=True):
        record(verbs.REARRANGING_UNDONE, "batch", batch, guest.actor)
    failed = _undone(guest, changes, found.payload["done"])
    return redirect(f"{_hours(guest)}?undo={'part' if failed else 'done'}")


def _hours(guest: Guest) -> str:
    return f"/{guest.organization.slug}/desk/hours/"


def _before(events: Sequence[int]) -> list[Day]:
    """What the dates were before the events; a weekly plan is put back by its form, not here."""
    rows = Activity.objects.filter(pk__in=events, verb__in=(hours.EXCEPTION_SET, hours.EXCEPTION_REMOVED))
    return [day for row in rows.order_by("-id") for day in _day(row)]


def _day(row: Activity) -> list[Day]:
    resource = row.object_id if row.object_kind == "resource" else None
    when = date.fromisoformat(row.payload["date"])
    place = row.payload["location"]
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
    return back


def _spans(value: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in value)


def _online(value: list[list[int]] | None) -> tuple[tuple[int, int], ...] | None:
    return None if value is None else _spans(value)


def _undone(guest: Guest, changes: list[Day], done: list[list[Any]]) -> int:
    """The hours first, so that the visits find their time open again; how many could not be brought back."""
    organization, failed = guest.organization.pk, 0
    if changes:
        try:
            scheduling.change_hours(organization, changes, actor=guest.actor)
        except Refusal:  # somebody booked what the change had opened: that part of it stays
            failed += 1
    for visit, deed, version in done:
        try:
            if deed == "choose":
                bookings.end_choice(organization, visit, "withdrawn", guest.actor)
            elif deed != "keep":
                bookings.undo_last(organization, visit, guest.actor, version=version)  # nobody else's change
                untell(organization, visit, guest.actor)
        except Refusal:
            failed += 1
    return failed

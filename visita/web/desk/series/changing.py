"""Changing a series: this visit, this and those after it, or all; every visit is shown where it would go before it goes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.bookings import actions, errors, rules, series_change, series_errors, series_plan
from visita.bookings.models import Appointment
from visita.bookings.requests import BookRequest, Item
from visita.bookings.series_change import Change
from visita.bookings.series_lookup import Whole
from visita.bookings.series_requests import ChangedSeries, Shift
from visita.catalog.models import ServiceResource
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.messaging.actions import tell_series
from visita.scheduling.models import Resource
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.reach import reach
from visita.web.desk.reading import Body, body, query
from visita.web.desk.series import reading, rows, words
from visita.web.desk.series.rows import Shown
from visita.web.desk.series.views import about, found
from visita.web.desk.visit import PART, cancel_told


@page
def change(request: HttpRequest, guest: Guest, series: int) -> HttpResponse:
    """`visit`, `span`, and `time`, `weekday`, `resource`; `look` shows what would happen, `save` does it, `tell` has the client told
    once of all that moved."""
    guest.require(rights.VISITS_CHANGE)
    return _view(request, guest, series, "move")


@page
def cancellation(request: HttpRequest, guest: Guest, series: int) -> HttpResponse:
    """`visit`, `span`; `look` shows the visits meant, `save` cancels those ticked for `reason`."""
    guest.require(rights.VISITS_CANCEL)
    return _view(request, guest, series, "cancel")


def _view(request: HttpRequest, guest: Guest, series: int, way: str) -> HttpResponse:
    sent = body(request) if request.method == "POST" else query(request)
    if request.method != "POST" or not sent.flag("save") or rows.picks(sent):
        return _form(request, guest, series, sent, way)
    if sent.flag("override"):
        guest.require(rights.VISITS_OVERRIDE_RULES)
    try:
        done = (_cancel if way == "cancel" else _move)(request, guest, series, sent)
    except Refusal as refusal:
        return _form(request, guest, series, sent, way, refusal)
    if way == "move" and sent.flag("tell"):
        tell_series(guest.organization.pk, series, done.visits, guest.actor)
    count = len(done.visits)
    said = (
        ngettext("%(count)s visit cancelled", "%(count)s visits cancelled", count)
        if way == "cancel"
        else ngettext("%(count)s visit moved", "%(count)s visits moved", count)
    ) % {"count": count}
    if request.headers.get(PART):
        return answer({"go": f"series/{series}/", "said": said})
    return redirect("desk:series", organization=guest.organization.slug, series=series)


def _move(request: HttpRequest, guest: Guest, series: int, sent: Body) -> ChangedSeries:
    with scope(guest.organization.pk):
        whole = found(series)
        wish = reading.wish(sent, _anchor(whole, sent).start)
        shifts = tuple(_shift(whole, number, value, sent) for number, value in rows.chosen(sent).items())
    return actions.change_series(
        guest.organization.pk, series, shifts, reading.span(sent), wish, guest.actor, warned=sent.flag("warned"),
        override=sent.flag("override"),
    )  # fmt: skip


def _shift(whole: Whole, number: int, value: str, sent: Body) -> Shift:
    place = next((one for one in whole.places if one.turn.number == number), None)
    if place is None:
        raise series_errors.bad_series("plan", number)
    parts = Appointment.objects.filter(visit_id=place.visit.pk).order_by("s", "position")
    items, _price = reading.unpacked(value, [Item(part.service_id, None, place.start) for part in parts])
    version = sent.required(f"version_{number}")
    return Shift(place.visit.pk, version, tuple((item.start, item.resource_id) for item in items))


def _cancel(request: HttpRequest, guest: Guest, series: int, sent: Body) -> ChangedSeries:
    with scope(guest.organization.pk):
        known = {one.turn.number: one.visit.pk for one in found(series).places}
    visits = {
        known[number]: sent.required(f"version_{number}") for number in rows.chosen(sent) if number in known
    }
    reason = sent.text("reason", 500)
    return actions.cancel_series(guest.organization.pk, series, visits, guest.actor, reason=reason)


def _anchor(whole: Whole, sent: Body) -> Any:
    """The visit the change begins with: the one named, else the next to come."""
    named = sent.number("visit")
    coming = [one for one in whole.by_time if one.changes]
    anchor = next((one for one in coming if named in (None, one.visit.pk)), None)
    if anchor is None:
        raise errors.invalid_transition("", "")
    return anchor


def _form(
    request: HttpRequest, guest: Guest, series: int, sent: Body, way: str, refusal: Refusal | None = None
) -> HttpResponse:
    with scope(guest.organization.pk):
        whole = found(series)
        place = frame(request, guest, Body({"location": whole.places[0].visit.location_id}))
        context: dict[str, Any] = {**place.context(), **about(whole, place), "way": way, "refusal": refusal}
        try:
            context |= _fields(whole, place, sent)
            if request.method == "POST" or way == "cancel":
                context |= _rows(whole, place, sent, way)
        except Refusal as wrong:
            context["refusal"] = refusal or wrong
        name = "desk/series/change.html" if request.headers.get(PART) else "desk/series/change_page.html"
        shown = context["refusal"]
        return render(request, name, context, status=shown.status if shown else 200)


def _fields(whole: Whole, place: Frame, sent: Body) -> dict[str, Any]:
    anchor = _anchor(whole, sent)
    first = Appointment.objects.filter(visit_id=anchor.visit.pk).order_by("s", "position")[0]
    able = ServiceResource.objects.filter(service_id=first.service_id).values_list("resource_id", flat=True)
    people = Resource.objects.filter(pk__in=list(able), archived_at=None)
    return {
        "anchor": anchor.visit.pk,
        "when": place.formats.moment(anchor.start),
        "span": reading.span(sent),
        "time": sent.text("time", 5) or f"{anchor.start:%H:%M}",
        "weekday": sent.number("weekday", low=0, high=6)
        if sent.text("weekday", 2)
        else anchor.start.weekday(),
        "weekdays": [(one, place.formats.weekday_full(words.weekday(one))) for one in range(7)],
        "people": [(row.pk, str(row)) for row in people],
        "resource": sent.number("resource"),
        "reason": sent.text("reason", 500),
        "reach": reach(anchor.visit.pk),
        "tells": sent.flag("tell"),
        "cancel_told": cancel_told(anchor.visit),
    }


def _rows(whole: Whole, place: Frame, sent: Body, way: str) -> dict[str, Any]:
    anchor = _anchor(whole, sent)
    wish = series_change.Wish() if way == "cancel" else reading.wish(sent, anchor.start)
    changes = series_change.plan(whole, anchor.visit.pk, reading.span(sent), wish, looks=way != "cancel")
    if rows.picks(sent):
        changes = _picked(changes, sent, place)
    shown = Shown(place, sent, [each.to for each in changes])
    made = [
        (shown.row(each.place.turn.number, each.to, _("Leave it where it is"), was=each.was,
                   apart=each.place.apart and each.place is not anchor), each.place.visit.version)
        for each in changes
    ]  # fmt: skip
    return {
        "rows": made,
        "shown_rows": [row for row, _version in made],
        "wrong": sum(not row.free for row, _version in made),
    }


def _picked(changes: list[Change], sent: Body, place: Frame) -> list[Change]:
    """Rows for which another time was typed are looked at there."""
    first = changes[0].place.visit
    services = tuple({item.service_id for each in changes for item in each.to.items})
    known = rules.load(first.location_id, services, archived=True)
    request = BookRequest((), location_id=first.location_id, seats=first.seats, staff=True)
    ignored = series_change.own_claims([each.place for each in changes])
    seen = rows.with_picked([each.to for each in changes], sent, place, known, request, ignored)
    seen = series_plan.with_near(known, seen, request, ignored)
    return [Change(each.place, each.was, to) for each, to in zip(changes, seen, strict=True)]

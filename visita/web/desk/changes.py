"""Changes of a visit from the desk: each a noun with its own address, JSON for the script, a form without it.

A form without script is answered by the visit's page; a refusal shows there and nothing is lost.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from visita.bookings import actions, journal_offer, journal_visit
from visita.bookings.requests import Changed, Moved, MoveItem, MoveRequest
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.foundation.text import LONGEST_NOTE
from visita.identity import rights
from visita.tenancy import queries
from visita.web.desk import asking, meanwhile
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data, page
from visita.web.desk.reach import reach
from visita.web.desk.reading import Body, body, day, moment
from visita.web.desk.visit import show

_Change = Callable[[Guest, int, Body], Changed | Moved]


def a_change(change: _Change) -> Callable[..., HttpResponseBase]:
    """A view of one change: JSON in, `{"version", "status"}` or the new times out."""

    @data
    def by_script(request: HttpRequest, guest: Guest, visit: int) -> HttpResponse:
        try:
            return answer(_changed(guest, visit, change(guest, visit, body(request))))
        except Refusal as refusal:
            raise meanwhile.told(refusal, guest, visit) from None

    @page
    def by_form(request: HttpRequest, guest: Guest, visit: int) -> HttpResponse:
        sent = body(request)
        try:
            change(guest, visit, sent)
        except Refusal as refusal:
            return show(request, guest, visit, meanwhile.told(refusal, guest, visit), sent)
        if sent.text("to", 8) == "agenda":
            return redirect("desk:agenda", organization=guest.organization.slug)
        return redirect("desk:visit", organization=guest.organization.slug, visit=visit)

    @require_POST
    @wraps(change)
    def view(request: HttpRequest, organization: str, visit: int) -> HttpResponseBase:
        form = request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")
        return (by_form if form else by_script)(request, organization, visit=visit)

    return view


def _changed(guest: Guest, visit: int, result: Changed | Moved) -> dict[str, Any]:
    if isinstance(result, Moved):
        with scope(guest.organization.pk):
            times = {"start": result.start.isoformat(), "end": result.end.isoformat()}
            return {"version": result.version, **times, "reach": reach(visit)}
    return {"version": result.version, "status": result.status}


def require(guest: Guest, visit: int, right: str, own: str | None = None) -> None:
    """The right for any visit, or `own` for a visit of the guest's own calendar; 404 for a visit never seen."""
    with scope(guest.organization.pk):
        calendars = [part.resource_id for part in journal_visit.appointments(visit)]
    mine = guest.resource_id is not None and guest.resource_id in calendars  # a class may need nobody: None
    if not calendars or not (mine or guest.may(rights.VISITS_SEE)):
        raise Refusal("not_found", 404, _("There is nothing here."))
    if own is not None and mine and guest.may(own):
        return
    guest.require(right)


def _require_own_parts(guest: Guest, visit: int, alone: int | None, target: int | None) -> None:
    """Who may change only the own calendar moves only the own part of a visit, and only within it."""
    if guest.may(rights.VISITS_CHANGE):
        return
    with scope(guest.organization.pk):
        parts = journal_visit.appointments(visit)
    moved = {part.resource_id for part in parts if alone in (None, part.pk)}
    if moved != {guest.resource_id} or target not in (None, guest.resource_id):
        guest.require(rights.VISITS_CHANGE)


@a_change
def move(guest: Guest, visit: int, sent: Body) -> Moved:
    """`start` of the appointment (or `date` and `time`), `resource`, `appointment`, `alone`, `minutes` (a resize), `force`,
    `warned`, `override`, `version`, `price` (the new one, seen), `back` (an undo); `items` a place for each part; `location` takes the whole visit there, with anyone unless a resource is named."""
    require(guest, visit, rights.VISITS_CHANGE, rights.VISITS_CHANGE_OWN)
    resource = sent.number("resource")
    _require_own_parts(guest, visit, sent.number("appointment") if sent.flag("alone") else None, resource)
    minutes, version = sent.number("minutes", high=2880), sent.required("version")
    if sent.flag("force"):
        guest.require(rights.VISITS_OVERBOOK)
    if sent.flag("override"):
        guest.require(rights.VISITS_OVERRIDE_RULES)
    with scope(guest.organization.pk):
        what = journal_offer.moving(visit, sent.number("appointment"), alone=sent.flag("alone"))
        when = day(sent.text("date")) or what.date
        location = sent.number("location")
        zone = ZoneInfo(queries.location(location).zone if location else what.visit.zone)
        wanted = what.request(moment(sent, when, zone), resource, minutes)
    if location not in (None, what.visit.location_id):
        guest.require(rights.VISITS_CHANGE)
        wanted = MoveRequest(wanted.start, resource, location_id=location, staff=True)
    if items := proposed(sent):
        guest.require(rights.VISITS_CHANGE)
        wanted = MoveRequest(min(item.start for item in items), items=items, staff=True)
    wanted = replace(
        wanted,
        version=version,
        force=sent.flag("force"),
        warned=sent.flag("warned"),
        override=sent.flag("override"),
        merge=True,
        keeps_price=not sent.flag("back"),
        price_seen=sent.number("price", low=0),
        back=sent.flag("back"),
    )
    return actions.move(guest.organization.pk, visit, wanted, guest.actor)


@a_change
def cancellation(guest: Guest, visit: int, sent: Body) -> Changed:
    """`reason`, `ours` (our doing: not counted against the client), `version`."""
    require(guest, visit, rights.VISITS_CANCEL)
    reason, version = sent.text("reason", 500), sent.required("version")
    return actions.cancel(
        guest.organization.pk,
        visit,
        guest.actor,
        reason=reason,
        version=version,
        merge=True,
        ours=sent.flag("ours"),
    )


def _status(action: Callable[..., Changed], *, asks: bool = False) -> Callable[..., HttpResponseBase]:
    """`version`; where it asks before it changes a visit of another day, `any_day` goes on."""

    @a_change
    def change(guest: Guest, visit: int, sent: Body) -> Changed:
        require(guest, visit, rights.VISITS_STATUS)
        version, more = sent.required("version"), {"any_day": sent.flag("any_day")} if asks else {}
        return action(guest.organization.pk, visit, guest.actor, version=version, merge=True, **more)

    return change


confirmation = _status(actions.confirm)
arrival = _status(actions.arrive, asks=True)
completion = _status(actions.complete, asks=True)
no_show = _status(actions.mark_no_show)


def proposed(sent: Body) -> tuple[MoveItem, ...]:
    """`items`: a place for every appointment, as it was proposed; a form sends the list as JSON text."""
    return tuple(
        MoveItem(one.required("appointment"), one.instant("start"), one.number("resource"))
        for one in sent.rows("items")
    )


def _lay(action: Callable[..., Changed]) -> Callable[..., HttpResponseBase]:
    @a_change
    def change(guest: Guest, visit: int, sent: Body) -> Changed:
        require(guest, visit, rights.VISITS_CHANGE, rights.VISITS_CHANGE_OWN)
        return action(guest.organization.pk, visit, guest.actor, version=sent.required("version"))

    return change


parking = _lay(actions.park)
unparking = _lay(actions.unpark)


@a_change
def note(guest: Guest, visit: int, sent: Body) -> Changed:
    """`note`, `version`."""
    require(guest, visit, rights.VISITS_CHANGE, rights.VISITS_CHANGE_OWN)
    words, version = sent.text("note", LONGEST_NOTE), sent.required("version")
    return actions.note(guest.organization.pk, visit, words, guest.actor, version=version, merge=True)


@a_change
def mark(guest: Guest, visit: int, sent: Body) -> Changed:
    """`scheme` (public or private), `version`."""
    require(guest, visit, rights.VISITS_CHANGE, rights.VISITS_CHANGE_OWN)
    scheme, version = sent.text("scheme", 8), sent.required("version")
    return actions.mark(guest.organization.pk, visit, scheme, guest.actor, version=version, merge=True)


@a_change
def answers(guest: Guest, visit: int, sent: Body) -> Changed:
    """`field_<code>` of each question, an empty or absent one takes its answer away; `version`."""
    require(guest, visit, rights.VISITS_CHANGE, rights.VISITS_CHANGE_OWN)
    version = sent.required("version")
    given = asking.answers(sent)
    return actions.answer(guest.organization.pk, visit, given, guest.actor, version=version, merge=True)

"""The waitlist's pages at the desk: the list, one entry with its free times, a new entry, and who fits a free cell."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from visita.bookings import actions, reliability
from visita.bookings.actions import WaitRequest
from visita.bookings.errors import slot_taken
from visita.bookings.models import Visit, Waiting
from visita.bookings.requests import ClientDetails
from visita.bookings.waitlist import filling, matching, queries, reasons
from visita.clients import queries as clients
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.models import Resource
from visita.tenancy.models import Location
from visita.web.components import windows
from visita.web.components.icons import paths
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.labels import known_already
from visita.web.desk.reading import Body, body, day, query
from visita.web.desk.visit import PART
from visita.web.desk.waitlist import form as forms
from visita.web.desk.waitlist import rows
from visita.web.desk.waitlist.form import EntryForm, NewForm

STATES = ("waiting", "offered", "past", "all")
_FREE = 24  # free times shown of an entry
_AHEAD = 31  # days looked through for them

Deed = Callable[[Guest, Body, int], Any]


@page
def listing(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Who waits, in the order of their turn; `?state=&service=&resource=&date=` narrow it."""
    guest.require(rights.VISITS_SEE)
    values = query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        wanted = _filter(place, values)
        found = rows.rows(place, queries.listed(wanted, place.today))
        context = {
            **_context(place, guest), "rows": found, "filter": wanted, "states": _states(),
            "services": forms.services(place), "people": forms.people(place),
            "filtered": bool(wanted.service_id or wanted.resource_id or wanted.day or wanted.state != "waiting"),
        }  # fmt: skip
        return render(request, "desk/waitlist/list.html", context)


@page
def matches(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Who of those who wait could take a free cell: `?resource=&at=` (epoch minute) `&location=`."""
    guest.require(rights.VISITS_SEE)
    values = query(request)
    at, resource = values.required("at", high=2**26), values.required("resource")
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        who = Resource.objects.filter(pk=resource).first()
        able = _able(place, at, resource) if who else []
        local = clock.from_minute(at).astimezone(place.zone)
        context = {
            **_context(place, guest), "rows": rows.rows(place, able), "at": at, "resource": who,
            "moment": place.formats.moment(local), "back_day": local.date(),
        }  # fmt: skip
        template = "desk/waitlist/panel.html" if request.headers.get(PART) else "desk/waitlist/matches.html"
        return render(request, template, context)


@page
def entry(request: HttpRequest, guest: Guest, waiting: int) -> HttpResponse:
    """One entry: what is free for it, its story, and the form to change it."""
    guest.require(rights.VISITS_SEE)
    return _entry(request, guest, waiting)


@page
def new(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: the form (`?client=&service=&resource=&date=` and more fill it in); POST: put them on the list."""
    guest.require(rights.VISITS_BOOK)
    sent = body(request) if request.method == "POST" else query(request)
    if sent.values.get("client"):
        guest.require(rights.CLIENTS_SEE)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        known = clients.client(sent.required("client")) if sent.values.get("client") else None
        filled = None if request.method != "POST" else request.POST
        about = clients.subjects(known.pk) if known else []
        form = NewForm(
            filled, place=place, today=place.today, known=known is not None, initial={} if filled else _given(place, sent),
            about=[(str(one.pk), str(one)) for one in about],
        )  # fmt: skip
    if filled is not None and form.is_valid():
        try:
            made = actions.join(
                guest.organization.pk, _wish(place, form, known.pk if known else None), guest.actor
            )
        except Refusal as refusal:
            forms.tell(form, refusal)
        else:
            there = reverse("desk:waiting", args=(guest.organization.slug, made.pk))
            return redirect(f"{there}?again=1" if made.again else there)
    with scope(guest.organization.pk):
        context = {**_context(place, guest), "form": form, "client": known, **_script(place, guest, known)}
        return render(request, "desk/waitlist/new.html", context, status=422 if form.errors else 200)


def _script(place: Frame, guest: Guest, known: Client | None) -> dict[str, Any]:
    """What the page's script needs to offer those known already while somebody is typed."""
    if known is not None or not guest.may(rights.CLIENTS_SEE):
        return {}
    words = {"known_already": known_already()}
    script = {"base": place.url("day"), "may": {"clients": True}, "words": words}
    return {"script": script, "icons": {"person": paths("person")}}


@require_POST
@page
def change(request: HttpRequest, guest: Guest, waiting: int) -> HttpResponse:
    """POST: other times, another number of people, a note."""
    _require(guest)
    with scope(guest.organization.pk):
        one = queries.waiting(waiting)
        form = _form(frame(request, guest, Body({})), one, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.change_waiting(
                guest.organization.pk, waiting, form.window(), guest.actor, seats=data["seats"],
                note=data["note"], anyone=bool(data.get("anyone")),
            )  # fmt: skip
        except Refusal as refusal:
            forms.tell(form, refusal)
        else:
            return redirect("desk:waiting", organization=guest.organization.slug, waiting=waiting)
    return _entry(request, guest, waiting, form=form, status=422)


def _require(guest: Guest) -> None:
    """Who waits is everybody's to see, and so to change."""
    guest.require(rights.VISITS_SEE)
    guest.require(rights.VISITS_BOOK)


def _deed(deed: Deed) -> Callable[..., HttpResponseBase]:
    """A button's target; afterwards the entry, where a refusal is told too."""

    @page
    def done(request: HttpRequest, guest: Guest, /, waiting: int) -> HttpResponseBase:
        _require(guest)
        sent = body(request)
        try:
            deed(guest, sent, waiting)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            return _entry(request, guest, waiting, refusal=refusal, status=refusal.status)
        if sent.text("back") == "list":
            return redirect("desk:waitlist", organization=guest.organization.slug)
        return redirect("desk:waiting", organization=guest.organization.slug, waiting=waiting)

    @require_POST
    @wraps(deed)
    def view(request: HttpRequest, organization: str, waiting: int) -> HttpResponseBase:
        return done(request, organization, waiting=waiting)

    return view


@_deed
def offer(guest: Guest, sent: Body, waiting: int) -> None:
    """`at` (epoch minute), `resource` where one of several was chosen: kept for them and told."""
    at = sent.required("at", high=2**26)
    with scope(guest.organization.pk):
        one = queries.waiting(waiting)
        found = next((each for each in _free(one) if each[0].start == at), None)
        if found is None:
            raise slot_taken([])
        start, plain = found
        time = filling.time_of(one, start, staff=not plain)
        chosen = sent.number("resource")
        if chosen in start.resources and len(time.items) == 1:
            service, _who, begins = time.items[0]
            time = actions.Time(time.start, ((service, chosen, begins),), time.staff)
    actions.offer(guest.organization.pk, waiting, time, guest.actor, shared=False)


@_deed
def withdraw(guest: Guest, sent: Body, waiting: int) -> None:
    """Take the open offer back; the time is free for the next one."""
    actions.end_offer(guest.organization.pk, waiting, "lost", guest.actor)


@_deed
def remove(guest: Guest, sent: Body, waiting: int) -> None:
    """Off the list."""
    actions.leave(guest.organization.pk, waiting, guest.actor)


@_deed
def turn(guest: Guest, sent: Body, waiting: int) -> None:
    """`way` up or down: before or behind the others."""
    with scope(guest.organization.pk):
        one = queries.waiting(waiting)
        rank = one.rank + (1 if sent.text("way") == "up" else -1)
        window = matching.window(one)
    actions.change_waiting(guest.organization.pk, waiting, window, guest.actor, rank=rank)


def _entry(
    request: HttpRequest, guest: Guest, waiting: int, *, form: EntryForm | None = None,
    refusal: Refusal | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    with scope(guest.organization.pk):
        place = frame(request, guest, Body({}))
        one = queries.waiting(waiting)
        where = Location.objects.get(pk=one.location_id)
        (row,) = rows.rows(place, [one])
        open_ = row.state == "waiting"
        context = {
            **_context(place, guest), "row": row, "refusal": refusal, "open_offer": queries.open_offer(one.pk),
            "free": _times(place, where, one) if open_ else [], "story": rows.history(place, where, one),
            "form": form or _form(place, one),
            "reliability": reliability.of_client(one.client_id) if guest.may(rights.CLIENTS_SEE) else None,
            "unreached": reasons.TEXTS.get(reasons.unreachable(one.client_id)) if one.status == "waiting" else None,
        }  # fmt: skip
        return render(request, "desk/waitlist/entry.html", context, status=status)


def _context(place: Frame, guest: Guest) -> dict[str, Any]:
    return {
        **place.context(),
        "section": "waitlist",
        "may_book": guest.may(rights.VISITS_BOOK),
        "list_url": place.url("waitlist"),
        "add_url": place.url("waitlist_new"),
    }


def _states() -> list[tuple[str, str]]:
    words = {"waiting": _("Waiting"), "offered": _("Offered"), "past": _("Ended"), "all": _("All")}
    return [(state, words[state]) for state in STATES]


def _filter(place: Frame, values: Body) -> queries.Filter:
    state = values.text("state", 10)
    return queries.Filter(
        state if state in STATES else "waiting",
        values.number("location"),
        values.number("service"),
        values.number("resource"),
        place.day if values.text("date", 20) else None,
    )


def _form(place: Frame, one: Waiting, data: Any = None) -> EntryForm:
    initial = {**windows.initial(one), "seats": one.seats, "note": one.note}
    named = any(item["resource"] for item in one.items)
    return EntryForm(data, place=place, today=place.today, named=named, initial=initial)


def _given(place: Frame, sent: Body) -> dict[str, Any]:
    first = max(day(sent.text("first_day", 10)) or place.day, place.today)
    last = day(sent.text("last_day", 10)) or first + timedelta(days=7)
    return {
        "first_day": first, "last_day": last, "seats": sent.number("seats", high=100) or 1, "note": sent.text("note"),
        "service": sent.text("service", 20), "resource": sent.text("resource", 20), "kind": sent.text("kind", 40),
        "subject": sent.text("subject", 20),
    }  # fmt: skip


def _wish(place: Frame, form: NewForm, client_id: int | None) -> WaitRequest:
    data = form.cleaned_data
    typed = None
    if client_id is None:
        typed = ClientDetails(data["first_name"], data["last_name"], data["phone"], data["email"])
    item = (int(data["service"]), int(data["resource"]) if data["resource"] else None)
    return WaitRequest(
        (item,), form.window(), client=typed, client_id=client_id, location_id=place.location.pk,
        seats=data["seats"], note=data["note"], staff=True, **form.whom(),
    )  # fmt: skip


def _free(one: Waiting) -> list[tuple[Any, bool]]:
    """Starts that staff could offer, with whether clients could take them by their own rules too."""
    zone = ZoneInfo(Location.objects.get(pk=one.location_id).zone)
    today = clock.now().astimezone(zone).date()
    visit = Visit.objects.filter(pk=one.visit_id).first() if one.visit_id else None
    days: tuple[date, date] = max(one.first_day, today), min(one.last_day, today + timedelta(days=_AHEAD))
    look, plain = matching.Look(staff=True), matching.Look()
    theirs = {start.start for start in plain.fitting(one, visit, zone, *days)}
    return [(start, start.start in theirs) for start in look.fitting(one, visit, zone, *days)]


def _times(place: Frame, where: Location, one: Waiting) -> list[dict[str, Any]]:
    """The first free times in words."""
    zone = place.zone_of(where)
    return [
        {
            "at": start.start, "plain": plain,
            "words": place.formats.moment(clock.from_minute(start.start).astimezone(zone)),
        }
        for start, plain in _free(one)[:_FREE]
    ]  # fmt: skip


def _able(place: Frame, at: int, resource: int) -> list[Waiting]:
    """In the order of their turn, those for whom the engine has that very start with that person."""
    day, look = clock.from_minute(at).astimezone(place.zone).date(), matching.Look(staff=True)
    found = []
    for one in queries.line(place.location.pk, day, day)[:200]:
        visit = Visit.objects.filter(pk=one.visit_id).first() if one.visit_id else None
        starts = look.fitting(one, visit, place.zone, day, day)
        if any(start.start == at and resource in start.resources for start in starts):
            found.append(one)
    return found

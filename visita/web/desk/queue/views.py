"""The queue's page, which is also a part of the panel, and what is done from it. Every answer is the queue as it is now."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from visita.bookings import actions
from visita.bookings.models import Device, Ticket
from visita.bookings.queue import JoinRequest
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.components.icons import paths
from visita.web.desk import over
from visita.web.desk.door import Guest, page
from visita.web.desk.finding import sought
from visita.web.desk.frame import Frame, frame, remember
from visita.web.desk.over import goes_over
from visita.web.desk.queue import busy, rows
from visita.web.desk.reading import Body, body, query
from visita.web.desk.visit import PART
from visita.web.waiting.links import address

CALLS_TO = "queue_to"  # session key: who calls at this desk, by location


@page
def show(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The queue of a location today; `?location=`."""
    return _page(request, guest, query(request))


@page
def strip(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The button with how many wait, for the journal's bar."""
    guest.require(rights.VISITS_SEE)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        return render(request, "desk/queue/strip.html", {**place.context(), **strip_of(place)})


def strip_of(place: Frame) -> dict[str, Any]:
    """How many wait and who is called, for those who see the queue where there is one. Inside a scope."""
    if not place.guest.may(rights.VISITS_SEE) or not rows.is_on(place):
        return {"queue_on": False}
    states = Ticket.objects.filter(
        location_id=place.location.pk, date=place.today, state__in=("waiting", "called")
    )
    found = list(states.values_list("state", flat=True))
    return {"queue_on": True, "queue_waiting": found.count("waiting"), "queue_called": found.count("called")}


def _page(
    request: HttpRequest, guest: Guest, values: Body, refusal: Refusal | None = None, said: str = ""
) -> HttpResponse:
    guest.require(rights.VISITS_SEE)
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        remember(request, guest, place.location)
        context = {**place.context(), "section": "queue", "refusal": refusal, "said": said}
        context["queue_on"] = rows.is_on(place)
        if context["queue_on"]:
            context |= _queue(request, place, values if refusal or values.flag("add") else Body({}))
            context["adds"] = values.flag("add") or bool(refusal and values.number("service"))
            context |= _finding(place, values)
        elif guest.may(rights.SETTINGS_CHANGE):
            context["switch_url"] = reverse("office:switches", args=[guest.organization.slug]) + "#queue"
        context["others"] = refusal.extra.get("others", []) if refusal else []
        context["goes_over"] = goes_over(guest, refusal) if values.number("ticket") else ""
        context["retry"] = values.values
        name = "desk/queue/queue.html" if request.headers.get(PART) else "desk/queue/page.html"
        return render(request, name, context, status=refusal.status if refusal else 200)


def _queue(request: HttpRequest, place: Frame, typed: Body) -> dict[str, Any]:
    found, offered = rows.read(place), rows.services(place)
    first = next((service["id"] for service in offered if service["default"]), None)
    first = first or next((service["id"] for service in offered), None)
    return {
        "queue": found,
        "next_wait": rows.next_wait(place, found.waiting, first),
        "services": offered,
        "service_chosen": typed.number("service") or first,
        "people": rows.people(place, offered),
        "with_chosen": typed.number("resource"),
        "calls_to": request.session.get(CALLS_TO, {}).get(str(place.location.pk)),
        "typed": typed.values,
        "can_join": place.guest.may(rights.VISITS_BOOK),
        "can_call": place.guest.may(rights.VISITS_STATUS),
        "can_start": place.guest.may(rights.VISITS_STATUS) and place.guest.may(rights.VISITS_BOOK),
        "devices": list(Device.objects.filter(location_id=place.location.pk, revoked_at=None).order_by("pk")),
        "can_connect": place.guest.may(rights.SETTINGS_CHANGE),
    }


def _finding(place: Frame, values: Body) -> dict[str, Any]:
    """Clients found by `q` (without script), and what the page's script needs to find them while one types."""
    found = sought(place, values)
    if not found:
        return {}
    script = {
        "base": place.url("day"),
        "location": place.location.pk,
        "may": {"clients": True},
        "words": found["telling"],
    }
    drawn = {name: paths(name) for name in ("person", "cross", "search")}
    return {**found, "script": script, "icons": drawn}


_Act = Callable[[HttpRequest, Guest, Frame, Body], str]


def _deed(right: str, *more: str) -> Callable[[_Act], Callable[..., HttpResponseBase]]:
    """A view of something done to the queue; `act` gives the sentence that says it."""

    def made(act: _Act) -> Callable[..., HttpResponseBase]:
        @page
        def entered(request: HttpRequest, guest: Guest, /, **parts: int) -> HttpResponse:
            for one in (rights.VISITS_SEE, right, *more):  # the queue is everybody's
                guest.require(one)
            sent = Body({**body(request).values, **parts})
            with scope(guest.organization.pk):
                place = frame(request, guest, sent)
            try:
                said = act(request, guest, place, sent)
            except Refusal as refusal:
                if refusal.status in (403, 404) and refusal.code != "not_found":
                    raise
                return _page(request, guest, sent, refusal)
            if request.headers.get(PART):
                return _page(request, guest, Body({"location": place.location.pk}), said=said)
            return redirect(f"{place.url('queue')}?location={place.location.pk}")

        return require_POST(entered)

    return made


@_deed(rights.VISITS_BOOK)
def join(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """`service`, `resource`, and `client` or `name`, or nobody."""
    if sent.values.get("client"):
        guest.require(rights.CLIENTS_SEE)
    asked = JoinRequest(
        sent.required("service"), sent.number("resource"), sent.number("client"), sent.text("name", 120)
    )
    made = actions.join_queue(guest.organization.pk, place.location.pk, asked, guest.actor)
    return _("Number %(number)s") % {"number": made.number}


@_deed(rights.VISITS_STATUS)
def call_next(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """`to`: who calls."""
    to = sent.number("to")
    kept = request.session.get(CALLS_TO, {})
    if kept.get(str(place.location.pk)) != to:
        request.session[CALLS_TO] = {**kept, str(place.location.pk): to}
    called = actions.call_next(guest.organization.pk, place.location.pk, to, guest.actor)
    return _("Number %(number)s is called") % {"number": called.number}


@_deed(rights.VISITS_STATUS)
def call(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """This number, perhaps once more."""
    to = sent.number("to") or request.session.get(CALLS_TO, {}).get(str(place.location.pk))
    called = actions.call_ticket(guest.organization.pk, sent.required("ticket"), to, guest.actor)
    return _("Number %(number)s is called") % {"number": called.number}


@_deed(rights.VISITS_STATUS, rights.VISITS_BOOK)
def start(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """`to`, `warned`, `force` and `override` (by right): the turn has come."""
    over.require(guest, sent)
    ticket, to = sent.required("ticket"), sent.number("to")
    force, pressed = sent.flag("force"), over.pressed(sent)
    try:
        made = actions.start_ticket(
            guest.organization.pk, ticket, to, guest.actor, force=force, pressed=pressed
        )
    except Refusal as refusal:
        if refusal.code != "slot_taken":
            raise
        with scope(guest.organization.pk):
            raise busy.told(place, ticket, to, refusal) from refusal
    return _("Number %(number)s goes in") % {"number": made.number}


@_deed(rights.VISITS_STATUS)
def finish(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """The visit is done."""
    actions.finish_ticket(guest.organization.pk, sent.required("ticket"), guest.actor)
    return _("Done, the rest of the time is free")


@_deed(rights.VISITS_STATUS)
def no_answer(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """Called, and nobody came."""
    actions.no_answer(guest.organization.pk, sent.required("ticket"), guest.actor)
    return _("No answer")


@_deed(rights.VISITS_STATUS)
def leave(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """Gone."""
    actions.leave_queue(guest.organization.pk, sent.required("ticket"), guest.actor)
    return _("Out of the queue")


@_deed(rights.VISITS_STATUS)
def back(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """Waits again."""
    actions.wait_again(guest.organization.pk, sent.required("ticket"), guest.actor)
    return _("Waits again")


@_deed(rights.VISITS_STATUS)
def put(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """`before` (a ticket; none = to the end) and `reason`."""
    ticket, before = sent.required("ticket"), sent.number("before")
    actions.put_before(guest.organization.pk, ticket, before, guest.actor, reason=sent.text("reason", 200))
    return _("The order is changed")


@_deed(rights.VISITS_STATUS)
def check_in(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """A booked client who is here gets a number."""
    made = actions.check_in(guest.organization.pk, sent.required("visit"), guest.actor)
    return _("Number %(number)s") % {"number": made.number}


@_deed(rights.SETTINGS_CHANGE)
def revoke(request: HttpRequest, guest: Guest, place: Frame, sent: Body) -> str:
    """The address of a screen opens nothing any more."""
    actions.revoke_device(guest.organization.pk, sent.required("device"), actor=guest.actor)
    return _("Disconnected")


@page
def connect(request: HttpRequest, guest: Guest) -> HttpResponse:
    """POST `kind`, `name`, `names`: a screen's or kiosk's address, shown once."""
    guest.require(rights.SETTINGS_CHANGE)
    if request.method != "POST":
        return redirect("desk:queue", organization=guest.organization.slug)
    sent = body(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
    try:
        kind, name = sent.text("kind", 8), sent.text("name", 80)
        made = actions.add_device(
            guest.organization.pk, place.location.pk, kind, name, actor=guest.actor, names=sent.flag("names")
        )
    except Refusal as refusal:
        return _page(request, guest, sent, refusal)
    with scope(guest.organization.pk):
        url = request.build_absolute_uri(address(guest.organization.slug, made.device.kind, made.token))
        context = {
            **frame(request, guest, sent).context(),
            "section": "queue",
            "device": made.device,
            "url": url,
        }
        part = "desk/queue/connected.html" if request.headers.get(PART) else "desk/queue/connected_page.html"
        return render(request, part, context)

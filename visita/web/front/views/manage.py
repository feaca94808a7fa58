"""The manage link: see the visit, cancel it with a reason. No sign-in; wrong and expired links say the same."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.bookings.actions.add_note import add_note
from visita.bookings.actions.cancel import cancel
from visita.bookings.actions.withdraw_consent import withdraw_consent
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import here, repeating, visit, visit_page, written
from visita.web.front.forms import CancelForm, NoteForm
from visita.web.front.page import acting, reading, refused, show
from visita.web.front.place import Place
from visita.web.front.visit import Booking
from visita.web.front.visitor import visitor
from visita.web.front.waitlist import wishing
from visita.web.video.links import room_link


def private(response: HttpResponse) -> HttpResponse:
    """Personal pages stay out of every cache and out of search engines."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def no_link(request: HttpRequest, place: Place, refusal: Refusal) -> HttpResponse:
    """The one page for links that open nothing; anything else is said as it is."""
    if refusal.code not in ("link_invalid", "not_found"):
        return refused(request, place, refusal)
    return private(show(request, place, "front/expired.html", {}, status=404))


@reading
def see(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: the visit. `?new=1` right after booking, `?moved=1` after a move."""
    try:
        booking = visit.load(place, code, token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    news = {name: name in request.GET for name in ("new", "moved", "noted", "withdrawn")}
    response = _page(request, booking, {"note_form": NoteForm(), **news})
    if here.queued(booking):  # the wait shortens, and then the number is called
        response["Refresh"] = "30"
    return response


@reading
def ask_cancel(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: the question before cancelling."""
    return _cancel_page(request, place, code, token, CancelForm())


@acting
def cancellation(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST `reason`: cancel the visit, back to its page."""
    form = CancelForm(request.POST)
    try:
        with scope(place.id):
            booking = visit.load(place, code, token)
            if not form.is_valid():
                return _cancel_page(request, place, code, token, form, 422)
            client = str(booking.client)
        if booking.visit.status != "cancelled":  # a second press finds it done
            cancel(place.id, booking.visit.pk, visitor(request, client), reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        return no_link(request, place, refusal)
    return private(redirect(booking.url("visit")))


@acting
def note(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST `note`: add words for the business, back to the visit."""
    form = NoteForm(request.POST)
    try:
        with scope(place.id):
            booking = visit.load(place, code, token)
            if not form.is_valid():
                return _page(request, booking, {"note_form": form}, 422)
            client = str(booking.client)
        add_note(place.id, booking.visit.pk, form.cleaned_data["note"], visitor(request, client))
    except Refusal as refusal:
        return no_link(request, place, refusal)
    return private(redirect(booking.url("visit", noted=1)))


@acting
def withdrawal(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST: the client takes back the agreement to marketing; back to the visit."""
    try:
        with scope(place.id):
            booking = visit.load(place, code, token)
        withdraw_consent(place.id, booking.client.pk, actor=visitor(request, str(booking.client)))
    except Refusal as refusal:
        return no_link(request, place, refusal)
    return private(redirect(booking.url("visit", withdrawn=1)))


def _page(request: HttpRequest, booking: Booking, more: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {
        **visit_page.context(booking),
        **room_link(booking),
        **here.context(booking),
        "repeat_url": booking.url("repeat") if repeating.offer(booking) else "",
        "repeated": _count(request.GET.get("repeated", "")),
        **wishing.context(booking),
        **more,
        "written": written.after(booking) if _just_now(booking, more) else [],
    }
    return private(show(request, booking.place, "front/visit.html", context, status))


def _just_now(booking: Booking, more: dict[str, Any]) -> bool:
    """Whether the page answers something that was done: booked, moved, or cancelled."""
    return (
        more.get("new")
        or more.get("moved")
        or (booking.visit.status == "cancelled" and booking.end > clock.now())
    )


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _cancel_page(
    request: HttpRequest, place: Place, code: str, token: str, form: CancelForm, status: int = 200
) -> HttpResponse:
    try:
        booking = visit.load(place, code, token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    if not booking.changeable:
        return private(redirect(booking.url("visit")))
    context = {
        **visit_page.context(booking),
        "form": form,
        "target": booking.url("cancel"),
        "back": booking.url("visit"),
    }
    return private(show(request, place, "front/cancel.html", context, status))

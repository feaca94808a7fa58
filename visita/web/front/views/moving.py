"""Moving a visit by its manage link: who and when again, one question, done. Nothing moves by a mere look."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.bookings.actions.move import move
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import choice as choices
from visita.web.front import moved, offer, visit
from visita.web.front.choice import Choice
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.slots import Slot, slots
from visita.web.front.views.lost import LOST, near, told
from visita.web.front.views.manage import no_link, private
from visita.web.front.visit import Booking
from visita.web.front.visitor import visitor
from visita.web.front.when import WhenPage


@reading
def choose(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: free times for the visit; its own time does not stand in its way. With `own` those of the person it has."""
    try:
        booking = visit.load(place, code, token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    asked = choices.read(request.GET)
    if "own" in request.GET:
        asked = replace(asked, resource=booking.person)
    return _times(request, booking, asked)


@acting
def to(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST `slot`: asks "move to …?"; with `sure` it moves."""
    tapped = slots(request.POST.get("slot", ""))
    try:
        with scope(place.id):
            booking = visit.load(place, code, token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    try:
        with scope(place.id):
            if len(tapped) != len(booking.parts) or not booking.changeable:
                return _times(request, booking, Choice())
            if "sure" not in request.POST:
                return _question(request, booking, tapped)
            wanted = moved.request(booking, tapped, choices.number(request.POST.get("version", "")))
        move(place.id, booking.visit.pk, wanted, visitor(request, str(booking.client)))
    except Refusal as refusal:
        if refusal.code not in LOST:
            return no_link(request, place, refusal)
        return _lost(request, booking, tapped, refusal)
    return private(redirect(booking.url("visit", moved=1)))


def _times(request: HttpRequest, booking: Booking, choice: Choice, **more: Any) -> HttpResponse:
    found = offer.load()
    move_ = booking.movable and moved.load(booking, found)
    if not move_:
        return private(redirect(booking.url("visit")))
    page = WhenPage(move_.subject(choice), move_.choice(choice), move_.way())
    status = int(more.pop("status", 200))
    was = booking.place.formats.moment(booking.start)
    context = {**page.context(), "parties": [], "moving": was, "back": booking.url("visit"), **more}
    return private(show(request, booking.place, "front/when.html", context, status))


def _question(request: HttpRequest, booking: Booking, tapped: tuple[Slot, ...]) -> HttpResponse:
    formats = booking.place.formats
    start = clock.from_minute(min(slot.minute for slot in tapped)).astimezone(booking.start.tzinfo)
    people = offer.load().resources
    names = dict.fromkeys(str(people[slot.resource]) for slot in tapped if slot.resource in people)
    context = {
        "was": formats.moment(booking.start),
        "will": formats.moment(start),
        "who": ", ".join(names),
        "name": booking.names,
        "slot": request.POST.get("slot", ""),
        "version": booking.visit.version,
        "target": booking.url("to"),
        "back": booking.url("move", own=1),
    }
    return private(show(request, booking.place, "front/move.html", context))


def _lost(request: HttpRequest, booking: Booking, tapped: tuple[Slot, ...], refusal: Refusal) -> HttpResponse:
    with scope(booking.place.id):
        found = offer.load()
        choice = moved.after(booking, tapped)
        day, words = told(booking.place, found, choice, min(slot.minute for slot in tapped), refusal)
        times = [near(booking.place, found, one, choice) for one in refusal.extra.get("alternatives", [])]
        stays = _("Your visit stays where it was.")
        more = {"lost": f"{words} {stays}", "near": times, "status": refusal.status}
        return _times(request, booking, replace(choice, day=day), **more)

"""Moving a visit by its manage link: who and when again, one question, done. Nothing moves by a mere look."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.bookings import lengths, rules
from visita.bookings.actions.move import move
from visita.bookings.models import Appointment
from visita.bookings.requests import MoveRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.claims import Ignored
from visita.web.front import choice as choices
from visita.web.front import offer, visit
from visita.web.front.choice import Choice
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.slots import slot
from visita.web.front.summary import Subject
from visita.web.front.views.lost import LOST, near, told
from visita.web.front.views.manage import no_link, private
from visita.web.front.visit import Booking
from visita.web.front.visitor import visitor
from visita.web.front.when import Way, WhenPage


@reading
def choose(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """GET: free times for the visit; its own time does not stand in its way."""
    try:
        booking = visit.load(place, code, token)
    except Refusal as refusal:
        return no_link(request, place, refusal)
    return _times(request, booking, choices.read(request.GET))


@acting
def to(request: HttpRequest, place: Place, code: str, token: str) -> HttpResponse:
    """POST `slot`: asks "move to …?"; with `sure` it moves."""
    resource, minute = slot(request.POST.get("slot", ""))
    try:
        with scope(place.id):
            booking = visit.load(place, code, token)
            if minute is None or not booking.changeable:
                return _times(request, booking, Choice())
            if "sure" not in request.POST:
                return _question(request, booking, resource, minute)
        start = clock.from_minute(minute)
        wanted = MoveRequest(start, resource, version=choices.number(request.POST.get("version", "")))
        move(place.id, booking.visit.pk, wanted, visitor(request, str(booking.client)))
    except Refusal as refusal:
        if refusal.code not in LOST:
            return no_link(request, place, refusal)
        return _lost(request, booking, resource, minute, refusal)
    return private(redirect(booking.url("visit", moved=1)))


def _times(request: HttpRequest, booking: Booking, choice: Choice, **more: Any) -> HttpResponse:
    if not booking.changeable or len(booking.parts) != 1:
        return private(redirect(booking.url("visit")))
    found, part = offer.load(), booking.parts[0]
    known = [one.pk for one in found.people(part.service.pk, booking.location.pk)]
    if part.service.pk not in found.services or booking.location.pk not in found.locations:
        return private(redirect(booking.url("visit")))
    resource = choice.resource if choice.resource in known else None
    seats = booking.visit.seats
    subject = Subject(booking.place, found, booking.location.pk, part.service, resource, seats)
    mine = Appointment.objects.get(visit_id=booking.visit.pk)
    way = Way(
        base="move",
        target="to",
        parts=booking.link,
        ignored=Ignored(appointments=(mine.pk,)),
        minutes=lengths.kept(
            rules.load(booking.location.pk, (mine.service_id,)).service(mine.service_id), mine
        ),
    )
    page = WhenPage(subject, replace(choice, seats=seats, location=None, service=None), way)
    status = int(more.pop("status", 200))
    was = booking.place.formats.moment(booking.start)
    context = {**page.context(), "parties": [], "moving": was, "back": booking.url("visit"), **more}
    return private(show(request, booking.place, "front/when.html", context, status))


def _question(request: HttpRequest, booking: Booking, resource: int | None, minute: int) -> HttpResponse:
    formats = booking.place.formats
    start = clock.from_minute(minute).astimezone(booking.start.tzinfo)
    people = offer.load().resources
    context = {
        "was": formats.moment(booking.start),
        "will": formats.moment(start),
        "who": str(people[resource]) if resource in people else "",
        "name": booking.names,
        "slot": request.POST.get("slot", ""),
        "version": booking.visit.version,
        "target": booking.url("to"),
        "back": booking.url("move"),
    }
    return private(show(request, booking.place, "front/move.html", context))


def _lost(
    request: HttpRequest, booking: Booking, resource: int | None, minute: int | None, refusal: Refusal
) -> HttpResponse:
    with scope(booking.place.id):
        found = offer.load()
        choice = Choice(location=booking.location.pk, resource=resource)
        day, words = told(booking.place, found, choice, minute or 0, refusal)
        times = [near(booking.place, found, one, choice) for one in refusal.extra.get("alternatives", [])]
        stays = _("Your visit stays where it was.")
        more = {"lost": f"{words} {stays}", "near": times, "status": refusal.status}
        return _times(request, booking, replace(choice, day=day), **more)

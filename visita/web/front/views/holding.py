"""Tapping a time: it is held for some minutes and the visitor goes on to the details; a lost one offers the nearest."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.bookings.actions.hold import hold
from visita.bookings.requests import Held, HoldRequest, Item
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import choice as choices
from visita.web.front import flow, forms, offer
from visita.web.front.choice import Choice
from visita.web.front.flow import Flow
from visita.web.front.page import acting
from visita.web.front.place import Place
from visita.web.front.slots import slot
from visita.web.front.views.details import details_page
from visita.web.front.views.lost import LOST, lost
from visita.web.front.views.start import next_step
from visita.web.front.visitor import visitor
from visita.web.front.when import Way


@acting
def take(request: HttpRequest, place: Place) -> HttpResponse:
    """POST `slot` = person (or any) and epoch minute, with location, service and seats: hold it, go to the details."""
    choice = choices.read(request.POST)
    typed = forms.typed(request.POST)
    resource, minute = slot(request.POST.get("slot", ""))
    choice = replace(choice, resource=resource)
    if minute is None or choice.location is None or choice.service is None:
        return _again(request, place, choice, Way(typed=typed))
    try:
        held = hold(place.id, _wanted(choice, minute, request.POST.get("release")), visitor(request))
    except Refusal as refusal:
        if refusal.code not in LOST:
            raise
        return lost(request, place, choice, minute, typed, refusal)
    found = _flow(place, choice, minute, held)
    if typed:
        with scope(place.id):
            return details_page(request, place, found, offer.load(), initial=typed)
    return redirect(place.url("details", {"flow": found.signed()}))


def _wanted(choice: Choice, minute: int, release: str | None) -> HoldRequest:
    assert choice.service is not None
    item = Item(choice.service, choice.resource, clock.from_minute(minute))
    return HoldRequest((item,), choice.location, choice.seats, release=(release or "")[:120] or None)


def _flow(place: Place, choice: Choice, minute: int, held: Held) -> Flow:
    assert choice.location is not None and choice.service is not None
    item = held.items[0]
    return Flow(
        organization=place.id,
        location=choice.location,
        service=choice.service,
        resource=choice.resource,
        given=item.resource_id,
        minute=minute,
        end=clock.to_minute(item.end),
        seats=choice.seats,
        hold=held.token,
        until=int(held.expires_at.timestamp()),
        key=flow.new_key(),
    )


def _again(request: HttpRequest, place: Place, choice: Choice, way: Way) -> HttpResponse:
    with scope(place.id):
        return next_step(request, place, choice, way, status=422)

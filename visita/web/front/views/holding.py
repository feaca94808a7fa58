"""Tapping a time: it is held for some minutes and the visitor goes on to the details; a lost one offers the nearest."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visita.bookings.actions.hold import hold
from visita.bookings.requests import BookedItem, Held, HoldRequest, Item
from visita.catalog import queries as catalogue
from visita.catalog.paths import person_last
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import choice as choices
from visita.web.front import flow, forms, offer, trap
from visita.web.front.choice import Choice, Wanted
from visita.web.front.flow import Flow, FlowItem
from visita.web.front.page import acting
from visita.web.front.place import Place
from visita.web.front.slots import Slot, slots
from visita.web.front.views.details import details_page
from visita.web.front.views.lost import LOST, lost
from visita.web.front.views.start import next_step
from visita.web.front.visitor import visitor
from visita.web.front.when import Way


@acting
def take(request: HttpRequest, place: Place) -> HttpResponse:
    """POST `slot` = person (or any) and epoch minute of each service, with location, services and seats: hold it all."""
    choice = choices.read(request.POST)
    typed = forms.typed(request.POST)
    tapped = slots(request.POST.get("slot", ""))
    wanted = choice.wanted
    if not wanted or choice.location is None or len(tapped) != len(wanted):
        return _again(request, place, choice, Way(typed=typed))
    if len(wanted) == 1:  # the button itself says whom: a card's nearest time may be another person's
        wanted = (wanted[0]._replace(resource=tapped[0].resource),)
        choice = choice.chosen(wanted)
    with scope(place.id):
        path = catalogue.paths().get(choice.link)
    if path and person_last(path.steps) and _may_choose(choice, tapped):
        return _ask_who(request, place, choice, tapped[0].minute, typed)
    choice, tapped = _by_time(choice, tapped)
    release = (request.POST.get("release") or "")[:120] or None
    try:
        trap.count_hold(request, place)
        held = hold(place.id, _request(choice, tapped, release), visitor(request))
    except Refusal as refusal:
        if not (refusal.code in LOST or typed):
            raise
        return lost(request, place, choice, tapped[0].minute, typed, refusal)
    found = _flow(place, choice, held, path.version if path else 0)
    if typed:
        with scope(place.id):
            return details_page(request, place, found, offer.load(), initial=typed)
    return redirect(place.url("details", {"flow": found.signed()}))


def _by_time(choice: Choice, tapped: tuple[Slot, ...]) -> tuple[Choice, tuple[Slot, ...]]:
    """What comes first stands first: a class may come before or after what it was chosen with."""
    rows = sorted(zip(choice.wanted, tapped, strict=True), key=lambda pair: (pair[0].subject, pair[1].minute))
    return choice.chosen(one for one, _slot in rows), tuple(slot for _one, slot in rows)


def _request(choice: Choice, tapped: tuple[Slot, ...], release: str | None) -> HoldRequest:
    pairs = zip(choice.wanted, tapped, strict=True)
    items = tuple(
        Item(
            one.service, slot.resource, clock.from_minute(slot.minute), subject=one.subject, kind=choice.kind
        )
        for one, slot in pairs
    )
    return HoldRequest(items, choice.location, choice.seats, release=release)


def _flow(place: Place, choice: Choice, held: Held, version: int) -> Flow:
    assert choice.location is not None
    return Flow(
        organization=place.id,
        location=choice.location,
        items=tuple(_item(one, got) for one, got in zip(choice.wanted, held.items, strict=True)),
        seats=choice.seats,
        hold=held.token,
        until=int(held.expires_at.timestamp()),
        key=flow.new_key(),
        kind=choice.kind,
        link=choice.link,
        version=version,
        answers=choice.answers,
    )


def _may_choose(choice: Choice, tapped: tuple[Slot, ...]) -> bool:
    """Whether a time for anyone was pressed before the question who it should be with."""
    return len(tapped) == 1 and tapped[0].resource is None and choice.by != "anyone"


def _ask_who(
    request: HttpRequest, place: Place, choice: Choice, minute: int, typed: dict[str, str]
) -> HttpResponse:
    """On to who is free then; what was typed stays in the page, else the address alone tells it."""
    choice = replace(choice, at=minute)
    if not typed:
        return redirect(place.url("home", choice.query()))
    with scope(place.id):
        return next_step(request, place, choice, Way(typed=typed))


def _item(one: Wanted, got: BookedItem) -> FlowItem:
    start, end = clock.to_minute(got.start), clock.to_minute(got.end)
    return FlowItem(one.service, one.resource, got.resource_id, start, end, one.subject)


def _again(request: HttpRequest, place: Place, choice: Choice, way: Way) -> HttpResponse:
    with scope(place.id):
        return next_step(request, place, choice, way, status=422)

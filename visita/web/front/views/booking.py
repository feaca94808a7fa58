"""The booking itself: one form leads to one booking, however often it is sent, and the page says what is true.

Three steps that stay apart: the form is read, the request made of it, the booking asked for.
"""

import time
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.activity.idempotency import StoredAnswer
from visita.bookings.actions.book import book
from visita.bookings.requests import Booked, BookRequest, Item
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.front import asks, booked, forms, offer, phone_code, trap
from visita.web.front import flow as flows
from visita.web.front.choice import Wanted
from visita.web.front.flow import Flow
from visita.web.front.forms import DetailsForm
from visita.web.front.measuring import AGAIN, mark
from visita.web.front.page import acting
from visita.web.front.place import Place
from visita.web.front.views.details import details_page, stale, withdrawn
from visita.web.front.views.lost import LOST, lost
from visita.web.front.visitor import visitor
from visita.web.front.waitlist import wishing

TURNS, WAIT = 10, 0.25  # how often, and how many seconds apart, a second press looks what became of the first


@acting
def booking(request: HttpRequest, place: Place) -> HttpResponse:
    """POST: book the held time; a second send of the same form leads to the same booking."""
    flow = flows.read(request.POST.get("flow", ""), place.id)
    with scope(place.id):
        if flow is None:
            return stale(request, place)
    if address := _booked_before(place, flow):
        return mark(redirect(address), AGAIN)
    with scope(place.id):
        form = DetailsForm(request.POST, place=place, asks=asks.load(place, flow))
    if not form.is_valid():
        return again(request, place, flow, form, 422)
    try:
        trap.require_person(request, place)
        waiting = phone_code.step(request, place, flow, form)
    except Refusal as refusal:
        return _refused(request, place, flow, form, refusal)
    response = waiting or confirm(request, place, flow, form)
    if response.status_code != 302:
        trap.forgive(request, place)
    return response


def _booked_before(place: Place, flow: Flow) -> str:
    """The visit's page where this very form has booked already: whatever else is in it now, that is the truth."""
    for _turn in range(TURNS):
        try:
            with scope(place.id):
                return booked.address(flow)
        except Refusal as refusal:
            if refusal.code != "in_flight":
                raise
            time.sleep(WAIT)  # the first press is still being worked on
    return ""


def confirm(request: HttpRequest, place: Place, flow: Flow, form: DetailsForm) -> HttpResponse:
    """Book what a valid form says, and go to its page; or say why not."""
    try:
        address = _book(request, place, flow, wanted(request, place, flow, form))
    except Refusal as refusal:
        if address := _booked_before(place, flow):  # another press of the same form was quicker: it is booked
            return mark(redirect(address), AGAIN)
        return _refused(request, place, flow, form, refusal)
    return redirect(address)


def wanted(request: HttpRequest, place: Place, flow: Flow, form: DetailsForm) -> BookRequest:
    """The form as the booking action takes it."""
    return BookRequest(
        items=_items(flow),
        client=form.client(place.language),
        location_id=flow.location,
        seats=flow.seats,
        hold=flow.hold,
        subject=form.subject,
        others=form.others,
        fields=form.answers,
        consents=form.consents,
        note=form.cleaned_data["note"],
        phone_confirmed=phone_code.confirmed(place, flow, form),
        path=flow.path(),
        price_seen=_price(request.POST.get("price", "")),
    )


def again(
    request: HttpRequest,
    place: Place,
    flow: Flow,
    form: DetailsForm,
    status: int,
    price: int | None = None,
) -> HttpResponse:
    """The details with what was typed and what is wrong with it; the first such field takes the focus."""
    for name in form.errors:
        if name in form.fields:
            form.fields[name].widget.attrs["autofocus"] = name == next(iter(form.errors))
    with scope(place.id):
        return details_page(request, place, flow, offer.load(), form=form, status=status, price=price)


def _book(request: HttpRequest, place: Place, flow: Flow, asked: BookRequest) -> str:
    assert asked.client is not None
    once = booked.once(flow)
    actor = visitor(request, f"{asked.client.first_name} {asked.client.last_name}")

    def address(made: Booked) -> bytes:
        parts = {"code": made.code, "token": made.manage_token}
        return place.url("visit", {"new": 1}, **parts).encode()

    def run(request_: BookRequest) -> Booked | StoredAnswer:
        return book(place.id, request_, actor, idempotency=once, render=address)

    try:
        made = run(asked)
    except Refusal as refusal:
        if refusal.code != "hold_expired":
            raise
        made = run(replace(asked, hold=None))  # the hold ran out, the time may still be free
    if isinstance(made, StoredAnswer):
        return made.body.decode()
    wishing.after(request, place, made, actor)
    return address(made).decode()


def _price(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 14 else None


def _items(flow: Flow) -> tuple[Item, ...]:
    """Alone, a service for anyone may still go to somebody else; a combination stands as it was shown."""
    several = len(flow.items) > 1
    return tuple(
        Item(
            i.service,
            i.given if several else i.wanted,
            clock.from_minute(i.minute),
            subject=i.subject,
            kind=flow.kind,
        )
        for i in flow.items
    )


def _withdrawn(place: Place, flow: Flow) -> bool:
    with scope(place.id):
        return withdrawn(flow, offer.load())


def _refused(
    request: HttpRequest, place: Place, flow: Flow, form: DetailsForm, refusal: Refusal
) -> HttpResponse:
    if refusal.code in LOST and not (refusal.code == "not_found" and _withdrawn(place, flow)):
        return lost(request, place, flow.choice(), flow.minute, forms.typed(request.POST), refusal)
    if refusal.code == "price_changed":
        return _other_price(request, place, flow, form, refusal)
    if not form.refuse(refusal):
        form.add_error(None, str(refusal.message))
    if refusal.code == "not_eligible" and "offer" in refusal.extra:
        form.instead = place.url("when", _instead(flow, refusal.extra["offer"]))
    response = again(request, place, flow, form, refusal.status)
    if "retry_after" in refusal.extra:
        response["Retry-After"] = str(refusal.extra["retry_after"])
    return response


def _instead(flow: Flow, service: int) -> dict[str, Any]:
    """The way to the service that this person may book, with place, kind and path as chosen."""
    return replace(flow.choice().chosen([Wanted(service)]), seats=1).query()


def _other_price(
    request: HttpRequest, place: Place, flow: Flow, form: DetailsForm, refusal: Refusal
) -> HttpResponse:
    """The new price is told and asked for again: nobody books what was not shown."""
    now = refusal.extra["price"]
    currency = place.profile.currency
    told = place.formats.fee(None if now is None else now * flow.seats, currency)
    words = _("The price is now %(price)s. Nothing was booked; press again to book at this price.")
    form.add_error(None, words % {"price": told or "—"})
    return again(request, place, flow, form, refusal.status, price=now)

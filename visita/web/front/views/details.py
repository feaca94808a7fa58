"""The last step: who comes, and the booking itself. Nothing typed is ever lost, nothing is booked twice."""

from dataclasses import replace
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.activity.idempotency import Idempotency, StoredAnswer
from visita.bookings.actions.book import book
from visita.bookings.actions.hold import extend_hold
from visita.bookings.requests import Booked, BookRequest, Item
from visita.foundation import clock, ids
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.claims import Ignored
from visita.web.front import flow as flows
from visita.web.front import forms, offer
from visita.web.front.choice import Choice, Wanted
from visita.web.front.flow import Flow, FlowItem
from visita.web.front.forms import DetailsForm
from visita.web.front.offer import Offer
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.summary import Part, Subject
from visita.web.front.views.lost import LOST, lost
from visita.web.front.views.start import next_step
from visita.web.front.visitor import visitor
from visita.web.front.when import Way


@reading
def details(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the empty form for a held time."""
    flow = flows.read(request.GET.get("flow", ""), place.id)
    if flow is None:
        return _stale(request, place)
    return details_page(request, place, flow, offer.load())


@acting
def booking(request: HttpRequest, place: Place) -> HttpResponse:
    """POST: book the held time; a second send of the same form leads to the same booking."""
    flow = flows.read(request.POST.get("flow", ""), place.id)
    if flow is None:
        with scope(place.id):
            return _stale(request, place)
    form = DetailsForm(request.POST, country=place.profile.country)
    if not form.is_valid():
        return _again(request, place, flow, form, 422)
    try:
        address = _book(request, place, flow, form)
    except Refusal as refusal:
        return _refused(request, place, flow, form, refusal)
    return redirect(address)


@acting
def more_time(request: HttpRequest, place: Place) -> HttpResponse:
    """POST: hold the time longer; what was typed so far comes back with the page."""
    flow = flows.read(request.POST.get("flow", ""), place.id)
    if flow is not None:
        try:
            held = extend_hold(place.id, flow.hold, visitor(request))
            flow = replace(flow, until=int(held.expires_at.timestamp()))
        except Refusal:
            flow = replace(flow, until=0)
    with scope(place.id):
        if flow is None:
            return _stale(request, place)
        return details_page(request, place, flow, offer.load(), initial=forms.typed(request.POST))


@acting
def other_time(request: HttpRequest, place: Place) -> HttpResponse:
    """POST: back to who and when with what was typed; the own hold stands in nobody's way there."""
    flow = flows.read(request.POST.get("flow", ""), place.id)
    with scope(place.id):
        if flow is None:
            return _stale(request, place)
        found = offer.load()
        day = clock.from_minute(flow.minute).astimezone(found.zone(flow.location)).date()
        return next_step(
            request, place, replace(_choice(flow), day=day), _own(flow, forms.typed(request.POST))
        )


def details_page(
    request: HttpRequest,
    place: Place,
    flow: Flow,
    found: Offer,
    *,
    initial: dict[str, str] | None = None,
    form: DetailsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form with the summary beside it; call it inside a scope."""
    if flow.location not in found.locations or any(i.service not in found.services for i in flow.items):
        return _stale(request, place)
    subject = _subject(place, flow, found)
    zone = found.zone(flow.location)
    start, end = (clock.from_minute(minute).astimezone(zone) for minute in (flow.minute, flow.end))
    left = flow.until - int(clock.now().timestamp())
    context = {
        "step": 3,
        "subject": subject,
        "form": form or DetailsForm(initial=initial or {}, country=place.profile.country),
        "flow": flow.signed(),
        "title": f"{place.formats.full_day(start.date())}, {place.formats.span(start, end)}",
        "short": place.formats.moment(start),
        "lines": subject.lines(),
        "policy": subject.policy(start),
        "terms": place.text(place.profile.policy),
        "held_until": datetime.fromtimestamp(flow.until, UTC).isoformat() if left > 0 else "",
        "held_words": _("Held for you, %(n)s min") % {"n": "{n}"},
        "held_now": _("Held for you, %(n)s min") % {"n": max(0, -(-left // 60))},
        "booking_url": place.url("booking"),
        "back_url": place.url("back"),
        "more_url": place.url("more"),
        "preparation": "\n\n".join(
            filter(None, (place.text(part.service.preparation) for part in subject.parts))
        ),
    }
    return show(request, place, "front/details.html", context, status)


def _subject(place: Place, flow: Flow, found: Offer) -> Subject:
    """The visit in words, with the people who were assigned."""
    first, *rest = [_part(item, found) for item in flow.items]
    return Subject(place, found, flow.location, first.service, first.resource, flow.seats, tuple(rest))


def _part(item: FlowItem, found: Offer) -> Part:
    service = found.services[item.service]
    person = item.given if item.wanted or service.kind != "class" else None
    return Part(service, person, item.subject)


def _book(request: HttpRequest, place: Place, flow: Flow, form: DetailsForm) -> str:
    client = form.client(place.language)
    wanted = BookRequest(
        items=_items(flow),
        client=client,
        location_id=flow.location,
        seats=flow.seats,
        hold=flow.hold,
        note=form.cleaned_data["note"],
    )
    once = Idempotency("client", "front.booking", flow.key, ids.digest(flow.key))
    actor = visitor(request, f"{client.first_name} {client.last_name}")

    def address(booked: Booked) -> bytes:
        parts = {"code": booked.code, "token": booked.manage_token}
        return place.url("visit", {"new": 1}, **parts).encode()

    def run(request_: BookRequest) -> Booked | StoredAnswer:
        return book(place.id, request_, actor, idempotency=once, render=address)

    try:
        booked = run(wanted)
    except Refusal as refusal:
        if refusal.code != "hold_expired":
            raise
        booked = run(replace(wanted, hold=None))  # the hold ran out, the time may still be free
    return (booked.body if isinstance(booked, StoredAnswer) else address(booked)).decode()


def _items(flow: Flow) -> tuple[Item, ...]:
    """Alone, a service for anyone may still go to somebody else; a combination stands as it was shown."""
    several = len(flow.items) > 1
    return tuple(
        Item(i.service, i.given if several else i.wanted, clock.from_minute(i.minute), subject=i.subject)
        for i in flow.items
    )


def _refused(
    request: HttpRequest, place: Place, flow: Flow, form: DetailsForm, refusal: Refusal
) -> HttpResponse:
    if refusal.code in LOST:
        return lost(request, place, _choice(flow), flow.minute, forms.typed(request.POST), refusal)
    if not form.refuse(refusal):
        form.add_error(None, str(refusal.message))
    response = _again(request, place, flow, form, refusal.status)
    if "retry_after" in refusal.extra:
        response["Retry-After"] = str(refusal.extra["retry_after"])
    return response


def _again(request: HttpRequest, place: Place, flow: Flow, form: DetailsForm, status: int) -> HttpResponse:
    for name in form.errors:
        if name in form.fields:
            form.fields[name].widget.attrs["autofocus"] = name == next(iter(form.errors))
    with scope(place.id):
        return details_page(request, place, flow, offer.load(), form=form, status=status)


def _choice(flow: Flow) -> Choice:
    wanted = tuple(Wanted(item.service, item.wanted, item.subject) for item in flow.items)
    return Choice(location=flow.location, seats=flow.seats).chosen(wanted)


def _own(flow: Flow, typed: dict[str, str]) -> Way:
    return Way(typed=typed, ignored=Ignored(hold=ids.digest(flow.hold)), held=flow.minute, release=flow.hold)


def _stale(request: HttpRequest, place: Place) -> HttpResponse:
    title = _("This page was open for too long. Nothing was booked.")
    return show(request, place, "front/stale.html", {"title": title}, status=410)

"""The last step before booking: who comes, and what the organization asks. Nothing typed is ever lost."""

from dataclasses import replace
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.bookings.actions.hold import extend_hold
from visita.foundation import clock, ids
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.claims import Ignored
from visita.web.front import asks, booked, forms, offer, written
from visita.web.front import flow as flows
from visita.web.front.flow import Flow, FlowItem
from visita.web.front.forms import DetailsForm
from visita.web.front.offer import Offer
from visita.web.front.page import acting, reading, show
from visita.web.front.place import Place
from visita.web.front.summary import Part, Subject
from visita.web.front.views.start import next_step
from visita.web.front.visitor import visitor
from visita.web.front.waitlist import wishing
from visita.web.front.when import Way


@reading
def details(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the empty form for a held time; who comes back to it after booking is shown the visit."""
    flow = flows.read(request.GET.get("flow", ""), place.id)
    if flow is None:
        return stale(request, place)
    if address := booked.looked_at(flow):
        return redirect(address)
    return details_page(request, place, flow, offer.load())


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
            return stale(request, place)
        return details_page(request, place, flow, offer.load(), initial=forms.typed(request.POST))


@acting
def other_time(request: HttpRequest, place: Place) -> HttpResponse:
    """POST: back to who and when with what was typed; the own hold stands in nobody's way there."""
    flow = flows.read(request.POST.get("flow", ""), place.id)
    with scope(place.id):
        if flow is None:
            return stale(request, place)
        found = offer.load()
        day = clock.from_minute(flow.minute).astimezone(found.zone(flow.location)).date()
        return next_step(
            request, place, replace(flow.choice(), day=day), _own(flow, forms.typed(request.POST))
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
    price: int | None = None,
) -> HttpResponse:
    """The form with the summary beside it; call it inside a scope. `price` is one that was just told anew."""
    if withdrawn(flow, found):
        return stale(request, place, _("This is not offered any more. Nothing was booked."))
    asked = form.asks if form else asks.load(place, flow)
    subject = replace(
        _subject(place, flow, found), show_length=asked.show_length, show_person=asked.show_person
    )
    zone = found.zone(flow.location)
    start, end = (clock.from_minute(minute).astimezone(zone) for minute in (flow.minute, flow.end))
    left = flow.until - int(clock.now().timestamp())
    context = {
        "step": 3,
        "subject": subject,
        "form": form or DetailsForm(initial=initial or {}, place=place, asks=asked),
        "flow": flow.signed(),
        "title": f"{place.formats.full_day(start.date())}, {place.formats.span(start, end)}",
        "lines": subject.lines(),
        "head": " · ".join(filter(None, [place.formats.moment(start), subject.shown_who])),
        "price": price if price is not None else subject.price_minor,
        "policy": subject.policy(start),
        "terms": place.text(place.profile.policy),
        "held_until": datetime.fromtimestamp(flow.until, UTC).isoformat() if left > 0 else "",
        "held_words": _("Held for you, %(n)s min") % {"n": "{n}"},
        "held_now": _("Held for you, %(n)s min") % {"n": max(0, -(-left // 60))},
        "earlier": wishing.offered(found, flow),
        "booking_url": place.url("booking"),
        "back_url": place.url("back"),
        "more_url": place.url("more"),
        "look_url": place.url("details", {"flow": flow.signed()}),
        "message": place.text(place.profile.confirmation),
        "promise": written.before(place, found, flow.location, subject.parts),
        "remember": place.organization.slug,
        "preparation": "\n\n".join(
            filter(None, (place.text(part.service.preparation) for part in subject.parts))
        ),
    }
    return show(request, place, "front/details.html", context, status)


def _subject(place: Place, flow: Flow, found: Offer) -> Subject:
    """The visit in words, with the people who were assigned."""
    first, *rest = [_part(item, found) for item in flow.items]
    return Subject(
        place,
        found,
        flow.location,
        first.service,
        first.resource,
        flow.seats,
        tuple(rest),
        minute=first.minute,
    )


def _part(item: FlowItem, found: Offer) -> Part:
    service = found.services[item.service]
    return Part(service, item.given, item.subject, item.minute)


def _own(flow: Flow, typed: dict[str, str]) -> Way:
    return Way(typed=typed, ignored=Ignored(hold=ids.digest(flow.hold)), held=flow.minute, release=flow.hold)


def withdrawn(flow: Flow, found: Offer) -> bool:
    """Whether the place or one of the services is not offered any more."""
    return flow.location not in found.locations or any(i.service not in found.services for i in flow.items)


def stale(request: HttpRequest, place: Place, title: str = "") -> HttpResponse:
    """The page for a note that opens nothing."""
    title = title or _("This page was open for too long. Nothing was booked.")
    return show(request, place, "front/stale.html", {"title": title}, status=410)

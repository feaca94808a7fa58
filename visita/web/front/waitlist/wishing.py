""" "Move me earlier": where it is offered, on a visit's own page and ticked while booking."""

from typing import Any

from django.http import HttpRequest

from visita.bookings.actions import wish_earlier
from visita.bookings.requests import Booked
from visita.bookings.waitlist import queries
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.tenancy import settings
from visita.web.front.flow import Flow
from visita.web.front.offer import Offer
from visita.web.front.place import Place
from visita.web.front.visit import Booking
from visita.web.front.waitlist.link import kept

FIELD = "earlier"


def context(booking: Booking) -> dict[str, Any]:
    """For the visit's page: the address of the wish where it makes sense, and whether it is wished."""
    on = all(_on(booking, part.service) for part in booking.parts)
    ahead = booking.start.date() > clock.now().astimezone(booking.start.tzinfo).date()
    may = on and ahead and booking.open and booking.place.bookable
    wished = queries.of_visit(booking.visit.pk) if may else None
    return {"earlier_url": booking.url("earlier") if may else "", "earlier_wished": wished is not None}


def _on(booking: Booking, service: Any) -> bool:
    of = {"specialty": service.specialty_id, "service": service.pk}
    return bool(settings.value(booking.place.rows, "waitlist", location=booking.location.pk, **of))


def offered(found: Offer, flow: Flow) -> bool:
    """Whether the details ask for it: not for today."""
    services = [found.services[item.service] for item in flow.items]
    start = clock.from_minute(flow.minute).astimezone(found.zone(flow.location)).date()
    today = clock.now().astimezone(found.zone(flow.location)).date()
    return start > today and all(kept(found, flow.location, each) for each in services)


def after(request: HttpRequest, place: Place, booked: Booked, actor: Actor) -> None:
    """Wish it where it was ticked; the booking stands whatever comes of it."""
    if FIELD in request.POST:
        try:
            wish_earlier(place.id, booked.visit_id, actor, anyone=True)
        except Refusal:
            return

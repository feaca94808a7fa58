"""On the day: "I am here" on the visit's page, and from then on the number in the queue and the wait."""

from datetime import timedelta
from typing import Any

from visita.bookings import queue, queue_estimate, rules
from visita.bookings.actions.join_queue import may_check_in
from visita.bookings.locking import appointments
from visita.bookings.models import Ticket, TicketState, VisitStatus
from visita.foundation import clock
from visita.web.front.visit import Booking
from visita.web.waiting.words import wait


def context(booking: Booking) -> dict[str, Any]:
    """Whether one may check in now, or how the queue stands for who has; nothing by video. Inside a scope."""
    found = booking.visit
    if booking.remote:
        return {}
    near = abs(booking.start - clock.now()) < timedelta(days=1)
    if not near or found.status not in (VisitStatus.REQUESTED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED):
        return {}
    if found.status == VisitStatus.ARRIVED:
        return {"here": _number(booking) or {"number": None}}
    services = tuple(part.service_id for part in appointments(found.pk))
    allowed = may_check_in(found, rules.load(found.location_id, services, archived=True))
    return {"here_url": booking.url("here")} if allowed else {}


def queued(booking: Booking) -> bool:
    """Whether somebody with a number waits on this page; inside a scope."""
    arrived = booking.visit.status == VisitStatus.ARRIVED
    return arrived and Ticket.objects.filter(visit_id=booking.visit.pk, state__in=queue.OPEN).exists()


def _number(booking: Booking) -> dict[str, Any] | None:
    """The number and the wait as they are now."""
    own = Ticket.objects.filter(visit_id=booking.visit.pk, state__in=queue.OPEN).first()
    if own is None:
        return None
    before = queue.tickets(own.location_id, own.date, queue.OPEN)
    told = queue_estimate.of_tickets(own.location_id, before)
    mine = next(one for each, one in zip(before, told, strict=True) if each.pk == own.pk)
    return {
        "number": own.number,
        "wait": wait(mine, booking.place.formats),
        "called": own.state == TicketState.CALLED,
    }

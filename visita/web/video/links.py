"""The addresses of a visit's room, for the pages that show the visit."""

from typing import Any

from django.urls import reverse

from visita.bookings.models import Appointment, Visit
from visita.integrations.video.rooms import room
from visita.web.front.visit import Booking

_ASLEEP = ("closed", "over")


def room_link(booking: Booking) -> dict[str, Any]:
    """`room_url`, the client's address of the room, empty where there is none any more (a frame's page opens it by
    itself), and `room_open`, whether one may enter at this moment."""
    appointments = list(Appointment.objects.filter(visit_id=booking.visit.pk))
    found = room(booking.visit, appointments)
    if found is None or found.state in _ASLEEP:
        return {"room_url": "", "room_open": False}
    parts = {"organization": booking.place.organization.slug, **booking.link}
    chosen = f"?lang={booking.place.language}" if booking.place.chosen else ""
    return {"room_url": reverse("video:client", kwargs=parts) + chosen, "room_open": found.state == "open"}


def staff_room_url(slug: str, visit: Visit) -> str:
    """The staff's address of the room, empty where there is none any more; inside a scope."""
    found = room(visit, list(Appointment.objects.filter(visit_id=visit.pk)))
    if found is None or found.state in _ASLEEP:
        return ""
    return reverse("video:staff", kwargs={"organization": slug, "visit": visit.pk})

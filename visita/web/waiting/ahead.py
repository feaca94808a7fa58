"""What the kiosk tells who comes without a time where no number can be had: whom to ask, the next free time, and how to
book it on a phone of one's own (a link would lead the kiosk itself away)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse

from visita.bookings import openings
from visita.bookings.openings import Wish
from visita.foundation import clock
from visita.tenancy import settings
from visita.web.front.embed.address import booking_link
from visita.web.waiting.door import Room

DAYS = 14  # looked through for the next free time


@dataclass(frozen=True, slots=True)
class Ahead:
    """`when` is the next free time in words; `link` the booking page's address and `code` its picture. Empty: none."""

    when: str = ""
    link: str = ""
    code: str = ""


def ahead(request: HttpRequest, room: Room, rows: Sequence[settings.Row], services: Collection[int]) -> Ahead:
    """For the services that clients book at the kiosk's location by themselves. Inside a scope."""
    if not services or not settings.value(rows, "client_interface"):
        return Ahead()
    today = clock.now().astimezone(room.zone).date()
    start = openings.nearest(Wish(room.location.pk, tuple(services)), today, today + timedelta(days=DAYS))
    when = room.formats.moment(clock.from_minute(start).astimezone(room.zone)) if start is not None else ""
    slug = room.organization.slug
    code = reverse("front:qr", kwargs={"organization": slug, "kind": "svg"})
    shown = booking_link(request, slug).partition("://")[2].rstrip("/")
    return Ahead(when, shown, f"{code}?location={room.location.pk}&lang={room.profile.language}")

"""Until when and how often a client may change a visit, before the button is shown: as `bookings.locking` will decide it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from visita.bookings import terms
from visita.bookings.models import Visit
from visita.bookings.terms import Terms
from visita.catalog.models import Service
from visita.foundation import clock
from visita.tenancy import settings

CHANGEABLE = ("requested", "confirmed")


class Limits(NamedTuple):
    """Minutes of notice where no terms were agreed to, and the moves of one visit (0 = any number)."""

    notice: int
    moves: int


def limits(rows: Any, location: int, services: Iterable[Service]) -> Limits:
    """The longest notice and the fewest moves any of the services wants."""
    found = [
        [
            int(settings.value(rows, key, location=location, specialty=each.specialty_id, service=each.pk))
            for key in ("cancel_until_minutes", "moves_limit")
        ]
        for each in services
    ]
    plain = int(settings.value(rows, "cancel_until_minutes", location=location))
    return Limits(
        max((notice for notice, _moves in found), default=plain),
        min((moves for _notice, moves in found if moves), default=0),
    )


def agreed(visit: Visit, found: Limits) -> Terms:
    """The terms agreed to when booking, else the present ones."""
    return terms.of(visit.terms) or Terms(found.notice)


def changeable(visit: Visit, kept: Terms) -> bool:
    """Whether the client may still move or cancel it."""
    return visit.status in CHANGEABLE and clock.minute() <= kept.deadline(visit.s)


def late(moment: str, phone: str) -> str:
    """That it is too late, since when, and whom to call; `phone` fit for a sentence."""
    words = _("It is too late to change this online: that was possible until %(moment)s.") % {
        "moment": moment
    }
    call = _("Call %(phone)s.") % {"phone": phone} if phone else ""
    return f"{words} {call}".strip()


def until(visit: Visit, kept: Terms, zone: Any) -> datetime:
    """The last instant for a change, on the location's wall clock."""
    return clock.from_minute(kept.deadline(visit.s)).astimezone(zone)

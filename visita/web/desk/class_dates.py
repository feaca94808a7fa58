"""The dates of classes as services of a visit: each date is a choice of its own, sent as "service@minute"."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.bookings import sessions
from visita.bookings.journal_visit import Line
from visita.catalog.models import Service
from visita.foundation import clock
from visita.foundation.words import text
from visita.web.desk.frame import Frame
from visita.web.desk.reading import Body

SHOWN = 8  # dates of one class
AHEAD = 92 * 1440  # minutes of days looked through


@dataclass(frozen=True, slots=True)
class Choice:
    """A date of a class: what is sent, and what is read."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Dates:
    """A class with its next dates."""

    name: str
    dates: list[Choice]


def chosen(sent: Body) -> tuple[int | None, datetime | None]:
    """The service of the form, and of a class its date."""
    service, _at, minute = sent.text("service", 40).partition("@")
    at = Body({"service": minute}).number("service", high=2**31 - 1)
    return Body({"service": service}).number("service"), None if at is None else clock.from_minute(at)


def value(service_id: int, start: datetime) -> str:
    """The choice of a class's date."""
    return f"{service_id}@{clock.to_minute(start)}"


def upcoming(place: Frame, line: Line | None) -> list[Dates]:
    """The classes of the location that have dates from today on, those that are full too; with the date of `line`."""
    own = (line.service_id, clock.to_minute(line.start)) if line and line.session_id else (0, clock.minute())
    found: dict[int, list[sessions.Dated]] = defaultdict(list)
    for each in sessions.upcoming(place.location.pk, min(own[1], clock.minute()), clock.minute() + AHEAD):
        if own == (each.service_id, each.s) or (
            each.s > clock.minute() and len(found[each.service_id]) < SHOWN
        ):
            found[each.service_id].append(each)
    names = Service.objects.in_bulk(found)
    words = place.guest.language, place.profile.language
    shown = [Dates(text(names[pk].name, *words), _dates(place, rows)) for pk, rows in found.items() if rows]
    return sorted(shown, key=lambda each: each.name.casefold())


def _dates(place: Frame, rows: list[sessions.Dated]) -> list[Choice]:
    return [
        Choice(
            value(each.service_id, start := clock.from_minute(each.s).astimezone(place.zone)),
            f"{place.formats.moment(start)} · {room(each.free)}",
        )
        for each in rows
    ]


def room(free: int) -> str:
    """How many places a class still has, in words."""
    if not free:
        return _("full")
    return ngettext("%(count)s place free", "%(count)s places free", free) % {"count": free}

"""The visit as an entry for the client's own calendar."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from visita.foundation import clock, ids
from visita.web.front.visit import Booking
from visita.web.front.visit_page import when

_STATUS = {"cancelled": "CANCELLED", "requested": "TENTATIVE"}


def entry(booking: Booking, link: str) -> bytes:
    """The booking as an iCalendar file (RFC 5545); `link` is its manage link.

    The same uid with a higher sequence moves the entry in the client's calendar.
    """
    place = booking.place
    event = Event()
    event.add("uid", f"{booking.visit.code}@{place.organization.public_id}.visita")
    event.add("sequence", booking.visit.version)
    event.add("dtstamp", clock.now())
    event.add("dtstart", told(booking.start))
    event.add("dtend", told(booking.end))
    whom = ", ".join(booking.whom)
    event.add("summary", " · ".join(filter(None, [booking.names, whom, place.profile.name])))
    event.add("location", when(booking)["where"])
    event.add("description", _("Code %(code)s") % {"code": ids.shown(booking.visit.code)} + f"\n{link}")
    event.add("url", link)
    event.add("status", _STATUS.get(booking.visit.status, "CONFIRMED"))
    found = Calendar()
    found.add("prodid", "-//Visita//EN")
    found.add("version", "2.0")
    found.add_component(event)
    add_zones(found, booking.start.date(), booking.end.date())
    return bytes(found.to_ical())


def told(moment: datetime) -> datetime:
    """A moment on its wall clock; in UTC within the hour that comes twice, of which a wall time means the first."""
    return moment.astimezone(UTC) if moment.fold else moment


def add_zones(found: Calendar, first: date, last: date) -> None:
    """The changes of the clock within a year around the dates, of every zone the calendar names.

    An observance begins at the wall time of before the change (RFC 5545 3.6.5). icalendar 7 writes the time after it where
    the clock goes forward, by which a calendar would show the first hour of summer time an hour wrong.
    """
    year = timedelta(days=366)
    found.add_missing_timezones(first - year, last + year)
    parts: list[Any] = [*found.walk("DAYLIGHT"), *found.walk("STANDARD")]
    for part in parts:
        jump = part["TZOFFSETTO"].td - part["TZOFFSETFROM"].td
        if jump > timedelta():
            _earlier(part, jump)


def _earlier(part: Any, jump: timedelta) -> None:
    part["DTSTART"].dt -= jump
    dates = part.get("RDATE", [])
    for dated in dates if isinstance(dates, list) else [dates]:
        for each in dated.dts:
            each.dt -= jump

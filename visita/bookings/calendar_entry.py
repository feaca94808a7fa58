"""A visit as an entry of a calendar (RFC 5545), and as the message that puts it there, moves it or takes it away (RFC 5546).

The same uid with a higher sequence moves the entry in the calendar of whoever has it already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from icalendar import Calendar, Event, vCalAddress, vText

from visita.bookings.models import Visit
from visita.foundation import clock

Method = Literal["", "PUBLISH", "REQUEST", "CANCEL"]
_STATUS = {"cancelled": "CANCELLED", "requested": "TENTATIVE"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the calendar shows of a visit: aware instants on the location's wall clock, and words."""

    visit: Visit
    public_id: str
    start: datetime
    end: datetime
    summary: str
    location: str
    description: str
    link: str = ""

    @property
    def uid(self) -> str:
        """The same for ever."""
        return f"{self.visit.code}@{self.public_id}.visita"


@dataclass(frozen=True, slots=True)
class Parties:
    """Who sends an entry, and to whom; without them it can be published only."""

    name: str
    sender: str
    receiver: str


def calendar(entries: Sequence[Entry], method: Method = "", parties: Parties | None = None) -> bytes:
    """The entries as an iCalendar file; `method` says what a calendar that gets it by email shall do with them."""
    found = Calendar()
    found.add("prodid", "-//Visita//EN")
    found.add("version", "2.0")
    if method:
        found.add("method", method)
    for entry in entries:
        found.add_component(_event(entry, parties))
    add_zones(found, min(each.start.date() for each in entries), max(each.end.date() for each in entries))
    return bytes(found.to_ical())


def _event(entry: Entry, parties: Parties | None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.visit.version)
    event.add("dtstamp", clock.now())
    event.add("dtstart", told(entry.start))
    event.add("dtend", told(entry.end))
    event.add("summary", entry.summary)
    event.add("location", entry.location)
    event.add("description", entry.description)
    if entry.link:
        event.add("url", entry.link)
    event.add("status", _STATUS.get(entry.visit.status, "CONFIRMED"))
    if parties is not None:
        _add_parties(event, parties)
    return event


def _add_parties(event: Event, parties: Parties) -> None:
    sender = vCalAddress(f"mailto:{parties.sender}")
    sender.params["CN"] = vText(parties.name)
    event.add("organizer", sender)
    receiver = vCalAddress(f"mailto:{parties.receiver}")
    receiver.params["PARTSTAT"] = vText("ACCEPTED")
    receiver.params["RSVP"] = vText("FALSE")
    event.add("attendee", receiver)


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

"""Every change of the clock in a calendar file begins at its true moment, wherever the business is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from visita.bookings.calendar_entry import add_zones, told

ZONES = (
    "Europe/Bucharest", "Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Santiago",
    "America/Havana", "Africa/Cairo", "Africa/Casablanca", "Australia/Lord_Howe", "Australia/Melbourne",
    "Pacific/Chatham",
)  # fmt: skip


def onsets(part: Any) -> list[datetime]:
    """When the observance begins, by its own words."""
    dates = part.get("RDATE", [])
    rest = [each.dt for dated in (dates if isinstance(dates, list) else [dates]) for each in dated.dts]
    since = part["TZOFFSETFROM"].td
    return [(wall.replace(tzinfo=None) - since).replace(tzinfo=UTC) for wall in (part["DTSTART"].dt, *rest)]


@pytest.mark.parametrize("name", ZONES)
def test_each_change_begins_when_the_clock_changes(name: str) -> None:
    zone = ZoneInfo(name)
    found, event = Calendar(), Event()
    event.add("dtstart", datetime(2026, 11, 24, 10, tzinfo=zone))
    found.add_component(event)
    add_zones(found, date(2026, 11, 24), date(2026, 11, 24))
    parts: list[Any] = [*found.walk("DAYLIGHT"), *found.walk("STANDARD")]
    told = [(at, part) for part in parts for at in onsets(part) if part["TZOFFSETFROM"] != part["TZOFFSETTO"]]
    assert len(told) >= 2
    for at, part in told:
        before = (at - timedelta(seconds=1)).astimezone(zone).utcoffset()
        assert before == part["TZOFFSETFROM"].td and at.astimezone(zone).utcoffset() == part["TZOFFSETTO"].td


def test_the_hour_that_comes_twice_is_told_in_utc() -> None:
    """A wall time within it means the first of the two (RFC 5545, 3.3.5)."""
    zone = ZoneInfo("Europe/Bucharest")
    first = datetime(2026, 10, 25, 3, 30, tzinfo=zone)
    assert told(first) is first
    assert told(first.replace(fold=1)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert told(first.replace(fold=1)).tzinfo is UTC

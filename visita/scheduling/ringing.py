"""What is rung on the live channel when a calendar changes: ids and a date, never more (decision 36)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from visita.foundation import clock, scope


def news(location_id: int | None, day: date | None) -> str:
    """`organization:location:date:version`; the version is the present minute, as a calendar has none.

    Without a location or a day everybody asks again (location 0).
    """
    location = 0 if day is None else location_id or 0
    return f"{scope.current()}:{location}:{(day or date.min).isoformat()}:{clock.minute()}"


def local_day(instant: datetime, zone: str) -> date:
    """The date of an instant in the location's clock."""
    return instant.astimezone(ZoneInfo(zone)).date()


def only_day(start: datetime, end: datetime, zone: str) -> date | None:
    """The local date that holds all of [start, end); None where it is several, and every day's journal must look."""
    first, last = local_day(start, zone), local_day(end - timedelta(minutes=1), zone)
    return first if first == last else None

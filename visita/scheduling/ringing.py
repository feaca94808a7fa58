"""What is rung on the live channel when a calendar changes: ids and a date, never more (decision 36)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from visita.foundation import clock, scope


def news(location_id: int | None, day: date) -> str:
    """`organization:location:date:version`; the version is the present minute, as a calendar has none."""
    return f"{scope.current()}:{location_id or 0}:{day.isoformat()}:{clock.minute()}"


def local_day(instant: datetime, zone: str) -> date:
    """The date of an instant in the location's clock."""
    return instant.astimezone(ZoneInfo(zone)).date()

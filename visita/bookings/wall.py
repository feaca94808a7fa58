"""A visit's start on its location's wall clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from visita.bookings.models import Visit


def local(visit: Visit) -> datetime:
    """The aware start in the zone the visit was booked in."""
    return datetime.fromtimestamp(visit.s * 60, ZoneInfo(visit.zone))

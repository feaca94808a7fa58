"""What is rung on the live channel: which day of which location changed, nothing about whom (decision 36)."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from django.db import connection

from visita.bookings.models import Visit
from visita.foundation import clock, scope

STRIP = "parked"  # stands for the date where the strip of parked visits changed, which every day shows


def news(location_id: int, local: datetime, version: int) -> str:
    """`organization:location:date:version`; a screen that shows that day asks again through its own right."""
    return f"{scope.current()}:{location_id}:{local:%Y-%m-%d}:{version}"


def other_days(visit: Visit, zone: tzinfo, minutes: Iterable[int]) -> list[str]:
    """What to ring for the days of these minutes, besides the visit's own: a class may be on a later one."""
    days = {
        local.date(): local for minute in minutes if (local := clock.from_minute(minute).astimezone(zone))
    }
    days.pop(clock.from_minute(visit.s).astimezone(zone).date(), None)
    return [news(visit.location_id, local, visit.version + 1) for _day, local in sorted(days.items())]


def ring_others(visit: Visit, zone: tzinfo, minutes: Iterable[int]) -> None:
    """Ring them, with the transaction; one statement a day, none where the visit is on one day."""
    for ring in other_days(visit, zone, minutes):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('visita', %s)", [ring])


def ring_strip(visit: Visit) -> None:
    """Whatever day they show, the location's screens ask for the parked visits again."""
    with connection.cursor() as cursor:
        ring = f"{scope.current()}:{visit.location_id}:{STRIP}:{visit.version + 1}"
        cursor.execute("SELECT pg_notify('visita', %s)", [ring])

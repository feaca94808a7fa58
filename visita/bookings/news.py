"""What is rung on the live channel: which day of which location changed, nothing about whom (decision 36)."""

from datetime import datetime

from django.db import connection

from visita.bookings.models import Visit
from visita.foundation import scope

STRIP = "parked"  # stands for the date where the strip of parked visits changed, which every day shows


def news(location_id: int, local: datetime, version: int) -> str:
    """`organization:location:date:version`; a screen that shows that day asks again through its own right."""
    return f"{scope.current()}:{location_id}:{local:%Y-%m-%d}:{version}"


def ring_strip(visit: Visit) -> None:
    """Whatever day they show, the location's screens ask for the parked visits again."""
    with connection.cursor() as cursor:
        ring = f"{scope.current()}:{visit.location_id}:{STRIP}:{visit.version + 1}"
        cursor.execute("SELECT pg_notify('visita', %s)", [ring])

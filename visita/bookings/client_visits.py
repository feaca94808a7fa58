"""A client's visits as the card lists them, and how reliable they make the client. Inside a scope."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from visita.bookings.models import Visit
from visita.foundation import clock, scope
from visita.foundation.words import text

_ROWS = """
SELECT v.id, v.code, v.status, v.s, v.e, v.zone, l.name, sb.name,
  (SELECT json_agg(sv.name ORDER BY p.position, p.id) FROM bookings_appointment p
     JOIN catalog_service sv ON sv.organization_id = p.organization_id AND sv.id = p.service_id
    WHERE p.organization_id = v.organization_id AND p.visit_id = v.id)::text,
  (SELECT string_agg(DISTINCT btrim(r.title || ' ' || r.name), ', ') FROM bookings_appointment p
     JOIN scheduling_resource r ON r.organization_id = p.organization_id AND r.id = p.resource_id
    WHERE p.organization_id = v.organization_id AND p.visit_id = v.id),
  (SELECT sum(p.price_minor) FROM bookings_appointment p
    WHERE p.organization_id = v.organization_id AND p.visit_id = v.id),
  (SELECT min(p.currency) FROM bookings_appointment p
    WHERE p.organization_id = v.organization_id AND p.visit_id = v.id)
FROM bookings_visit v
JOIN tenancy_location l ON l.organization_id = v.organization_id AND l.id = v.location_id
LEFT JOIN clients_subject sb ON sb.organization_id = v.organization_id AND sb.id = v.subject_id
WHERE v.organization_id = %(o)s AND v.client_id = %(client)s AND (%(only)s::bigint IS NULL OR EXISTS (
  SELECT 1 FROM bookings_appointment p WHERE p.organization_id = v.organization_id AND p.visit_id = v.id
    AND p.resource_id = %(only)s))
ORDER BY v.s DESC LIMIT 200"""


@dataclass(frozen=True, slots=True)
class Row:
    """A visit: instants on its location's wall clock, the price in minor units."""

    id: int
    code: str
    status: str
    start: datetime
    end: datetime
    location: str
    subject: str
    services: str
    who: str
    price_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the visits that are over: how many the client came to, missed, cancelled."""

    came: int
    missed: int
    cancelled: int

    @property
    def of(self) -> int:
        """Visits that were to take place."""
        return self.came + self.missed


def of_client(client_id: int, words: tuple[str, str], only: int | None = None) -> list[Row]:
    """The last two hundred, the latest first; `only` leaves those with one resource."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"o": scope.current(), "client": client_id, "only": only})
        return [_row(row, words) for row in cursor.fetchall()]


def reliability(client_id: int) -> Reliability:
    """Counted over all visits; a visit that is still to come says nothing."""
    counts = {"completed": 0, "arrived": 0, "no_show": 0, "cancelled": 0}
    statuses = Visit.objects.filter(client_id=client_id).values_list("status", "s")
    now = clock.minute()
    for status, start in statuses:
        if status == "cancelled" or (status in counts and start < now):
            counts[status] += 1
    return Reliability(counts["completed"] + counts["arrived"], counts["no_show"], counts["cancelled"])


def _row(row: tuple[Any, ...], words: tuple[str, str]) -> Row:
    id_, code, status, s, e, zone, location, subject, services, who, price, currency = row
    start, end = (clock.from_minute(minute).astimezone(ZoneInfo(zone)) for minute in (s, e))
    names = ", ".join(text(name, *words) for name in json.loads(services or "[]"))
    return Row(
        id_, code, status, start, end, location, subject or "", names, who or "", price, currency or ""
    )

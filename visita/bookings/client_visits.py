"""A client's visits as the card lists them. Inside a scope."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

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
  (SELECT sum(p.price_minor) * v.seats - sum(p.discount_minor) FROM bookings_appointment p
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
    """A visit: instants on its location's wall clock, what it comes to after discounts in minor units."""

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


def of_client(client_id: int, words: tuple[str, str], only: int | None = None) -> list[Row]:
    """The last two hundred, the latest first; `only` leaves those with one resource."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"o": scope.current(), "client": client_id, "only": only})
        return [_row(row, words) for row in cursor.fetchall()]


_AROUND = """
SELECT v.client_id, max(v.s) FILTER (WHERE v.s < %(now)s), min(v.s) FILTER (WHERE v.s >= %(now)s), min(v.zone)
FROM bookings_visit v
WHERE v.organization_id = %(o)s AND v.client_id = ANY(%(clients)s) AND v.status <> 'cancelled' GROUP BY 1"""


def around(clients: Iterable[int]) -> dict[int, tuple[datetime | None, datetime | None]]:
    """The last and the next visit of each, on the clock of a place they come to; one statement."""
    values: dict[str, Any] = {"o": scope.current(), "clients": sorted(set(clients)), "now": clock.minute()}
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, values)
        return {
            pk: (_local(last, zone), _local(following, zone))
            for pk, last, following, zone in cursor.fetchall()
        }


_BESIDES = """
SELECT v.s, v.zone FROM bookings_visit v
WHERE v.organization_id = %(o)s AND v.client_id = %(client)s AND v.status <> 'cancelled' AND v.id <> %(but)s
  AND v.s >= %(from)s ORDER BY v.s, v.id LIMIT 1"""


def next_besides(client_id: int, visit_id: int) -> datetime | None:
    """The client's next visit to come besides this one; one statement."""
    values = {"o": scope.current(), "client": client_id, "but": visit_id, "from": clock.minute()}
    with connection.cursor() as cursor:
        cursor.execute(_BESIDES, values)
        row = cursor.fetchone()
    return None if row is None else _local(*row)


def _local(minute: int | None, zone: str) -> datetime | None:
    return None if minute is None else clock.from_minute(minute).astimezone(ZoneInfo(zone))


def _row(row: tuple[Any, ...], words: tuple[str, str]) -> Row:
    id_, code, status, s, e, zone, location, subject, services, who, price, currency = row
    start, end = (clock.from_minute(minute).astimezone(ZoneInfo(zone)) for minute in (s, e))
    names = ", ".join(text(name, *words) for name in json.loads(services or "[]"))
    return Row(
        id_, code, status, start, end, location, subject or "", names, who or "", price, currency or ""
    )

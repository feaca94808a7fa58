"""The journal's rows: claims and cancelled visits of one day as they stand in the tables, in one statement each.

Only integer comparisons reach an index behind the tenant wall; hence `s >= from - 2880` (no claim is longer).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from visita.foundation import clock, scope
from visita.scheduling.models.allocation import LONGEST


class Row(NamedTuple):
    """One claim (or one appointment of a cancelled visit) with what the journal writes on it."""

    id: int
    resource: int
    location: int
    kind: str
    role: int
    s: int
    e: int
    overbooked: bool
    reason: str
    appointment: int | None
    shown_s: int | None
    shown_e: int | None
    position: int | None
    visit: int | None
    status: str | None
    version: int | None
    code: str | None
    source: str | None
    note: str | None
    first_name: str | None
    last_name: str | None
    phone: str | None
    subject: str | None
    service: str | None  # JSON of a tenant's text
    session: int | None
    capacity: int | None
    places: int | None
    known: bool | None
    scheme: str | None
    parked: bool | None
    client: int | None
    service_id: int | None
    price_minor: int | None
    currency: str | None
    discount_minor: int | None
    repeats: bool | None
    unanswered: bool | None
    attended: Sequence[int] | None  # of a class: its visits, those completed, and the sum of these


# A required question of the booking that nobody has answered, while the visit is still to come
_UNANSWERED = """CASE WHEN v.status IN ('requested', 'confirmed') THEN EXISTS (
       SELECT 1 FROM catalog_bookingfield f
        WHERE f.organization_id = %(organization)s AND f.archived_at IS NULL AND f.required AND v.fields -> f.code IS NULL
          AND (NOT EXISTS (SELECT 1 FROM catalog_askedwhere w WHERE w.organization_id = f.organization_id AND w.field_id = f.id)
               OR EXISTS (SELECT 1 FROM catalog_askedwhere w WHERE w.organization_id = f.organization_id
                    AND w.field_id = f.id AND COALESCE(w.location_id, v.location_id) = v.location_id
                    AND COALESCE(w.service_id, sv.id) = sv.id
                    AND (w.specialty_id IS NULL OR w.specialty_id = sv.specialty_id)))) END"""
# Over the places sold: these have an index by session, appointments have none.
_ATTENDED = """CASE WHEN ss.id IS NOT NULL THEN (
       SELECT ARRAY[count(DISTINCT y.id), count(DISTINCT y.id) FILTER (WHERE y.status = 'completed'),
                    coalesce(sum(x.price_minor * y.seats - x.discount_minor)
                      FILTER (WHERE y.status = 'completed'), 0)::bigint]
         FROM (SELECT DISTINCT t.appointment_id FROM bookings_place t
                WHERE t.organization_id = ss.organization_id AND t.session_id = ss.id AND t.live) held
         JOIN bookings_appointment x ON x.organization_id = ss.organization_id AND x.id = held.appointment_id
         JOIN bookings_visit y ON y.organization_id = x.organization_id AND y.id = x.visit_id
        WHERE y.status <> 'cancelled') END"""
# "known": the client has an earlier visit that was not cancelled, so this one is not the first.
_DETAILS = f"""
       p.id, p.s, p.e, p.position, v.id, v.status, v.version, v.code, v.source, v.note,
       c.first_name, c.last_name, c.phone, sb.name, sv.name::text, ss.id, ss.capacity,
       CASE WHEN ss.id IS NOT NULL THEN (SELECT count(*) FROM bookings_place x
            WHERE x.organization_id = ss.organization_id AND x.session_id = ss.id AND x.live
              AND (x.expires_at IS NULL OR x.expires_at > %(now)s)) END,
       CASE WHEN v.id IS NOT NULL THEN EXISTS (SELECT 1 FROM bookings_visit o
            WHERE o.organization_id = %(organization)s AND o.client_id = v.client_id AND o.s < v.s
              AND o.status <> 'cancelled') END, v.scheme, v.parked_at IS NOT NULL,
       v.client_id, sv.id, p.price_minor, p.currency, p.discount_minor,
       CASE WHEN v.id IS NOT NULL THEN EXISTS (SELECT 1 FROM bookings_turn u
            WHERE u.organization_id = v.organization_id AND u.visit_id = v.id) END, {_UNANSWERED}, {_ATTENDED}
"""
_JOINS = """
  LEFT JOIN bookings_visit v ON v.organization_id = p.organization_id AND v.id = p.visit_id
  LEFT JOIN clients_client c ON c.organization_id = v.organization_id AND c.id = v.client_id
  LEFT JOIN clients_subject sb ON sb.organization_id = v.organization_id AND sb.id = v.subject_id
"""
_CLAIM = f"""
SELECT a.id, a.resource_id, a.location_id, a.kind, a.role, a.s, a.e, a.overbooked, a.note, {_DETAILS}
  FROM scheduling_allocation a
  LEFT JOIN bookings_appointment p ON p.organization_id = a.organization_id AND p.id = a.appointment_id
  {_JOINS}
  LEFT JOIN bookings_session ss ON ss.organization_id = a.organization_id AND ss.id = a.session_id
  LEFT JOIN catalog_service sv ON sv.organization_id = a.organization_id
        AND sv.id = COALESCE(p.service_id, ss.service_id)
"""
_TOUCHING = f"""
 WHERE a.organization_id = %(organization)s AND a.live AND a.resource_id = ANY(%(resources)s)
   AND a.s < %(end)s AND a.s >= %(start)s - {LONGEST} AND a.e > %(start)s
   AND (a.expires_at IS NULL OR a.expires_at > %(now)s)
"""
CLAIMS = f"{_CLAIM}{_TOUCHING}"
_CANCELLED = f"""
SELECT -p.id, p.resource_id, w.location_id, 'visit', 0, p.s, p.e, false, '', {_DETAILS}
  FROM bookings_visit w
  JOIN bookings_appointment p ON p.organization_id = w.organization_id AND p.visit_id = w.id
  {_JOINS}
  LEFT JOIN bookings_session ss ON false
  LEFT JOIN catalog_service sv ON sv.organization_id = p.organization_id AND sv.id = p.service_id
 WHERE w.organization_id = %(organization)s AND w.location_id = %(location)s AND w.status = 'cancelled'
   AND w.s < %(end)s AND w.s >= %(start)s AND p.resource_id IS NOT NULL
"""


_OF_VISITS = f"""{_CLAIM}
 WHERE a.organization_id = %(organization)s AND a.live AND a.appointment_id IN (SELECT id FROM bookings_appointment
       WHERE organization_id = %(organization)s AND visit_id = ANY(%(visits)s))
 ORDER BY a.s, a.id
"""


# What the figures of a day count, and nothing that is only written on a block
_COUNTED = f"""
SELECT a.id, a.resource_id, a.location_id, a.kind, a.role, a.s, a.e, false, '', p.id, p.s, p.e, p.position, v.id, v.status,
       {", ".join(["NULL"] * 9)}, ss.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       p.price_minor, p.currency, p.discount_minor, NULL, NULL, {_ATTENDED}
  FROM scheduling_allocation a
  LEFT JOIN bookings_appointment p ON p.organization_id = a.organization_id AND p.id = a.appointment_id
  LEFT JOIN bookings_visit v ON v.organization_id = p.organization_id AND v.id = p.visit_id
  LEFT JOIN bookings_session ss ON ss.organization_id = a.organization_id AND ss.id = a.session_id
{_TOUCHING} ORDER BY a.s, a.id
"""


def counted(resources: Sequence[int], start: int, end: int) -> list[Row]:
    """The claims of `resources` that touch [start, end) with what is summed of them, by start; no names, no notes."""
    values: dict[str, Any] = {"organization": scope.current(), "now": clock.now()}
    values |= {"resources": list(resources), "start": start, "end": end}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, values)
        return [Row(*row) for row in cursor.fetchall()]


def of_visits(visits: Sequence[int]) -> list[Row]:
    """The claims of these visits wherever they are, by start."""
    values: dict[str, Any] = {"organization": scope.current(), "now": clock.now(), "visits": list(visits)}
    with connection.cursor() as cursor:
        cursor.execute(_OF_VISITS, values)
        return [Row(*row) for row in cursor.fetchall()]


def rows(location: int, resources: Sequence[int], start: int, end: int) -> list[Row]:
    """Claims of `resources` that touch [start, end) (epoch minutes) and the location's cancelled visits, by start."""
    values: dict[str, Any] = {"organization": scope.current(), "location": location, "now": clock.now()}
    values |= {"resources": list(resources), "start": start, "end": end}
    with connection.cursor() as cursor:
        cursor.execute(f"{CLAIMS} UNION ALL {_CANCELLED} ORDER BY 6, 1", values)
        return [Row(*row) for row in cursor.fetchall()]

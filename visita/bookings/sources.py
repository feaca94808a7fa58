"""Visits and waits that came from one source (a network address, a phone, an email): to be cancelled together (BY-22)."""

from ipaddress import ip_network
from typing import Any, Final, Literal

from django.db import connection

from visita.bookings import verbs
from visita.bookings.models import Visit, Waiting
from visita.foundation import clock, scope
from visita.identity.origin import network

By = Literal["network", "phone", "email"]
KINDS: Final[tuple[By, ...]] = ("network", "phone", "email")
MOST = 500  # visits at once

_ORIGIN = """
SELECT host(a.ip), c.phone_e164, c.email FROM bookings_visit v
JOIN clients_client c ON c.organization_id = v.organization_id AND c.id = v.client_id
LEFT JOIN activity_activity a ON a.organization_id = v.organization_id AND a.object_kind = 'visit'
  AND a.object_id = v.id AND a.verb = 'visit.booked' AND a.actor_kind = 'client'
WHERE v.organization_id = %(o)s AND v.id = %(visit)s ORDER BY a.id LIMIT 1"""
# From the visits that are still to come, which are few, to the acts that made them
_COMING = """
SELECT v.id FROM bookings_visit v
JOIN clients_client c ON c.organization_id = v.organization_id AND c.id = v.client_id
JOIN activity_activity a ON a.organization_id = v.organization_id AND a.object_kind = 'visit'
  AND a.object_id = v.id AND a.verb = 'visit.booked' AND a.actor_kind = 'client'
WHERE v.organization_id = %(o)s AND v.s >= %(now)s AND v.status IN ('requested', 'confirmed') AND {of}
ORDER BY v.s, v.id LIMIT %(most)s"""
_WAITING = """
SELECT v.id FROM bookings_waiting v
JOIN clients_client c ON c.organization_id = v.organization_id AND c.id = v.client_id
JOIN activity_activity a ON a.organization_id = v.organization_id AND a.object_kind = 'waiting'
  AND a.object_id = v.id AND a.verb = %(joined)s AND a.actor_kind = 'client'
WHERE v.organization_id = %(o)s AND v.status = 'waiting' AND {of} ORDER BY v.id LIMIT %(most)s"""
_OF = {
    "network": "a.ip <<= %(value)s::inet",
    "phone": "c.phone_e164 = %(value)s",
    "email": "c.email = %(value)s",
}


def origin(visit_id: int) -> dict[By, str]:
    """What is known of where a visit came from; empty for one that no client booked."""
    with connection.cursor() as cursor:
        cursor.execute(_ORIGIN, {"o": scope.current(), "visit": visit_id})
        ip, phone, email = cursor.fetchone() or ("", "", "")
    found: dict[By, str] = {
        "network": str(ip_network(network(ip))) if ip else "",
        "phone": phone,
        "email": email,
    }
    return {kind: value for kind, value in found.items() if value}


def coming(by: By, value: str) -> list[Visit]:
    """Coming visits that clients booked from there, the earliest first."""
    return list(Visit.objects.filter(pk__in=_ids(_COMING, by, value)).order_by("s", "id"))


def waiting(by: By, value: str) -> list[Waiting]:
    """Places on the waitlist that clients took from there, the oldest first; wishes of visits go with their visits."""
    return list(Waiting.objects.filter(pk__in=_ids(_WAITING, by, value), visit_id=None).order_by("id"))


def _ids(query: str, by: By, value: str) -> list[int]:
    values: dict[str, Any] = {
        "o": scope.current(),
        "now": clock.minute(),
        "value": value,
        "most": MOST,
        "joined": verbs.WAITING,
    }
    with connection.cursor() as cursor:
        cursor.execute(query.format(of=_OF[by]), values)
        return [row[0] for row in cursor.fetchall()]

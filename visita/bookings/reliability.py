"""How reliable clients are: visits honoured against missed and cancelled. Counted here alone, for one client or many.

A visit still to come says nothing; one that we cancelled ourselves (ill, closed) is not the client's fault and is left
out; a late cancellation is one after the deadline that was agreed to, else the organization's. A merge moves visits, so the
survivor has everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from visita.bookings import verbs
from visita.foundation import clock, scope
from visita.tenancy import settings

# The act that cancelled: the last of its kind, for a visit may be brought back and cancelled again
_COUNTS = """
SELECT v.client_id,
  count(*) FILTER (WHERE v.status IN ('completed', 'arrived') AND v.s < %(now)s),
  count(*) FILTER (WHERE v.status = 'no_show' AND v.s <= %(now)s),
  count(*) FILTER (WHERE v.status = 'cancelled' AND NOT coalesce(c.ours, false)),
  count(*) FILTER (WHERE v.status = 'cancelled' AND NOT coalesce(c.ours, false)
    AND c.at > v.s - coalesce((v.terms->>'cancel_until')::int, (SELECT t.value::text::int FROM tenancy_setting t
      WHERE t.organization_id = %(o)s AND t.scope_kind = 'organization' AND t.scope_id = 0
        AND t.key = 'cancel_until_minutes'), %(until)s))
FROM bookings_visit v
LEFT JOIN LATERAL (
  SELECT (a.payload->>'ours') = 'true' AS ours, extract(epoch FROM a.at) / 60 AS at FROM activity_activity a
  WHERE v.status = 'cancelled' AND a.organization_id = v.organization_id AND a.object_kind = 'visit'
    AND a.object_id = v.id AND a.verb = %(cancelled)s
  ORDER BY a.id DESC LIMIT 1) c ON true
WHERE v.organization_id = %(o)s AND v.client_id = ANY(%(clients)s)
GROUP BY v.client_id"""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the visits that are over: how many the client came to, missed, cancelled; of those cancelled, how many late."""

    came: int = 0
    missed: int = 0
    cancelled: int = 0
    late: int = 0

    @property
    def of(self) -> int:
        """Visits that were to take place."""
        return self.came + self.missed


NOBODY = Reliability()


def of_clients(clients: Iterable[int]) -> dict[int, Reliability]:
    """Each client's; who has no visits is missing. One statement whatever their number; inside a scope."""
    ids = sorted(set(clients))
    if not ids:
        return {}
    until = settings.KEYS["cancel_until_minutes"].default
    values: dict[str, Any] = {"o": scope.current(), "clients": ids, "now": clock.minute(), "until": until}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {**values, "cancelled": verbs.CANCELLED})
        return {row[0]: Reliability(*row[1:]) for row in cursor.fetchall()}


def of_client(client_id: int) -> Reliability:
    """One client's; all zero where there are no visits."""
    return of_clients([client_id]).get(client_id, NOBODY)

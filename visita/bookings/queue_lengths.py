"""How long services really take: from when somebody of the queue was called in until their visit was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from visita.foundation import scope

FEW = 5  # fewer say nothing: then the service's own length is expected
REACH = timedelta(days=90)
_GUESS = 0.25  # of the planned length: how far it may be off where nothing is known

_REAL = """
SELECT service_id, count(*), avg(minutes), coalesce(stddev_samp(minutes), 0) FROM (
  SELECT t.service_id, extract(epoch FROM min(a.at) - t.started_at) / 60 AS minutes
  FROM bookings_ticket t
  JOIN activity_activity a ON a.organization_id = t.organization_id AND a.object_kind = 'visit'
    AND a.object_id = t.visit_id AND a.verb = 'visit.completed'
  WHERE t.organization_id = %(o)s AND t.service_id = ANY(%(services)s) AND t.date >= %(since)s
    AND t.started_at IS NOT NULL
  GROUP BY t.id, t.service_id, t.started_at) found
WHERE minutes BETWEEN 1 AND 480 GROUP BY service_id HAVING count(*) >= %(few)s"""


@dataclass(frozen=True, slots=True)
class Length:
    """Minutes a service is expected to take, and by how much it may well be longer."""

    expected: int
    spread: int


def real(services: Iterable[int], day: date) -> dict[int, Length]:
    """By service, where enough of it was done in the last three months; one query."""
    values: dict[str, Any] = {
        "o": scope.current(),
        "services": list(services),
        "since": day - REACH,
        "few": FEW,
    }
    with connection.cursor() as cursor:
        cursor.execute(_REAL, values)
        return {
            service: Length(max(1, round(mean)), round(spread))
            for service, _count, mean, spread in cursor.fetchall()
        }


def planned(minutes: int) -> Length:
    """What the service says, where nothing is known yet."""
    return Length(minutes, max(1, round(minutes * _GUESS)))

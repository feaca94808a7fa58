"""What changed rules of a service mean for the visits booked already: they stay, and whoever changes the rule sees how many.

The comparison is pure; `rows` reads what it needs in one statement. Only what the change itself does is told: a visit that
was resized, or stood too close before, is not its doing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from visita.catalog.models import Service, Specialty
from visita.foundation import clock, ids, scope

MOST = 1000  # visits looked at, the soonest first

# each claim of each appointment of the service to come, with the end before it and the start after it on the same seats;
# a buffer is at most 720 minutes and a claim at most 2880, so nothing further away matters
_ROWS = """
SELECT f.id, f.visit_id, f.version, f.s, f.e, sr.minutes,
  CASE WHEN a.id IS NULL OR upper_inf(a.seats) THEN 0 ELSE upper(a.seats) - 1 END, near.before, near.after
FROM (
  SELECT p.id, p.visit_id, v.version, p.s, p.e, p.resource_id
  FROM bookings_visit v
  JOIN bookings_appointment p ON p.organization_id = %(o)s AND p.visit_id = v.id
  WHERE v.organization_id = %(o)s AND v.s >= %(now)s - 2880 AND v.status IN ('requested', 'confirmed', 'arrived')
    AND p.service_id = %(service)s AND p.s >= %(now)s
  ORDER BY v.s, p.id LIMIT %(most)s
) f
LEFT JOIN catalog_serviceresource sr
  ON sr.organization_id = %(o)s AND sr.service_id = %(service)s AND sr.resource_id = f.resource_id
LEFT JOIN scheduling_allocation a
  ON a.organization_id = %(o)s AND a.appointment_id = f.id AND a.live AND a.kind = 'visit'
LEFT JOIN LATERAL (
  SELECT max(n.e) FILTER (WHERE n.e <= f.s) AS before, min(n.s) FILTER (WHERE n.s >= f.e) AS after
  FROM scheduling_allocation n
  LEFT JOIN bookings_appointment q ON q.organization_id = %(o)s AND q.id = n.appointment_id
  WHERE n.organization_id = %(o)s AND n.resource_id = a.resource_id AND n.live AND n.kind <> 'hold'
    AND n.s BETWEEN f.s - 3600 AND f.e + 720 AND n.seats && a.seats AND q.visit_id IS DISTINCT FROM f.visit_id
) near ON true"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A service's length and buffers in minutes, and how many share its resource at one time."""

    minutes: int
    before: int
    after: int
    places: int


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of an appointment: epoch minutes of the shown time, its resource's `own` length, its last lane (0: no lane),
    and where the neighbours on the same seats end and begin."""

    appointment_id: int
    visit_id: int
    version: int
    s: int
    e: int
    own: int | None
    lane: int
    last: int | None
    next: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Rows of visits that are of another length than new ones, too close for the new buffers, on places there are no more."""

    length: frozenset[Row] = frozenset()
    close: frozenset[Row] = frozenset()
    beyond: frozenset[Row] = frozenset()

    @property
    def felt(self) -> frozenset[Row]:
        """All of them."""
        return self.length | self.close | self.beyond

    def token(self) -> str:
        """What stands for exactly these visits as they are now; empty where there are none."""
        parts = [
            sorted({(row.visit_id, row.version, row.s, row.e) for row in each}) for each in self._kinds()
        ]
        return ids.digest(repr(parts))[:32] if self.felt else ""

    def counts(self) -> dict[str, int]:
        """Visits of each kind."""
        names = ("length", "close", "beyond")
        return {
            name: len({row.visit_id for row in each}) for name, each in zip(names, self._kinds(), strict=True)
        }

    def _kinds(self) -> tuple[frozenset[Row], ...]:
        return self.length, self.close, self.beyond


def rule(service: Service, specialty: Specialty | None) -> Rule:
    """The rule in force, with what the specialty decides where the service says nothing."""
    base, shared = (specialty.base_minutes, specialty.capacity) if specialty else (0, 1)
    minutes = service.minutes or base * service.multiplier
    return Rule(minutes, service.buffer_before, service.buffer_after, service.capacity or shared)


def compare(rows: Iterable[Row], old: Rule, new: Rule) -> Effect:
    """What the change from one rule to the other does to what is booked."""
    known = list(rows)
    return Effect(
        frozenset(row for row in known if new.minutes != old.minutes and _other_length(row, new)),
        frozenset(row for row in known if _close(row, new) and not _close(row, old)),
        frozenset(row for row in known if old.places >= row.lane > new.places),
    )


def _other_length(row: Row, new: Rule) -> bool:
    return row.own is None and row.e - row.s != new.minutes


def _close(row: Row, held: Rule) -> bool:
    before = row.last is not None and row.last > row.s - held.before
    return before or (row.next is not None and row.next < row.e + held.after)


def rows(service_id: int) -> list[Row]:
    """The claims of the service's visits to come, of the soonest `MOST` appointments; one statement, in a scope."""
    values = {"o": scope.current(), "service": service_id, "now": clock.minute(), "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, values)
        return [Row(*row) for row in cursor.fetchall()]

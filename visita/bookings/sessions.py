"""Dated classes: what they still have to give, and the lock under which places are sold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from visita.foundation import clock, scope
from visita.scheduling import engine

_BETWEEN = """
SELECT x.id, x.s, x.e, greatest(0, x.capacity - (
    SELECT count(*) FROM bookings_place p WHERE p.organization_id = x.organization_id AND p.session_id = x.id
      AND p.live AND (p.expires_at IS NULL OR p.expires_at > %(now)s)
      AND (p.appointment_id IS NULL OR p.appointment_id <> ALL(%(ignored)s::bigint[])))),
  (SELECT array_agg(DISTINCT a.resource_id) FROM scheduling_allocation a
   WHERE a.organization_id = x.organization_id AND a.session_id = x.id AND a.live)
FROM bookings_session x
WHERE x.organization_id = %(o)s AND x.location_id = %(l)s AND x.service_id = %(v)s AND x.s >= %(first)s
  AND x.s < %(last)s AND x.cancelled_at IS NULL ORDER BY x.s, x.id"""

_UPCOMING = """
SELECT x.service_id, x.s, x.e, greatest(0, x.capacity - (
    SELECT count(*) FROM bookings_place p WHERE p.organization_id = x.organization_id AND p.session_id = x.id
      AND p.live AND (p.expires_at IS NULL OR p.expires_at > %(now)s)))
FROM bookings_session x
WHERE x.organization_id = %(o)s AND x.location_id = %(l)s AND x.s >= %(first)s AND x.s < %(last)s
  AND x.cancelled_at IS NULL ORDER BY x.s, x.id LIMIT 1000"""

_LOCK = """
SELECT id, s, e, capacity FROM bookings_session
WHERE organization_id = %s AND id = %s AND cancelled_at IS NULL FOR NO KEY UPDATE"""

_SWEEP = """
DELETE FROM bookings_place
WHERE organization_id = %s AND session_id = %s AND live AND (expires_at <= %s OR hold = ANY(%s))"""

_TAKEN = """
SELECT seat FROM bookings_place WHERE organization_id = %s AND session_id = %s AND live
  AND (appointment_id IS NULL OR appointment_id <> ALL(%s::bigint[])) ORDER BY seat"""


@dataclass(frozen=True, slots=True)
class Dated:
    """A class on a date, epoch minutes, and how many places it still has."""

    service_id: int
    s: int
    e: int
    free: int


@dataclass(frozen=True, slots=True)
class Seats:
    """Places of a locked session that may be sold now; those after `last` are more than it has, by right only."""

    session_id: int
    s: int
    e: int
    free: tuple[int, ...]
    last: int


def between(
    location_id: int, service_id: int, first: int, last: int, ignored: Sequence[int] = ()
) -> list[engine.Session]:
    """Sessions of a service that start in minutes [first, last), with the places each still has; those of `ignored`
    appointments are free, too."""
    values: dict[str, Any] = {
        "o": scope.current(), "l": location_id, "v": service_id, "first": first, "last": last, "now": clock.now(),
        "ignored": list(ignored),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BETWEEN, values)
        return [
            engine.Session(id, s, e, tuple(sorted(resources or ())), free)
            for id, s, e, free, resources in cursor.fetchall()
        ]


def upcoming(location_id: int, first: int, last: int) -> list[Dated]:
    """All classes of a location that start in minutes [first, last), by time; one statement."""
    values: dict[str, Any] = {
        "o": scope.current(), "l": location_id, "first": first, "last": last, "now": clock.now(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_UPCOMING, values)
        return [Dated(*row) for row in cursor.fetchall()]


def lock(session_id: int, holds: Sequence[str] = (), ignored: Sequence[int] = ()) -> Seats | None:
    """Lock a session and count its seats; expired holds and the asker's own (`holds`, hashes) give theirs back.

    The seats of `ignored` appointments are free too: they are about to be given up by a move.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [scope.current(), session_id])
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(_SWEEP, [scope.current(), session_id, clock.now(), [hold for hold in holds if hold]])
        cursor.execute(_TAKEN, [scope.current(), session_id, list(ignored)])
        taken = {seat for (seat,) in cursor.fetchall()}
    session, s, e, capacity = row
    free = tuple(seat for seat in range(1, capacity + 1) if seat not in taken)
    return Seats(session, s, e, free, max(capacity, *taken) if taken else capacity)

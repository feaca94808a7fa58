"""Limits on anonymous requests: fixed windows counted in PostgreSQL, one statement a request (decision 34).

Keys are hashes, so no address is stored. Counters need no scope: the organization is part of the key.
"""

from dataclasses import dataclass

from django.db import connection

from visita.foundation import clock, ids
from visita.identity.errors import slow_down
from visita.identity.models import RateCounter

_COUNT = """
INSERT INTO identity_ratecounter (key, "window", count) VALUES (%s, %s, 1)
ON CONFLICT ON CONSTRAINT rate_once DO UPDATE SET count = identity_ratecounter.count + 1
RETURNING count
"""
KEPT = 2880  # minutes a counter is kept: longer than any window


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` requests in each window of `minutes`."""

    count: int
    minutes: int


def hit(limit: Limit, organization_id: int, route: str, principal: str) -> None:
    """Count one request of `principal` (an address, a phone); over the limit refuses slow_down with retry_after.

    Committed by itself where no transaction runs: a request that fails later still counts.
    """
    minute = clock.minute()
    window = minute - minute % limit.minutes
    key = ids.digest(f"{organization_id}|{route}|{limit.minutes}|{principal}")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, window])
        count = int(cursor.fetchone()[0])
    if count > limit.count:
        left = (window + limit.minutes) * 60 - int(clock.now().timestamp())
        raise slow_down(max(1, left))


def sweep() -> int:
    """Delete counters of windows long past; returns how many."""
    return RateCounter.objects.filter(window__lt=clock.minute() - KEPT).delete()[0]

"""Limits on anonymous requests: fixed windows counted in PostgreSQL, one statement a request (decision 34).

Keys are hashes, so no address is stored. Counters need no scope: the organization is part of the key.
"""

from dataclasses import dataclass

from visita.foundation import clock, ids, prepared
from visita.identity.errors import slow_down
from visita.identity.models import RateCounter
from visita.tenancy.models import Organization
from visita.tenancy.queries import ACTIVE

_COUNT = """
INSERT INTO identity_ratecounter (key, "window", count) VALUES (%s, %s, 1)
ON CONFLICT ON CONSTRAINT rate_once DO UPDATE SET count = identity_ratecounter.count + 1
RETURNING count
"""
_COUNT_AT = """
WITH found AS (SELECT id, public_id, slug, zone, status FROM tenancy_organization WHERE slug = %s AND status = %s),
counted AS (
  INSERT INTO identity_ratecounter (key, "window", count) SELECT %s, %s, 1 FROM found
  ON CONFLICT ON CONSTRAINT rate_once DO UPDATE SET count = identity_ratecounter.count + 1
  RETURNING count)
SELECT found.*, counted.count FROM found, counted
"""
_FORGIVE = 'UPDATE identity_ratecounter SET count = count - 1 WHERE key = %s AND "window" = %s AND count > 0'
KEPT = 2880  # minutes a counter is kept: longer than any window


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` requests in each window of `minutes`."""

    count: int
    minutes: int


def hit(limit: Limit, organization_id: int, route: str, principal: str, *, window: int | None = None) -> None:
    """Count one request of `principal` (an address, a phone); over the limit refuses slow_down with retry_after.

    Committed by itself where no transaction runs: a request that fails later still counts. `window` is the epoch
    minute the count begins with where it is not a multiple of the limit's minutes (a local day).
    """
    window = _window(limit) if window is None else window
    key = ids.digest(f"{organization_id}|{route}|{limit.minutes}|{principal}")
    with prepared.cursor() as cursor:
        cursor.execute(_COUNT, [key, window])
        count = int(cursor.fetchone()[0])
    _require(limit, window, count)


def hit_at(limit: Limit, slug: str, route: str, principal: str) -> Organization | None:
    """`hit` and the active organization of a slug in one statement, for doors that need both at every request.

    None, and nothing counted, where there is no such organization.
    """
    window = _window(limit)
    key = ids.digest(f"{slug}|{route}|{limit.minutes}|{principal}")
    with prepared.cursor() as cursor:
        cursor.execute(_COUNT_AT, [slug, ACTIVE, key, window])
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, count = row
    _require(limit, window, count)
    return Organization(*columns)


def used(limit: Limit, organization_id: int, route: str, principal: str, *, window: int | None = None) -> int:
    """How many `hit` has counted in the running window (the same `window` as there)."""
    window = _window(limit) if window is None else window
    key = ids.digest(f"{organization_id}|{route}|{limit.minutes}|{principal}")
    found = RateCounter.objects.filter(key=key, window=window).values_list("count", flat=True).first()
    return found or 0


def forgive(limit: Limit, slug: str, route: str, principal: str) -> None:
    """Take back what `hit_at` counted: the request came to nothing, so it shall not use up the limit."""
    key = ids.digest(f"{slug}|{route}|{limit.minutes}|{principal}")
    with prepared.cursor() as cursor:
        cursor.execute(_FORGIVE, [key, _window(limit)])


def _window(limit: Limit) -> int:
    minute = clock.minute()
    return minute - minute % limit.minutes


def _require(limit: Limit, window: int, count: int) -> None:
    if count > limit.count:
        left = (window + limit.minutes) * 60 - int(clock.now().timestamp())
        raise slow_down(max(1, left))


def sweep() -> int:
    """Delete counters of windows long past; returns how many."""
    return RateCounter.objects.filter(window__lt=clock.minute() - KEPT).delete()[0]

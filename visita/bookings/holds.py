"""Reading holds: what a token keeps, and until when at the latest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from visita.bookings import errors
from visita.foundation import clock, ids, scope
from visita.scheduling.claims import Ignored

# `hold <> ''` says again what every token fulfils: one plan serves all values, and only so it may use the index of holds
_READ = """
SELECT resource_id, location_id, expires_at, role, s, e FROM scheduling_allocation
WHERE organization_id = %(o)s AND hold = %(h)s AND hold <> '' AND kind = 'hold'
UNION ALL
SELECT NULL, x.location_id, p.expires_at, 0, x.s, x.e FROM bookings_place p
JOIN bookings_session x ON x.organization_id = p.organization_id AND x.id = p.session_id
WHERE p.organization_id = %(o)s AND p.hold = %(h)s AND p.hold <> '' AND p.live"""

_DROP = """
WITH gone AS (DELETE FROM scheduling_allocation
  WHERE organization_id = %(o)s AND hold = %(h)s AND hold <> '' AND kind = 'hold' RETURNING id),
places AS (DELETE FROM bookings_place WHERE organization_id = %(o)s AND hold = %(h)s AND hold <> '' RETURNING id)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM places)"""

_EXTEND = """
WITH kept AS (UPDATE scheduling_allocation SET expires_at = greatest(expires_at, %(t)s)
  WHERE organization_id = %(o)s AND hold = %(h)s AND hold <> '' AND kind = 'hold' AND expires_at > %(now)s RETURNING expires_at),
places AS (UPDATE bookings_place SET expires_at = greatest(expires_at, %(t)s)
  WHERE organization_id = %(o)s AND hold = %(h)s AND hold <> '' AND expires_at > %(now)s RETURNING expires_at)
SELECT min(expires_at) FROM (TABLE kept UNION ALL TABLE places) AS one"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A living hold: its hash, location, the minute it was made in, the main resources it keeps, and the spans
    (resource, s, e) of them; a place in a class keeps no resource."""

    hash: str
    location_id: int
    expires_at: datetime
    made: int
    resources: tuple[int, ...]
    spans: tuple[tuple[int | None, int, int], ...]

    def covers(self, items: Iterable[tuple[int | None, int]]) -> bool:
        """Whether every (resource or anybody, start minute) lies in what it keeps."""
        return all(
            any(s <= start < e and (who is None or wanted in (None, who)) for who, s, e in self.spans)
            for wanted, start in items
        )

    @property
    def ignored(self) -> Ignored:
        """Its own claims do not stand in its own way."""
        return Ignored(hold=self.hash)


def mint(prefix: str) -> str:
    """A new hold token; it ends with the minute it was made in, so that extensions can be bounded."""
    return f"{ids.token(prefix)}.{clock.minute()}"


def made(token: str) -> datetime:
    """When a token was minted (a forged minute does not match any hash, so it is only ever read for a real one)."""
    _, _, minute = token.rpartition(".")
    if not minute.isdigit() or len(minute) > 10:
        raise errors.hold_expired()
    return clock.from_minute(int(minute))


def read(token: str) -> Kept:
    """The hold behind a token; refuses `hold_expired` for ended, used and unknown ones alike."""
    hash = ids.digest(token)
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"o": scope.current(), "h": hash})
        rows = [row for row in cursor.fetchall() if row[2] is not None and row[2] > clock.now()]
    if not rows:
        raise errors.hold_expired()
    main = [(row[0], row[4], row[5]) for row in rows if row[3] == 0]
    resources = tuple(resource for resource, _, _ in main if resource is not None)
    return Kept(hash, rows[0][1], rows[0][2], clock.to_minute(made(token)), resources, tuple(main))


def drop(hash: str) -> int:
    """Delete the claims and places of a hold; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP, {"o": scope.current(), "h": hash})
        return int(cursor.fetchone()[0])


def prolong(token: str, until: datetime, limit: timedelta) -> datetime:
    """Keep a living hold until `until`, but not longer than `limit` after it was made; never shorter than it is kept."""
    until = min(until, made(token) + limit)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "o": scope.current(),
            "h": ids.digest(token),
            "t": until,
            "now": clock.now(),
        }
        cursor.execute(_EXTEND, values)
        kept: datetime | None = cursor.fetchone()[0]
    if kept is None:
        raise errors.hold_expired()
    return kept

"""Block time of resources, where it is free (decision 23)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from visita.activity.record import record
from visita.foundation import clock, scope, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import claims, verbs
from visita.scheduling.errors import bad_datetime, occupied
from visita.scheduling.locking import lock
from visita.scheduling.models.allocation import LONGEST
from visita.scheduling.ringing import news, only_day
from visita.tenancy import queries as tenancy

LONGEST_BLOCK = 60 * 1440  # minutes; longer is an absence, which working time says

_INSERT = """
INSERT INTO scheduling_allocation
  (organization_id, resource_id, location_id, kind, s, e, seats, live, hold, role, overbooked, note, activity_id)
SELECT %s, r, %s, 'block', s, e, int4range(1, NULL), true, '', 0, false, %s, %s
FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS t (r, s, e) ORDER BY r, s
ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING RETURNING id
"""


@Action
def block(
    resource_ids: Sequence[int],
    location_id: int,
    start: datetime,
    end: datetime,
    *,
    actor: Actor,
    note: str = "",
) -> list[int]:
    """Nobody can book these resources from `start` to `end` (aware, whole minutes); ids of the claims, all or none.

    Refuses slot_taken when a visit, a class or another block is there, bad_datetime, required, not_found.
    """
    s, e = _minutes(start, end)
    if not resource_ids:
        raise text.missing("resources")
    note = text.line(note, field="note", limit=300)
    location = tenancy.location(location_id)
    ids = sorted(lock(resource_ids))
    claims.busy(ids, s, e, sweep=True)  # expired holds would still stand in the constraint's way
    rows = [(resource, piece[0], piece[1]) for resource in ids for piece in _pieces(s, e)]
    day = only_day(start, end, location.zone)
    payload = {"resources": ids, "location": location_id, "start": s, "end": e}
    event = record(verbs.BLOCKED, "resource", ids[0], actor, payload, news=news(location_id, day))
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [scope.current(), location_id, note, event, *columns])
        inserted = [int(row[0]) for row in cursor.fetchall()]
    if len(inserted) != len(rows):
        raise occupied()
    return inserted


def _minutes(start: datetime, end: datetime) -> tuple[int, int]:
    for field, instant in (("start", start), ("end", end)):
        if instant.tzinfo is None or not 1970 < instant.year < 2200:
            raise bad_datetime(field)
    s, e = clock.to_minute(start), clock.to_minute(end)
    if not s < e <= s + LONGEST_BLOCK:
        raise bad_datetime("end")
    return s, e


def _pieces(s: int, e: int) -> list[tuple[int, int]]:
    return [(at, min(at + LONGEST, e)) for at in range(s, e, LONGEST)]

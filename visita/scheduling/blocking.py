"""Writing blocked time inside a running scope; `actions.change_hours` says who may and who must know.

A block takes its resource whole. Beside visits that stand in its time it cannot take their seats: it then lies on a seat
far below those that are sold, where the constraint lets it, and every reader of claims still takes it as whole. So when
such a visit goes, its time stays blocked.
"""

from typing import Any, Final

from django.db import connection

from visita.foundation import clock, prepared, scope
from visita.scheduling import claims
from visita.scheduling.changes import Block
from visita.scheduling.errors import occupied
from visita.scheduling.models.allocation import LONGEST

BESIDE: Final = -1_000_000  # the seat of a block that visits stand beside; overbookings lie just below 1

_THERE = """
SELECT kind FROM scheduling_allocation
WHERE organization_id = %s AND resource_id = %s AND live AND s >= %s AND s < %s AND e > %s
  AND (expires_at IS NULL OR expires_at > %s) AND (kind = 'block' OR upper_inf(seats) OR upper(seats) > 1)"""

_INSERT = """
INSERT INTO scheduling_allocation
  (organization_id, resource_id, location_id, kind, s, e, seats, live, hold, role, overbooked, note, activity_id)
SELECT %(o)s, %(resource)s, %(location)s, 'block', s, e, int4range(%(lo)s, %(hi)s), true, '', 0, false, %(note)s, %(event)s
FROM unnest(%(starts)s::int[], %(ends)s::int[]) AS t (s, e) ORDER BY s
ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING RETURNING id"""


def write(block: Block, event: int | None) -> None:
    """Claim the time, beside the visits in it. Refuses slot_taken when a class, a held time or another block is there.

    `event` None only where the transaction will be rolled back: then no booking waits for it.
    """
    if event is not None:  # expired holds would still stand in the constraint's way
        claims.busy([block.resource_id], block.s, block.e, sweep=True)
    there = _kinds(block)
    if there - {"visit"}:
        raise occupied()
    beside = event is None or bool(there)
    pieces = [(at, min(at + LONGEST, block.e)) for at in range(block.s, block.e, LONGEST)]
    values: dict[str, Any] = {
        "o": scope.current(), "resource": block.resource_id, "location": block.location_id, "note": block.note,
        "event": event, "starts": [s for s, _e in pieces], "ends": [e for _s, e in pieces],
        "lo": BESIDE if beside else 1, "hi": BESIDE + 1 if beside else None,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        if len(cursor.fetchall()) != len(pieces):
            raise occupied()


def _kinds(block: Block) -> set[str]:
    values: list[Any] = [scope.current(), block.resource_id, block.s - LONGEST, block.e, block.s, clock.now()]
    with prepared.cursor() as cursor:
        cursor.execute(_THERE, values)
        return {row[0] for row in cursor.fetchall()}

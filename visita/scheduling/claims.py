"""Claims on resources: reading them fast, locking whose they are, inserting them so that nothing deadlocks.

The only writer of `allocation` besides `scheduling.actions.block`. Inserts go through
`ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING`: two plain inserts that collide wait for each other
until the server breaks one (seconds); this form answers at once with fewer rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from visita.foundation import clock, prepared, scope
from visita.foundation.prepared import Question, Rows
from visita.scheduling.models.allocation import LONGEST

Busy = tuple[int, int, int, int | None]  # s, e, first seat, seat after the last (None = all above)

# a block takes its resource whole, also where it lies beside visits (see `blocking`)
_READ = """
SELECT resource_id, s, e, CASE kind WHEN 'block' THEN 1 ELSE lower(seats) END,
  CASE kind WHEN 'block' THEN NULL ELSE upper(seats) END, expires_at IS NOT NULL AND expires_at <= %s
FROM scheduling_allocation
WHERE organization_id = %s AND resource_id = ANY(%s) AND live AND s >= %s AND s < %s AND e > %s"""

_LOCK = """
SELECT id, hours_version FROM scheduling_resource
WHERE organization_id = %s AND id = ANY(%s) AND archived_at IS NULL ORDER BY id FOR NO KEY UPDATE"""

_SWEEP = """
DELETE FROM scheduling_allocation
WHERE organization_id = %s AND resource_id = ANY(%s) AND kind = 'hold' AND expires_at <= %s AND s >= %s AND s < %s
  AND e > %s"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One resource's seats from minute `s` to `e` (buffers included); `hi` None = every seat from `lo` up.

    `item` is the position of the appointment it belongs to, `role` 0 for its main resource, else the
    requirement's number.
    """

    resource_id: int
    s: int
    e: int
    lo: int
    hi: int | None
    item: int = 0
    role: int = 0
    overbooked: bool = False


@dataclass(frozen=True, slots=True)
class Ignored:
    """Claims that do not count: those of a visit being moved, and the asker's own hold (its hash)."""

    appointments: tuple[int, ...] = ()
    hold: str = ""


NOTHING = Ignored()


def busy(
    resources: Sequence[int], first: int, last: int, ignored: Ignored = NOTHING, *, sweep: bool = False
) -> dict[int, list[Busy]]:
    """Live claims of `resources` that may touch minutes [first, last), by resource; expired holds left out.

    With `sweep` (the resources are locked and about to be written) expired holds in the way are deleted, since
    the constraint cannot know the clock.
    """
    return prepared.ask(taken(resources, first, last, ignored, sweep=sweep))


def taken(
    resources: Sequence[int], first: int, last: int, ignored: Ignored = NOTHING, *, sweep: bool = False
) -> Question[dict[int, list[Busy]]]:
    """`busy` for a caller that asks something else in the same round trip."""
    window: list[Any] = [scope.current(), list(resources), first - LONGEST, last, first]

    def read(rows: Rows) -> dict[int, list[Busy]]:
        found: dict[int, list[Busy]] = {resource: [] for resource in resources}
        for resource, s, e, lo, hi, expired in rows:
            if not expired:
                found[resource].append((s, e, lo, hi))
        if sweep and any(row[5] for row in rows):
            with prepared.cursor() as cursor:
                cursor.execute(_SWEEP, [window[0], window[1], clock.now(), *window[2:]])
        return found

    return Question(_READ + _unless(ignored), [clock.now(), *window, *_values(ignored)], read)


def _unless(ignored: Ignored) -> str:
    appointments = (
        " AND (appointment_id IS NULL OR appointment_id <> ALL(%s))" if ignored.appointments else ""
    )
    return appointments + (" AND hold <> %s" if ignored.hold else "")


def _values(ignored: Ignored) -> list[Any]:
    values: list[Any] = [list(ignored.appointments)] if ignored.appointments else []
    return values + ([ignored.hold] if ignored.hold else [])


def lock(resources: Iterable[int]) -> Question[dict[int, int]]:
    """Locks the resources' rows, each once and in id order, until the transaction ends; ids that exist, with the version
    of their working time as it is under the lock."""
    values = [scope.current(), sorted(set(resources))]
    return Question(_LOCK, values, lambda rows: {row[0]: row[1] for row in rows})


def release(ids: Sequence[int]) -> None:
    """Give up claims for good: those a move replaces, and holds (decision 7 allows both to be deleted)."""
    with prepared.cursor() as cursor:
        cursor.execute(
            "DELETE FROM scheduling_allocation WHERE organization_id = %s AND id = ANY(%s)",
            [scope.current(), list(ids)],
        )


def free(appointments: Sequence[int], activity_id: int) -> None:
    """End the claims of cancelled appointments: the rows stay, the time is free."""
    with prepared.cursor() as cursor:
        cursor.execute(
            "UPDATE scheduling_allocation SET live = false, activity_id = %s "
            "WHERE organization_id = %s AND appointment_id = ANY(%s) AND live",
            [activity_id, scope.current(), list(appointments)],
        )

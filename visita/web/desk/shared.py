"""One reading for many screens: when two hundred desks ask for the same day after one change, it is read once.

Two transactions with the same snapshot of the database see the same rows, so an answer made under it is everybody's who
may see the same; any write by anybody ends it. Nothing is shared across what a reader may see: that is part of the key.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

from django.db import connection

from visita.foundation import clock

MOST = 64  # answers kept by one process
_SNAPSHOT = "SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned() IS NULL"


def snapshot() -> str | None:
    """The mark of what the running transaction sees; None where it has written itself, which no mark tells."""
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        mark, reads_only = cursor.fetchone()
    return f"{mark} {clock.minute()}" if reads_only else None


@dataclass(slots=True)
class _Entry:
    lock: Lock = field(default_factory=Lock)
    body: bytes | None = None


class Shared:
    """Answers by key; who comes while one is being made waits for it instead of making another."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._entries: dict[Hashable, _Entry] = {}

    def get(self, mark: str | None, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The answer of `key` under the mark, made where it is not there; without a mark always made."""
        if mark is None:
            return make()
        entry = self._entry((mark, key))
        with entry.lock:
            if entry.body is None:
                entry.body = make()
            return entry.body

    def _entry(self, key: Hashable) -> _Entry:
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            while len(self._entries) > self._most:
                del self._entries[next(iter(self._entries))]  # the oldest: its mark has passed first
            return entry


DAYS = Shared()

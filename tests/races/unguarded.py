"""The negative control's racers: no row is locked, and a claim is inserted without asking the constraint."""

from collections.abc import Iterable
from unittest import mock

from visita.bookings import sessions, writing
from visita.foundation.prepared import Question
from visita.scheduling import claims

_ASKING = "ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING"


def _all_there(resources: Iterable[int]) -> Question[list[int]]:
    known = sorted(set(resources))
    return Question("SELECT 1", (), lambda _rows: known)


def take_the_guard_off() -> None:
    """For the rest of this process."""
    assert _ASKING in writing._BOOK
    for target, name, value in (
        (claims, "lock", _all_there),
        (writing, "_BOOK", writing._BOOK.replace(_ASKING, "")),
        (sessions, "_LOCK", sessions._LOCK.replace("FOR NO KEY UPDATE", "")),
    ):
        mock.patch.object(target, name, value).start()

"""The negative control's racers: no row is locked, and a claim is inserted without asking the constraint.

Between reading and writing each waits for a moment, so that no machine is so slow or so busy that they come one by one.
"""

import time
from typing import Any
from unittest import mock

from visita.bookings import sessions, writing
from visita.scheduling import claims

_ASKING = "ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING"


_BOOKED, _MOMENT = writing.book, 0.1  # seconds


def slowly(*given: Any) -> Any:
    """Write a visit some time after its time was seen to be free."""
    time.sleep(_MOMENT)
    return _BOOKED(*given)


def take_the_guard_off() -> None:
    """For the rest of this process."""
    assert _ASKING in writing._BOOK
    assert all("FOR NO KEY UPDATE" in statement for statement in (claims._LOCK, sessions._LOCK))
    for target, name, value in (
        (claims, "_LOCK", claims._LOCK.replace("FOR NO KEY UPDATE", "")),
        (writing, "_BOOK", writing._BOOK.replace(_ASKING, "")),
        (writing, "book", slowly),
        (sessions, "_LOCK", sessions._LOCK.replace("FOR NO KEY UPDATE", "")),
    ):
        mock.patch.object(target, name, value).start()

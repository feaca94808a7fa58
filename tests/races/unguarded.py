"""The negative control's racers: no row is locked, and a claim is inserted without asking the constraint.

Between reading and writing each waits for a moment, so that no machine is so slow or so busy that they come one by one.
"""

import time
from collections.abc import Callable
from threading import Barrier, get_ident
from typing import Any
from unittest import mock

from visita.bookings import sessions, writing
from visita.scheduling import claims

_ASKING = "ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING"


_BOOKED, _MOMENT = writing.book, 0.1  # seconds


def slowly(*given: Any, **named: Any) -> Any:
    """Write a visit some time after its time was seen to be free."""
    wait_a_moment()
    return _BOOKED(*given, **named)


def wait_a_moment() -> None:
    """For the others to have read by then what this one read."""
    time.sleep(_MOMENT)


class Meeting:
    """Where threads wait for each other, each before it first writes: then all of them have read by the time one writes,
    however slow or busy the machine is. Only without locks, for behind a lock nobody comes."""

    def __init__(self, parties: int) -> None:
        self._gate, self._seen = Barrier(parties, timeout=60), set[int]()

    def before(self, write: Callable[..., Any]) -> Callable[..., Any]:
        """The writing with the meeting before it."""

        def later(*given: Any, **named: Any) -> Any:
            if get_ident() not in self._seen:
                self._seen.add(get_ident())
                self._gate.wait()
            return write(*given, **named)

        return later


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

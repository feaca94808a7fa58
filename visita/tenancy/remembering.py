"""What this process remembers of organizations, each under the version of its rules (`tenancy.versions`).

A question whose answer is remembered only asks for the version, and uses what it knows if that still stands; so a
change is obeyed by the very next question of every process, and by the transaction that makes it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from visita.foundation import prepared, scope
from visita.foundation.prepared import Question, Rows
from visita.tenancy.versions import VERSION

T = TypeVar("T")

_ASK = f"SELECT {VERSION}"


class Known(NamedTuple, Generic[T]):
    """A value and the version it was read under; None where the organization has none yet."""

    version: str | None
    value: T


class Memory(Generic[T]):
    """Values by what they answer, the least lately asked forgotten beyond `most`. They are shared, so nobody changes them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, Known[T]] = OrderedDict()
        self._lock = Lock()

    def question(self, key: Hashable, whole: Callable[[], Question[Known[T]]]) -> Question[T]:
        """A question for the running scope: for the version where the answer to `key` is known, else the whole one.

        `whole` must read version and value in one statement; what it refuses is not remembered.
        """
        key = scope.current(), key
        known = self._recalled(key)
        if known is None:
            asked = whole()
            return Question(asked.query, asked.values, lambda rows: self._kept(key, asked.read(rows)))

        def read(rows: Rows) -> T:
            if rows[0][0] == known.version:
                return known.value
            return self._kept(key, prepared.ask(whole()))

        return Question(_ASK, {"o": scope.current()}, read)

    def under(self, key: Hashable, version: str | None) -> T | None:
        """What is remembered of the running scope's organization under just this version; for those who compare it in the
        end."""
        known = self._recalled((scope.current(), key))
        return known.value if known is not None and known.version == version else None

    def recalled(self, key: Hashable) -> T | None:
        """What is remembered of the running scope's organization, whatever its version is by now."""
        known = self._recalled((scope.current(), key))
        return None if known is None else known.value

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()

    def _recalled(self, key: Hashable) -> Known[T] | None:
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
        return known

    def _kept(self, key: Hashable, known: Known[T]) -> T:
        if known.version is not None:
            with self._lock:
                self._known[key] = known
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
        return known.value

"""A psycopg connection that knows which statements were prepared on it."""

import itertools
import select
from collections.abc import Generator, Sequence
from typing import Any

import psycopg
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult

_numbers = itertools.count()

Key = tuple[bytes, tuple[int, ...]]


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """Remembers our statements beside the driver's own, and forgets them when the driver discards all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements: dict[Key, bytes] = {}
        self.loader = Transformer(self)

    def statement(self, key: Key) -> bytes:
        """The name of a statement `(SQL, types)` on the server, prepared first where it is new."""
        name = self.statements.get(key)
        if name is None:
            name = b"visita_%d" % next(_numbers)
            require(self.pgconn.prepare(name, *key))
            self.statements[key] = name
        return name

    def hung_up(self) -> bool:
        """Whether the server closed the line meanwhile: an idle connection has nothing to say but its end."""
        return bool(self._wait(select.POLLIN, 0))

    def together(self, calls: Sequence[tuple[bytes, Sequence[Any]]]) -> list[PGresult]:
        """Results of prepared statements `(name, texts)` sent in one round trip; each sees what those before it did."""
        self.pgconn.enter_pipeline_mode()
        try:
            for name, texts in calls:
                self.pgconn.send_query_prepared(name, texts)
            self.pgconn.pipeline_sync()
            while self.pgconn.flush():
                self._wait(select.POLLIN | select.POLLOUT)
            results = [self._next() for _ in calls for _end in (True, False)][
                ::2
            ]  # nothing follows each result
            self._next()  # the end of all
        finally:
            if self.pgconn.status == ConnStatus.OK:
                self.pgconn.exit_pipeline_mode()
        return [require(result) for result in results if result is not None]

    def _next(self) -> PGresult | None:
        """The next result. Waits before it takes it: the library would wait without letting other threads run."""
        while self.pgconn.is_busy():
            self._wait(select.POLLIN)
            self.pgconn.consume_input()
        return self.pgconn.get_result()

    def _wait(self, events: int, milliseconds: int | None = None) -> list[tuple[int, int]]:
        socket = select.poll()
        socket.register(self.pgconn.socket, events)
        return socket.poll(milliseconds)

    def _deallocate(self, name: bytes | None) -> Generator[Any, Any, None]:
        if name is None:  # the driver's DEALLOCATE ALL after a rollback: ours go with it
            self.statements.clear()
        return super()._deallocate(name)


def require(result: PGresult) -> PGresult:
    """The result again; raises the driver's error for what the server refused."""
    if result.status == ExecStatus.FATAL_ERROR:
        raise psycopg.errors.error_from_result(result)
    return result

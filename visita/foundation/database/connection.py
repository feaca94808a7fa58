"""A psycopg connection that knows which statements were prepared on it."""

import itertools
import select
from collections.abc import Generator
from typing import Any

import psycopg
from psycopg.adapt import Transformer

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
        waiting = select.poll()
        waiting.register(self.pgconn.socket, select.POLLIN)
        return bool(waiting.poll(0))

    def _deallocate(self, name: bytes | None) -> Generator[Any, Any, None]:
        if name is None:  # the driver's DEALLOCATE ALL after a rollback: ours go with it
            self.statements.clear()
        return super()._deallocate(name)


def require(result: psycopg.pq.abc.PGresult) -> psycopg.pq.abc.PGresult:
    """The result again; raises the driver's error for what the server refused."""
    if result.status == psycopg.pq.ExecStatus.FATAL_ERROR:
        raise psycopg.errors.error_from_result(result)
    return result

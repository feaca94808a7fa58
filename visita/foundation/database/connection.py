"""A psycopg connection that knows which statements were prepared on it."""

import itertools
import select
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

_numbers = itertools.count()

Key = tuple[bytes, tuple[int, ...]]
Call = tuple[bytes, Sequence[Any]]  # a prepared statement's name, and the texts of its values
RV = TypeVar("RV")

_COMMIT: Key = (b"COMMIT", ())

FORGOTTEN = {
    "26000",
    "0A000",
}  # the server dropped the statement, or its table changed: prepare anew next time


class Sent:
    """A statement that is on its way; what came of it once the line was read as far as that."""

    __slots__ = ("result",)

    def __init__(self) -> None:
        self.result: PGresult | None = None


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """Remembers our statements beside the driver's own, and forgets them when the driver discards all.

    A statement sent `ahead` is not waited for: the server works on it while we prepare the next, which reads what came of
    it, and raises what it raised.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements: dict[Key, bytes] = {}
        self.loader = Transformer(self)
        self.unread: list[Sent] = []  # sent ahead

    def ahead(self, call: Call, *, flush: bool = True) -> Sent:
        """Send a statement without waiting for it; without `flush` it leaves with the next."""
        if not self.unread:
            self.pgconn.enter_pipeline_mode()
        sent = Sent()
        self.unread.append(sent)
        self.pgconn.send_query_prepared(*call)
        if flush:
            self._flushed()
        return sent

    def wait(self, gen: PQGen[RV], *args: Any, **kwargs: Any) -> RV:
        """Whatever the driver sends itself comes after what was sent ahead of it."""
        self.settle()
        return super().wait(gen, *args, **kwargs)

    def commit(self) -> None:
        """Commit, where nothing that was sent ahead failed; then nothing is."""
        if self.unread:
            with self.forgetting():
                self.together([(self.statement(_COMMIT), ())])
        elif self.pgconn.transaction_status != TransactionStatus.IDLE:
            require(self.pgconn.exec_(b"COMMIT"))

    def rollback(self) -> None:
        """Roll back, whatever came of what was sent ahead."""
        with suppress(psycopg.Error):
            self.settle()
        super().rollback()

    def statement(self, key: Key) -> bytes:
        """The name of a statement `(SQL, types)` on the server, prepared first where it is new."""
        name = self.statements.get(key)
        if name is None:
            self.settle()
            name = b"visita_%d" % next(_numbers)
            require(self.pgconn.prepare(name, *key))
            self.statements[key] = name
        return name

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Around what may meet a statement that the server does not have any more."""
        try:
            yield
        except psycopg.Error as error:
            if error.sqlstate in FORGOTTEN:
                self.statements.clear()
            raise

    def hung_up(self) -> bool:
        """Whether the server closed the line meanwhile: an idle connection has nothing to say but its end.

        One that broke off within a statement has no socket any more that could be asked.
        """
        if self.pgconn.status != ConnStatus.OK:
            return True
        return bool(self._wait(select.POLLIN, 0))

    def together(self, calls: Sequence[Call]) -> list[PGresult]:
        """Results of prepared statements sent in one round trip; each sees what those before it did.

        Where one fails, or one that was sent ahead, none after it is run.
        """
        sent = [self.ahead(call, flush=False) for call in calls]
        self.settle()
        return [each.result for each in sent if each.result is not None]

    def settle(self) -> None:
        """Wait for all that was sent ahead; raises what the first of them raised that failed."""
        unread, self.unread = self.unread, []
        if not unread:
            return
        try:
            self.pgconn.pipeline_sync()
            self._flushed()
            results = [self._one() for _ in unread]
            self._next()  # the end of all
        finally:
            if self.pgconn.status == ConnStatus.OK:
                self.pgconn.exit_pipeline_mode()
        for sent, result in zip(unread, results, strict=True):
            sent.result = result and require(result)

    def _flushed(self) -> None:
        while self.pgconn.flush():
            self._wait(select.POLLIN | select.POLLOUT)

    def _one(self) -> PGresult | None:
        """The result of one statement; nothing follows it."""
        result = self._next()
        self._next()
        return result

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
        error = psycopg.errors.error_from_result(result)
        if error.sqlstate is None:  # not the server's words but the library's: the line is gone
            raise psycopg.OperationalError(str(error))
        raise error
    return result

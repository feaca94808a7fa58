"""Cursors for the hot statements: parsed and planned once per connection, then sent by name with bare values.

Planning costs as much as running a short statement does, and the framework's and the driver's layers cost as much
again: these cursors talk to the driver's C library, one blocking call a statement. Values are text, whole numbers,
truth values, bytes, instants, dates, and lists of numbers or texts; a text and a NULL have no type of their own, so a
place the server cannot conclude it for needs a cast (`%(subject)s::bigint`). Behind a transaction pooler
`prepare_threshold` is None and the same cursors send plain statements.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, Self, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, InternalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult

from visita.foundation.database.connection import (
    FORGOTTEN as FORGOTTEN,
)  # who runs transactions again knows it by this name
from visita.foundation.database.connection import Connection, Key, Sent, require
from visita.foundation.database.statements import Values, compiled, dumped

T = TypeVar("T")
U = TypeVar("U")
Rows = list[tuple[Any, ...]]

_BEGIN: Key = (b"BEGIN", ())


class Cursor:
    """What the hot path needs of a cursor: `execute`, `fetchone`, `fetchall`, `rowcount`; errors are of Django's kinds."""

    __slots__ = ("_at", "_connection", "_found", "_raw", "rowcount")

    def __init__(self, connection: BaseDatabaseWrapper, raw: Connection) -> None:
        self._connection, self._raw = connection, raw
        self._found: Rows = []
        self._at = self.rowcount = 0

    def execute(self, query: str, values: Values = ()) -> None:
        """Run one statement; a transaction that the framework opened begins with it."""
        with _refused(self._connection, self._raw):
            _begin(self._raw)
            result = _sent(self._raw, query, values)
        self._found = _loaded(self._raw, result)
        self._at, self.rowcount = 0, result.command_tuples or 0

    def fetchone(self) -> Any:
        """The next row, None after the last."""
        self._at += 1
        return self._found[self._at - 1] if self._at <= len(self._found) else None

    def fetchall(self) -> Rows:
        """The rows not yet taken."""
        rows, self._at = self._found[self._at :], len(self._found)
        return rows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        return None


def cursor() -> Cursor | CursorWrapper:
    """A cursor for one or more statements, to be used in a `with`.

    While queries are logged or wrapped it is the framework's own cursor, which shows and passes them on.
    """
    connection, raw = _connection()
    return connection.cursor() if raw is None else Cursor(connection, raw)


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """A statement, its values, and what its rows mean (`read` may refuse)."""

    query: str
    values: Values
    read: Callable[[Rows], T]


def ask(question: Question[T]) -> T:
    """The answer to one question."""
    with cursor() as asking:
        asking.execute(question.query, question.values)
        return question.read(asking.fetchall())


def together(first: Question[T], second: Question[U]) -> tuple[Callable[[], T], Callable[[], U]]:
    """Two questions in one round trip, the second asked after the first has taken effect; read them in your own order."""
    rows = _rows(first, second)
    return partial(first.read, rows[0]), partial(second.read, rows[1])


def later(question: Question[T]) -> Callable[[], T]:
    """Ask without waiting for the answer, which is what the result gives when it is called.

    The question leaves with the next that is waited for, or that goes ahead.
    """
    connection, raw = _connection()
    if raw is None or raw.prepare_threshold is None or raw.autocommit:
        return partial(question.read, _rows(question)[0])
    with _refused(connection, raw):
        _begin(raw)
        sent = raw.ahead(_named(raw, question.query, question.values), flush=False)
    return lambda: question.read(_answered(connection, raw, sent))


def _answered(connection: BaseDatabaseWrapper, raw: Connection, sent: Sent) -> Rows:
    if sent.result is None:
        with _refused(connection, raw):
            raw.settle()
    if sent.result is None:
        raise InternalError("the transaction had failed before this was asked")
    return _loaded(raw, sent.result)


def _rows(*questions: Question[Any]) -> list[Rows]:
    connection, raw = _connection()
    if raw is None or raw.prepare_threshold is None:
        return [ask(replace(question, read=list)) for question in questions]
    with _refused(connection, raw):
        _begin(raw)
        calls = [_named(raw, question.query, question.values) for question in questions]
        return [_loaded(raw, result) for result in raw.together(calls)]


def ahead(query: str, values: Values = (), *, alone: bool = True) -> None:
    """Send a statement whose rows nobody reads, and do not wait for it: whatever comes next, at the latest the commit,
    raises what it raised. Not `alone` it leaves with what comes next; waking the server twice would cost more than it gains."""
    connection, raw = _connection()
    if raw is None or raw.prepare_threshold is None or raw.autocommit:
        with cursor() as asking:
            asking.execute(query, values)
        return
    with _refused(connection, raw):
        _begin(raw)
        raw.ahead(_named(raw, query, values), flush=alone)


def _connection() -> tuple[BaseDatabaseWrapper, Connection | None]:
    """The framework's connection, and the driver's where nobody watches what is sent."""
    connection = connections[DEFAULT_DB_ALIAS]  # not through the proxy, which looks it up for every attribute
    if connection.connection is None:
        connection.ensure_connection()
    raw: Any = connection.connection
    watched = connection.queries_logged or connection.execute_wrappers or not isinstance(raw, Connection)
    return connection, None if watched else raw


def _begin(raw: Connection) -> None:
    """Open the transaction the framework has announced, if it is not open yet, ahead of what is sent next."""
    if raw.autocommit or raw.unread or raw.pgconn.transaction_status != TransactionStatus.IDLE:
        return
    if raw.prepare_threshold is None:
        require(raw.pgconn.exec_(b"BEGIN"))
    else:
        raw.ahead((raw.statement(_BEGIN), ()), flush=False)


def _sent(raw: Connection, query: str, values: Values) -> PGresult:
    if raw.prepare_threshold is None:
        sql, types, texts = _typed(query, values)
        return require(raw.pgconn.exec_params(sql, texts, types))
    call = _named(raw, query, values)
    return raw.together([call])[0] if raw.unread else require(raw.pgconn.exec_prepared(*call))


def _named(raw: Connection, query: str, values: Values) -> tuple[bytes, Sequence[Any]]:
    """The statement's name on this connection, and its values."""
    sql, types, texts = _typed(query, values)
    return raw.statement((sql, types)), texts


def _typed(query: str, values: Values) -> tuple[bytes, tuple[int, ...], Sequence[Any]]:
    statement = compiled(query)
    types, texts = zip(*map(dumped, statement.in_order(values)), strict=True) if values else ((), ())
    return statement.sql, types, texts


def _loaded(raw: Connection, result: PGresult) -> Rows:
    raw.loader.set_pgresult(result)
    return raw.loader.load_rows(0, result.ntuples, tuple)


class _refused:  # noqa: N801 - used like a function; as a generator it would cost more than what it guards
    """Errors of the driver's become the framework's; nothing is sent in a transaction that has failed."""

    __slots__ = ("_connection", "_raw")

    def __init__(self, connection: BaseDatabaseWrapper, raw: Connection) -> None:
        self._connection, self._raw = connection, raw

    def __enter__(self) -> None:
        if self._connection.needs_rollback:
            self._connection.validate_no_broken_transaction()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, psycopg.Error):
            if error.sqlstate in FORGOTTEN:
                self._raw.statements.clear()
            self._connection.wrap_database_errors.__exit__(kind, error, trace)

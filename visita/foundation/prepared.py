"""Cursors for the hot statements: parsed and planned once per connection, then sent by name with bare values.

Planning costs as much as running a short statement does, and the framework's and the driver's layers cost as much
again: these cursors talk to the driver's C library, one blocking call a statement. Values are text, whole numbers,
truth values, bytes, instants, dates, and lists of numbers or texts; a text and a NULL have no type of their own, so a
place the server cannot conclude it for needs a cast (`%(subject)s::bigint`). Behind a transaction pooler
`prepare_threshold` is None and the same cursors send plain statements.
"""

from typing import Any, Self

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg.pq import TransactionStatus

from visita.foundation.database.connection import Connection, require
from visita.foundation.database.statements import Values, compiled, dumped

_FORGOTTEN = {
    "26000",
    "0A000",
}  # the server dropped the statement, or its table changed: prepare anew next time


class Cursor:
    """What the hot path needs of a cursor: `execute`, `fetchone`, `fetchall`, `rowcount`; errors are of Django's kinds."""

    __slots__ = ("_at", "_connection", "_found", "_raw", "rowcount")

    def __init__(self, connection: BaseDatabaseWrapper, raw: Connection) -> None:
        self._connection, self._raw = connection, raw
        self._found: list[tuple[Any, ...]] = []
        self._at = self.rowcount = 0

    def execute(self, query: str, values: Values = ()) -> None:
        """Run one statement; a transaction that the framework opened begins with it."""
        if self._connection.needs_rollback:
            self._connection.validate_no_broken_transaction()
        try:
            _begin(self._raw)
            result = _sent(self._raw, query, values)
        except psycopg.Error as error:
            if error.sqlstate in _FORGOTTEN:
                self._raw.statements.clear()
            with self._connection.wrap_database_errors:
                raise
        loader = self._raw.loader
        loader.set_pgresult(result)
        self._found = loader.load_rows(0, result.ntuples, tuple)
        self._at, self.rowcount = 0, result.command_tuples or 0

    def fetchone(self) -> Any:
        """The next row, None after the last."""
        self._at += 1
        return self._found[self._at - 1] if self._at <= len(self._found) else None

    def fetchall(self) -> list[tuple[Any, ...]]:
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


def command(sql: str) -> None:
    """Run a statement without values, whose rows nobody reads; a transaction opens in the same round trip."""
    connection, raw = _connection()
    if raw is None:
        with connection.cursor() as framework:
            framework.execute(sql)
        return
    with connection.wrap_database_errors:
        _begin(raw, sql.encode())


def _connection() -> tuple[BaseDatabaseWrapper, Connection | None]:
    """The framework's connection, and the driver's where nobody watches what is sent."""
    connection = connections[DEFAULT_DB_ALIAS]  # not through the proxy, which looks it up for every attribute
    if connection.connection is None:
        connection.ensure_connection()
    raw: Any = connection.connection
    watched = connection.queries_logged or connection.execute_wrappers or not isinstance(raw, Connection)
    return connection, None if watched else raw


def _begin(raw: Connection, more: bytes = b"") -> None:
    """Open the transaction the framework has announced, if it is not open yet, together with the command `more`."""
    if not raw.autocommit and raw.pgconn.transaction_status == TransactionStatus.IDLE:
        more = b"BEGIN; " + more
    if more:
        require(raw.pgconn.exec_(more))


def _sent(raw: Connection, query: str, values: Values) -> Any:
    statement = compiled(query)
    types, texts = zip(*map(dumped, statement.in_order(values)), strict=True) if values else ((), ())
    if raw.prepare_threshold is None:
        return require(raw.pgconn.exec_params(statement.sql, texts, types))
    name = raw.statement((statement.sql, types))
    return require(raw.pgconn.exec_prepared(name, texts))

"""Cursors for the hot statements: parsed and planned once per connection, then sent by name with bare values.

Planning and the framework's binding in the client cost as much as running a short statement does. Values are bound
by the server here, so a NULL has no type of its own: a place that may be None needs a cast (`%(subject)s::bigint`).
Behind a transaction pooler that does not know prepared statements set `prepare_threshold` to None: the same cursors
then send plain statements.
"""

from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper


class _Prepared(psycopg.Cursor[tuple[Any, ...]]):
    """Prepares every statement at its first use, if the connection allows it."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        return super().execute(query, params, prepare=True)


def cursor() -> CursorWrapper:
    """As `connection.cursor()`: errors of Django's kinds, seen by whoever wraps statements.

    While queries are logged it is the framework's own cursor, whose log shows the values.
    """
    connection = connections[DEFAULT_DB_ALIAS]  # not through the proxy, which looks it up for every attribute
    if connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        raw: Any = _Prepared(connection.connection)
    return connection.make_cursor(raw)

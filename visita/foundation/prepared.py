"""Cursors for the hot statements: parsed and planned once per connection, then sent by name with bare values.

Planning costs as much as running a short statement does. Every connection of the application binds on the server and
prepares what it repeats (`config.database`); these statements are prepared at their first use and skip the framework's
own layer. A NULL bound by the server has no type: a place that may be None needs a cast (`%(subject)s::bigint`). Behind
a transaction pooler `prepare_threshold` is None and the same cursors send plain statements.
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

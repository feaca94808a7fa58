"""The engine named in the settings: Django's own, lending connections of our kind that are known to be alive."""

import time
from typing import Any, cast

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool

from visita.foundation.database.connection import Connection

_KEPT = 600.0  # seconds; what a server's process has gathered for a connection is given back now and then


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the socket, not the server, whether a pooled connection still stands: a round trip less for each request."""

    keeps = False

    def connect(self) -> None:
        """As Django's; a thread that keeps its connection holds it beyond the request."""
        super().connect()
        if self.keeps:
            self.close_at = time.monotonic() + _KEPT

    def close_if_unusable_or_obsolete(self) -> None:
        """Before and after each request: a connection that the server has closed meanwhile is given back."""
        kept = self.connection if self.keeps else None
        if isinstance(kept, Connection) and kept.hung_up() and not _answers(kept):
            self.close()
        else:
            super().close_if_unusable_or_obsolete()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection of the pool on which the server has not hung up."""
        connection = super().get_new_connection(conn_params)
        while isinstance(connection, Connection) and connection.hung_up() and not _answers(connection):
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def keep() -> None:
    """For a thread that answers one request after the other: its connection stays its own between them.

    Lending one for each request costs as much as a short statement, and the next is served by a process whose caches are
    cold.
    """
    cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS]).keeps = True


def _answers(connection: Connection) -> bool:
    """Whether the server answers, for a connection on which something waits to be read: mostly its last word."""
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True

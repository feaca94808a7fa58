"""A transaction runs again where the database asks for it, and only there."""

import pytest
from django.db import DataError, connection, transaction

from visita.bookings.retrying import retrying
from visita.foundation import prepared
from visita.foundation.database.connection import Connection


@pytest.mark.django_db
def test_a_statement_the_server_dropped_is_prepared_anew() -> None:
    def ask() -> int:
        with transaction.atomic(), prepared.cursor() as cursor:
            cursor.execute("SELECT %s::bigint + 41", [1])
            return int(cursor.fetchone()[0])

    assert ask() == 42
    assert isinstance(connection.connection, Connection)
    for name in connection.connection.statements.values():
        with connection.cursor() as cursor:
            cursor.execute(f"DEALLOCATE {name.decode()}")
    assert retrying(ask) == 42


@pytest.mark.django_db
def test_what_is_wrong_stays_wrong() -> None:
    turns = []

    def ask() -> None:
        turns.append(1)
        with transaction.atomic(), prepared.cursor() as cursor:
            cursor.execute("SELECT 1 / %s::bigint", [0])

    with pytest.raises(DataError):
        retrying(ask)
    assert len(turns) == 1

"""Prepared statements: what goes in comes out, the driver's clean-ups do not trip them, a lost server is no error."""

import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from enum import StrEnum
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import (
    DataError,
    IntegrityError,
    InternalError,
    OperationalError,
    close_old_connections,
    connection,
    connections,
    transaction,
)
from django.test.utils import CaptureQueriesContext

from visita.foundation import insisting, prepared
from visita.foundation.database.connection import Connection
from visita.foundation.database.statements import compiled
from visita.foundation.prepared import Question

_ECHO = (
    "SELECT %(text)s::text, %(n)s::bigint, %(yes)s::bool, %(raw)s::bytea, %(at)s::timestamptz, %(day)s::date"
)
_AT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


class _Word(StrEnum):
    ONE = "one"


def _one(query: str, values: Any = ()) -> tuple[Any, ...]:
    with prepared.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[Any, ...] = cursor.fetchone()
        assert cursor.fetchone() is None
        return row


@pytest.fixture
def raw(db: None) -> Iterator[Connection]:
    connection.ensure_connection()
    assert isinstance(connection.connection, Connection)
    yield connection.connection


def test_places_are_numbered_once_for_each_name() -> None:
    assert compiled("%(a)s %% %(b)s %(a)s").sql == b"$1 % $2 $1"
    assert compiled("%s, %s").in_order([5, 6]) == [5, 6]


@pytest.mark.parametrize("logged", [False, True])
def test_values_come_back_as_they_went(raw: Connection, logged: bool) -> None:
    values = {
        "text": "ș'\\",
        "n": -(2**63),
        "yes": False,
        "raw": b"\0\xff",
        "at": _AT,
        "day": date(2026, 1, 2),
    }
    with CaptureQueriesContext(connection) if logged else transaction.atomic():
        assert _one(_ECHO, values) == tuple(values.values())
        assert _one(_ECHO, dict.fromkeys(values)) == (None,) * 6
        assert _one("SELECT %s::bigint[], %s::text[]", [[3, 2], ['a"b', "\\{,}"]]) == (
            [3, 2],
            ['a"b', "\\{,}"],
        )
        assert _one("SELECT %s::text", [_Word.ONE]) == ("one",)


def test_a_statement_is_prepared_once_whatever_the_size_of_its_numbers(raw: Connection) -> None:
    assert _one("SELECT 1") == (1,)  # opens the transaction
    before = len(raw.statements)
    for number in (1, 40_000, 2**40):
        assert _one("SELECT %s::bigint + 1", [number]) == (number + 1,)
    assert len(raw.statements) == before + 1


def test_what_the_server_cannot_keep_is_a_data_error(raw: Connection) -> None:
    with pytest.raises(DataError):
        _one("SELECT %s::text", ["a\0b"])
    with pytest.raises(DataError), transaction.atomic():
        _one("SELECT 1 / %s::bigint", [0])
    with pytest.raises(TypeError):
        _one("SELECT %s", [object()])


def test_errors_are_of_the_framework_s_kinds(raw: Connection) -> None:
    insert = "INSERT INTO identity_ratecounter (key) VALUES (%s::text)"
    with pytest.raises(IntegrityError), transaction.atomic():
        _one(insert, [None])


def test_a_rollback_of_the_driver_s_forgets_and_prepares_anew(raw: Connection) -> None:
    for _turn in range(3):
        assert _one("SELECT %s::text", ["again"]) == ("again",)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            with connection.cursor() as cursor:
                for _enough in range(6):  # until the driver prepares it, so that it has something to discard
                    cursor.execute("SELECT %s::int", [1])
            raise ZeroDivisionError


def test_two_questions_travel_together(raw: Connection) -> None:
    large = "x" * 3_000_000  # more than the line takes at once
    first = Question("SELECT %s::bigint", [1], lambda rows: rows[0][0])
    length, number = prepared.together(Question("SELECT length(%s::text)", [large], list), first)
    assert (length(), number()) == ([(3_000_000,)], 1)


@pytest.mark.parametrize("broken", [0, 1])
def test_when_one_of_two_fails_the_transaction_does(raw: Connection, broken: int) -> None:
    questions = [Question("SELECT 1 / %s::bigint", [int(number != broken)], list) for number in (0, 1)]
    with pytest.raises(DataError), transaction.atomic():
        prepared.together(questions[0], questions[1])
    assert _one("SELECT 1") == (1,)


def test_what_goes_ahead_is_done_by_the_next_of_any_kind(raw: Connection) -> None:
    tell = "SELECT set_config('app.test', %s::text, true)"
    for ask in (lambda: _one("SELECT current_setting('app.test')"), _asked_by_the_framework):
        with transaction.atomic():
            prepared.ahead(tell, ["yes"])
            assert raw.unread
            assert ask() == ("yes",)


def _asked_by_the_framework() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.test')")
        return cursor.fetchone()


def test_what_goes_ahead_goes_with_the_commit_or_not_at_all(committed_db: None) -> None:
    insert = 'INSERT INTO identity_ratecounter (key, "window", count) VALUES (%s::text, 0, %s::int)'
    with transaction.atomic():
        prepared.ahead(insert, ["kept", 1])
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.ahead(insert, ["beside", 1])
        prepared.ahead(insert, ["broken", None])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        prepared.ahead(insert, ["forgotten", None])
        raise ZeroDivisionError
    rows = "SELECT array_agg(key) FROM identity_ratecounter WHERE key IN ('kept', 'beside', 'broken', 'forgotten')"
    assert _one(rows) == (["kept"],)
    with prepared.cursor() as cursor:
        cursor.execute("DELETE FROM identity_ratecounter WHERE key = 'kept'")


@pytest.mark.parametrize("logged", [False, True])
def test_answers_are_read_later_in_any_order(raw: Connection, logged: bool) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) if logged else nullcontext():
        one, two = (
            prepared.later(Question("SELECT %s::bigint", [number], lambda rows: rows[0][0]))
            for number in (1, 2)
        )
        assert bool(raw.unread) is not logged
        assert _one("SELECT 3") == (3,)
        assert (two(), one(), one()) == (2, 1, 1)


def test_what_was_asked_behind_a_failure_has_no_answer(raw: Connection) -> None:
    _one("SELECT 1")  # both are prepared, which would wait
    _one("SELECT 1 / %s::bigint", [1])
    with pytest.raises(InternalError), transaction.atomic():
        broken = prepared.later(Question("SELECT 1 / %s::bigint", [0], list))
        behind = prepared.later(Question("SELECT 1", (), list))
        with pytest.raises(DataError):
            broken()
        behind()


def test_a_statement_insists_on_a_condition_by_its_name(raw: Connection) -> None:
    sql = f"SELECT CASE WHEN %s::bigint = 1 THEN {insisting.broken('one')} END"
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        prepared.ahead(sql, [2])
        prepared.ahead(sql, [1])
    assert insisting.what_broke(refused.value) == "one"


def test_others_run_while_two_questions_wait(raw: Connection) -> None:
    """The first is answered only when another thread has let go of a lock: would that one have to wait, so would all."""
    lock = "SELECT pg_advisory_lock(731)"
    with psycopg.connect(**_same_place(), autocommit=True) as other:
        other.execute(lock)

        def let_go() -> None:
            time.sleep(0.05)
            other.execute("SELECT pg_advisory_unlock(731)")

        beside = Thread(target=let_go)
        beside.start()
        prepared.together(Question(lock, (), list), Question("SELECT 1", (), list))
        beside.join()
    _one("SELECT pg_advisory_unlock(731)::int")


def _same_place() -> dict[str, Any]:
    given = connection.get_connection_params()
    return {name: given[name] for name in ("dbname", "user", "host")}


def _backend_ended(backend: tuple[Any, ...]) -> None:
    with psycopg.connect(**_same_place()) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", backend)


def test_a_server_that_went_away_meanwhile_is_no_error(committed_db: None) -> None:
    backend = _one("SELECT pg_backend_pid()")
    connection.close()
    _backend_ended(backend)
    assert _one("SELECT pg_backend_pid()") != backend
    connection.close()


def test_a_thread_keeps_its_connection_while_it_stands(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()  # one lent before would be given back
    monkeypatch.setattr(connections["default"], "keeps", True, raising=False)
    backend = _one("SELECT pg_backend_pid()")
    close_old_connections()
    assert connection.connection is not None
    assert _one("SELECT pg_backend_pid()") == backend
    _backend_ended(backend)
    close_old_connections()
    assert connection.connection is None
    assert _one("SELECT pg_backend_pid()") != backend
    connection.close()


def test_a_connection_that_broke_within_a_statement_is_given_back(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setattr(connections["default"], "keeps", True, raising=False)
    backend = _one("SELECT pg_backend_pid()")
    with pytest.raises(OperationalError):
        _one("SELECT 1 FROM pg_terminate_backend(pg_backend_pid())")
    close_old_connections()
    assert connection.connection is None
    assert _one("SELECT pg_backend_pid()") != backend
    connection.close()

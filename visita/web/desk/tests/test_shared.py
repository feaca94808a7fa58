"""One reading for many screens: shared under one snapshot, never past a write, never with who may see something else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from tests import world
from visita.bookings import actions
from visita.foundation.scope import scope
from visita.web.desk.shared import Shared, snapshot


def test_many_at_once_make_it_once() -> None:
    shared, made, go = Shared(), [], Event()

    def make() -> bytes:
        go.wait(2)
        made.append(1)
        return b"day"

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(shared.get, "1", "key", make) for _ in range(4)]
        go.set()
        assert {each.result() for each in asked} == {b"day"} and len(made) == 1


def test_another_mark_another_key_and_no_mark_are_made_anew() -> None:
    shared, made = Shared(2), []

    def make() -> bytes:
        made.append(1)
        return str(len(made)).encode()

    asked = [("1", "a"), ("1", "b"), ("2", "a"), (None, "a"), (None, "a")]
    assert [shared.get(mark, key, make) for mark, key in asked] == [b"1", b"2", b"3", b"4", b"5"]
    assert shared.get("2", "a", make) == b"3"
    assert shared.get("1", "a", make) == b"6"  # the oldest made room


def test_what_failed_is_made_by_the_next() -> None:
    shared = Shared()

    def fails() -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shared.get("1", "a", fails)
    assert shared.get("1", "a", lambda: b"x") == b"x"


def test_a_write_ends_the_mark_and_who_writes_has_none(committed_db: None) -> None:
    clinic = world.clinic()
    with scope(clinic.id):
        before, again = snapshot(), snapshot()
    assert before is not None and before == again
    actions.book(clinic.id, world.request(clinic, world.at(10)), world.STAFF)
    with scope(clinic.id):
        assert snapshot() != before
        with connection.cursor() as cursor:
            cursor.execute("UPDATE clients_client SET note = 'x'")
        assert snapshot() is None

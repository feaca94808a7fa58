"""One reading for many screens: shared under one snapshot, never past a write, never with who may see something else."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection

from tests import world
from visita.bookings import actions
from visita.foundation.scope import scope
from visita.web.desk.shared import Reading, Shared, snapshot

Fields = dict[str, Any]


def day(number: int, *blocks: Fields) -> Fields:
    return {"number": number, "blocks": list(blocks), "zone": "Europe/Rome"}


def test_many_at_once_make_it_once() -> None:
    shared, made, go = Shared(), [], Event()

    def make() -> Fields:
        go.wait(2)
        made.append(1)
        return day(1)

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(shared.get, "1", "key", make) for _ in range(4)]
        go.set()
        assert len({each.result().tag for each in asked}) == 1 and len(made) == 1


def test_another_mark_another_key_and_no_mark_are_made_anew() -> None:
    shared, made = Shared(2), []

    def make() -> Fields:
        made.append(1)
        return day(len(made))

    def number(mark: str | None, key: str) -> int:
        return int(json.loads(shared.get(mark, key, make).body)["number"])

    asked = [("1", "a"), ("1", "b"), ("2", "a"), (None, "a"), (None, "a")]
    assert [number(mark, key) for mark, key in asked] == [1, 2, 3, 4, 5]
    assert number("2", "a") == 3
    assert number("1", "a") == 6  # the oldest made room


def test_what_failed_is_made_by_the_next() -> None:
    shared = Shared()

    def fails() -> Fields:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shared.get("1", "a", fails)
    assert shared.get("1", "a", lambda: day(7)).body == Reading(day(7)).body


def test_an_earlier_reading_is_its_own_keys_alone() -> None:
    shared = Shared()
    tag = shared.get("1", "all", lambda: day(1)).tag
    assert shared.get("2", "own", lambda: day(1)).tag == tag
    shared.get("3", "other", lambda: day(2))
    assert shared.earlier("all", tag) and shared.earlier("own", tag)
    assert shared.earlier("other", tag) is None and shared.earlier("all", None) is None


def test_a_reading_is_the_json_and_its_changes_bring_the_earlier_one_up_to_date() -> None:
    blocks = [{"id": number, "from": number, "title": "Ünal " * 9} for number in range(9)]
    before, after = Reading(day(1, *blocks)), Reading(day(2, *blocks[1:8], {**blocks[8], "title": "x"}))
    assert json.loads(before.body) == day(1, *blocks)
    changes = after.since(before)
    assert changes is not None and json.loads(changes) == {
        "values": {"number": 2},
        "blocks": [{**blocks[8], "title": "x"}],
        "gone": [0],
    }


def test_changes_longer_than_half_the_day_and_two_blocks_of_one_name_are_sent_whole() -> None:
    one, two = {"id": 1, "title": "a"}, {"id": 2, "title": "b"}
    assert Reading(day(1, one, two)).since(Reading(day(2))) is None
    many = [{"id": 1, "title": "word" * 30}, {"id": 1, "title": "b"}, {"id": 2, "title": "c"}]
    assert Reading(day(1, *many)).since(Reading(day(2, *many))) is None


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

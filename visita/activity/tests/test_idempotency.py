"""Answering twice with one effect: kept, sealed, refused for other requests, exclusive while in flight."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction

from visita.activity.idempotency import (
    IN_FLIGHT,
    Idempotency,
    StoredAnswer,
    is_doubled,
    question,
    replay,
    store,
)
from visita.activity.models import IdempotencyKey
from visita.activity.sealed import Unreadable, seal, unseal
from visita.foundation import clock, prepared
from visita.foundation.errors import Refusal
from visita.foundation.insisting import what_broke
from visita.foundation.prepared import Question
from visita.foundation.scope import scope

ORGANIZATION = 987_654_321
REQUEST = Idempotency("anonymous", "bookings", "key-1", "a" * 64)


@pytest.fixture
def running(db: None) -> Iterator[None]:
    """A scope of an organization that nobody else uses (the table has no key to organizations)."""
    with scope(ORGANIZATION):
        yield


def test_an_answer_is_repeated_byte_for_byte(running: None) -> None:
    assert replay(REQUEST) is None
    store(REQUEST, 201, b'{"code":"\xc3\xa9"}')
    assert replay(REQUEST) == StoredAnswer(201, b'{"code":"\xc3\xa9"}')


def test_each_step_is_one_statement(running: None) -> None:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        replay(REQUEST)
        store(REQUEST, 201, b"{}")
    assert len(queries) == 2


def test_another_request_under_the_key_is_refused(running: None) -> None:
    store(REQUEST, 201, b"{}")
    with pytest.raises(Refusal) as refused:
        replay(Idempotency("anonymous", "bookings", "key-1", "b" * 64))
    assert (refused.value.status, refused.value.code) == (422, "key_reused")


def test_other_callers_and_routes_have_keys_of_their_own(running: None) -> None:
    store(REQUEST, 201, b"{}")
    assert replay(Idempotency("key 7", "bookings", "key-1", "a" * 64)) is None
    assert replay(Idempotency("anonymous", "visits", "key-1", "a" * 64)) is None
    with scope(ORGANIZATION + 1):
        assert replay(REQUEST) is None


def test_the_body_rests_sealed(running: None) -> None:
    store(REQUEST, 201, b"a manage token")
    assert b"manage" not in bytes(IdempotencyKey.objects.get().body)


def test_an_answer_is_forgotten_after_three_days(running: None) -> None:
    store(REQUEST, 201, b"old")
    with clock.at(clock.now() + timedelta(hours=71)):
        assert replay(REQUEST) is not None
    with clock.at(clock.now() + timedelta(hours=73)):
        assert replay(REQUEST) is None
        store(REQUEST, 201, b"new")
        assert replay(REQUEST) == StoredAnswer(201, b"new")


def test_a_second_store_fails_what_comes_next(running: None) -> None:
    store(REQUEST, 201, b"first")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        store(REQUEST, 201, b"second")
        replay(REQUEST)
    assert is_doubled(refused.value)
    assert replay(REQUEST) == StoredAnswer(201, b"first")


def test_a_store_that_somebody_was_faster_than_commits_nothing(committed_db: None) -> None:
    same, beside = replace(REQUEST, key="faster"), replace(REQUEST, key="beside")
    with scope(ORGANIZATION):
        store(same, 201, b"first")
    with pytest.raises(IntegrityError) as refused, scope(ORGANIZATION):
        store(beside, 201, b"beside")
        store(same, 201, b"second")
    assert is_doubled(refused.value)
    with scope(ORGANIZATION):
        assert replay(same) == StoredAnswer(201, b"first")
        assert replay(beside) is None
        IdempotencyKey.objects.all().delete()


def test_a_twin_in_flight_is_told_to_wait(committed_db: None) -> None:
    held, done = Event(), Event()

    def first() -> None:
        with scope(ORGANIZATION):
            replay(REQUEST)
            prepared.ask(Question("SELECT pg_advisory_xact_lock(731)", (), list))
            held.set()
            done.wait(60)
        connection.close()

    thread = Thread(target=first)
    thread.start()
    held.wait(60)
    try:
        with scope(ORGANIZATION), pytest.raises(Refusal) as refused:
            replay(REQUEST)
        with pytest.raises(IntegrityError) as insisted, scope(ORGANIZATION):
            prepared.later(question(REQUEST))
            prepared.ahead("SELECT pg_advisory_xact_lock(731)")  # held as well: it would wait
            prepared.ask(Question("SELECT 1", (), list))
    finally:
        done.set()
        thread.join(60)
        close_old_connections()
    assert (refused.value.status, refused.value.code) == (409, "in_flight")
    assert what_broke(insisted.value) == IN_FLIGHT


def test_a_seal_holds_for_its_place_only() -> None:
    sealed = seal(b"secret", b"here")
    assert unseal(sealed, b"here") == b"secret"
    for place, bytes_ in ((b"there", sealed), (b"here", sealed[:-1] + bytes([sealed[-1] ^ 1]))):
        with pytest.raises(Unreadable):
            unseal(bytes_, place)

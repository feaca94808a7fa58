"""Merges and bookings at one moment: a visit is never left behind with a record that was merged away."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from django.db import connection

from tests.world import CLIENT, NOW, STAFF, Clinic, at, clinic, person, request
from visita.bookings import actions, placing
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, SubjectDetails
from visita.clients import actions as clients
from visita.clients import meeting, queries
from visita.clients.models import Client
from visita.foundation import clock, prepared
from visita.foundation.errors import Refusal
from visita.foundation.prepared import Question
from visita.foundation.scope import scope

OTHER = {"phone": "+40722000111"}


@pytest.fixture
def home(committed_db: None) -> Iterator[Clinic]:
    with clock.at(NOW):
        yield clinic()


def two(home: Clinic) -> tuple[int, int]:
    made = (person(), person(**OTHER))
    first, second = (clients.register(home.id, each, actor=STAFF).pk for each in made)
    return first, second


def orphans(home: Clinic) -> int:
    with scope(home.id):
        gone = Client.objects.exclude(archived_at=None)
        return Visit.objects.filter(client_id__in=gone.values("id")).count()


@contextmanager
def slow(done: threading.Event, seconds: float) -> Iterator[threading.Event]:
    """A booking that has found its client waits for the merge, so many seconds at the most."""
    found, real = threading.Event(), placing.place

    def place(*args: Any) -> Any:
        prepared.ask(Question("SELECT 1", (), list))  # what was sent ahead of it is done
        found.set()
        done.wait(seconds)
        return real(*args)

    with mock.patch.object(placing, "place", place):
        yield found


def race(home: Clinic, seconds: float = 0.5, **who: Any) -> int:
    """A merge in the middle of a booking; how many visits were left behind. Guarded, the merge waits for the booking,
    which goes on after `seconds`; in the control it is the booking that waits until the merge is done."""
    survivor, other = two(home)
    done = threading.Event()

    def book() -> None:
        with clock.at(NOW):
            actions.book(
                home.id, request(home, at(9), **{key: value(other) for key, value in who.items()}), STAFF
            )
        connection.close()

    with slow(done, seconds) as found, ThreadPoolExecutor(1) as pool:
        booking = pool.submit(book)
        assert found.wait(60)
        clients.merge(home.id, survivor, other, actor=STAFF)
        done.set()
        booking.result()
    with scope(home.id):
        assert Visit.objects.count() == 1
    return orphans(home)


@pytest.mark.race
@pytest.mark.parametrize(
    "who", [{"client": lambda _id: person(**OTHER)}, {"client": lambda _id: None, "client_id": int}]
)
def test_a_booking_during_a_merge_lands_on_the_survivor(home: Clinic, who: dict[str, Any]) -> None:
    assert race(home, **who) == 0


@pytest.mark.race
def test_without_the_lock_it_would_be_left_behind(home: Clinic) -> None:
    lock = " FOR NO KEY UPDATE"
    assert lock in meeting._INSIST and lock in queries._PRESENT
    with (
        mock.patch.object(meeting, "_INSIST", meeting._INSIST.replace(lock, "")),
        mock.patch.object(queries, "_PRESENT", queries._PRESENT.replace(lock, "")),
    ):
        assert race(home, 60, client=lambda _id: person(**OTHER)) == 1


@pytest.mark.race
def test_two_merges_of_one_pair_leave_one_survivor(home: Clinic) -> None:
    one, other = two(home)

    def merge(pair: tuple[int, int]) -> str:
        try:
            clients.merge(home.id, *pair, actor=STAFF)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(merge, [(one, other), (other, one)])) == ["already_merged", "merged"]
    with scope(home.id):
        assert Client.objects.filter(archived_at=None).count() == 1


def test_a_merge_is_not_undone_through_a_visit_about_what_goes(home: Clinic) -> None:
    survivor, other = two(home)
    clients.add_subject(home.id, other, "cat", "Misse", actor=STAFF)
    merged = clients.merge(home.id, survivor, other, actor=STAFF)
    about = SubjectDetails("cat", "Misse")
    booked = actions.book(home.id, request(home, at(9), subject=about), CLIENT)
    assert isinstance(booked, Booked)
    with pytest.raises(Refusal) as refused:
        clients.unmerge(home.id, merged.pk, actor=STAFF)
    assert (refused.value.code, refused.value.extra["count"]) == ("unmerge_contradicts", 1)


def test_visits_move_and_come_back(home: Clinic) -> None:
    survivor, other = two(home)
    actions.book(home.id, request(home, at(9), client=None, client_id=other), STAFF)
    merged = clients.merge(home.id, survivor, other, actor=STAFF)
    actions.book(home.id, request(home, at(10), client=None, client_id=other), STAFF)

    def owners() -> list[int]:
        with scope(home.id):
            return list(Visit.objects.order_by("s").values_list("client_id", flat=True))

    assert owners() == [survivor, survivor]
    clients.unmerge(home.id, merged.pk, actor=STAFF)
    assert owners() == [other, survivor]

"""How much one contact, one network and people nobody knows may book."""

import importlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any
from unittest import mock

import pytest
from django.db import connection

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, clinic, day_after, person, request
from visita.bookings import actions, papers
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, HoldRequest, Item
from visita.clients import actions as clients
from visita.foundation import clock, prepared
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.prepared import Question
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy

STARTS = [
    at(hour, minute, day_after(day)) for day in range(5) for hour in (9, 10, 11, 14, 15) for minute in (0, 30)
]
KEY = Actor("key", 1, "Partner", source="api")


def limit(home: Clinic, **limits: int) -> None:
    for key, value in limits.items():
        tenancy.set_setting(home.id, key, value, actor=STAFF)


def book(home: Clinic, start: Any, actor: Actor = CLIENT, **contact: str) -> Booked:
    booked = actions.book(home.id, request(home, start, client=person(**contact)), actor)
    assert isinstance(booked, Booked)
    return booked


def refused(home: Clinic, start: Any, actor: Actor = CLIENT, **contact: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        book(home, start, actor, **contact)
    return caught.value


def test_one_contact_has_so_many_open_bookings(cast: Clinic) -> None:
    limit(cast, contact_open_limit=2)
    first = book(cast, STARTS[0])
    book(cast, STARTS[1], first="Another", last="Name")  # the same phone
    no = refused(cast, STARTS[2], email="maria@x.ro")
    assert (no.code, no.status, no.extra["phone"]) == ("too_many_bookings", 429, "+40215550142")
    assert "+40215550142" in str(no.message)
    with scope(cast.id):
        assert Visit.objects.count() == 2
    book(cast, STARTS[2], phone="+40722000111")
    actions.cancel(cast.id, first.visit_id, STAFF)
    book(cast, STARTS[3])
    with clock.at(at(23)):  # what is over is not open
        book(cast, at(9, day=day_after(1)))


@pytest.mark.parametrize(
    "actor", [STAFF, KEY, Actor("client", 7, "Maria Ilie")], ids=lambda actor: actor.kind
)
def test_who_is_known_is_not_counted(cast: Clinic, actor: Actor) -> None:
    limit(cast, contact_open_limit=1)
    book(cast, STARTS[0])
    book(cast, STARTS[1], actor)
    assert refused(cast, STARTS[2]).code == "too_many_bookings"


def test_a_confirmed_phone_is_known(cast: Clinic) -> None:
    limit(cast, contact_open_limit=1)
    book(cast, STARTS[0])
    actions.book(cast.id, request(cast, STARTS[1], phone_confirmed=True), CLIENT)


def test_bookings_by_staff_leave_room_for_the_client(cast: Clinic) -> None:
    limit(cast, contact_open_limit=1, contact_daily_limit=1)
    for start in STARTS[:3]:
        book(cast, start, STAFF)
    book(cast, STARTS[3])


def test_one_contact_books_so_often_a_day(cast: Clinic) -> None:
    limit(cast, contact_daily_limit=1)
    book(cast, STARTS[0], Actor("client", 7, "Maria Ilie"))
    assert refused(cast, STARTS[1], Actor("client", 7, "Maria Ilie")).code == "too_many_bookings"
    with clock.at(NOW + timedelta(hours=13)):  # 23:00 in Bucharest
        assert refused(cast, STARTS[1]).code == "too_many_bookings"
    with clock.at(NOW + timedelta(hours=14)):
        book(cast, STARTS[1])


def test_one_network_books_so_often_a_day(cast: Clinic) -> None:
    limit(cast, network_daily_limit=2)
    here = replace(CLIENT, ip="2001:db8::1")
    book(cast, STARTS[0], here, phone="+40722000110")
    refused(cast, STARTS[0].replace(hour=3), here, phone="+40722000112")  # what is refused counts for nothing
    book(cast, STARTS[1], replace(CLIENT, ip="2001:db8::2"), phone="+40722000113")
    assert refused(cast, STARTS[2], here, phone="+40722000114").code == "too_many_bookings"
    book(cast, STARTS[2], replace(STAFF, ip="2001:db8::1"), phone="+40722000114")
    book(cast, STARTS[3], replace(CLIENT, ip="2001:db8:1::1"), phone="+40722000115")


@pytest.fixture
def home(committed_db: None) -> Iterator[Clinic]:
    with clock.at(NOW):
        yield clinic()


def rush(home: Clinic) -> int:
    """Twenty bookings with one phone under twenty names at once; how many landed."""

    def one(turn: int) -> bool:
        try:
            with clock.at(NOW):
                who = (home.ana, home.mihai)[turn % 2]
                details = person(f"Name {turn}")
                actions.book(home.id, request(home, STARTS[turn], who=who, client=details), CLIENT)
        except Refusal as refusal:
            assert refusal.code == "too_many_bookings", refusal
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(one, range(20)))


@pytest.mark.race
def test_twenty_at_once_do_not_slip_through(home: Clinic) -> None:
    limit(home, contact_open_limit=3)
    assert rush(home) == 3


@pytest.mark.race
def test_without_the_contacts_lock_they_would(home: Clinic) -> None:
    limit(home, contact_open_limit=3)
    alone = {count: "SELECT nextval('clients_client_id_seq')" + ", %s::bigint" * count for count in (1, 2, 3)}
    real, gate = papers.accept, Barrier(2)

    def slowly(*args: Any) -> None:
        real(*args)
        prepared.ask(Question("SELECT 1", (), list))  # what was sent ahead of it is done
        with suppress(BrokenBarrierError):
            gate.wait(20)  # both doctors are booked and counted, neither is committed yet

    module = importlib.import_module("visita.clients.actions.find_or_register")
    with mock.patch.object(module, "_LOCKS", alone), mock.patch.object(papers, "accept", slowly):
        assert rush(home) > 3


def hold(
    home: Clinic, start: Any, who: int | None = None, service: int | None = None, actor: Actor = CLIENT
) -> bool:
    wanted = HoldRequest((Item(service or home.visit, who, start),))
    try:
        actions.hold(home.id, wanted, actor)
    except Refusal as refusal:
        assert refusal.code == "too_many_holds", refusal
        return False
    return True


def test_holds_keep_a_share_of_a_day_only(cast: Clinic) -> None:
    """Seven and a half hours a day: three of 30 minutes always, then until a fifth is kept."""
    limit(cast, holds_share_percent=20)
    monday = [start for start in STARTS if start.date() == MONDAY]
    assert [hold(cast, start, cast.ana) for start in monday[:4]] == [True, True, True, False]
    assert hold(cast, monday[4], cast.ana, actor=STAFF)
    assert hold(cast, at(9, day=day_after(1)), cast.ana) and hold(cast, monday[5], cast.mihai)
    with clock.at(NOW + timedelta(minutes=6)):  # the holds ran out
        assert hold(cast, monday[3], cast.ana)


def test_a_flood_of_holds_leaves_most_of_the_week(cast: Clinic) -> None:
    """Every start of two doctors' week is tried; each day bears its share and no more."""
    limit(cast, holds_share_percent=20)
    kept = sum(hold(cast, start, who) for start in STARTS for who in (cast.ana, cast.mihai))
    assert kept == 3 * 2 * 5


def test_bookings_of_unknown_people_can_be_counted_in(cast: Clinic) -> None:
    limit(cast, unverified_share_percent=20)
    monday = [start for start in STARTS if start.date() == MONDAY]
    for turn, start in enumerate(monday[:3]):
        actions.book(cast.id, request(cast, start, who=cast.ana, client=person(f"A{turn}")), CLIENT)
    assert not hold(cast, monday[3], cast.ana)
    with pytest.raises(Refusal, match="too_many_holds"):
        actions.book(cast.id, request(cast, monday[3], who=cast.ana), CLIENT)
    actions.book(cast.id, request(cast, monday[3], who=cast.ana), STAFF)


def test_confirmed_people_do_not_fill_the_strangers_share(cast: Clinic) -> None:
    limit(cast, unverified_share_percent=20)
    monday = [start for start in STARTS if start.date() == MONDAY]
    for turn, start in enumerate(monday[:4]):
        details = person(f"A{turn}")
        wanted = request(cast, start, who=cast.ana, client=details, phone_confirmed=True)
        actions.book(cast.id, wanted, CLIENT)
    assert hold(cast, monday[4], cast.ana)


def test_a_merge_does_not_hide_what_a_contact_has(cast: Clinic) -> None:
    limit(cast, contact_open_limit=1)
    booked = book(cast, STARTS[0])
    with scope(cast.id):
        mine = Visit.objects.get(pk=booked.visit_id).client_id
    other = clients.register(cast.id, person("Other"), actor=STAFF).pk
    clients.merge(cast.id, other, mine, actor=STAFF)
    assert refused(cast, STARTS[1]).code == "too_many_bookings"

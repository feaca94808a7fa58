"""Rules are remembered by every process: what one changes the others obey at once, and nobody books by former ones."""

import multiprocessing
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any, cast
from unittest import mock

import pytest
from django.db import connection, connections

from tests.races.test_hours import apart
from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, clinic, request
from visita.bookings import actions, rules, writing
from visita.bookings.availability import Ask, AskItem, availability
from visita.bookings.models import Appointment
from visita.catalog import actions as catalog
from visita.foundation import clock, ids
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.changes import Day
from visita.tenancy import actions as tenancy

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("committed_db")]

Seen = tuple[int | None, int] | str


def _seen(home: Clinic) -> Seen:
    """The price, and how many times are free on Monday and Tuesday; or why there are none."""
    with clock.at(NOW), scope(home.id):
        try:
            price = rules.load(home.location, (home.visit,)).service(home.visit).price_minor
            found = availability(
                Ask(home.location, (AskItem(home.visit),), MONDAY, MONDAY + timedelta(days=1))
            )
        except Refusal as refusal:
            return refusal.code
    return price, sum(len(day.starts) for day in found.days)


def _answers(home: Clinic, line: Connection) -> None:
    """The other process: says what it sees as often as it is asked."""
    while line.recv():
        line.send(_seen(home))
    connections.close_all()


@pytest.fixture
def other() -> Iterator[tuple[Clinic, Connection]]:
    """A clinic, and a process that has it in memory."""
    with clock.at(NOW):
        home = clinic()
    connections.close_all()  # a line that two processes share is closed for both by the first that ends
    cast(Any, connection).close_pool()  # its threads would be missing after the fork
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_answers, args=(home, there), daemon=True)
    process.start()
    try:
        yield home, here
    finally:
        here.send(False)
        process.join(30)


def _told(line: Connection) -> Seen:
    line.send(True)
    assert line.poll(60)
    found: Seen = line.recv()
    return found


def test_a_change_in_one_process_is_obeyed_at_once_in_the_other(other: tuple[Clinic, Connection]) -> None:
    home, line = other
    first = _seen(home)
    assert _told(line) == _told(line) == first
    assert first[0] == 30000
    with clock.at(NOW):
        catalog.change_service(home.id, home.visit, {"price_minor": 31000}, actor=STAFF)
        assert _told(line) == (31000, first[1])
        scheduling.change_hours(
            home.id, [Day(who, None, MONDAY) for who in (home.ana, home.mihai)], actor=STAFF
        )
        assert _told(line) == (31000, int(first[1]) // 2)
        tenancy.set_setting(home.id, "client_interface", False, actor=STAFF)
    assert _told(line) == _seen(home) == "online_closed"


def _booked_across_a_change() -> int | None:
    """Ten o'clock is booked; between the reading of the rules and the writing another price commits. What it then costs."""
    late = list[bool]()
    with clock.at(NOW):
        home = clinic()
        _seen(home)  # remembered from here on
        code = ids.code

        def coding() -> str:
            if not late:
                late.append(True)
                apart(
                    lambda: catalog.change_service(home.id, home.visit, {"price_minor": 31000}, actor=STAFF)
                )
            return code()

        with mock.patch.object(ids, "code", coding):
            actions.book(home.id, request(home, at(10), who=home.ana), CLIENT)
    with scope(home.id):
        return Appointment.objects.get().price_minor


def test_nobody_books_at_a_price_that_was_changed_meanwhile() -> None:
    assert _booked_across_a_change() == 31000


def test_without_the_comparison_the_former_price_would_be_booked() -> None:
    with mock.patch.object(writing, "_BOOK", writing._BOOK.replace(writing._IN_FORCE, "true")):
        assert _booked_across_a_change() == 30000

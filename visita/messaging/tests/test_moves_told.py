"""Notify, undo and second thoughts: one message with the last time, none for an undone slip, never two for one move."""

from datetime import timedelta

import pytest

from tests.world import NOW, STAFF, Clinic, at, clinic, request
from visita.activity import worker
from visita.bookings import actions as bookings
from visita.bookings.requests import Booked, BookRequest, Item, MoveRequest
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging.actions import tell, untell
from visita.messaging.tests.conftest import Outbox
from visita.tenancy import actions as tenancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(outbox: Outbox, now: None) -> Clinic:
    """A clinic."""
    return clinic()


@pytest.fixture
def visit(home: Clinic) -> int:
    """Maria's, on Monday at nine with Ana."""
    booked = bookings.book(home.id, request(home, at(9), None, home.ana), STAFF)
    assert isinstance(booked, Booked)
    return booked.visit_id


def move(home: Clinic, visit: int, hour: int, who: int | None = None, second: float = 0) -> None:
    with clock.at(NOW + timedelta(seconds=second)):
        bookings.move(home.id, visit, MoveRequest(at(hour), who or home.ana, staff=True), STAFF)


def notify(home: Clinic, visit: int, second: float = 0) -> None:
    with clock.at(NOW + timedelta(seconds=second)):
        tell(home.id, visit, "moved", STAFF)


def work(second: float) -> None:
    with clock.at(NOW + timedelta(seconds=second)):
        worker.drain()


def test_it_leaves_after_the_delay_and_once(home: Clinic, visit: int, outbox: Outbox) -> None:
    move(home, visit, 14)
    notify(home, visit)
    notify(home, visit, 1)
    for second in (0, 19, 22, 40, 90):
        work(second)
        assert len(outbox.sent) == (second >= 22)
    assert "14:00" in outbox.sent[0].body


def test_moved_notified_and_undone_within_the_delay_sends_nothing(
    home: Clinic, visit: int, outbox: Outbox
) -> None:
    move(home, visit, 14)
    notify(home, visit)
    work(5)
    move(home, visit, 9, second=15)
    work(60)
    assert outbox.sent == []


def test_an_undone_change_of_person_sends_nothing_either(home: Clinic, visit: int, outbox: Outbox) -> None:
    move(home, visit, 9, home.mihai)
    notify(home, visit)
    move(home, visit, 9, home.ana, second=3)
    work(60)
    assert outbox.sent == []


def test_another_person_at_the_same_time_is_told_by_name(home: Clinic, visit: int, outbox: Outbox) -> None:
    move(home, visit, 9, home.mihai)
    notify(home, visit)
    work(30)
    assert "Mihai Ionescu" in outbox.sent[0].body


def test_moved_twice_is_one_message_with_the_last_time(home: Clinic, visit: int, outbox: Outbox) -> None:
    move(home, visit, 14)
    notify(home, visit)
    move(home, visit, 15, second=10)
    notify(home, visit, 11)
    for second in (21, 25, 32, 60):
        work(second)
    assert [("15:00" in message.body, "14:00" in message.body) for message in outbox.sent] == [(True, False)]


def test_a_second_move_without_a_press_waits_its_own_time_and_is_told(
    home: Clinic, visit: int, outbox: Outbox
) -> None:
    move(home, visit, 14)
    notify(home, visit)
    move(home, visit, 15, second=18)
    work(21)
    assert outbox.sent == []
    work(39)
    assert len(outbox.sent) == 1 and "15:00" in outbox.sent[0].body


def test_two_moves_and_back_to_where_the_client_knows_it_is_nothing(
    home: Clinic, visit: int, outbox: Outbox
) -> None:
    move(home, visit, 14)
    notify(home, visit)
    move(home, visit, 15, second=5)
    notify(home, visit, 6)
    move(home, visit, 9, second=9)
    work(60)
    assert outbox.sent == []


def test_moved_cancelled_and_completed_meanwhile_sends_nothing(
    home: Clinic, visit: int, outbox: Outbox
) -> None:
    move(home, visit, 14)
    notify(home, visit)
    bookings.cancel(home.id, visit, STAFF)
    work(60)
    assert outbox.sent == []


def test_a_message_taken_back_is_not_sent(home: Clinic, visit: int, outbox: Outbox) -> None:
    move(home, visit, 14)
    notify(home, visit)
    untell(home.id, visit, STAFF)
    work(60)
    assert outbox.sent == []
    notify(home, visit, 61)
    work(90)
    assert len(outbox.sent) == 1


def test_the_delay_is_the_organization_s(home: Clinic, visit: int, outbox: Outbox) -> None:
    tenancy.set_setting(home.id, "notice_delay_seconds", 0, actor=STAFF)
    move(home, visit, 14)
    notify(home, visit)
    work(0)
    assert len(outbox.sent) == 1


def test_it_speaks_the_client_s_language(home: Clinic, visit: int, outbox: Outbox) -> None:
    with scope(home.id):
        Client.objects.update(language="ro")
    move(home, visit, 14)
    notify(home, visit)
    work(30)
    assert outbox.sent[0].language == "ro" and "lun. 23 nov." in outbox.sent[0].body


def test_a_part_moved_alone_and_undone_is_nothing(home: Clinic, outbox: Outbox) -> None:
    items = (Item(home.visit, home.ana, at(9)), Item(home.scan, home.mihai, at(9, 40)))
    booked = bookings.book(home.id, BookRequest(items, client=request(home, at(9)).client, staff=True), STAFF)
    assert isinstance(booked, Booked)
    with scope(home.id):
        from visita.bookings.models import Appointment

        part = Appointment.objects.get(visit_id=booked.visit_id, position=1)
    for second, hour, minute in ((0, 14, 0), (5, 9, 40)):
        with clock.at(NOW + timedelta(seconds=second)):
            wanted = MoveRequest(at(hour, minute), home.mihai, part.pk, staff=True)
            bookings.move(home.id, booked.visit_id, wanted, STAFF)
            if not second:
                tell(home.id, booked.visit_id, "moved", STAFF)
    work(60)
    assert outbox.sent == []

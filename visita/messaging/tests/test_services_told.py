"""Telling a client that the services of a visit changed: what they are now, and nothing after an undo."""

from datetime import timedelta

import pytest

from tests.world import NOW, STAFF, Clinic
from visita.bookings import actions as bookings
from visita.bookings.locking import appointments
from visita.bookings.requests import PartWish, ServicesRequest
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging.actions import tell
from visita.messaging.tests.conftest import Outbox
from visita.messaging.tests.test_moves_told import home, visit, work  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def change(home: Clinic, visit: int, *added: int, second: float = 0) -> None:  # noqa: F811 - the fixtures' names
    with clock.at(NOW + timedelta(seconds=second)):
        with scope(home.id):
            first = appointments(visit)[0]
        wishes = (PartWish(first.service_id, first.pk), *map(PartWish, added))
        bookings.change_services(home.id, visit, ServicesRequest(wishes), STAFF)
        tell(home.id, visit, "services", STAFF)


def test_the_letter_names_the_services(home: Clinic, visit: int, outbox: Outbox) -> None:  # noqa: F811
    change(home, visit, home.scan)
    work(10)
    assert not outbox.sent
    work(25)
    assert "Consultation, Scan" in outbox.sent[0].body


def test_undone_in_time_nothing_is_sent(home: Clinic, visit: int, outbox: Outbox) -> None:  # noqa: F811
    change(home, visit, home.scan)
    with clock.at(NOW + timedelta(seconds=5)):
        bookings.undo_last(home.id, visit, STAFF)
    work(60)
    assert not outbox.sent


def test_changed_there_and_back_nothing_is_sent(home: Clinic, visit: int, outbox: Outbox) -> None:  # noqa: F811
    change(home, visit, home.scan)
    change(home, visit, second=5)
    work(60)
    assert not outbox.sent

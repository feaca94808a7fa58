"""Days with any free time agree with the free times of each service."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from visita.bookings.actions.book import book
from visita.bookings.availability import Ask, AskItem, availability
from visita.bookings.openings import Wish, nearest, offered, open_days
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.tenancy import actions as tenancy

LAST = world.MONDAY + timedelta(days=9)


@pytest.fixture
def clinic(db: None) -> Iterator[world.Clinic]:
    """The clinic on Sunday morning."""
    with clock.at(world.NOW):
        yield world.clinic()


def _days(clinic: world.Clinic, wish: Wish) -> list[int]:
    with scope(clinic.id):
        return [(day - world.MONDAY).days for day in open_days(wish, world.MONDAY, LAST)]


def test_open_days_are_those_of_any_service(clinic: world.Clinic) -> None:
    wish = Wish(clinic.location, (clinic.visit, clinic.scan, clinic.yoga))
    assert _days(clinic, wish) == [0, 1, 2, 3, 4, 7, 8, 9]
    with scope(clinic.id):
        asked = Ask(clinic.location, (AskItem(clinic.visit),), world.MONDAY, LAST)
        free = [day.date for day in availability(asked).days if day.starts]
    assert free == [world.day_after(away) for away in _days(clinic, wish)]


def test_a_day_that_everybody_has_off_is_no_open_day(clinic: world.Clinic) -> None:
    for who in (clinic.ana, clinic.mihai):
        scheduling.set_exception(clinic.id, who, clinic.location, world.MONDAY, [], actor=world.STAFF)
    wish = Wish(clinic.location, (clinic.visit, clinic.scan))
    assert 0 not in _days(clinic, wish)
    assert 0 in _days(clinic, Wish(clinic.location, (clinic.visit, clinic.gym)))  # the hall is open


def test_open_days_with_one_person(clinic: world.Clinic) -> None:
    scheduling.set_exception(clinic.id, clinic.ana, clinic.location, world.MONDAY, [], actor=world.STAFF)
    assert 0 not in _days(clinic, Wish(clinic.location, (clinic.visit, clinic.gym), clinic.ana))
    assert 0 in _days(clinic, Wish(clinic.location, (clinic.visit,), clinic.mihai))


def test_the_nearest_time_of_a_place(clinic: world.Clinic) -> None:
    wish = Wish(clinic.location, (clinic.scan, clinic.visit))
    book(clinic.id, world.request(clinic, world.at(9), who=clinic.ana), world.CLIENT)
    with scope(clinic.id):
        assert nearest(wish, world.NOW.date(), LAST) == clock.to_minute(world.at(9))
    book(clinic.id, world.request(clinic, world.at(9), who=clinic.mihai), world.CLIENT)
    with scope(clinic.id):
        found = nearest(wish, world.NOW.date(), LAST)
        assert found == clock.to_minute(world.at(9, 30))
        assert nearest(wish, world.NOW.date(), world.NOW.date()) is None  # a Sunday


def test_nothing_is_open_where_clients_may_not_book(clinic: world.Clinic) -> None:
    tenancy.set_setting(clinic.id, "client_interface", False, actor=world.STAFF)
    with scope(clinic.id):
        assert nearest(Wish(clinic.location, (clinic.visit,)), world.MONDAY, LAST) is None


def test_open_days_ask_no_more_for_more_services(clinic: world.Clinic) -> None:
    with scope(clinic.id), CaptureQueriesContext(connection) as asked:
        open_days(Wish(clinic.location, (clinic.visit, clinic.scan, clinic.gym)), world.MONDAY, LAST)
    assert len(asked) == 3


def test_what_can_be_had_on_a_day(clinic: world.Clinic) -> None:
    everything = (clinic.visit, clinic.scan, clinic.gym)
    scheduling.set_exception(clinic.id, clinic.nurse, clinic.location, world.MONDAY, [], actor=world.STAFF)
    with scope(clinic.id):
        assert offered(Wish(clinic.location, everything), world.MONDAY) == {clinic.visit, clinic.gym}
        assert offered(Wish(clinic.location, everything), world.day_after(1)) == set(everything)

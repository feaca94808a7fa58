"""The link to times kept for a client: shown, taken once, over; wrong links say nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import world
from visita.activity import worker
from visita.bookings import actions
from visita.bookings.hours import links
from visita.bookings.models import Visit
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging.models import Delivery

TUESDAY = world.day_after(1)


@pytest.fixture
def kept(db: None) -> tuple[world.Clinic, int, str]:
    """A clinic, a visit of Maria on Monday, and the address of two times kept for her."""
    with clock.at(world.NOW):
        clinic = world.clinic()
        made = actions.book(clinic.id, world.request(clinic, world.at(10), who=clinic.ana), world.CLIENT)
        visit = int(made.visit_id)  # type: ignore[union-attr]
        options = [(world.at(10, day=TUESDAY), clinic.ana), (world.at(11, day=TUESDAY), clinic.mihai)]
        choice = actions.give_choice(clinic.id, visit, options, world.STAFF, version=1)
        with scope(clinic.id):
            token = links.token(choice.code)
    return clinic, visit, f"/{clinic.slug}/choice/{choice.code}/{token}/"


def test_a_time_is_taken_with_one_press_and_only_once(kept: tuple[world.Clinic, int, str]) -> None:
    clinic, visit, address = kept
    browser = Client(headers={"host": "testserver", "origin": "http://testserver"})
    with clock.at(world.NOW):
        page = browser.get(address).content.decode()
        assert "Tuesday" in page and "Mihai Ionescu" in page
        assert browser.post(f"{address}taking/", {"option": "1"}).status_code == 302
        assert "your new time" in browser.get(address).content.decode()
        again = browser.post(f"{address}taking/", {"option": "0"})
        assert (again.status_code, "your new time" in again.content.decode()) == (410, True)
    with scope(clinic.id):
        assert Visit.objects.get(pk=visit).s == clock.to_minute(world.at(11, day=TUESDAY))


@pytest.mark.parametrize("option", ["", "9", "-1", "x", "9" * 5000])
def test_what_no_form_sends_moves_nothing(kept: tuple[world.Clinic, int, str], option: str) -> None:
    clinic, visit, address = kept
    browser = Client(headers={"host": "testserver", "origin": "http://testserver"})
    with clock.at(world.NOW):
        assert browser.post(f"{address}taking/", {"option": option}).status_code == 410
    with scope(clinic.id):
        assert Visit.objects.get(pk=visit).version == 1


def test_wrong_links_open_nothing(kept: tuple[world.Clinic, int, str]) -> None:
    address = kept[2]
    for wrong in (address[:-3] + "zz/", address.replace("/choice/", "/choice/X")):
        assert Client().get(wrong).status_code == 404


def test_the_letter_is_sent_once_it_can_be_taken_back_no_more(kept: tuple[world.Clinic, int, str]) -> None:
    clinic = kept[0]
    for wait, letters in ((timedelta(seconds=5), 0), (timedelta(minutes=1), 1), (timedelta(minutes=2), 1)):
        with clock.at(world.NOW + wait):
            worker.drain()
        with scope(clinic.id):
            assert Delivery.objects.filter(purpose="choice").count() == letters


def test_no_letter_of_a_choice_taken_back(kept: tuple[world.Clinic, int, str]) -> None:
    clinic, visit, _address = kept
    with clock.at(world.NOW + timedelta(seconds=5)):
        actions.end_choice(clinic.id, visit, "withdrawn", world.STAFF)
    with clock.at(world.NOW + timedelta(minutes=1)):
        worker.drain()
    with scope(clinic.id):
        assert not Delivery.objects.filter(purpose="choice").exists()

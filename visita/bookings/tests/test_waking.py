"""What else wakes those who wait: times kept to choose from that nobody took, and another service that is shorter."""

from datetime import timedelta

import pytest

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at
from visita.bookings import actions
from visita.bookings.models import Appointment, Choice, Offer, Waiting
from visita.bookings.requests import PartWish, ServicesRequest
from visita.bookings.tests.test_waitlist import book, home, join, later, open_offers, reasons, taken
from visita.bookings.waitlist.windows import Window
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling

__all__ = ["home", "taken"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(home: Clinic) -> Choice:
    """Mihai's client may choose from two times of Ana's Monday, which is then full."""
    scheduling.set_exception(home.id, home.ana, home.location, MONDAY, [(540, 600)], actor=STAFF)
    scheduling.set_exception(home.id, home.mihai, home.location, MONDAY, [(840, 900)], actor=STAFF)
    theirs = book(home, 14, who=home.mihai)
    options = [(at(9), home.ana), (at(9, 30), home.ana)]
    return actions.give_choice(home.id, theirs, options, STAFF)


def test_times_that_nobody_chose_go_to_who_waits(home: Clinic, kept: Choice) -> None:
    waiting = join(home, "Ion")
    later()
    assert open_offers(home) == []
    actions.end_choice(home.id, kept.visit_id, "withdrawn", STAFF)
    later(timedelta(seconds=30))
    assert open_offers(home) == [(waiting.code, 0)]


def test_a_choice_that_ran_out_is_offered_too(home: Clinic, kept: Choice) -> None:
    waiting = join(home, "Ion")
    with clock.at(kept.expires_at):
        actions.expire_choice(home.id, kept.code)
    with scope(home.id):
        assert Choice.objects.get().status == "expired"
    with clock.at(at(8)):
        assert open_offers(home) == []
    later(timedelta(minutes=1))
    assert [code for code, _minute in open_offers(home)] == [waiting.code]


def test_the_other_times_of_a_choice_go_to_who_waits(home: Clinic, kept: Choice) -> None:
    waiting = join(home, "Ion")
    actions.take_choice(home.id, kept.code, 0, CLIENT)
    later()
    assert open_offers(home) == [(waiting.code, 30)]


def test_a_shorter_service_frees_the_rest_for_who_waits(home: Clinic) -> None:
    scheduling.set_exception(home.id, home.ana, home.location, MONDAY, [(540, 600)], actor=STAFF)
    long = book(home, 9)
    with scope(home.id):
        part = Appointment.objects.get(visit_id=long)

    def lasts(minutes: int) -> None:
        wish = PartWish(home.visit, part.pk, home.ana, minutes=minutes)
        actions.change_services(home.id, long, ServicesRequest((wish,)), STAFF)

    lasts(60)
    waiting = join(home, "Ion")
    later()
    assert open_offers(home) == []
    lasts(30)
    later(timedelta(seconds=30))
    assert open_offers(home) == [(waiting.code, 30)]


def test_joining_twice_is_one_entry_and_says_so(home: Clinic, taken: int) -> None:
    first, again = join(home, "Ion"), join(home, "Ion")
    assert (first.pk, first.again, again.again) == (again.pk, False, True)
    with scope(home.id):
        assert Waiting.objects.count() == 1
    assert clock.now() == NOW


def test_who_lets_an_offer_pass_is_not_written_to_about_the_rest_of_that_day(home: Clinic) -> None:
    scheduling.set_exception(home.id, home.ana, home.location, MONDAY, [(540, 720)], actor=STAFF)
    waiting = join(home, "Ion")
    later()
    assert open_offers(home) == [(waiting.code, 0)]
    for minutes in (31, 32, 63, 64):
        later(timedelta(minutes=minutes))
    assert open_offers(home) == [] and reasons(home, waiting)[-1] == "answered"
    with clock.at(NOW + timedelta(minutes=65)):
        visit = book(home, 10)
        actions.cancel(home.id, visit, STAFF)
    later(timedelta(minutes=66))
    assert open_offers(home) == [(waiting.code, 60)]  # that time came free since


def test_three_offers_without_an_answer_are_the_last_until_the_client_stirs(home: Clinic) -> None:
    join(home, "Ion")
    for at_minute in range(0, 160, 40):
        with clock.at(NOW + timedelta(minutes=at_minute)):
            scheduling.set_exception(
                home.id, home.ana, home.location, MONDAY, [(540, 570 + at_minute)], actor=STAFF
            )
        later(timedelta(minutes=at_minute, seconds=30))
        later(timedelta(minutes=at_minute + 35))
    with scope(home.id):
        waiting = Waiting.objects.get()
        assert Offer.objects.filter(waiting_id=waiting.pk, status="expired").count() == 3
    assert reasons(home, waiting)[-1] == "unanswered"
    with clock.at(NOW + timedelta(minutes=170)):
        actions.change_waiting(home.id, waiting.pk, Window(MONDAY, MONDAY), STAFF)
        scheduling.set_exception(home.id, home.ana, home.location, MONDAY, [(540, 780)], actor=STAFF)
    later(timedelta(minutes=171))
    assert [code for code, _minute in open_offers(home)] == [waiting.code]

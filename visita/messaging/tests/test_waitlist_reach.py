"""Who waits and cannot be told now is passed over with the reason, and the next one gets the time; staff still offer it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.world import MONDAY, NOW, STAFF, Clinic, at, clinic, person, request
from visita.activity import worker
from visita.bookings import actions
from visita.bookings.models import Offer, Skip, Waiting
from visita.bookings.requests import Booked
from visita.bookings.waitlist import filling
from visita.bookings.waitlist.freed import Freed
from visita.bookings.waitlist.windows import Window
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging.tests.conftest import Outbox
from visita.scheduling.models import Allocation
from visita.tenancy.actions import set_setting

pytestmark = pytest.mark.django_db
MOBILE, LANDLINE = "+40721555077", "+40215550177"


@pytest.fixture
def home(outbox: Outbox) -> Iterator[Clinic]:
    """A clinic."""
    with clock.at(NOW):
        yield clinic()


@pytest.fixture
def taken(home: Clinic) -> int:
    """Ana's visit at nine; nobody else gives it then."""
    booked = actions.book(home.id, request(home, at(9), who=home.ana), STAFF)
    assert isinstance(booked, Booked)
    return booked.visit_id


def join(home: Clinic, name: str, phone: str, email: str = "") -> Waiting:
    window = Window(MONDAY, MONDAY, parts=((540, 560),))
    wish = actions.WaitRequest(
        ((home.visit, home.ana),), window, client=person(name, "Waits", phone=phone, email=email), staff=True
    )
    return actions.join(home.id, wish, STAFF)


def drain() -> None:
    with clock.at(NOW + timedelta(seconds=30)):
        worker.drain()


def offered(home: Clinic) -> list[tuple[int, str]]:
    with scope(home.id):
        return list(Offer.objects.order_by("id").values_list("waiting_id", "status"))


def why(home: Clinic, waiting: Waiting) -> list[str]:
    with scope(home.id):
        return list(
            Skip.objects.filter(waiting_id=waiting.pk).order_by("at").values_list("reason", flat=True)
        )


@pytest.mark.parametrize(
    ("phone", "email", "settings", "reason"),
    [
        (MOBILE, "", {"sms_a_day": 0}, "budget"),
        (LANDLINE, "", {}, "not_written"),
        (MOBILE, "", {"sms_countries": ["IT"]}, "not_written"),
        ("", "", {}, "no_contact"),
        (MOBILE, "", {}, ""),
        (LANDLINE, "ion@example.test", {}, ""),
        (MOBILE, "ion@example.test", {"sms_a_day": 0}, ""),
    ],
)
def test_who_cannot_be_told_is_passed_over(
    home: Clinic, taken: int, phone: str, email: str, settings: dict[str, object], reason: str
) -> None:
    for key, value in settings.items():
        set_setting(home.id, key, value, actor=STAFF)
    first = join(home, "Ion", phone, email)
    second = join(home, "Vera", "", "vera@example.test")
    drain()
    actions.cancel(home.id, taken, STAFF)
    drain()
    assert offered(home) == [(second.pk if reason else first.pk, "open")]
    assert not reason or reason in why(home, first)


def test_an_offer_whose_letter_may_not_leave_any_more_is_let_go(home: Clinic, taken: int) -> None:
    """The budget is used up between the offer and its letter."""
    set_setting(home.id, "sms_a_day", 2, actor=STAFF)
    waiting = join(home, "Ion", MOBILE)
    drain()  # one SMS: that they are on the list
    actions.cancel(home.id, taken, STAFF)
    with scope(home.id):
        freed = Freed(home.location)
    with clock.at(NOW + timedelta(seconds=30)):
        filling.fill(home.id, freed)
    assert offered(home) == [(waiting.pk, "open")]
    set_setting(home.id, "sms_a_day", 1, actor=STAFF)
    drain()
    assert offered(home) == [(waiting.pk, "lost")] and "budget" in why(home, waiting)
    with scope(home.id):
        assert not Allocation.objects.filter(kind="hold", live=True).exists()


def test_what_staff_offer_is_kept_though_nothing_leaves(home: Clinic, taken: int) -> None:
    set_setting(home.id, "sms_a_day", 0, actor=STAFF)
    waiting = join(home, "Ion", MOBILE)
    actions.cancel(home.id, taken, STAFF)
    time = actions.Time(at(9), ((home.visit, home.ana, at(9)),), staff=True)
    actions.offer(home.id, waiting.pk, time, STAFF, shared=False)
    drain()
    assert offered(home) == [(waiting.pk, "open")]

"""Clients are told in their language, at their contact, once, and only what is still so."""

from datetime import timedelta

import pytest

from tests.world import NOW, STAFF, Clinic, at, clinic, request
from visita.activity import worker
from visita.bookings import actions as bookings
from visita.bookings.requests import Booked, MoveRequest
from visita.clients.contacts import Contact
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging import adapters, limits
from visita.messaging.actions import begin, tell
from visita.messaging.message import Message, NotSent
from visita.messaging.models import Delivery
from visita.messaging.tests.conftest import Outbox
from visita.tenancy.actions import set_setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(outbox: Outbox, now: None) -> Clinic:
    """A clinic."""
    return clinic()


@pytest.fixture
def visit(home: Clinic) -> int:
    """Maria's, on Monday at nine."""
    booked = bookings.book(home.id, request(home, at(9)), STAFF)
    assert isinstance(booked, Booked)
    return booked.visit_id


def later(seconds: float = 21) -> None:
    with clock.at(NOW + timedelta(seconds=seconds)):
        worker.drain()


def move(home: Clinic, visit: int, hour: int) -> None:
    bookings.move(home.id, visit, MoveRequest(at(hour), staff=True), STAFF)


def test_a_moved_client_is_told_after_the_time_for_an_undo(home: Clinic, visit: int, outbox: Outbox) -> None:
    move(home, visit, 14)
    tell(home.id, visit, "moved", STAFF)
    later(19)
    assert outbox.sent == []
    later()
    later()
    (message,) = outbox.sent
    assert (message.channel, message.to, message.language) == ("sms", "+40721555014", "en")
    assert "Mon 23 Nov" in message.body and "14:00" in message.body
    with scope(home.id):
        row = Delivery.objects.values("recipient", "purpose", "state").get()
    assert row == {"recipient": "+40 ••• 014", "purpose": "visit_moved", "state": "sent"}


def test_what_was_taken_back_is_not_told(home: Clinic, visit: int, outbox: Outbox) -> None:
    move(home, visit, 14)
    tell(home.id, visit, "moved", STAFF)
    move(home, visit, 9)
    later()
    assert outbox.sent == []


def test_a_cancelled_client_is_told_in_their_own_language(home: Clinic, visit: int, outbox: Outbox) -> None:
    with scope(home.id):
        Client.objects.update(language="ro", phone="", phone_e164="", email="maria@example.test")
    bookings.cancel(home.id, visit, STAFF)
    tell(home.id, visit, "cancelled", STAFF)
    later()
    (message,) = outbox.sent
    assert (message.channel, message.to, message.language) == ("email", "maria@example.test", "ro")
    assert "Luni, 23 noiembrie" in message.body


def test_who_has_no_contact_is_noted_and_not_written_to(home: Clinic, visit: int, outbox: Outbox) -> None:
    with scope(home.id):
        Client.objects.update(phone_e164="", email="")
    bookings.cancel(home.id, visit, STAFF)
    tell(home.id, visit, "cancelled", STAFF)
    later()
    assert outbox.sent == []
    with scope(home.id):
        assert Delivery.objects.values_list("state", "reason").get() == ("withheld", "no contact")


def test_a_provider_that_is_down_is_asked_again(
    home: Clinic, visit: int, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Down(Outbox):
        def send(self, message: Message) -> str:
            raise NotSent("down")

    bookings.cancel(home.id, visit, STAFF)
    tell(home.id, visit, "cancelled", STAFF)
    with monkeypatch.context() as broken:
        broken.setattr(adapters, "chosen", lambda _channel: [Down()])
        later()
    later(60)
    assert len(outbox.sent) == 1
    with scope(home.id):
        assert Delivery.objects.values_list("state", "reason").get() == ("sent", "")


def test_a_message_whose_sender_died_goes_again_and_is_marked(
    home: Clinic, visit: int, outbox: Outbox
) -> None:
    from visita.messaging import outgoing

    message = Message("sms", "+40721555014", "en", "", "text", "visit_moved", "1:x")
    begin(home.id, message, "+40 ••• 014")  # and then the worker died
    outgoing.deliver(home.id, message, "+40 ••• 014")
    outgoing.deliver(home.id, message, "+40 ••• 014")
    assert len(outbox.sent) == 1
    with scope(home.id):
        assert Delivery.objects.values_list("state", "reason").get() == ("sent", "maybe_duplicate")


def told(home: Clinic, visit: int, hour: int = 14) -> None:
    """The client is written to of a move."""
    move(home, visit, hour)
    tell(home.id, visit, "moved", STAFF)
    later()


def logged(home: Clinic) -> list[tuple[str, str, str]]:
    with scope(home.id):
        return list(Delivery.objects.order_by("id").values_list("channel", "state", "reason"))


def test_over_the_days_budget_no_sms_leaves_and_the_log_says_why(
    home: Clinic, visit: int, outbox: Outbox
) -> None:
    with clock.at(NOW):
        set_setting(home.id, "sms_a_day", 0, actor=STAFF)
    told(home, visit)
    assert outbox.sent == [] and logged(home) == [("sms", "withheld", limits.BUDGET)]
    with clock.at(NOW), scope(home.id):
        assert limits.spent()


def test_over_the_budget_a_letter_goes_by_email(home: Clinic, visit: int, outbox: Outbox) -> None:
    with scope(home.id):
        Client.objects.update(email="maria@example.test")
    with clock.at(NOW):
        set_setting(home.id, "sms_a_day", 0, actor=STAFF)
    told(home, visit)
    assert [each.to for each in outbox.sent] == ["maria@example.test"]


@pytest.mark.parametrize(
    ("number", "countries", "reason"),
    [
        ("+40721555014", [], ""),
        ("+393201234567", [], ""),
        ("+393201234567", ["RO"], limits.COUNTRY),
        ("+40900123456", [], limits.COUNTRY),
        ("+40215550142", [], limits.COUNTRY),
    ],
    ids=["own", "abroad", "not on the list", "premium", "a landline"],
)
def test_letters_go_to_mobiles_of_the_countries_that_are_written_to(
    home: Clinic, number: str, countries: list[str], reason: str
) -> None:
    with clock.at(NOW):
        set_setting(home.id, "sms_countries", countries, actor=STAFF)
        with scope(home.id):
            assert limits.hindrance(Contact("phone", number)) == reason


def test_one_phone_gets_no_flood_of_letters(home: Clinic) -> None:
    with clock.at(NOW), scope(home.id):
        reasons = [limits.hindrance(Contact("phone", "+40721555014")) for _turn in range(21)]
    assert reasons == [""] * 20 + [limits.CROWDED]

"""What the pages say is written to the client is what is written, to the contact they typed and masked."""

import pytest

from tests.world import STAFF
from visita.activity import worker
from visita.tenancy.actions import set_setting
from visita.web.front.tests.conftest import Visitor, minute, words

EMAIL = "maria@example.test"


@pytest.mark.parametrize(
    ("settings", "promise"),
    [
        ({}, "by email, if you give one."),
        ({"letter_booked_sms": True}, "by SMS, and by email if you give one."),
        ({"letter_booked_sms": True, "letter_booked_email": False}, "by SMS."),
        ({"letters_sms_instead": True}, "by email, or by SMS if you give none."),
        ({"letter_booked_email": False}, ""),
        ({"approval": True, "letter_requested_email": False}, ""),
    ],
)
def test_before_booking_the_way_is_told(visitor: Visitor, settings: dict[str, bool], promise: str) -> None:
    for key, value in settings.items():
        set_setting(visitor.clinic.id, key, value, actor=STAFF)
    text = words(visitor.get("details/", flow=visitor.flow(minute(9))))
    assert (
        f"We write to you about this booking {promise}" in text if promise else "We write to you" not in text
    )


def test_afterwards_that_it_is_on_its_way_and_that_it_went(visitor: Visitor) -> None:
    link = visitor.book(minute(10), email=EMAIL)
    assert "A message to m•••@example.test is on its way." in words(visitor.browser.get(link, {"new": 1}))
    worker.drain()
    assert "We have written to m•••@example.test" in words(visitor.browser.get(link, {"new": 1}))
    visitor.browser.post(f"{link}cancellation/", {})
    assert "A message to m•••@example.test is on its way." in words(visitor.browser.get(link))


def test_nobody_learns_of_an_address_that_only_the_record_holds(visitor: Visitor) -> None:
    visitor.book(minute(10), email=EMAIL)
    link = visitor.book(minute(11))
    worker.drain()
    text = words(visitor.browser.get(link, {"new": 1}))
    assert "•••@" not in text and "on its way" not in text

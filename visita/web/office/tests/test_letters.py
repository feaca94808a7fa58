"""The messages about visits: switched by the owner alone, saved whole, in force at once."""

import pytest

from visita.messaging import wishes
from visita.web.office.tests.conftest import Office
from visita.web.office.tests.test_switches import kept

pytestmark = pytest.mark.django_db


def test_what_is_ticked_holds_and_the_rest_is_off(office: Office) -> None:
    owner = office.sign_in("owner")
    page = owner.get(office.url("letters/")).content.decode()
    assert 'name="letter_booked_email" value="1" checked' in page
    assert 'name="letter_booked_sms" value="1" >' in page
    assert owner.post(office.url("letters/"), {"letter_moved_sms": "1"}).status_code == 302
    on = [
        key
        for event in wishes.EVENTS
        for way in ("email", "sms")
        if kept(office, key := wishes.key(event, way))
    ]
    assert on == ["letter_moved_sms"]
    assert not kept(office, "sms_plain")


def test_nobody_else_sets_them(office: Office) -> None:
    assert office.sign_in("reception").post(office.url("letters/"), {}).status_code == 403
    assert kept(office, "letter_booked_email")

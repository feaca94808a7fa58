"""Other ways in: registering, and finding a booking by its code and contact."""

from typing import Any

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.requests import Booked
from visita.clients.models import Client, PersonalData
from visita.foundation.scope import scope
from visita.tenancy.actions import set_setting
from visita.web.front.me.tests.conftest import PHONE, Maria, minute, words
from visita.web.front.tests.conftest import DETAILS

NEW = {"first_name": "Elena", "last_name": "Rusu", "phone": "0722 000 111", "language": "en"}


def code_of(maria: Maria) -> str:
    """The code of her booking as she would type it."""
    return maria.link.split("/")[3].lower()


def find(maria: Maria, booking: str, contact: str = PHONE) -> Any:
    """Ask for a booking."""
    return maria.visitor.post("find/code/", {"booking": booking, "contact": contact})


def enter(maria: Maria, page: Any, code: str) -> Any:
    """Type a code on the page that waits for it, with whatever it carries."""
    carried = dict(page.context["carried"])
    return maria.post("session/", {**carried, "code_note": page.context["note"], "code": code})


def test_a_booking_is_found_by_its_code_and_contact(maria: Maria) -> None:
    maria.visitor.book(minute(12))
    assert "Find your booking" in words(maria.visitor.get("find/"))
    done = enter(maria, find(maria, code_of(maria)), maria.outbox.code)
    assert done.status_code == 302
    assert maria.get().content.decode().count("date-leaf") == 2  # all of hers to come


def test_wrong_and_unknown_say_the_same_and_send_nothing(maria: Maria) -> None:
    right = find(maria, code_of(maria))
    for booking, contact in (("ZZZZ-ZZZZ", PHONE), (code_of(maria), "0721 555 099")):
        page = find(maria, booking, contact)
        assert page.status_code == 200
        assert words(page).replace("099", "014") == words(right)
        assert enter(maria, page, "000000").status_code == 400
    assert len(maria.outbox.sent) == 1


def test_a_find_does_not_become_a_sign_in_by_another_code(maria: Maria) -> None:
    page = find(maria, code_of(maria))
    data = {"code_note": page.context["note"], "code": maria.outbox.code, "booking": "ZZZZZZZZ"}
    assert maria.post("session/", data).status_code == 400


@pytest.mark.parametrize("booking", ["", "\x00", "x" * 100, "é"])
def test_broken_codes(maria: Maria, booking: str) -> None:
    assert find(maria, booking).status_code in (200, 422)


def test_one_address_tries_twenty_codes_an_hour(maria: Maria) -> None:
    answers = [find(maria, f"ZZZZ-X{n:03d}", f"n{n}@example.org").status_code for n in range(25)]
    assert 429 in answers and set(answers[-5:]) == {429}


def register(maria: Maria, **more: str) -> Any:
    """Send the form."""
    return maria.post("registration/", {**NEW, **more})


def test_registering_needs_the_code_of_the_phone(maria: Maria) -> None:
    page = register(maria)
    assert "We have sent a code to +40 ••• 111" in words(page)
    with scope(maria.visitor.clinic.id):
        assert Client.objects.count() == 1
    data = {**dict(page.context["carried"]), "code_note": page.context["note"]}
    assert maria.post("registration/", {**data, "code": "x"}).status_code == 400
    other = {**data, "phone": "0722 000 112", "code": maria.outbox.code}
    assert maria.post("registration/", other).status_code == 200  # another phone needs a code of its own
    page = register(maria)
    data = {**dict(page.context["carried"]), "code_note": page.context["note"]}
    assert maria.post("registration/", {**data, "code": maria.outbox.code}).status_code == 302
    assert "Elena Rusu" in words(maria.get())


def test_who_is_known_already_is_not_registered_twice(maria: Maria) -> None:
    page = register(maria, first_name="Maria", last_name="Ilie", phone=PHONE)
    data = {**dict(page.context["carried"]), "code_note": page.context["note"], "code": maria.outbox.code}
    assert maria.post("registration/", data).status_code == 302
    with scope(maria.visitor.clinic.id):
        assert Client.objects.count() == 1


def test_what_is_asked_for_is_a_setting(maria: Maria) -> None:
    clinic = maria.visitor.clinic
    assert "Tax code" not in words(maria.get("register/"))
    asked = {"tax_code": "required", "birth_date": "required", "email": "no", "city": "asked"}
    set_setting(clinic.id, "client_fields", asked, actor=world.STAFF)
    text = words(maria.get("register/"))
    assert "Tax code" in text and "City" in text and "Email" not in text
    assert register(maria).status_code == 422
    page = register(maria, tax_code="1630615123457", birth_date="1963-06-15")
    data = {**dict(page.context["carried"]), "code_note": page.context["note"], "code": maria.outbox.code}
    assert maria.post("registration/", data).status_code == 302
    with scope(clinic.id):
        assert PersonalData.objects.get().tax_code == "1630615123457"


def test_a_link_that_anybody_may_hold_opens_its_own_visit_only(maria: Maria) -> None:
    """Who knows her name and phone books beside her record: their link must not show or cancel her other visits."""
    other = maria.visitor.book(minute(12)).split("/")[3]
    browser = maria.visitor.browser
    page = browser.get(f"{maria.link}all/")
    assert page.content.decode().count("date-leaf") == 1 and page["Cache-Control"] == "no-store"
    own = maria.link.split("/")[3]
    assert f"/find/?booking={own[:4]}-{own[4:]}" in page.content.decode()
    assert browser.post(f"{maria.link}all/{other}/cancellation/").status_code == 404
    assert own[:4] in browser.get(maria.link.split("/v/")[0] + f"/find/?booking={own}").content.decode()


def test_after_her_code_all_to_come_are_shown_and_cancelled(maria: Maria) -> None:
    """From her account: its cookie is sent to no other page, so a link alone is worth no more than before."""
    other = maria.visitor.book(minute(12)).split("/")[3]
    maria.sign_in()
    browser = maria.visitor.browser
    assert browser.get(f"{maria.link}all/").content.decode().count("date-leaf") == 1
    mine = str(maria.get(f"visits/{maria.link.split('/')[3]}/")["Location"])
    page = browser.get(f"{mine}all/").content.decode()
    assert page.count("date-leaf") == 2 and "/find/" not in page
    assert browser.post(f"{mine}all/{other}/cancellation/").status_code == 302
    assert browser.post(f"{mine}all/{other}/cancellation/").status_code == 302
    assert browser.get(f"{mine}all/").content.decode().count("date-leaf") == 1


def test_the_link_of_a_visit_the_staff_booked_shows_all(maria: Maria) -> None:
    clinic = maria.visitor.clinic
    with scope(clinic.id):
        maria_id = Client.objects.get().pk
    wanted = world.request(clinic, world.at(14), client=None, client_id=maria_id)
    booked = actions.book(clinic.id, wanted, world.STAFF)
    assert isinstance(booked, Booked)
    page = maria.visitor.browser.get(
        f"/{clinic.slug}/v/{booked.code}/{booked.manage_token}/all/"
    ).content.decode()
    assert page.count("date-leaf") == 2


def test_but_nobody_elses(maria: Maria) -> None:
    flow = maria.visitor.flow(minute(14))
    stranger = {"flow": flow, **DETAILS, "first_name": "Ion", "last_name": "Pop", "phone": "0721 555 099"}
    other = maria.visitor.post("booking/", stranger)["Location"].split("/")[3]
    browser = maria.visitor.browser
    assert browser.get(f"{maria.link}all/").content.decode().count("date-leaf") == 1
    for one in (other, "ZZZZZZZZ", "%00"):
        assert browser.post(f"{maria.link}all/{one}/cancellation/").status_code == 404
    assert browser.get(f"{maria.link[:-2]}x/all/").status_code == 404

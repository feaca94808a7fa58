"""What a record knows stays with whoever has shown to be its client: not by the link of a booking beside it (CB-06), not by
registering with somebody's email, not by an address that outlived its account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.world import NOW, STAFF
from visita.bookings import actions as bookings
from visita.bookings.models import Visit
from visita.catalog import actions as catalog
from visita.clients import actions as clients
from visita.clients import queries
from visita.clients.details import Details
from visita.clients.models import Client, Double
from visita.clients.personal_data import Personal
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging.tests.conftest import Outbox
from visita.tenancy.actions import set_setting
from visita.web.front.me.tests.conftest import Maria, minute, words
from visita.web.front.tests.conftest import Visitor

KNOWN = Details("Mária", "Ilie", "0721 555 014", "maria@example.org")
OURS = Personal(birth_date="1980-12-31", address="Strada Veche 12", city="Cluj")


def account_visit(maria: Maria, **query: str) -> str:
    """Where the account's link to the visit leads."""
    found = re.search(r'href="(/[^"]*/me/visits/[^"?]+)', maria.get().content.decode())
    assert found
    return str(maria.visitor.browser.get(found[1], query)["Location"])


@pytest.mark.parametrize("typed", ["maria", "MARIA"])
def test_the_page_of_a_booking_greets_as_was_typed(visitor: Visitor, typed: str) -> None:
    clients.register(visitor.clinic.id, KNOWN, actor=STAFF)
    page = words(visitor.browser.get(visitor.book(minute(10), first_name=typed)))
    assert f"See you, {typed}" in page and "Mária" not in page
    with scope(visitor.clinic.id):
        assert Client.objects.count() == 1  # it is her record all the same


def test_the_api_tells_no_other_spelling_either(visitor: Visitor) -> None:
    clients.register(visitor.clinic.id, KNOWN, actor=STAFF)
    body: dict[str, Any] = {
        "items": [{"service": visitor.clinic.visit, "start": "2026-11-23T10:00:00+02:00"}],
        "client": {"first_name": "maria", "last_name": "ILIE", "phone": "0721555014"},
    }
    booked = visitor.browser.post(
        f"/api/v1/organizations/{visitor.clinic.slug}/bookings", body, "application/json",
        headers={"Idempotency-Key": "k1"},
    ).json()  # fmt: skip
    page = words(visitor.get(f"v/{booked['code']}/{booked['manage_token']}/"))
    assert "See you, maria" in page and "Mária" not in page


def test_what_is_known_of_an_animal_is_told_in_the_account_only(maria: Maria) -> None:
    org = maria.visitor.clinic.id
    set_setting(org, "booked_for", ["pet"], actor=STAFF)
    with scope(org):
        her = Client.objects.get()
    clients.add_subject(org, her.pk, "pet", "Rex", actor=STAFF, details={"chip": "900123"})
    link = maria.visitor.book(minute(11), pet_name="Rex")
    page = words(maria.visitor.browser.get(link))
    assert "Rex" in page and "900123" not in page
    maria.sign_in()
    found = re.findall(r'href="(/[^"]*/me/visits/[^"?]+)', maria.get().content.decode())
    pages = [words(maria.visitor.browser.get(each, follow=True)) for each in dict.fromkeys(found)]
    assert any("900123" in each for each in pages)


def test_registering_with_anothers_email_changes_nothing_of_theirs(visitor: Visitor, outbox: Outbox) -> None:
    org, asked = visitor.clinic.id, {"last_name": "required", "email": "asked", "address": "asked"}
    set_setting(org, "client_fields", asked, actor=STAFF)
    hers = clients.register(org, KNOWN, actor=STAFF).pk
    clients.set_personal_data(org, hers, OURS, actor=STAFF)
    somebody = Maria(visitor, outbox, "")
    typed = {"first_name": "Maria", "last_name": "Ilie", "phone": "0722 000 111", "email": KNOWN.email}
    sent = {**typed, "address": "Elsewhere 1", "language": "en"}
    page = somebody.post("registration/", sent)
    somebody.post("registration/", {**sent, "code_note": page.context["note"], "code": outbox.code})
    with scope(org):
        assert queries.personal_data(hers).address == OURS.address
        assert Double.objects.filter(other_id=hers).exists()  # staff are told
    assert "Maria Ilie" in words(somebody.get()) and str(hers) not in somebody.person


def test_registering_again_wipes_nothing(visitor: Visitor, outbox: Outbox) -> None:
    org = visitor.clinic.id
    set_setting(org, "client_fields", {"address": "asked", "postal_code": "asked"}, actor=STAFF)
    hers = clients.register(org, KNOWN, actor=STAFF).pk
    clients.set_personal_data(org, hers, OURS, actor=STAFF)
    maria = Maria(visitor, outbox, "")
    sent = {
        "first_name": "Maria",
        "last_name": "Ilie",
        "phone": KNOWN.phone,
        "postal_code": "400001",
        "language": "en",
    }
    page = maria.post("registration/", sent)
    maria.post("registration/", {**sent, "code_note": page.context["note"], "code": outbox.code})
    with scope(org):
        kept = queries.personal_data(hers)
    assert (kept.address, kept.city, kept.postal_code) == (OURS.address, OURS.city, "400001")
    assert str(kept.birth_date) == OURS.birth_date


def test_what_the_form_does_not_ask_stays(maria: Maria) -> None:
    org = maria.visitor.clinic.id
    set_setting(org, "client_fields", {"last_name": "required", "city": "asked"}, actor=STAFF)
    with scope(org):
        hers = Client.objects.get().pk
    clients.set_personal_data(org, hers, OURS, actor=STAFF)
    maria.sign_in()
    sent = {"first_name": "Maria", "last_name": "Ilie", "language": "en", "city": "Sibiu"}
    assert maria.post(f"{maria.person}change/", sent).status_code == 302
    with scope(org):
        kept = queries.personal_data(hers)
    assert (str(kept.birth_date), kept.address, kept.city) == (OURS.birth_date, OURS.address, "Sibiu")


def test_a_pass_ends_where_the_phone_is_somebody_elses(maria: Maria) -> None:
    maria.sign_in()
    link = account_visit(maria)
    assert maria.visitor.browser.get(link).status_code == 200
    with scope(maria.visitor.clinic.id):
        hers = Client.objects.get().pk
    clients.change(maria.visitor.clinic.id, hers, Details("Maria", "Ilie", "0733 999 888"), actor=STAFF)
    assert maria.visitor.browser.get(link).status_code == 404


def test_a_calendar_entry_from_the_account_leads_back_for_good(maria: Maria) -> None:
    maria.sign_in()
    file = maria.visitor.browser.get(account_visit(maria, to="calendar")).content
    event: Any = next(iter(Calendar.from_ical(file).walk("VEVENT")))
    with clock.at(NOW + timedelta(hours=13)):
        page = maria.visitor.browser.get(str(event["url"]).removeprefix("http://testserver"))
    assert page.status_code == 200 and 'name="booking"' in page.content.decode()


def test_what_staff_write_is_not_for_clients(visitor: Visitor) -> None:
    org = visitor.clinic.id
    catalog.add_field(org, "risk", {"en": "Risk"}, "text", actor=STAFF, asked_of="staff")
    link = visitor.book(minute(10), note="Ring twice")
    page = words(visitor.browser.get(link))
    assert "Ring twice" in page
    with scope(org):
        visit = Visit.objects.get()
    bookings.answer(org, visit.pk, {"risk": "never pays"}, STAFF)
    assert "never pays" not in words(visitor.browser.get(link))
    bookings.note(org, visit.pk, "Ring twice\nA difficult one", STAFF)
    assert "difficult" not in words(visitor.browser.get(link))
    visitor.browser.post(f"{link}note/", {"note": "With a pram"})
    page = words(visitor.browser.get(link, {"noted": 1}))
    assert "Your note is with us." in page and "difficult" not in page

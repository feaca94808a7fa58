"""The details step: the organization's questions, tick-boxes, for whom, the price as shown, and what is told again."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests import world
from tests.world import STAFF
from visita.bookings.models import Acceptance, Visit
from visita.catalog import actions as catalog
from visita.catalog import documents
from visita.clients.models import Subject
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words
from visita.web.front.ticks import Words, pieces

CHOICES = [{"code": "car", "label": {"en": "Car"}}, {"code": "van", "label": {"en": "Van"}}]


def plate(visitor: Visitor, **more: Any) -> int:
    """A required question."""
    values = {"required": True, **more}
    return catalog.add_field(
        visitor.clinic.id, "plate", {"en": "Number plate"}, "text", actor=STAFF, **values
    ).pk


def consent(visitor: Visitor, label: str = "I agree.", **more: Any) -> str:
    """A tick-box; its name in the form."""
    made = catalog.add_consent(visitor.clinic.id, {"en": label}, actor=STAFF, **more)
    return f"consent_{made.pk}"


def send(visitor: Visitor, **more: str) -> Any:
    """Fill in the form and press the button."""
    return visitor.post("booking/", {"flow": visitor.flow(minute(9)), **DETAILS, **more})


def the_visit(visitor: Visitor) -> Visit:
    """The only visit."""
    with scope(visitor.clinic.id):
        return Visit.objects.get()


def test_a_question_is_asked_kept_and_told(visitor: Visitor) -> None:
    plate(visitor)
    catalog.add_field(visitor.clinic.id, "type", {"en": "Type"}, "choice", choices=CHOICES, actor=STAFF)
    catalog.add_field(visitor.clinic.id, "born", {"en": "Built"}, "date", actor=STAFF)
    catalog.add_field(visitor.clinic.id, "keys", {"en": "Keys left"}, "tick", actor=STAFF)
    page = send(visitor)
    assert page.status_code == 422 and "Fill in this field." in words(page)
    done = send(visitor, field_plate="B 01 ABC", field_type="van", field_born="2019-05-01", field_keys="on")
    text = words(visitor.browser.get(done["Location"]))
    assert "Number plate B 01 ABC" in text and "Type Van" in text and "Keys left Yes" in text
    assert "Built Wednesday, 1 May 2019" in text
    kept = the_visit(visitor).fields
    assert {code: one["value"] for code, one in kept.items()} == {
        "plate": "B 01 ABC", "type": "van", "born": "2019-05-01", "keys": True,
    }  # fmt: skip


def test_a_wrong_answer_is_said_at_its_field(visitor: Visitor) -> None:
    catalog.add_field(visitor.clinic.id, "km", {"en": "Kilometres"}, "number", actor=STAFF)
    page = send(visitor, field_km="many")
    assert page.status_code == 422 and "Write a number, such as 12 or 12.5." in words(page)
    assert 'value="many"' in page.content.decode() and 'id="id_field_km_error"' in page.content.decode()


def test_a_question_added_while_typing_is_said_at_its_field(visitor: Visitor, monkeypatch: Any) -> None:
    from visita.web.front import asks

    monkeypatch.setattr(asks, "load", lambda place, flow: asks.Asks())
    flow = visitor.flow(minute(9))
    plate(visitor)
    page = visitor.post("booking/", {"flow": flow, **DETAILS})
    assert page.status_code == 422 and "Fill in this field." in words(page)


def test_answers_are_carried_back_to_the_times_and_again(visitor: Visitor) -> None:
    plate(visitor)
    box = consent(visitor, required=False)
    sent = {"flow": visitor.flow(minute(9)), **DETAILS, "field_plate": "B 01", box: "1", "whom": "me"}
    page = visitor.post("back/", sent).content.decode()
    assert 'name="field_plate" value="B 01"' in page and f'name="{box}" value="1"' in page


def test_without_the_required_tick_nothing_is_booked(visitor: Visitor) -> None:
    box = consent(visitor, "I accept the [terms](https://meridian.example/terms).", body={"en": "All of it."})
    page = visitor.get("details/", flow=visitor.flow(minute(10))).content.decode()
    assert (
        '<a href="https://meridian.example/terms" target="_blank" rel="noopener noreferrer">terms</a>' in page
    )
    assert f'name="{box}"' in page and "checked" not in page
    refused = send(visitor)
    assert refused.status_code == 422 and "Tick this to go on." in words(refused)
    done = send(visitor, **{box: "1"})
    with scope(visitor.clinic.id):
        proof = Acceptance.objects.get()
    assert (proof.text, proof.ip, proof.source) == ("All of it.", "127.0.0.1", "web")
    assert "What you agreed to I accept the terms. Read the text" in words(
        visitor.browser.get(done["Location"])
    )


def test_another_version_than_was_read_must_be_ticked_again(visitor: Visitor) -> None:
    box = consent(visitor)
    catalog.change_consent(
        visitor.clinic.id,
        int(box.removeprefix("consent_")),
        {"label": {"en": "I agree to more."}},
        actor=STAFF,
    )
    page = send(visitor, **{box: "1"})
    assert page.status_code == 422 and "This text was changed meanwhile." in words(page)
    assert send(visitor, **{box: "2"}).status_code == 302


def test_the_texts_have_pages_of_their_own(visitor: Visitor, settings: Any, tmp_path: Path) -> None:
    settings.VISITA_DATA = tmp_path
    pdf = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"
    digest = documents.keep(visitor.clinic.id, pdf)
    box = consent(visitor, file_hash=digest, file_name="terms.pdf").removeprefix("consent_")
    body = consent(visitor, body={"en": "<b>Bold</b> https://x.example"}).removeprefix("consent_")
    assert "terms.pdf" in words(visitor.get(f"texts/{box}/1/"))
    file = visitor.get(f"texts/{box}/1/file.pdf")
    assert (file["Content-Type"], file.content) == ("application/pdf", pdf)
    page = visitor.get(f"texts/{body}/1/").content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page and 'href="https://x.example"' in page
    assert "I agree." in words(visitor.get("texts/"))


@pytest.mark.parametrize("path", ["9/9/", "99999999999999999999/1/", "1/99999999999/", "9/9/file.pdf"])
def test_unknown_texts_are_not_found(visitor: Visitor, path: str) -> None:
    assert visitor.get(f"texts/{path}").status_code == 404


def test_a_text_of_another_organization_is_not_found(visitor: Visitor) -> None:
    other = catalog.add_consent(world.clinic().id, {"en": "Theirs"}, body={"en": "Secret"}, actor=STAFF)
    assert visitor.get(f"texts/{other.pk}/1/").status_code == 404


def test_links_in_a_sentence() -> None:
    assert pieces("I read [this](https://a.example/b) and [that](javascript:x).") == (
        Words("I read "), Words("this", "https://a.example/b"), Words(" and [that](javascript:x)."),
    )  # fmt: skip


def test_a_child_is_whom_the_visit_is_about(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "booked_for", ["child", "person"], actor=STAFF)
    page = visitor.get("details/", flow=visitor.flow(minute(10)))
    assert re.search(r'value="me"\s+checked', page.content.decode())
    refused = send(visitor, whom="child")
    assert refused.status_code == 422 and "Fill in this field." in words(refused)
    done = send(
        visitor, whom="child", child_name="Ioana", child_birth_date="2019-02-28", person_name="ignored"
    )
    with scope(visitor.clinic.id):
        about = Subject.objects.get()
        visit = Visit.objects.get()
        assert (about.kind, about.name, about.details) == ("child", "Ioana", {"birth_date": "2019-02-28"})
        assert visit.subject_id == about.pk and about.client_id == visit.client_id
    page = words(visitor.browser.get(done["Location"]))
    assert (
        "For Ioana" in page and "2019-02-28" not in page
    )  # facts might be those of a record nobody here has shown to be theirs


@pytest.mark.parametrize("day", ["2999-01-01", "1800-01-01", "2019-02-30", "yesterday"])
def test_a_day_of_birth_that_cannot_be_is_said(visitor: Visitor, day: str) -> None:
    tenancy.set_setting(visitor.clinic.id, "booked_for", ["child"], actor=STAFF)
    page = send(visitor, whom="child", child_name="Ioana", child_birth_date=day)
    assert page.status_code == 422 and "Write a date that exists" in words(page)


def test_for_me_books_about_nobody_else(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "booked_for", ["child", "person"], actor=STAFF)
    assert send(visitor, whom="me", child_name="Left over").status_code == 302
    assert the_visit(visitor).subject_id is None


def test_a_vet_always_asks_for_the_pet(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "booked_for", ["pet"], actor=STAFF)
    page = send(visitor)
    needed = re.findall(r'<input[^>]*name="(pet_\w+)"[^>]* required', page.content.decode())
    assert (page.status_code, needed) == (422, ["pet_name"])
    assert send(visitor, pet_name="Musti", pet_species="dog", pet_breed="collie").status_code == 302
    with scope(visitor.clinic.id):
        about = Subject.objects.get()
    assert (about.kind, about.name, about.details) == ("dog", "Musti", {"breed": "collie"})


def test_a_price_that_changed_while_typing_is_told_and_asked_again(visitor: Visitor) -> None:
    clinic, flow = visitor.clinic, visitor.flow(minute(9))
    assert 'name="price" value="30000"' in visitor.get("details/", flow=flow).content.decode()
    catalog.change_service(clinic.id, clinic.visit, {"price_minor": 32000}, actor=STAFF)
    data = {"flow": flow, **DETAILS, "price": "30000"}
    page = visitor.post("booking/", data)
    assert page.status_code == 409 and "The price is now 320 lei. Nothing was booked" in words(page)
    assert 'name="price" value="32000"' in page.content.decode() and 'value="Ilie"' in page.content.decode()
    assert visitor.post("booking/", {**data, "price": "32000"}).status_code == 302


def test_a_promotion_s_price_is_shown_before_it_is_booked(visitor: Visitor) -> None:
    clinic = visitor.clinic
    catalog.add_promotion(
        clinic.id, clinic.visit, {"en": "Early"}, valid_from=world.MONDAY, percent=50, actor=STAFF
    )
    flow = visitor.flow(minute(9))
    page = visitor.get("details/", flow=flow)
    assert 'name="price" value="15000"' in page.content.decode() and "150 lei" in words(page)
    assert visitor.post("booking/", {"flow": flow, **DETAILS, "price": "15000"}).status_code == 302


def test_a_service_withdrawn_while_typing_is_told(visitor: Visitor) -> None:
    clinic, flow = visitor.clinic, visitor.flow(minute(9))
    catalog.change_service(clinic.id, clinic.visit, {"online": False}, actor=STAFF)
    page = visitor.post("booking/", {"flow": flow, **DETAILS})
    assert page.status_code == 410 and "This is not offered any more. Nothing was booked." in words(page)
    with scope(clinic.id):
        assert not Visit.objects.exists()


def test_going_back_after_booking_leads_to_the_same_visit(visitor: Visitor) -> None:
    flow = visitor.flow(minute(9))
    first = visitor.post("booking/", {"flow": flow, **DETAILS})
    again = visitor.post("booking/", {"flow": flow, **DETAILS, "note": "typed after going back"})
    assert again["Location"] == first["Location"]
    assert the_visit(visitor).note == ""
    back = visitor.get("details/", flow=flow)  # no form that says a time is held
    assert back.status_code == 302 and back["Location"] == first["Location"].split("?")[0]


def test_two_tabs_with_one_time_book_it_once_each_for_its_own(visitor: Visitor) -> None:
    one, two = visitor.flow(minute(9)), visitor.flow(minute(9))  # two tabs, two doctors
    links = {visitor.post("booking/", {"flow": flow, **DETAILS})["Location"] for flow in (one, two, one, two)}
    assert len(links) == 2
    with scope(visitor.clinic.id):
        assert Visit.objects.count() == 2


def test_what_the_summary_tells_is_a_setting(visitor: Visitor) -> None:
    flow = visitor.flow(minute(9), who=str(visitor.clinic.ana))
    assert "Ana Pop" in words(visitor.get("details/", flow=flow))
    for key in ("show_length", "show_person"):
        tenancy.set_setting(visitor.clinic.id, key, False, actor=STAFF)
    text = words(visitor.get("details/", flow=flow))
    assert "Ana Pop" not in text and "30 min" not in text


def test_a_message_stands_beside_the_button(visitor: Visitor) -> None:
    tenancy.change_profile(visitor.clinic.id, {"confirmation": {"en": "Ring twice."}}, actor=STAFF)
    assert "Ring twice." in words(visitor.get("details/", flow=visitor.flow(minute(9))))


def test_who_may_not_have_it_is_led_to_the_right_service_with_what_was_typed(visitor: Visitor) -> None:
    clinic = visitor.clinic
    rule: dict[str, Any] = {"clients": "returning", "offer": clinic.scan}
    place: dict[str, Any] = {"scope_kind": "service", "scope_id": clinic.visit}
    tenancy.set_setting(clinic.id, "eligibility", rule, actor=world.STAFF, **place)
    page = visitor.post("booking/", {"flow": visitor.flow(minute(9)), **DETAILS})
    assert page.status_code in (403, 409, 422), words(page)
    there = page.context["form"].instead
    times = visitor.browser.post(there, {**DETAILS, "flow": page.context["flow"]})
    assert "Scan" in words(times) and 'value="0721 555 014"' in times.content.decode()

"""Paths of an organization's own: the person after the time, a form between the steps, days that have something."""

from typing import Any

import pytest

from tests import world
from visita.bookings.actions.book import book
from visita.bookings.models import Visit
from visita.catalog import actions as catalog
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.models import Allocation
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words

LAST: list[dict[str, Any]] = [{"step": "service"}, {"step": "time"}]
THEN = [*LAST, {"step": "person"}]
FORM: dict[str, Any] = {
    "step": "form",
    "key": "about",
    "title": {"en": "About the car"},
    "fields": ["plate", "colour"],
}


def _names(page: Any) -> list[str]:
    return [row["name"] for row in page.context["rows"]]


@pytest.fixture
def then(visitor: Visitor) -> Visitor:
    """The person comes after the time."""
    catalog.add_path(visitor.clinic.id, THEN, actor=world.STAFF)
    return visitor


def _press(visitor: Visitor, at: int, **more: Any) -> Any:
    chosen = {"location": visitor.clinic.location, "service": visitor.clinic.visit, "seats": 1}
    return visitor.post("hold/", {**chosen, "slot": f"any.{at}", **more})


def test_who_is_free_is_asked_after_the_time(then: Visitor) -> None:
    page = then.get(service=then.clinic.visit)
    assert page.context["heading"] == "When" and not page.context["cards"]
    pressed = _press(then, minute(9))
    page = then.browser.get(pressed["Location"])
    assert _names(page) == ["Anyone", "Ana Pop", "Mihai Ionescu"]
    with scope(then.clinic.id):
        assert not Allocation.objects.exists()  # nothing is held before the person is chosen
    held = _press(then, minute(9), slot=f"{then.clinic.mihai}.{minute(9)}", by="anyone")
    page = then.browser.get(held["Location"])
    assert "Mihai Ionescu" in words(page)
    assert then.post("booking/", {"flow": page.context["flow"], **DETAILS}).status_code == 302


def test_an_own_first_step_says_what_the_organization_says(visitor: Visitor) -> None:
    steps = [{"step": "person"}, {"step": "service"}, {"step": "time"}]
    catalog.add_path(visitor.clinic.id, steps, actor=world.STAFF)
    tenancy.change_profile(visitor.clinic.id, {"notice": {"en": "Closed on the 24th."}}, actor=world.STAFF)
    page = visitor.get()
    assert page.context["title"] == "Who should it be with?" and "Closed on the 24th." in words(page)


def test_only_those_free_are_offered_and_one_alone_is_taken(then: Visitor) -> None:
    clinic = then.clinic
    book(clinic.id, world.request(clinic, world.at(9), who=clinic.ana), world.CLIENT)
    page = then.get(service=clinic.visit, at=minute(9))
    assert _names(page) == ["Mihai Ionescu"]
    page = then.get(service=clinic.visit, date="2026-11-23")
    values = [time.value for part in page.context["parts"] for time in part.times]
    assert f"{clinic.mihai}.{minute(9)}" in values and f"any.{minute(9, 30)}" in values


def test_anyone_may_still_be_chosen_then(then: Visitor) -> None:
    held = _press(then, minute(9), by="anyone")
    assert "details" in held["Location"]


def test_a_time_that_went_meanwhile_is_told(then: Visitor) -> None:
    clinic = then.clinic
    for who in (clinic.ana, clinic.mihai):
        book(clinic.id, world.request(clinic, world.at(9), who=who), world.CLIENT)
    page = then.get(service=clinic.visit, at=minute(9))
    assert "9:00 am was just taken." in words(page) or "09:00 was just taken." in words(page)
    assert page.context["day_title"] == "Monday, 23 November"


def test_several_services_and_classes_need_no_such_question(then: Visitor) -> None:
    page = then.get(service=then.clinic.visit, also=str(then.clinic.scan))
    assert page.context["anyone_goes"]
    chosen = {"location": then.clinic.location, "service": then.clinic.yoga, "by": "anyone"}
    assert then.get(**chosen).context["anyone_goes"]


def test_what_was_typed_goes_through_the_question(then: Visitor) -> None:
    page = _press(then, minute(9), **DETAILS)
    assert _names(page)[0] == "Anyone" and 'value="0721 555 014"' in page.content.decode()


@pytest.mark.parametrize("at", ["x", "0", "-1", "99999999999", "1" * 40])
def test_broken_minutes_are_no_time(then: Visitor, at: str) -> None:
    assert "When" in words(then.get(service=then.clinic.visit, at=at))


def test_person_may_not_stand_before_and_after(visitor: Visitor) -> None:
    for steps in (
        [{"step": "person"}, *THEN],
        [*LAST, {"step": "day"}],
        [{"step": "time"}, {"step": "service"}],
    ):
        with pytest.raises(Refusal):
            catalog.add_path(visitor.clinic.id, steps, actor=world.STAFF)


@pytest.fixture
def asked(visitor: Visitor) -> Visitor:
    """Plate (required) and colour are asked between service and time."""
    catalog.add_field(
        visitor.clinic.id,
        "plate",
        {"en": "Plate"},
        "text",
        required=True,
        asked_of="client",
        actor=world.STAFF,
    )
    catalog.add_field(
        visitor.clinic.id, "colour", {"en": "Colour"}, "text", asked_of="client", actor=world.STAFF
    )
    catalog.add_path(visitor.clinic.id, [LAST[0], FORM, LAST[1]], actor=world.STAFF)
    return visitor


def test_a_form_is_asked_once_and_its_answers_are_kept(asked: Visitor) -> None:
    page = asked.get(service=asked.clinic.visit)
    assert "About the car" in words(page) and "Plate *" in words(page)
    there = page.context["go_on"]
    assert "plate" not in there  # nothing typed stands in an address
    refused = asked.browser.post(there, {"field_plate": "", "field_colour": "blue"})
    assert refused.status_code == 422 and 'value="blue"' in refused.content.decode()
    page = asked.browser.post(there, {"field_plate": "B 12 ABC", "field_colour": "blue"})
    assert page.context["heading"] == "Who and when" and 'value="B 12 ABC"' in page.content.decode()
    kept = {**page.context["typed"], **page.context["kept"]}
    details = _press(asked, minute(9), **kept)
    assert "What you answered" in words(details)
    sent = {"flow": details.context["flow"], **DETAILS, **page.context["typed"]}
    assert asked.post("booking/", sent).status_code == 302
    with scope(asked.clinic.id):
        visit = Visit.objects.get()
    assert {code: each["value"] for code, each in visit.fields.items()} == {
        "plate": "B 12 ABC",
        "colour": "blue",
    }


def test_a_forms_answer_cannot_be_skipped_by_the_address(asked: Visitor) -> None:
    page = asked.get(**{"service": asked.clinic.visit, "a.about": "filled"})
    assert "About the car" in words(page)
    assert page.status_code == 200  # a link that somebody kept


def test_a_form_before_the_service_carries_what_was_typed(visitor: Visitor) -> None:
    catalog.add_field(
        visitor.clinic.id, "plate", {"en": "Plate"}, "text", asked_of="client", actor=world.STAFF
    )
    catalog.add_path(visitor.clinic.id, [{**FORM, "fields": ["plate"]}, *LAST], actor=world.STAFF)
    page = visitor.browser.post(visitor.get().context["go_on"], {"field_plate": "B 12 ABC"})
    text = page.content.decode()
    assert "What do you need?" in words(page) and 'value="B 12 ABC"' in text and 'form="hold"' in text


def test_days_without_free_times_are_not_offered(visitor: Visitor) -> None:
    clinic = visitor.clinic
    for who in (clinic.ana, clinic.mihai, clinic.hall):
        scheduling.set_exception(clinic.id, who, clinic.location, world.day_after(1), [], actor=world.STAFF)
    catalog.add_path(clinic.id, [{"step": "day"}, *LAST], actor=world.STAFF)
    names = _names(visitor.get())
    assert names[:2] == ["Monday, 23 November", "Wednesday, 25 November"]  # no Sunday, no day off
    assert "Saturday, 28 November" not in names


def test_a_day_offers_only_what_can_be_had_on_it(visitor: Visitor) -> None:
    clinic = visitor.clinic
    scheduling.set_exception(clinic.id, clinic.nurse, clinic.location, world.MONDAY, [], actor=world.STAFF)
    catalog.add_path(clinic.id, [{"step": "day"}, *LAST], actor=world.STAFF)
    assert "Scan" not in words(visitor.get(date="2026-11-23"))
    assert "Scan" in words(visitor.get(date="2026-11-24"))


def test_ticking_several_where_nothing_combines_is_the_usual_page(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "several_services", False, actor=world.STAFF)
    page = visitor.get(view="several")
    assert "What do you need?" in words(page) and "Consultation" in words(page)

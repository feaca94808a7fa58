"""Several who come with one visit: each service, or each place of a party, names whom it is for."""

from typing import Any

import pytest

from tests import world
from tests.world import STAFF
from visita.bookings import attendees, journal_visit, queries
from visita.bookings.models import Attendee, Visit
from visita.clients.models import Subject
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words


@pytest.fixture
def family(visitor: Visitor) -> str:
    """Mother and child want the same consultation side by side; the note of the held time."""
    tenancy.set_setting(visitor.clinic.id, "subjects_most", 3, actor=STAFF)
    tenancy.set_setting(visitor.clinic.id, "booked_for", ["child", "person"], actor=STAFF)
    return _flow(visitor)


def _flow(visitor: Visitor) -> str:
    chosen = {"service": visitor.clinic.visit, "also": f"{visitor.clinic.visit}.any.1"}
    page = visitor.get(**chosen)
    slot = page.context["parts"][0].times[0].value
    held = visitor.post("hold/", {"location": visitor.clinic.location, **chosen, "slot": slot})
    return str(visitor.browser.get(held["Location"]).context["flow"])


def _send(visitor: Visitor, flow: str, **typed: str) -> Any:
    return visitor.post("booking/", {"flow": flow, **DETAILS, **typed})


def _lines(visitor: Visitor) -> list[tuple[str, ...]]:
    """For whom the desk's panel says that each service is."""
    with scope(visitor.clinic.id):
        return [line.whose for line in journal_visit.card(Visit.objects.get().pk, "en", "en").lines]


def test_mother_and_child_are_each_named_in_one_visit(visitor: Visitor, family: str) -> None:
    page = visitor.get("details/", flow=family)
    assert "Person 2: Consultation" in words(page) and 'name="child_name_1"' in page.content.decode()
    done = _send(
        visitor, family, whom="me", whom_1="child", child_name_1="Ioana", child_birth_date_1="2019-02-28"
    )
    assert done.status_code == 302, words(done)
    assert "For Maria · Consultation Ioana · Consultation" in words(visitor.browser.get(done["Location"]))
    assert _lines(visitor) == [("",), ("Ioana",)]
    file = visitor.browser.get(done["Location"].split("?")[0] + "visit.ics").content.decode()
    assert "SUMMARY:Consultation\\, Consultation · Maria\\, Ioana" in file.replace("\r\n ", "")
    with scope(visitor.clinic.id):
        (view,) = queries.views(Visit.objects.all())
        assert attendees.named([view]) == {view.visit.pk: ["Maria", "Ioana"]}
        child = Subject.objects.get()
    assert (child.kind, child.details) == ("child", {"birth_date": "2019-02-28"})


def test_where_nobody_else_is_booked_for_the_second_is_a_person_with_a_name(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "subjects_most", 3, actor=STAFF)
    flow = _flow(visitor)
    assert "Person 2: Consultation Name of the person *" in words(visitor.get("details/", flow=flow))
    unnamed = _send(visitor, flow)
    assert unnamed.status_code == 422 and "Fill in this field." in words(unnamed)
    assert _send(visitor, flow, person_name_1="Oana Rusu").status_code == 302
    assert _lines(visitor) == [("",), ("Oana Rusu",)]


def test_two_children_and_their_mother_at_home(visitor: Visitor, family: str) -> None:
    typed = {"whom": "child", "child_name": "Ioana", "whom_1": "child", "child_name_1": "Radu"}
    assert _send(visitor, family, **typed).status_code == 302
    assert _lines(visitor) == [("Ioana",), ("Radu",)]
    with scope(visitor.clinic.id):
        assert Visit.objects.get().subject_id == Subject.objects.get(name="Ioana").pk


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"whom_1": "child"}, "Fill in this field."),
        ({}, "Fill in this field."),  # the second is a child unless told otherwise
        ({"whom_1": "me"}, "Only one of them can be you."),
        ({"whom_1": "child", "child_name_1": "Ioana", "child_birth_date_1": "2999-01-01"}, "Write a date"),
        ({"whom_1": "cat"}, "cat is not one of the available choices"),
    ],
)
def test_what_is_wrong_with_the_second_is_said_and_kept(
    visitor: Visitor, family: str, typed: dict[str, str], said: str
) -> None:
    page = _send(visitor, family, **typed)
    assert page.status_code == 422 and said in words(page)
    for name, value in typed.items():
        assert value in page.content.decode(), name
    with scope(visitor.clinic.id):
        assert not Visit.objects.exists() and not Subject.objects.exists()


def test_the_second_may_be_the_one_who_books(visitor: Visitor, family: str) -> None:
    assert _send(visitor, family, whom="child", child_name="Ioana", whom_1="me").status_code == 302
    assert _lines(visitor) == [("Ioana",), ("",)]


def test_what_was_typed_about_the_second_comes_back_from_another_time(visitor: Visitor, family: str) -> None:
    page = visitor.post("hold/extension/", {"flow": family, "whom_1": "person", "person_name_1": "Bunica"})
    body = page.content.decode()
    assert 'value="Bunica"' in body and 'value="person" checked' in body.replace("\n", " ")


def test_two_dogs_are_told_apart(visitor: Visitor, family: str) -> None:
    tenancy.set_setting(visitor.clinic.id, "booked_for", ["pet"], actor=STAFF)
    assert "Pet 2: Consultation" in words(visitor.get("details/", flow=family))
    typed = {"pet_name": "Musti", "pet_species": "dog", "pet_name_1": "Rex", "pet_species_1": "dog"}
    assert _send(visitor, family, **typed).status_code == 302
    assert _lines(visitor) == [("Musti",), ("Rex",)]


def test_places_of_a_party_may_be_named(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "booked_for", ["person"], actor=STAFF)
    flow = visitor.flow(minute(9), service=visitor.clinic.gym, seats=3)
    done = _send(visitor, flow, person_name_2="Radu")
    assert done.status_code == 302, words(done)
    assert _lines(visitor) == [("", "Radu")]
    assert "For Maria, Radu" in words(visitor.browser.get(done["Location"]))


def test_whoever_comes_alone_is_asked_and_kept_as_before(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "booked_for", ["child"], actor=STAFF)
    done = _send(visitor, visitor.flow(minute(9)), whom="child", child_name="Ioana", child_name_1="No one")
    assert done.status_code == 302
    with scope(visitor.clinic.id):
        assert not Attendee.objects.exists() and [each.name for each in Subject.objects.all()] == ["Ioana"]


def test_another_house_sees_nothing_of_it(visitor: Visitor, family: str) -> None:
    assert _send(visitor, family, whom_1="child", child_name_1="Ioana").status_code == 302
    with scope(world.clinic().id):
        assert not Attendee.objects.exists()


def test_a_child_s_age_as_typed_is_judged(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "booked_for", ["child"], actor=STAFF)
    tenancy.set_setting(visitor.clinic.id, "eligibility", {"ages": [18, None]}, actor=STAFF)
    typed = {"whom": "child", "child_name": "Ioana", "child_birth_date": "2019-02-28"}
    refused = _send(visitor, visitor.flow(minute(9)), **typed)
    assert refused.status_code == 422
    with scope(visitor.clinic.id):
        assert not Visit.objects.exists()


def test_each_of_them_is_judged_by_the_own_age(visitor: Visitor, family: str) -> None:
    tenancy.set_setting(visitor.clinic.id, "eligibility", {"ages": [18, None]}, actor=STAFF)
    child = {"whom": "me", "whom_1": "child", "child_name_1": "Ioana", "child_birth_date_1": "2019-02-28"}
    assert _send(visitor, family, **child).status_code == 422
    assert _send(visitor, family, **{**child, "child_birth_date_1": "1999-02-28"}).status_code == 302

"""Who may have a service: the refusal explains and offers the right one."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, day_after, person, request
from visita.bookings import actions
from visita.bookings.eligibility import Person, age, fits_kind, problem
from visita.bookings.models import Visit
from visita.bookings.requests import MoveRequest, PartWish, ServicesRequest, SubjectDetails
from visita.catalog import actions as catalog
from visita.clients import actions as clients
from visita.clients.personal_data import Personal
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy

HERE = Person(((MONDAY - timedelta(days=20), frozenset({3})),), date(1990, 5, 1), "dog", {"referral": "A1"})
NEW = Person()
COMING = Person(((MONDAY + timedelta(days=5), frozenset({3})),))


@pytest.mark.parametrize(
    ("rule", "somebody", "why"),
    [
        ({}, NEW, None),
        ({"clients": "new"}, NEW, None),
        ({"clients": "new"}, HERE, "clients"),
        ({"clients": "new"}, COMING, "clients"),
        ({"clients": "returning"}, COMING, "clients"),
        ({"after_days": [5, []]}, COMING, None),
        ({"after_days": [6, [3]]}, COMING, "after_days"),
        ({"after_days": [6, [4]]}, COMING, None),
        ({"within_days": [9, []]}, COMING, "within_days"),
        ({"clients": "returning"}, HERE, None),
        ({"clients": "returning"}, NEW, "clients"),
        ({"after_days": [20, []]}, HERE, None),
        ({"after_days": [21, []]}, HERE, "after_days"),
        ({"after_days": [21, [4]]}, HERE, None),
        ({"after_days": [21, []]}, NEW, None),
        ({"within_days": [20, [3]]}, HERE, None),
        ({"within_days": [19, [3]]}, HERE, "within_days"),
        ({"within_days": [19, []]}, NEW, "within_days"),
        ({"ages": [36, None]}, HERE, None),
        ({"ages": [37, None]}, HERE, "ages"),
        ({"ages": [None, 35]}, HERE, "ages"),
        ({"ages": [18, 99]}, NEW, None),
        ({"kinds": ["dog", "cat"]}, HERE, None),
        ({"kinds": ["cat"]}, HERE, "kinds"),
        ({"kinds": ["cat"]}, NEW, None),
        ({"needs_field": "referral"}, HERE, None),
        ({"needs_field": "referral"}, NEW, "needs_field"),
    ],
)
def test_every_entry(rule: dict[str, Any], somebody: Person, why: str | None) -> None:
    assert problem(rule, somebody, MONDAY) == why


def test_years_turn_on_the_birthday() -> None:
    born = date(2008, 2, 29)
    assert [age(born, date(2026, 2, 28)), age(born, date(2026, 3, 1))] == [17, 18]
    assert fits_kind({}, "dog") and not fits_kind({"kinds": ["cat"]}, "dog")


def only(cast: Clinic, **rule: Any) -> None:
    tenancy.set_setting(cast.id, "eligibility", rule, actor=STAFF, scope_kind="service", scope_id=cast.visit)


def book(cast: Clinic, *args: Any, **more: Any) -> int:
    booked = actions.book(cast.id, request(cast, *args, **more), STAFF if more.get("staff") else CLIENT)
    return booked.visit_id  # type: ignore[union-attr]  # no key was sent


def test_a_first_visit_is_for_new_clients_and_the_right_service_is_named(cast: Clinic) -> None:
    only(cast, clients="new", offer=cast.gym)
    book(cast, at(9))
    with pytest.raises(Refusal) as refused:
        book(cast, at(9, day=day_after(2)))
    assert (refused.value.code, refused.value.status) == ("not_eligible", 422)
    assert refused.value.extra == {"service": cast.visit, "why": "clients", "offer": cast.gym}
    book(cast, at(9), client=person("Ion", "Popa", phone="+40721555015"))
    book(cast, at(9, day=day_after(2)), staff=True, override=True)


def test_who_books_backwards_is_new_once_and_keeps_the_distance(cast: Clinic) -> None:
    only(cast, clients="new")
    first = book(cast, at(9, day=day_after(10)))
    with pytest.raises(Refusal, match="not_eligible"):
        book(cast, at(9, day=day_after(4)))
    actions.move(cast.id, first, MoveRequest(at(9, day=day_after(4))), CLIENT)
    only(cast, after_days=[7, []])
    with pytest.raises(Refusal, match="not_eligible") as refused:
        book(cast, at(9))
    assert "At least 7 days" in str(refused.value.message)
    book(cast, at(9), staff=True, override=True)


def test_a_first_visit_moves_whatever_was_booked_since_but_not_behind_it(cast: Clinic) -> None:
    only(cast, clients="new")
    first = book(cast, at(9))
    since = book(cast, at(9, day=day_after(8)), cast.gym)
    actions.move(cast.id, first, MoveRequest(at(9, day=day_after(3))), CLIENT)
    with pytest.raises(Refusal, match="not_eligible"):
        actions.move(cast.id, first, MoveRequest(at(9, day=day_after(9))), CLIENT)
    parts = (PartWish(cast.visit),)  # what becomes a first visit now is booked now
    with pytest.raises(Refusal, match="not_eligible"):
        actions.change_services(cast.id, since, ServicesRequest(parts), STAFF)


def test_a_move_keeps_to_it(cast: Clinic) -> None:
    only(cast, after_days=[7, []])
    book(cast, at(9))
    later = book(cast, at(9, day=day_after(8)))
    with pytest.raises(Refusal, match="not_eligible"):
        actions.move(cast.id, later, MoveRequest(at(9, day=day_after(4))), CLIENT)
    actions.move(cast.id, later, MoveRequest(at(9, day=day_after(7))), CLIENT)


def test_the_kind_of_the_animal_and_the_organizations_own_words(cast: Clinic) -> None:
    only(cast, kinds=["cat"], text={"en": "Cats only, see the dog clinic.", "ro": "Numai pisici."})
    with pytest.raises(Refusal, match="Cats only"):
        book(cast, at(9), subject=SubjectDetails("dog", "Rex"))
    book(cast, at(9), subject=SubjectDetails("cat", "Mia"))


def test_the_age_of_a_known_client_counts(cast: Clinic) -> None:
    only(cast, ages=[18, None])
    visit = book(cast, at(9), cast.gym)
    with scope(cast.id):
        client = Visit.objects.get(pk=visit).client_id
    clients.set_personal_data(cast.id, client, Personal("2015-01-01"), actor=STAFF)
    with pytest.raises(Refusal, match="not_eligible"):
        book(cast, at(9))


@pytest.mark.parametrize("by_id", [False, True])
def test_the_needed_field_by_its_code_or_its_id(cast: Clinic, by_id: bool) -> None:
    field = catalog.add_field(cast.id, "referral", {"en": "Referral"}, kind="text", actor=STAFF)
    only(cast, needs_field="referral")
    key = str(field.pk) if by_id else "referral"
    with pytest.raises(Refusal, match="not_eligible"):
        book(cast, at(9), fields={key: "  "})
    actions.move(cast.id, book(cast, at(9), fields={key: "A1"}), MoveRequest(at(10)), CLIENT)


@pytest.mark.parametrize("rule", [{"clients": "old"}, {"kinds": "cat"}, {"ages": [1]}, {"colour": 1}])
def test_what_is_no_rule(cast: Clinic, rule: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="bad_setting"):
        only(cast, **rule)

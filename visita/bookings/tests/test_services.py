"""The services of a visit changed at the desk: added, removed, replaced; times, prices, history and the way back."""

from typing import Any

import pytest

from tests.world import STAFF, Clinic, at, person
from visita.bookings import actions, states
from visita.bookings.actions import Wish
from visita.bookings.locking import appointments
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import Booked, BookRequest, Item, MoveRequest, PartWish, ServicesRequest
from visita.bookings.tests.test_bring_back import acts, back, state
from visita.bookings.tests.test_change import book, held
from visita.catalog import actions as catalog
from visita.catalog.models import Service
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope


def parts(cast: Clinic, booked: Booked) -> list[Appointment]:
    with scope(cast.id):
        return appointments(booked.visit_id)


def change(cast: Clinic, booked: Booked, *wishes: PartWish, **more: Any) -> None:
    actions.change_services(cast.id, booked.visit_id, ServicesRequest(tuple(wishes), **more), STAFF)


def kept(part: Appointment, **more: Any) -> PartWish:
    return PartWish(more.pop("service_id", part.service_id), part.pk, **more)


def times(cast: Clinic, booked: Booked) -> list[tuple[int | None, str, str]]:
    """(resource, from, to) of each part on the clinic's clock."""
    zone = at(9).tzinfo
    wall = [(each.resource_id, each.s, each.e) for each in parts(cast, booked)]
    return [(who, *(f"{clock.from_minute(m).astimezone(zone):%H:%M}" for m in span)) for who, *span in wall]  # type: ignore[misc]


def test_a_service_is_added_after_the_last_one_with_the_same_person(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))
    assert times(cast, booked) == [(cast.ana, "09:00", "09:30"), (cast.ana, "09:30", "10:10")]
    with scope(cast.id):
        visit = Visit.objects.get(pk=booked.visit_id)
    assert (visit.version, visit.e - visit.s) == (2, 70)
    assert {who for who, _s, _e in held(cast)} == {cast.ana, cast.nurse, cast.room}


def test_a_removed_service_frees_its_time_and_the_visit_begins_with_what_stays(cast: Clinic) -> None:
    items = (Item(cast.visit, cast.ana, at(9)), Item(cast.visit, cast.mihai, at(9, 30)))
    booked = actions.book(cast.id, BookRequest(items, client=person(), staff=True), STAFF)
    assert isinstance(booked, Booked)
    change(cast, booked, kept(parts(cast, booked)[1]))
    assert times(cast, booked) == [(cast.mihai, "09:30", "10:00")]
    assert held(cast) == [(cast.mihai, clock.to_minute(at(9, 30)), clock.to_minute(at(10)))]
    with scope(cast.id):
        assert Visit.objects.get(pk=booked.visit_id).wall == "2026-11-23T09:30"


def test_a_longer_part_pushes_those_after_it_and_not_those_beside(cast: Clinic) -> None:
    items = (
        Item(cast.visit, cast.ana, at(9)),
        Item(cast.visit, cast.mihai, at(9), subject=1),
        Item(cast.visit, cast.ana, at(9, 30)),
    )
    booked = actions.book(cast.id, BookRequest(items, client=person(), staff=True), STAFF)
    assert isinstance(booked, Booked)
    first, beside, last = parts(cast, booked)
    change(cast, booked, kept(first, minutes=45), kept(beside), kept(last))
    assert times(cast, booked) == [
        (cast.ana, "09:00", "09:45"),
        (cast.mihai, "09:00", "09:30"),
        (cast.ana, "09:45", "10:15"),
    ]


def test_another_service_costs_what_it_costs_now_and_the_rest_keeps_its_price(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    catalog.change_service(cast.id, cast.visit, {"price_minor": 99900}, actor=STAFF)
    catalog.change_service(cast.id, cast.scan, {"price_minor": 50000}, actor=STAFF)
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))
    assert [each.price_minor for each in parts(cast, booked)] == [30000, 50000]
    change(cast, booked, kept(parts(cast, booked)[0], service_id=cast.scan), kept(parts(cast, booked)[1]))
    assert [each.price_minor for each in parts(cast, booked)] == [50000, 50000]


def test_another_person_does_one_part(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    change(cast, booked, kept(parts(cast, booked)[0], resource_id=cast.mihai))
    assert times(cast, booked) == [(cast.mihai, "09:00", "09:30")]
    assert held(cast) == [(cast.mihai, clock.to_minute(at(9)), clock.to_minute(at(9, 30)))]


def test_a_taken_time_refuses_with_near_ones_and_changes_nothing(cast: Clinic) -> None:
    booked, _other = book(cast, at(9), None, cast.ana), book(cast, at(9, 30), None, cast.ana)
    before = state(cast, booked)
    with pytest.raises(Refusal) as refused:
        change(cast, booked, kept(parts(cast, booked)[0], minutes=60))
    assert refused.value.code == "slot_taken" and refused.value.extra["alternatives"]
    assert state(cast, booked) == before
    change(cast, booked, kept(parts(cast, booked)[0], minutes=60), force=True)
    assert times(cast, booked) == [(cast.ana, "09:00", "10:00")]


@pytest.mark.parametrize(
    ("wish", "code"),
    [("none", "no_services"), ("foreign", "not_found"), ("twice", "not_found"), ("class", "class_date_required"),
     ("unknown", "not_found"), ("nurse", "staff_service_mismatch")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(cast: Clinic, wish: str, code: str) -> None:
    booked, other = book(cast, at(9), None, cast.ana), book(cast, at(10), None, cast.ana)
    own, foreign = kept(parts(cast, booked)[0]), kept(parts(cast, other)[0])
    wishes = {
        "none": (), "foreign": (foreign,), "twice": (own, own), "class": (own, PartWish(cast.yoga)),
        "unknown": (own, PartWish(10**9)), "nurse": (own, PartWish(cast.visit, resource_id=cast.nurse)),
    }[wish]  # fmt: skip
    with pytest.raises(Refusal) as refused:
        change(cast, booked, *wishes)
    assert refused.value.code == code


def test_what_is_given_no_more_stays_but_is_not_added(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    with scope(cast.id):
        Service.objects.filter(pk=cast.visit).update(archived_at=clock.now())
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))
    with pytest.raises(Refusal, match="not_found"):
        change(cast, booked, *map(kept, parts(cast, booked)), PartWish(cast.visit))
    assert len(parts(cast, booked)) == 2


def test_what_is_over_keeps_its_services(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    actions.cancel(cast.id, booked.visit_id, STAFF)
    with pytest.raises(Refusal, match="invalid_transition"):
        change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))


def test_two_desks_a_note_between_does_not_matter_a_move_does(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    actions.note(cast.id, booked.visit_id, "Cold hands", STAFF)
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan), version=1, merge=True)
    with pytest.raises(Refusal) as refused:
        change(cast, booked, kept(parts(cast, booked)[0]), version=2, merge=True)
    assert (refused.value.code, refused.value.extra["fields"]) == ("changed_meanwhile", ["services", "time"])
    with pytest.raises(Refusal, match="changed_meanwhile"):
        actions.move(cast.id, booked.visit_id, MoveRequest(at(14), staff=True, version=1, merge=True), STAFF)


def test_the_services_of_then_come_back_and_the_later_ones_again(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    first = state(cast, booked)
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))
    both = state(cast, booked)
    change(cast, booked, kept(parts(cast, booked)[1]))
    last = state(cast, booked)
    for act, goal in ((0, first), (1, both), (2, last), (0, first)):
        back(cast, booked, acts(cast, booked)[act])
        assert {**state(cast, booked), "claims": ()} == {**goal, "claims": ()}
        assert len(state(cast, booked)["claims"]) == len(goal["claims"])


def test_one_change_of_services_is_taken_back_alone(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    before = state(cast, booked)
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))
    actions.note(cast.id, booked.visit_id, "Kept", STAFF)
    back(cast, booked, acts(cast, booked)[1], alone=True)
    assert {**state(cast, booked), ("note",): ""} == before


def test_what_came_and_was_moved_since_is_not_taken_back_alone(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))
    actions.move(cast.id, booked.visit_id, MoveRequest(at(14), staff=True), STAFF)
    with pytest.raises(Refusal) as refused:
        back(cast, booked, acts(cast, booked)[1], alone=True)
    assert (refused.value.code, refused.value.extra["fields"]) == ("changed_since", ["part"])


def test_services_that_come_back_are_refused_where_somebody_has_their_time(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))
    change(cast, booked, kept(parts(cast, booked)[0]))
    book(cast, at(9, 30), None, cast.ana)
    with pytest.raises(Refusal) as refused:
        actions.bring_back(cast.id, booked.visit_id, Wish(acts(cast, booked)[1]), STAFF)
    assert refused.value.code == "slot_taken"
    assert len(parts(cast, booked)) == 1


def test_the_day_as_it_was_has_the_services_of_then(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.scan))
    with clock.at(at(7)):
        change(cast, booked, kept(parts(cast, booked)[0]))
    with scope(cast.id):
        then, now = (states.as_of([booked.visit_id], moment)[booked.visit_id] for moment in (at(6), at(8)))
    assert (len(then.state.parts), len(now.state.parts)) == (2, 1)

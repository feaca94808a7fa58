"""Several services in one visit: found without trying every way, and refused as free times say."""

from datetime import timedelta

import pytest

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, person, request, resource, service
from visita.bookings import actions
from visita.bookings.availability import Ask, AskItem, availability
from visita.bookings.models import Appointment, Session
from visita.bookings.requests import Booked, BookRequest, Item, MoveRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.models import Allocation
from visita.tenancy import actions as tenancy


def test_a_taken_end_is_found_without_trying_every_way_there(cast: Clinic) -> None:
    """Ten people could take the six items before it in a million ways."""
    people = [resource(cast.id, cast.location, f"Stylist {n}") for n in range(10)]
    wash = service(cast.id, "Wash", people, minutes=20, start_step=20)
    scan = service(cast.id, "Scan", people, [[cast.room]], minutes=20, start_step=20)
    starts = [at(9) + timedelta(minutes=20 * n) for n in range(7)]
    actions.book(cast.id, request(cast, starts[6], scan, people[0], staff=True), STAFF)
    items = (*(Item(wash, None, start) for start in starts[:6]), Item(scan, None, starts[6]))
    with pytest.raises(Refusal) as refused:
        actions.book(cast.id, BookRequest(items, client=person()), CLIENT)
    assert refused.value.code == "slot_taken"


def test_a_move_within_a_full_class_keeps_its_place(cast: Clinic) -> None:
    actions.add_session(cast.id, cast.yoga, cast.location, at(9), [cast.ana], actor=STAFF, capacity=1)
    booked = actions.book(cast.id, request(cast, at(9), cast.yoga), CLIENT)
    assert isinstance(booked, Booked)
    assert actions.move(cast.id, booked.visit_id, MoveRequest(at(9), staff=True), STAFF).start == at(9)


def test_a_restored_visit_belongs_to_the_class_it_has_a_place_in(cast: Clinic) -> None:
    first = actions.add_session(cast.id, cast.yoga, cast.location, at(9), [cast.ana], actor=STAFF)
    booked = actions.book(cast.id, request(cast, at(9), cast.yoga), CLIENT)
    assert isinstance(booked, Booked)
    actions.cancel(cast.id, booked.visit_id, STAFF)
    with scope(cast.id):
        Session.objects.filter(pk=first.pk).update(cancelled_at=clock.now())
        Allocation.objects.filter(session_id=first.pk).update(live=False)
    second = actions.add_session(cast.id, cast.yoga, cast.location, at(9), [cast.ana], actor=STAFF)
    actions.restore(cast.id, booked.visit_id, STAFF)
    with scope(cast.id):
        assert Appointment.objects.get(visit_id=booked.visit_id).session_id == second.pk


def _together(cast: Clinic) -> tuple[Item, ...]:
    return (Item(cast.visit, None, at(9)), Item(cast.visit, None, at(9), subject=1))


def test_a_mother_and_her_child_are_seen_beside_each_other(cast: Clinic) -> None:
    tenancy.set_setting(cast.id, "subjects_most", 2, actor=STAFF)
    asked = (AskItem(cast.visit), AskItem(cast.visit, None, 1))
    with scope(cast.id):
        first = availability(Ask(cast.location, asked, MONDAY, MONDAY)).days[0].starts[0]
    assert first.end - first.start == 30 and set(first.resources) == {cast.ana, cast.mihai}
    booked = actions.book(cast.id, BookRequest(_together(cast), client=person()), CLIENT)
    assert isinstance(booked, Booked)
    assert {item.resource_id for item in booked.items} == {cast.ana, cast.mihai}


def test_one_after_the_other_where_only_one_can(cast: Clinic) -> None:
    tenancy.set_setting(cast.id, "subjects_most", 2, actor=STAFF)
    asked = (AskItem(cast.visit, cast.ana), AskItem(cast.visit, cast.ana, 1))
    with scope(cast.id):
        first = availability(Ask(cast.location, asked, MONDAY, MONDAY)).days[0].starts[0]
    assert [item.start - first.start for item in first.items] == [0, 30]


def test_nobody_is_in_two_places_at_once(cast: Clinic) -> None:
    both = tuple(Item(cast.visit, None, at(9)) for _ in range(2))
    for items in (both, _together(cast)):  # for oneself, and for two where only one may come
        with pytest.raises(Refusal) as refused:
            actions.book(cast.id, BookRequest(items, client=person()), CLIENT)
        assert refused.value.code in ("not_offered", "bad_seats")

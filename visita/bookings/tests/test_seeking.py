"""Find a time: what is proposed can be had, the person stays where that is possible, no gap is left, and why is said."""

from datetime import date, timedelta

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, day_after, request
from visita.bookings import actions
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, BookRequest, Item, MoveItem, MoveRequest
from visita.bookings.seeking import Proposal, Wish, seek
from visita.foundation import clock
from visita.foundation.scope import scope


def find(cast: Clinic, first: date = MONDAY, **more: object) -> list[Proposal]:
    """Proposals of the consultation from Monday on."""
    values = {"services": (cast.visit,), **more}
    with scope(cast.id):
        return seek(Wish(cast.location, first, **values))  # type: ignore[arg-type]  # fields by name


def book(cast: Clinic, hour: int, minute: int = 0, who: int | None = None) -> int:
    booked = actions.book(cast.id, request(cast, at(hour, minute), None, who or cast.ana), CLIENT)
    assert isinstance(booked, Booked)
    return booked.visit_id


def test_the_soonest_comes_first_and_says_so(cast: Clinic) -> None:
    first = find(cast)[0]
    assert clock.from_minute(first.s) == at(9)
    assert {"soonest", "no_gap"} <= set(first.why)


def test_what_touches_other_work_leaves_no_gap(cast: Clinic) -> None:
    book(cast, 10)
    starts = {clock.from_minute(each.s): each.why for each in find(cast, people=(cast.ana,), days=1)}
    assert "no_gap" in starts[at(10, 30)] and "no_gap" in starts[at(9, 30)]


def test_only_these_people_and_this_part_of_the_day(cast: Clinic) -> None:
    found = find(cast, people=(cast.mihai,), part="afternoon")
    assert {each.places[0].resource_id for each in found} == {cast.mihai}
    assert all(12 <= clock.from_minute(each.s).astimezone(at(9).tzinfo).hour < 17 for each in found)


def test_a_move_prefers_the_same_person_and_never_its_own_place(cast: Clinic) -> None:
    visit = book(cast, 9)
    found = find(cast, services=(), visit_id=visit)
    assert found[0].places[0].resource_id == cast.ana and "same_person" in found[0].why
    assert all((each.s, each.places[0].resource_id) != (clock.to_minute(at(9)), cast.ana) for each in found)


def test_everything_proposed_can_be_had(cast: Clinic) -> None:
    visit = book(cast, 9)
    book(cast, 9, 30, cast.mihai)
    for each in find(cast, services=(), visit_id=visit):
        place = each.places[0]
        wanted = MoveRequest(clock.from_minute(place.s), place.resource_id, staff=True)
        actions.move(cast.id, visit, wanted, STAFF)


def test_a_visit_of_two_moves_as_it_is_with_a_place_for_each(cast: Clinic) -> None:
    items = (Item(cast.visit, cast.ana, at(9)), Item(cast.scan, cast.mihai, at(9, 40)))
    booked = actions.book(cast.id, BookRequest(items, client=request(cast, at(9)).client, staff=True), STAFF)
    assert isinstance(booked, Booked)
    found = find(cast, services=(), visit_id=booked.visit_id)
    assert (
        all(each.places[1].s - each.places[0].s == 40 for each in found) and found[0].why[0] == "same_person"
    )
    for each in found[:4]:
        moved = tuple(
            MoveItem(place.part or 0, clock.from_minute(place.s), place.resource_id) for place in each.places
        )
        wanted = MoveRequest(moved[0].start, items=moved, staff=True)
        actions.move(cast.id, booked.visit_id, wanted, STAFF)


def test_two_services_for_somebody_new_follow_each_other(cast: Clinic) -> None:
    found = find(cast, services=(cast.visit, cast.scan), days=2)
    assert found and all(
        [place.service_id for place in each.places] == [cast.visit, cast.scan] for each in found
    )
    assert all(each.places[0].e <= each.places[1].s for each in found)


def test_a_full_stretch_has_nothing(cast: Clinic) -> None:
    saturday = MONDAY + timedelta(days=5)
    assert find(cast, saturday, days=2) == []


def test_nobody_is_proposed_for_two_things_at_once(cast: Clinic) -> None:
    items = (Item(cast.visit, cast.ana, at(9)), Item(cast.visit, cast.mihai, at(9), subject=1))
    booked = actions.book(cast.id, BookRequest(items, client=request(cast, at(9)).client, staff=True), STAFF)
    assert isinstance(booked, Booked)
    found = find(cast, services=(), visit_id=booked.visit_id)
    assert found and all(len({place.resource_id for place in each.places}) == 2 for each in found)


def dates_of_yoga(cast: Clinic, hour: int = 18) -> None:
    """Today with two places left, tomorrow full, the day after with nobody who holds it."""
    made = [
        actions.add_session(
            cast.id, cast.yoga, cast.location, at(hour, day=day_after(days)), who, actor=STAFF
        )
        for days, who in ((0, [cast.ana]), (1, [cast.ana]), (2, []))
    ]
    assert len(made) == 3
    for days, seats in ((0, 1), (1, 2), (1, 1)):
        start = at(hour, day=day_after(days))
        actions.book(cast.id, request(cast, start, cast.yoga, seats=seats, staff=True), STAFF)


def test_a_class_is_proposed_on_its_dates_with_the_places_left(cast: Clinic) -> None:
    dates_of_yoga(cast)
    found = find(cast, services=(cast.yoga,))
    assert [(one.s, one.places[0].resource_id, one.places[0].left) for one in found] == [
        (clock.to_minute(at(18)), cast.ana, 2),
        (clock.to_minute(at(18, day=day_after(2))), 0, 3),
    ]
    assert found[0].why == ("soonest",)
    assert len(find(cast, services=(cast.yoga,), people=(cast.ana,))) == 2  # nobody stands in nobody's way
    assert find(cast, services=(cast.yoga,), part="morning") == []


def test_a_class_and_a_service_before_it_are_proposed_together(cast: Clinic) -> None:
    dates_of_yoga(cast, 15)
    found = find(cast, services=(cast.yoga, cast.visit), days=1)
    assert found and [place.service_id for place in found[0].places] == [cast.visit, cast.yoga]
    assert [place.left for place in found[0].places] == [None, 2]
    first, second = found[0].places
    items = (Item(cast.visit, first.resource_id, clock.from_minute(first.s)),
             Item(cast.yoga, None, clock.from_minute(second.s)))  # fmt: skip
    booked = actions.book(cast.id, BookRequest(items, client=request(cast, at(9)).client, staff=True), STAFF)
    assert isinstance(booked, Booked)


def test_a_place_in_a_class_moves_to_another_date(cast: Clinic) -> None:
    dates_of_yoga(cast)
    with scope(cast.id):
        visit = Visit.objects.order_by("s").values_list("pk", flat=True)[0]
    found = find(cast, services=(), visit_id=visit)
    assert [one.s for one in found] == [clock.to_minute(at(18, day=day_after(2)))]
    place = found[0].places[0]
    there = (MoveItem(place.part or 0, clock.from_minute(place.s)),)
    actions.move(cast.id, visit, MoveRequest(there[0].start, items=there, staff=True), STAFF)

"""What a change of a visit must keep: its length, its hole, its order, its wall clock, and a time that has begun."""

from datetime import date

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, person, request, resource, service
from visita.bookings import actions, availability
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import Booked, BookRequest, Item, MoveRequest
from visita.bookings.spans import Ask, AskItem
from visita.catalog import actions as catalog
from visita.catalog.policies import Offer
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern


def book(cast: Clinic, wanted: BookRequest) -> int:
    booked = actions.book(cast.id, wanted, STAFF)
    assert isinstance(booked, Booked)
    return booked.visit_id


def parts(cast: Clinic, visit: int) -> list[int]:
    with scope(cast.id):
        rows = Appointment.objects.filter(visit_id=visit).order_by("position")
        return list(rows.values_list("id", flat=True))


def test_the_wall_clock_is_right_when_a_move_crosses_a_change_of_the_clocks(cast: Clinic) -> None:
    visit = book(cast, request(cast, at(9, 0, date(2027, 3, 26)), who=cast.ana, staff=True))
    actions.move(cast.id, visit, MoveRequest(at(9, 0, date(2027, 3, 29)), staff=True), STAFF)
    with scope(cast.id):
        assert Visit.objects.get(pk=visit).wall == "2027-03-29T09:00"


def test_restoring_leaves_the_hole_to_whoever_is_in_it(cast: Clinic) -> None:
    color = service(cast.id, "Color", [cast.ana], minutes=90, hole_after=30, hole_minutes=30, start_step=30)
    visit = book(cast, request(cast, at(9), color, cast.ana, staff=True))
    book(cast, request(cast, at(9, 30), cast.visit, cast.ana, staff=True))
    actions.cancel(cast.id, visit, STAFF)
    assert actions.restore(cast.id, visit, STAFF).status == "confirmed"


def test_a_resize_to_what_others_take_is_kept(cast: Clinic) -> None:
    offers = [Offer(cast.ana, minutes=45), Offer(cast.mihai)]
    wash = catalog.add_service(cast.id, {"en": "Wash"}, resources=offers, actor=STAFF, minutes=30).pk
    visit = book(cast, request(cast, at(9), wash, cast.ana, staff=True))
    actions.move(cast.id, visit, MoveRequest(at(9), cast.ana, minutes=30, staff=True), STAFF)
    assert actions.move(cast.id, visit, MoveRequest(at(10), cast.ana, staff=True), STAFF).end == at(10, 30)


def test_a_visit_that_has_begun_can_be_resized_and_brought_back(cast: Clinic) -> None:
    visit = book(cast, request(cast, at(9), who=cast.ana, staff=True))
    with clock.at(at(9, 10)):
        moved = actions.move(cast.id, visit, MoveRequest(at(9), cast.ana, minutes=45, staff=True), STAFF)
        assert moved.end == at(9, 45)
        actions.cancel(cast.id, visit, STAFF)
        assert actions.restore(cast.id, visit, STAFF).status == "confirmed"


def test_a_whole_visit_moves_by_its_earliest_part(cast: Clinic) -> None:
    both = (Item(cast.visit, cast.ana, at(9)), Item(cast.visit, cast.mihai, at(9, 30)))
    visit = book(cast, BookRequest(both, client=person(), staff=True))
    first = parts(cast, visit)[0]
    actions.move(cast.id, visit, MoveRequest(at(11), cast.ana, first, staff=True), STAFF)
    moved = actions.move(cast.id, visit, MoveRequest(at(14), staff=True), STAFF)
    assert (moved.start, moved.end) == (at(14), at(16))


def test_the_first_item_leaves_the_room_the_second_needs(cast: Clinic) -> None:
    """What is offered is bookable: of two rooms the first item takes the one that the second can do without."""
    other = resource(cast.id, cast.location, "Room 2", kind="room")
    rooms = [[cast.room, other]]
    dye = service(cast.id, "Dye", [cast.ana], rooms, minutes=30, buffer_after=10, start_step=30)
    cut = service(cast.id, "Cut", [cast.mihai], [[cast.room]], minutes=30, start_step=30)
    with scope(cast.id):
        ask = Ask(cast.location, (AskItem(dye), AskItem(cut)), MONDAY, MONDAY)
        offered = availability.availability(ask).days[0].starts[0].items
    items = tuple(Item(each.service_id, each.resource_id, clock.from_minute(each.start)) for each in offered)
    assert isinstance(actions.book(cast.id, BookRequest(items, client=person()), CLIENT), Booked)


def test_a_buffer_before_midnight_is_seen_on_the_day_before(cast: Clinic) -> None:
    """Else the free one of many is found only by luck, in the few attempts that lost races have."""
    week = [Pattern(weekday, 0, 1440, date(2026, 1, 1)) for weekday in range(7)]
    people = [resource(cast.id, cast.location, f"Night {n}") for n in range(9)]
    for each in people:
        scheduling.set_working_time(cast.id, each, cast.location, week, actor=STAFF)
    short = service(cast.id, "Short", people, minutes=20, start_step=5)
    night = service(cast.id, "Night", people, minutes=30, buffer_before=30, start_step=15)
    for each in people[:8]:
        book(cast, request(cast, at(23, 35), short, each, staff=True))
    midnight = at(0, 0, date(2026, 11, 24))
    book(cast, request(cast, midnight, night, staff=True))

"""Booking: one visit or nothing, offered means bookable, and the database has the last word."""

from datetime import timedelta

import pytest

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, day_after, person, request
from visita.bookings import actions
from visita.bookings.availability import Ask, AskItem, availability
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import Booked, BookRequest, External, HoldRequest, Item, SubjectDetails
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.models import Allocation
from visita.tenancy import actions as tenancy


def book(cast: Clinic, *args: object, **more: object) -> Booked:
    booked = actions.book(cast.id, request(cast, *args, **more), CLIENT)  # type: ignore[arg-type]  # shorthand
    assert isinstance(booked, Booked)
    return booked


def claims(cast: Clinic) -> list[tuple[int, str, int]]:
    with scope(cast.id):
        rows = Allocation.objects.filter(live=True).order_by("resource_id", "s")
        return [(row.resource_id, row.kind, row.e - row.s) for row in rows]


def test_a_visit_is_booked_with_its_claim(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    assert (booked.status, booked.start, booked.end) == ("confirmed", at(9), at(9, 30))
    assert len(booked.code) == 8
    assert claims(cast) == [(cast.ana, "visit", 30)]
    with scope(cast.id):
        visit = Visit.objects.get()
        assert (visit.wall, visit.zone, visit.version) == ("2026-11-23T09:00", "Europe/Bucharest", 1)
        assert Appointment.objects.get().price_minor == 30000


def test_the_same_time_is_refused_with_the_nearest_three(cast: Clinic) -> None:
    book(cast, at(10), None, cast.ana)
    with pytest.raises(Refusal) as refused:
        book(cast, at(10), None, cast.ana)
    assert (refused.value.code, refused.value.status) == ("slot_taken", 409)
    starts = [each["start"] for each in refused.value.extra["alternatives"]]
    assert starts == [at(9, 30).isoformat(), at(10, 30).isoformat(), at(9).isoformat()]
    assert claims(cast) == [(cast.ana, "visit", 30)]


def test_anyone_takes_the_least_booked(cast: Clinic) -> None:
    book(cast, at(9), None, cast.ana)
    assert book(cast, at(11)).items[0].resource_id == cast.mihai
    assert book(cast, at(9)).items[0].resource_id == cast.mihai
    with pytest.raises(Refusal, match="slot_taken"):
        book(cast, at(9))


def test_a_scan_holds_nurse_and_room_with_the_cleaning(cast: Clinic) -> None:
    book(cast, at(9), cast.scan, cast.ana)
    assert claims(cast) == [(cast.ana, "visit", 50), (cast.nurse, "visit", 50), (cast.room, "visit", 50)]
    with pytest.raises(Refusal, match="slot_taken"):
        book(cast, at(9, 40), cast.scan, cast.mihai)


def test_three_lanes_and_a_party(cast: Clinic) -> None:
    book(cast, at(9), cast.gym, seats=2)
    book(cast, at(9, 30), cast.gym)
    with pytest.raises(Refusal, match="slot_taken"):
        book(cast, at(9), cast.gym)
    with pytest.raises(Refusal) as refused:
        book(cast, at(14), cast.gym, seats=4)
    assert refused.value.code == "bad_seats"


def test_a_class_sells_each_place_once(cast: Clinic) -> None:
    actions.add_session(cast.id, cast.yoga, cast.location, at(14), [cast.ana], actor=STAFF)
    book(cast, at(14), cast.yoga, seats=2)
    book(cast, at(14), cast.yoga)
    with pytest.raises(Refusal, match="slot_taken"):
        book(cast, at(14), cast.yoga)
    with pytest.raises(Refusal, match="slot_taken"):
        book(cast, at(14, 30), None, cast.ana)


def test_a_class_without_a_session_then_is_not_offered(cast: Clinic) -> None:
    with pytest.raises(Refusal, match="not_offered"):
        book(cast, at(14), cast.yoga)


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (at(8), "not_offered"),
        (at(9, 10), "not_offered"),
        (at(12, 30), "not_offered"),
        (at(9, day=MONDAY - timedelta(days=2)), "too_late"),
        (at(9, day=day_after(70)), "too_far"),
        (at(9, day=day_after(5)), "not_offered"),
    ],
)
def test_times_outside_the_rules(cast: Clinic, start: object, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        book(cast, start, None, cast.ana)
    assert refused.value.code == code
    assert claims(cast) == []


def test_the_lead_time_names_the_first_possible_hour(cast: Clinic) -> None:
    with clock.at(at(8, 30)), pytest.raises(Refusal) as refused:
        book(cast, at(9))
    assert refused.value.code == "notice_required"
    assert refused.value.extra["limit"] == at(9, 30).isoformat()
    assert "Mon 23 Nov, 09:30" in str(refused.value.message)


def test_somebody_who_does_not_give_the_service(cast: Clinic) -> None:
    with pytest.raises(Refusal, match="staff_service_mismatch"):
        book(cast, at(9), None, cast.nurse)


def test_another_tenants_ids_are_not_found(cast: Clinic) -> None:
    from tests.world import clinic

    other = clinic()
    with pytest.raises(Refusal, match="not_found"):
        book(cast, at(9), other.visit)
    with pytest.raises(Refusal, match="not_found"):
        book(cast, at(9), location_id=other.location)
    for stranger in (other.ana, 2**62):
        with pytest.raises(Refusal, match="not_found"):
            book(cast, at(9), None, stranger)


def test_two_services_follow_each_other_off_the_seconds_grid(cast: Clinic) -> None:
    items = (
        Item(cast.visit, None, at(9)),
        Item(cast.scan, None, at(9, 30)),
    )  # the scan's own grid has no 9:30
    booked = actions.book(cast.id, BookRequest(items, client=person()), CLIENT)
    assert isinstance(booked, Booked)
    assert (booked.start, booked.end) == (at(9), at(10, 10))


def test_a_client_does_not_wait_between_two_services(cast: Clinic) -> None:
    items = (Item(cast.visit, cast.ana, at(9)), Item(cast.scan, cast.mihai, at(9, 40)))
    with pytest.raises(Refusal, match="not_offered"):
        actions.book(cast.id, BookRequest(items, client=person()), CLIENT)
    actions.book(cast.id, BookRequest(items, client=person(), staff=True), STAFF)


def test_an_offered_combination_can_be_booked(cast: Clinic) -> None:
    asked = (AskItem(cast.visit), AskItem(cast.scan))
    with scope(cast.id):
        starts = availability(Ask(cast.location, asked, MONDAY, MONDAY)).days[0].starts
    items = tuple(Item(each.service_id, None, clock.from_minute(each.start)) for each in starts[-1].items)
    assert isinstance(actions.book(cast.id, BookRequest(items, client=person()), CLIENT), Booked)


def test_a_hold_keeps_the_time_and_becomes_the_visit(cast: Clinic) -> None:
    held = actions.hold(cast.id, HoldRequest((Item(cast.visit, cast.ana, at(9)),)), CLIENT)
    with pytest.raises(Refusal, match="slot_taken"):
        book(cast, at(9), None, cast.ana)
    booked = book(cast, at(9), hold=held.token)
    assert booked.items[0].resource_id == cast.ana
    assert claims(cast) == [(cast.ana, "visit", 30)]
    with pytest.raises(Refusal, match="hold_expired"):
        book(cast, at(9), hold=held.token)


def test_an_expired_hold_is_in_nobodys_way(cast: Clinic) -> None:
    held = actions.hold(cast.id, HoldRequest((Item(cast.visit, cast.ana, at(9)),)), CLIENT)
    with clock.at(held.expires_at + timedelta(seconds=1)):
        with pytest.raises(Refusal, match="hold_expired"):
            book(cast, at(9), hold=held.token)
        book(cast, at(9), None, cast.ana)
    assert claims(cast) == [(cast.ana, "visit", 30)]


def test_a_hold_is_extended_within_its_limit(cast: Clinic) -> None:
    held = actions.hold(cast.id, HoldRequest((Item(cast.visit, cast.ana, at(9)),)), CLIENT)
    now = clock.now()
    for minutes in range(4, 30, 4):
        with clock.at(now + timedelta(minutes=minutes)):
            longer = actions.extend_hold(cast.id, held.token, CLIENT)
    assert longer.expires_at == now + timedelta(minutes=30)
    with clock.at(now + timedelta(minutes=31)), pytest.raises(Refusal, match="hold_expired"):
        actions.extend_hold(cast.id, held.token, CLIENT)


def test_asking_for_more_time_never_shortens_a_hold(cast: Clinic) -> None:
    """Its limit may be shorter than what it was given, if only by the seconds of the minute it was made in."""
    tenancy.set_setting(cast.id, "hold_minutes", 30, actor=STAFF)
    with clock.at(NOW + timedelta(seconds=50)):
        held = actions.hold(cast.id, HoldRequest((Item(cast.visit, cast.ana, at(9)),)), CLIENT)
        longer = actions.extend_hold(cast.id, held.token, CLIENT)
    assert longer.expires_at == held.expires_at


def test_a_hold_on_a_class_place(cast: Clinic) -> None:
    actions.add_session(cast.id, cast.yoga, cast.location, at(14), [cast.ana], actor=STAFF, capacity=1)
    held = actions.hold(cast.id, HoldRequest((Item(cast.yoga, None, at(14)),)), CLIENT)
    with pytest.raises(Refusal, match="slot_taken"):
        book(cast, at(14), cast.yoga)
    book(cast, at(14), cast.yoga, hold=held.token)


def test_a_row_of_another_system_books_once(cast: Clinic) -> None:
    book(cast, at(9), external=External("old", "17"), staff=True)
    with pytest.raises(Refusal, match="already_booked"):
        book(cast, at(10), external=External("old", "17"), staff=True)


def test_a_pet_is_known_again(cast: Clinic) -> None:
    rex = SubjectDetails("dog", "Rex")
    first, second = book(cast, at(9), subject=rex), book(cast, at(11), subject=rex)
    with scope(cast.id):
        subjects = {Visit.objects.get(pk=each.visit_id).subject_id for each in (first, second)}
    assert len(subjects) == 1 and None not in subjects


def test_force_takes_a_seat_below_one_and_is_never_offered(cast: Clinic) -> None:
    book(cast, at(9), None, cast.ana)
    forced = actions.book(cast.id, request(cast, at(9), None, cast.ana, staff=True, force=True), STAFF)
    assert isinstance(forced, Booked)
    with scope(cast.id):
        assert Allocation.objects.filter(overbooked=True).count() == 1
        day = availability(Ask(cast.location, (AskItem(cast.visit, cast.ana),), MONDAY, MONDAY)).days[0]
    assert at(9) not in [clock.from_minute(start.start) for start in day.starts]


def test_who_was_overbooked_keeps_the_time_when_the_other_goes(cast: Clinic) -> None:
    first = book(cast, at(9), None, cast.ana)
    actions.book(cast.id, request(cast, at(9, 15), None, cast.ana, staff=True, force=True), STAFF)
    actions.cancel(cast.id, first.visit_id, STAFF)
    with pytest.raises(Refusal, match="slot_taken"):
        book(cast, at(9, 30), None, cast.ana)
    book(cast, at(10), None, cast.ana)


def test_everything_offered_can_be_booked(cast: Clinic) -> None:
    for service, who in ((cast.visit, None), (cast.scan, None), (cast.gym, None)):
        with scope(cast.id):
            starts = availability(Ask(cast.location, (AskItem(service, who),), MONDAY, MONDAY)).days[0].starts
        assert starts
        for start in starts[:3]:
            with scope(cast.id):
                fresh = (
                    availability(Ask(cast.location, (AskItem(service, who),), MONDAY, MONDAY)).days[0].starts
                )
            if start.start in {each.start for each in fresh}:
                book(cast, clock.from_minute(start.start), service)

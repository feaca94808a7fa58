"""A place in a dated class among the services of a visit: added, taken out, put on another date, replaced, brought back."""

from datetime import datetime, time, timedelta

import pytest

from tests.world import MONDAY, STAFF, Clinic, at, person
from visita.bookings import actions
from visita.bookings.availability import Ask, AskItem, availability
from visita.bookings.models import Appointment, Place, Visit
from visita.bookings.repeating import Repeat
from visita.bookings.requests import Booked, BookRequest, Item, PartWish
from visita.bookings.series_change import Wish
from visita.bookings.tests import test_series as series
from visita.bookings.tests.test_bring_back import acts, back
from visita.bookings.tests.test_change import book
from visita.bookings.tests.test_services import change, kept, parts, times
from visita.bookings.waitlist import filling
from visita.bookings.waitlist.freed import Freed
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.claims import Ignored
from visita.scheduling.models import Allocation

WEEK = timedelta(days=7)


def held_on(cast: Clinic, *starts: datetime, capacity: int | None = None) -> list[int]:
    return [
        actions.add_session(
            cast.id, cast.yoga, cast.location, start, [cast.ana], actor=STAFF, capacity=capacity
        ).pk
        for start in starts
    ]


def places(cast: Clinic) -> list[int]:
    """The session of every living place."""
    with scope(cast.id):
        return sorted(Place.objects.filter(live=True).values_list("session_id", flat=True))


def in_class(cast: Clinic, start: datetime, first: str = "Maria", seats: int = 1) -> Booked:
    request = BookRequest((Item(cast.yoga, None, start),), client=person(first), seats=seats, staff=True)
    booked = actions.book(cast.id, request, STAFF)
    assert isinstance(booked, Booked)
    return booked


def test_a_class_place_joins_a_visit_and_leaves_it(cast: Clinic) -> None:
    (morning,) = held_on(cast, at(11))
    booked = book(cast, at(9), None, cast.mihai)
    own = parts(cast, booked)[0]
    change(cast, booked, kept(own), PartWish(cast.yoga, start=at(11)))
    assert times(cast, booked) == [(cast.mihai, "09:00", "09:30"), (cast.ana, "11:00", "12:00")]
    assert places(cast) == [morning]
    with scope(cast.id):
        visit = Visit.objects.get(pk=booked.visit_id)
        assert (visit.version, visit.e - visit.s) == (2, 180)
        assert Appointment.objects.get(session_id=morning).visit_id == visit.pk
    change(cast, booked, kept(own))
    assert (times(cast, booked), places(cast)) == ([(cast.mihai, "09:00", "09:30")], [])


def test_a_service_joins_a_class_place_and_follows_it(cast: Clinic) -> None:
    held_on(cast, at(10))
    booked = in_class(cast, at(10))
    change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.visit, resource_id=cast.ana))
    assert times(cast, booked) == [(cast.ana, "10:00", "11:00"), (cast.ana, "11:00", "11:30")]
    assert len(places(cast)) == 1


def test_another_date_of_the_class_moves_nothing_else(cast: Clinic) -> None:
    (_today, next_week) = held_on(cast, at(10), at(10) + WEEK)
    booked = in_class(cast, at(10))
    first = parts(cast, booked)[0]
    change(cast, booked, kept(first), PartWish(cast.visit, resource_id=cast.mihai, start=at(12)))
    change(cast, booked, *(kept(part, **_date(part, cast)) for part in parts(cast, booked)))
    assert sorted(times(cast, booked)) == [(cast.ana, "10:00", "11:00"), (cast.mihai, "12:00", "12:30")]
    assert places(cast) == [next_week]
    with scope(cast.id):
        assert Visit.objects.get(pk=booked.visit_id).wall == "2026-11-23T12:00"


def _date(part: Appointment, cast: Clinic) -> dict[str, datetime]:
    return {"start": at(10) + WEEK} if part.service_id == cast.yoga else {}


def test_a_class_becomes_a_service_and_a_service_a_class(cast: Clinic) -> None:
    (session,) = held_on(cast, at(10))
    booked = in_class(cast, at(10))
    part = parts(cast, booked)[0]
    change(cast, booked, kept(part, service_id=cast.visit, resource_id=cast.mihai))
    assert (times(cast, booked), places(cast)) == ([(cast.mihai, "10:00", "10:30")], [])
    with scope(cast.id):
        assert Appointment.objects.get(pk=part.pk).session_id is None
    change(cast, booked, kept(part, service_id=cast.yoga, start=at(10)))
    assert (times(cast, booked), places(cast)) == ([(cast.ana, "10:00", "11:00")], [session])
    with scope(cast.id):
        assert not Allocation.objects.filter(live=True, appointment_id=part.pk).exists()


def test_a_party_takes_its_places_along(cast: Clinic) -> None:
    (session, other) = held_on(cast, at(10), at(14))
    booked = in_class(cast, at(10), seats=2)
    change(cast, booked, kept(parts(cast, booked)[0], start=at(14)))
    assert places(cast) == [other, other] and session not in places(cast)


def test_a_full_class_is_refused_with_its_other_dates(cast: Clinic) -> None:
    held_on(cast, at(10), at(14), capacity=1)
    in_class(cast, at(10), "Ion")
    booked = book(cast, at(9), None, cast.mihai)
    own = kept(parts(cast, booked)[0])
    with pytest.raises(Refusal) as refused:
        change(cast, booked, own, PartWish(cast.yoga, start=at(10)))
    assert refused.value.code == "slot_taken"
    assert [near["start"][11:16] for near in refused.value.extra["alternatives"]] == ["14:00"]
    assert len(parts(cast, booked)) == 1 and len(places(cast)) == 1


@pytest.mark.parametrize(
    ("wish", "code"),
    [({}, "class_date_required"), ({"start": at(13)}, "not_offered"), ({"start": at(10), "minutes": 30}, "bad_duration")],
)  # fmt: skip
def test_a_class_keeps_its_dates_and_its_length(cast: Clinic, wish: dict[str, object], code: str) -> None:
    held_on(cast, at(10))
    booked = book(cast, at(9), None, cast.mihai)
    with pytest.raises(Refusal) as refused:
        change(cast, booked, kept(parts(cast, booked)[0]), PartWish(cast.yoga, **wish))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert places(cast) == []


def test_a_longer_service_does_not_push_a_class(cast: Clinic) -> None:
    held_on(cast, at(10))
    items = (Item(cast.visit, cast.mihai, at(9, 30)), Item(cast.yoga, None, at(10)))
    booked = actions.book(cast.id, BookRequest(items, client=person(), staff=True), STAFF)
    assert isinstance(booked, Booked)
    first, second = parts(cast, booked)
    change(cast, booked, kept(first, minutes=60), kept(second))
    assert times(cast, booked) == [(cast.mihai, "09:30", "10:30"), (cast.ana, "10:00", "11:00")]


def test_the_class_place_of_then_comes_back_and_not_where_it_is_sold(cast: Clinic) -> None:
    held_on(cast, at(10), capacity=1)
    booked = book(cast, at(9), None, cast.mihai)
    own = kept(parts(cast, booked)[0])
    change(cast, booked, own, PartWish(cast.yoga, start=at(10)))
    with_class = acts(cast, booked)[-1]
    change(cast, booked, own)
    back(cast, booked, with_class)
    assert len(parts(cast, booked)) == 2 and len(places(cast)) == 1
    change(cast, booked, own)
    in_class(cast, at(10), "Ion")
    with pytest.raises(Refusal) as refused:
        back(cast, booked, with_class)
    assert refused.value.code == "slot_taken"


def test_by_right_a_class_takes_one_more_than_it_has_room_for(cast: Clinic) -> None:
    held_on(cast, at(10), capacity=1)
    in_class(cast, at(10), "Ion")
    booked = book(cast, at(9), None, cast.mihai)
    own = kept(parts(cast, booked)[0])
    change(cast, booked, own, PartWish(cast.yoga, start=at(10)), force=True)
    with scope(cast.id):
        assert list(Place.objects.filter(live=True).order_by("seat").values_list("seat", flat=True)) == [1, 2]
        ask = Ask(cast.location, (AskItem(cast.yoga),), MONDAY, MONDAY, ignored=Ignored())
        assert availability(ask).days[0].starts == []


def test_a_series_of_class_places_goes_to_the_other_hour_of_each_week(cast: Clinic) -> None:
    days = [at(10) + WEEK * turn for turn in range(3)]
    held_on(cast, *days, *(day + timedelta(hours=5) for day in days))
    visit = BookRequest(
        (Item(cast.yoga, None, at(10)),), client=person(), location_id=cast.location, staff=True
    )
    made = series.book(cast, visit, Repeat("week", count=3))
    wish = Wish(wall=time(15))
    shifts = series.change(cast, made, 1, "following", wish)
    actions.change_series(cast.id, made.series_id, shifts, "following", wish, STAFF)
    assert series.walls(cast) == ["11-23T10:00", "11-30T15:00", "12-07T15:00"]
    assert len(set(places(cast))) == 3


def test_who_has_a_class_place_may_wish_an_earlier_date(cast: Clinic) -> None:
    held_on(cast, at(15), at(10) + WEEK)
    held_on(cast, at(12), capacity=1)
    in_class(cast, at(12), "Ion")
    booked = in_class(cast, at(10) + WEEK)
    waiting = actions.wish_earlier(cast.id, booked.visit_id, STAFF)
    filling.fill(cast.id, Freed(cast.location), only=waiting.pk)
    actions.accept(cast.id, waiting.pk, actions.Answers(), STAFF)
    assert times(cast, booked) == [(cast.ana, "15:00", "16:00")]
    assert len(places(cast)) == 2

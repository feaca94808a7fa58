"""A dated class together with other services in one visit: before it or after it, waiting as little as may be."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, person
from visita.bookings import actions, dated
from visita.bookings.availability import Ask, AskItem, Start, availability
from visita.bookings.models import Appointment
from visita.bookings.requests import Booked, BookRequest, HoldRequest, Item, MoveItem, MoveRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.claims import Ignored
from visita.tenancy import actions as tenancy


def _offered(cast: Clinic, *services: int, **more: object) -> list[Start]:
    ask = Ask(cast.location, tuple(map(AskItem, services)), MONDAY, MONDAY)
    with scope(cast.id):
        return availability(replace(ask, **more)).days[0].starts  # type: ignore[arg-type]


def _items(start: Start) -> tuple[Item, ...]:
    return tuple(Item(one.service_id, one.resource_id, clock.from_minute(one.start)) for one in start.items)


def _at(start: Start, cast: Clinic) -> list[str]:
    return [f"{clock.from_minute(one.start).astimezone(at(9).tzinfo):%H:%M}" for one in start.items]


def _class(cast: Clinic, start: datetime, capacity: int | None = None) -> None:
    actions.add_session(cast.id, cast.yoga, cast.location, start, [cast.ana], actor=STAFF, capacity=capacity)


def _book(cast: Clinic, items: tuple[Item, ...], **more: object) -> Booked:
    booked = actions.book(cast.id, BookRequest(items, client=person(), **more), CLIENT)  # type: ignore[arg-type]
    assert isinstance(booked, Booked)
    return booked


def test_a_class_with_what_fits_before_and_after_it(cast: Clinic) -> None:
    _class(cast, at(10, 15))
    offered = _offered(cast, cast.visit, cast.yoga)
    assert [_at(start, cast) for start in offered] == [["09:30", "10:15"], ["11:15", "10:15"]]
    assert {start.items[0].resource_id for start in offered[:1]} <= {cast.ana, cast.mihai}
    booked = _book(cast, _items(offered[1]))  # the class first, as it happens
    assert [item.service_id for item in booked.items] == [cast.yoga, cast.visit]
    assert (booked.start, booked.end) == (at(10, 15), at(11, 45))


def test_waiting_is_as_long_as_the_setting_allows(cast: Clinic) -> None:
    _class(cast, at(10, 15))
    tenancy.set_setting(cast.id, "class_gap_minutes", 0, actor=STAFF)
    assert [_at(start, cast) for start in _offered(cast, cast.visit, cast.yoga)] == [["11:15", "10:15"]]
    early = (Item(cast.visit, None, at(9, 30)), Item(cast.yoga, None, at(10, 15)))
    with pytest.raises(Refusal) as refused:
        _book(cast, early)
    assert refused.value.code == "not_offered"


def test_bookable_is_what_leaves_no_longer_a_wait(cast: Clinic) -> None:
    """Each start of the day with the class, held: half hours before it, any minute after it, at most half an hour away."""
    _class(cast, at(10, 15))
    fits = set()
    for minute in range(540, 750, 15):
        first = at(minute // 60, minute % 60)
        items = (Item(cast.visit, None, first), Item(cast.yoga, None, at(10, 15)))
        try:
            held = actions.hold(cast.id, HoldRequest(items, cast.location), CLIENT)
        except Refusal as refusal:
            assert refusal.code in ("not_offered", "slot_taken")
        else:
            fits.add(f"{first:%H:%M}")
            actions.release_hold(cast.id, held.token, CLIENT)
    assert fits == {"09:30", "11:15", "11:30", "11:45"}
    assert {_at(start, cast)[0] for start in _offered(cast, cast.visit, cast.yoga)} <= fits


def test_who_holds_the_class_is_free_for_nobody_meanwhile(cast: Clinic) -> None:
    _class(cast, at(10))
    with_ana = (Item(cast.visit, cast.ana, at(9, 45)), Item(cast.yoga, None, at(10)))
    with pytest.raises(Refusal):
        _book(cast, with_ana)


def test_a_full_class_is_not_offered_and_says_what_is_near(cast: Clinic) -> None:
    _class(cast, at(10), capacity=1)
    _class(cast, at(14))
    first = _offered(cast, cast.visit, cast.yoga)[0]
    _book(cast, _items(first))
    assert all(start.start > first.start + 120 for start in _offered(cast, cast.visit, cast.yoga))
    with pytest.raises(Refusal) as refused:
        _book(cast, _items(first))
    near = refused.value.extra["alternatives"]
    assert refused.value.code == "slot_taken" and len(near[0]["items"]) == 2


def test_a_mother_and_her_child_take_two_places_of_one_class(cast: Clinic) -> None:
    tenancy.set_setting(cast.id, "subjects_most", 2, actor=STAFF)
    _class(cast, at(10), capacity=2)
    both = (AskItem(cast.yoga), AskItem(cast.visit), AskItem(cast.yoga, None, 1))
    with scope(cast.id):
        [start] = availability(Ask(cast.location, both, MONDAY, MONDAY)).days[0].starts
    items = tuple(
        replace(item, subject=asked.subject) for item, asked in zip(_items(start), both, strict=True)
    )
    booked = _book(cast, items)
    assert [item.service_id for item in booked.items] == [cast.yoga, cast.visit, cast.yoga]
    assert _offered(cast, cast.yoga) == []


def test_two_classes_follow_each_other_for_one(cast: Clinic) -> None:
    for hour in (9, 10):
        _class(cast, at(hour))
    meeting = (Item(cast.yoga, None, at(9)), Item(cast.yoga, None, at(9)))
    with pytest.raises(Refusal):
        _book(cast, meeting)


def test_it_moves_as_a_whole_and_cancels_as_a_whole(cast: Clinic) -> None:
    for hour in (10, 15):
        _class(cast, at(hour), capacity=1)
    booked = _book(cast, _items(_offered(cast, cast.visit, cast.yoga)[0]))
    with scope(cast.id):
        parts = list(Appointment.objects.filter(visit_id=booked.visit_id).order_by("position"))
    own = Ignored(appointments=tuple(part.pk for part in parts))
    later = _offered(cast, cast.visit, cast.yoga, ignored=own)[-1]
    assert _at(later, cast)[1] == "15:00"
    there = tuple(
        MoveItem(part.pk, item.start, item.resource_id)
        for part, item in zip(parts, _items(later), strict=True)
    )
    moved = actions.move(cast.id, booked.visit_id, MoveRequest(there[0].start, items=there), CLIENT)
    assert moved.start == min(item.start for item in there)
    assert len(_offered(cast, cast.yoga)) == 1  # the place at ten came free, that at three is taken
    actions.cancel(cast.id, booked.visit_id, CLIENT)
    assert len(_offered(cast, cast.yoga)) == 2


def test_the_orders_that_are_looked_at() -> None:
    assert dated.orders((0, 0, 0), frozenset({1})) == [(0, 1, 2), (0, 2, 1), (1, 0, 2)]
    assert dated.orders((0, 0, 1), frozenset({0})) == [(0, 1, 2), (1, 0, 2)]

"""Time blocked over visits: they are named first, may stand in it, and nobody else ever gets into it."""

from typing import Any

import pytest

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, request
from visita.bookings import actions
from visita.bookings.availability import Ask, AskItem, availability
from visita.bookings.hours.ahead import ahead, still_outside
from visita.bookings.requests import Booked
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.changes import Block


def booked(cast: Clinic, hour: int, minute: int = 0, **more: Any) -> int:
    made = actions.book(cast.id, request(cast, at(hour, minute), who=cast.ana, **more), CLIENT)
    assert isinstance(made, Booked)
    return made.visit_id


def lunch(cast: Clinic, first: int = 10, last: int = 11) -> Block:
    return Block(cast.ana, cast.location, clock.to_minute(at(first)), clock.to_minute(at(last)), "Meeting")


def block(cast: Clinic, agreed: str = "") -> list[int]:
    return scheduling.block(cast.id, [cast.ana], cast.location, at(10), at(11), actor=STAFF, agreed=agreed)


def agreed(cast: Clinic) -> list[int]:
    """The block, over the visits that stand there now."""
    with pytest.raises(Refusal, match="visits_stranded") as caught:
        block(cast)
    return block(cast, caught.value.extra["token"])


def starts(cast: Clinic) -> list[str]:
    """What is offered of Ana's Monday morning."""
    with scope(cast.id):
        ask = Ask(cast.location, (AskItem(cast.visit, cast.ana),), MONDAY, MONDAY, staff=True)
        return [
            f"{clock.from_minute(start.start).astimezone(at(9).tzinfo):%H:%M}"
            for day in availability(ask).days
            for start in day.starts
        ][:7]


def test_the_visits_in_it_are_named_and_a_new_one_is_named_again(cast: Clinic) -> None:
    ten = booked(cast, 10)
    booked(cast, 11)
    with pytest.raises(Refusal) as caught:
        block(cast)
    assert [each["visit"] for each in caught.value.extra["visits"]] == [ten]
    half = booked(cast, 10, 30)
    with pytest.raises(Refusal) as again:
        block(cast, caught.value.extra["token"])
    assert [each["visit"] for each in again.value.extra["visits"]] == [ten, half]


def test_nobody_gets_into_the_time_when_a_visit_in_it_goes(cast: Clinic) -> None:
    """The visit is cancelled, moved by staff, overbooked: its time is not sold again until the block is given back."""
    ten = booked(cast, 10)
    ids = agreed(cast)
    assert starts(cast) == ["09:00", "09:30", "11:00", "11:30", "12:00", "13:00", "13:30"]
    actions.cancel(cast.id, ten, STAFF)
    assert starts(cast) == ["09:00", "09:30", "11:00", "11:30", "12:00", "13:00", "13:30"]
    with pytest.raises(Refusal, match="slot_taken"):
        booked(cast, 10)
    with pytest.raises(Refusal, match="slot_taken"):
        actions.restore(cast.id, ten, STAFF)
    scheduling.unblock(cast.id, ids, actor=STAFF)
    assert booked(cast, 10)


def test_what_reaches_out_of_the_block_keeps_its_time_there(cast: Clinic) -> None:
    """A visit from 9:30 to 10:30 under a block from 10: nobody gets 9:30."""
    actions.book(cast.id, request(cast, at(9, 40), service=cast.scan, who=cast.ana), CLIENT)
    agreed(cast)
    assert starts(cast)[:3] == ["09:00", "11:00", "11:30"]


def test_kept_and_taken_back(cast: Clinic) -> None:
    ten = booked(cast, 10)
    agreed(cast)
    with scope(cast.id):
        assert [each.visit.pk for each in still_outside([cast.ana])] == [ten]
    kept = actions.keep(cast.id, ten, STAFF, version=1)
    back = actions.unkeep(cast.id, ten, STAFF, version=kept.version)
    assert back.version == 3
    with pytest.raises(Refusal, match="nothing_to_undo"):
        actions.unkeep(cast.id, ten, STAFF)


def test_an_overbooking_by_right_keeps_its_mark(cast: Clinic) -> None:
    booked(cast, 10)
    forced = booked(cast, 10, staff=True, force=True)
    with pytest.raises(Refusal, match="nothing_to_undo"):
        actions.unkeep(cast.id, forced, STAFF)


def test_what_is_looked_at_proposes_times_outside_the_block(cast: Clinic) -> None:
    ten = booked(cast, 10)
    with scope(cast.id):
        [found] = ahead([lunch(cast)]).stranded
        assert not still_outside([cast.ana])  # looking writes nothing
    assert found.visit.pk == ten
    same = [place.s for place in found.places if place.same]
    assert same and all(not clock.to_minute(at(10)) - 30 < s < clock.to_minute(at(11)) for s in same)


def test_a_class_is_in_the_way(cast: Clinic) -> None:
    actions.add_session(cast.id, cast.yoga, cast.location, at(10), [cast.ana], actor=STAFF)
    with pytest.raises(Refusal, match="slot_taken"):
        block(cast)


def test_what_is_past_or_elsewhere_is_nobodys_concern(cast: Clinic) -> None:
    booked(cast, 10)
    with clock.at(at(10, 45)):
        assert block(cast)


def test_two_blocks_do_not_lie_on_each_other(cast: Clinic) -> None:
    booked(cast, 10)
    agreed(cast)
    with pytest.raises(Refusal, match="slot_taken"):
        block(cast)

"""Visits that cannot stay: where they could go, and what becomes of each; and the client's own choice."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, day_after, request
from visita.activity import worker
from visita.bookings import actions, reliability
from visita.bookings.hours.ahead import ahead, still_outside
from visita.bookings.hours.deciding import Decision, decide
from visita.bookings.models import Choice, Visit
from visita.bookings.requests import Booked, MoveRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.changes import Day
from visita.scheduling.models import Allocation, WorkingException


def booked(cast: Clinic, hour: int, **more: Any) -> int:
    made = actions.book(cast.id, request(cast, at(hour), **{"who": cast.ana, **more}), CLIENT)
    assert isinstance(made, Booked)
    return made.visit_id


@pytest.fixture
def ill(cast: Clinic) -> list[int]:
    """Ana has two visits on Monday and is ill that day."""
    visits = [booked(cast, 10), booked(cast, 14)]
    absence = [Day(cast.ana, None, MONDAY, reason="ill")]
    with scope(cast.id):
        token = ahead(absence, proposals=False).token
    scheduling.change_hours(cast.id, absence, actor=STAFF, agreed=token)
    return visits


def stand(cast: Clinic, visit: int) -> Visit:
    with scope(cast.id):
        return Visit.objects.get(pk=visit)


def test_a_look_ahead_proposes_the_same_person_first_and_changes_nothing(cast: Clinic) -> None:
    visits = [booked(cast, 10), booked(cast, 14)]
    with scope(cast.id):
        found = ahead([Day(cast.ana, None, MONDAY, reason="ill")])
        assert not WorkingException.objects.exists()
    assert [each.visit.pk for each in found.stranded] == visits
    first = found.stranded[0].places[0]
    assert (clock.from_minute(first.s), first.resource_id) == (at(9, day=day_after(1)), cast.ana)
    other = next(place for place in found.stranded[0].places if not place.same)
    assert (abs(clock.from_minute(other.s) - at(10)) <= timedelta(minutes=30), other.resource_id) == (
        True,
        cast.mihai,
    )


def test_two_visits_are_not_proposed_one_place(cast: Clinic) -> None:
    booked(cast, 10), booked(cast, 11)
    with scope(cast.id):
        found = ahead([Day(cast.ana, None, MONDAY)])
    best = [(each.places[0].resource_id, each.places[0].s) for each in found.stranded]
    assert len(set(best)) == 2


def test_a_visit_of_room_and_nurse_is_proposed_as_a_whole(cast: Clinic) -> None:
    scan = booked(cast, 10, service=cast.scan)
    with scope(cast.id):
        found = ahead([Day(cast.nurse, None, MONDAY)])
    place = found.stranded[0].places[0]
    move = Decision(scan, 1, "move", clock.from_minute(place.s), place.resource_id)
    assert [each.done for each in decide(cast.id, [move], STAFF)] == [True]


def test_each_decision_is_done_and_what_failed_is_told(cast: Clinic, ill: list[int]) -> None:
    taken = at(10, day=day_after(1))
    actions.book(cast.id, request(cast, taken, who=cast.ana), CLIENT)
    moved = Decision(ill[0], 1, "move", taken, cast.ana)
    gone = Decision(ill[1], 1, "cancel", reason="The doctor is ill")
    first, second = decide(cast.id, [moved, gone], STAFF)
    assert (first.refusal.code, len(first.refusal.extra["alternatives"])) == ("slot_taken", 3)  # type: ignore[union-attr]
    assert (second.done, stand(cast, ill[1]).status) == (True, "cancelled")


def test_the_same_sent_twice_or_by_two_desks_is_done_once(cast: Clinic, ill: list[int]) -> None:
    move = Decision(ill[0], 1, "move", at(10, day=day_after(1)), cast.ana)
    assert decide(cast.id, [move], STAFF)[0].done
    again = decide(cast.id, [move], STAFF)[0].refusal
    assert again is not None and again.code == "changed_meanwhile"


def test_what_is_kept_is_marked_and_stays_listed(cast: Clinic, ill: list[int]) -> None:
    assert decide(cast.id, [Decision(ill[0], 1, "keep")], STAFF)[0].done
    with scope(cast.id):
        assert Allocation.objects.filter(overbooked=True).count() == 1
        assert [each.visit.pk for each in still_outside([cast.ana])] == ill


def choices(cast: Clinic, visit: int) -> Choice:
    options = ((at(10, day=day_after(1)), cast.ana), (at(11, day=day_after(1)), cast.mihai))
    return actions.give_choice(cast.id, visit, options, STAFF, version=1)


def test_a_client_takes_one_of_the_times_kept(cast: Clinic, ill: list[int]) -> None:
    choice = choices(cast, ill[0])
    with pytest.raises(Refusal, match="slot_taken"):
        actions.book(cast.id, request(cast, at(11, day=day_after(1)), who=cast.mihai), CLIENT)
    moved = actions.take_choice(cast.id, choice.code, 1, CLIENT)
    assert (moved.start, moved.items[0].resource_id) == (at(11, day=day_after(1)), cast.mihai)
    actions.book(cast.id, request(cast, at(10, day=day_after(1)), who=cast.ana), CLIENT)  # let go
    with pytest.raises(Refusal, match="choice_over"):
        actions.take_choice(cast.id, choice.code, 0, CLIENT)


def test_a_note_written_in_that_instant_does_not_end_the_choice(
    cast: Clinic, ill: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = choices(cast, ill[0])

    def first_a_note(*given: Any, **more: Any) -> Any:
        monkeypatch.undo()
        actions.note(cast.id, ill[0], "Brings the X-ray", STAFF, version=1)
        return actions.move(*given, **more)

    monkeypatch.setattr(import_module("visita.bookings.actions.take_choice"), "move", first_a_note)
    with pytest.raises(Refusal, match="changed_meanwhile"):
        actions.take_choice(cast.id, choice.code, 1, CLIENT)
    assert actions.take_choice(cast.id, choice.code, 1, CLIENT).items[0].resource_id == cast.mihai


def test_a_choice_ends_by_itself_and_lets_its_times_go(cast: Clinic, ill: list[int]) -> None:
    choice = choices(cast, ill[0])
    worker.drain()
    with clock.at(NOW + timedelta(days=1, minutes=1)):
        worker.drain()
        with pytest.raises(Refusal, match="choice_over"):
            actions.take_choice(cast.id, choice.code, 0, CLIENT)
        with scope(cast.id):
            assert Choice.objects.get().status == "expired"
            assert not Allocation.objects.filter(kind="hold").exists()
    assert stand(cast, ill[0]).version == 1


def test_a_time_taken_meanwhile_gives_no_choice(cast: Clinic, ill: list[int]) -> None:
    actions.book(cast.id, request(cast, at(11, day=day_after(1)), who=cast.mihai), CLIENT)
    with pytest.raises(Refusal, match="slot_taken"):
        choices(cast, ill[0])
    with scope(cast.id):
        assert not Allocation.objects.filter(kind="hold").exists()


def test_a_visit_moved_otherwise_ends_the_choice(cast: Clinic, ill: list[int]) -> None:
    choice = choices(cast, ill[0])
    actions.cancel(cast.id, ill[0], STAFF)
    with pytest.raises(Refusal, match="choice_over"):
        actions.take_choice(cast.id, choice.code, 0, CLIENT)


def test_a_visit_that_went_elsewhere_lets_the_times_kept_go(cast: Clinic, ill: list[int]) -> None:
    choices(cast, ill[0])
    worker.drain()
    with clock.at(NOW + timedelta(minutes=1)):
        actions.cancel(cast.id, ill[0], STAFF)
        worker.drain()
        with scope(cast.id):
            assert Choice.objects.get().status == "lost"
            assert not Allocation.objects.filter(kind="hold").exists()


def test_a_choice_given_after_a_move_stands(cast: Clinic, ill: list[int]) -> None:
    with clock.at(NOW + timedelta(minutes=1)):
        actions.note(cast.id, ill[0], "ill", STAFF)
        moved = MoveRequest(at(15, day=day_after(2)), cast.ana, staff=True)
        actions.move(cast.id, ill[0], moved, STAFF)
    with clock.at(NOW + timedelta(minutes=2)):
        options = ((at(10, day=day_after(1)), cast.ana),)
        actions.give_choice(cast.id, ill[0], options, STAFF)
        worker.drain()
    with scope(cast.id):
        assert Choice.objects.get().status == "open"


def test_a_cancellation_for_our_own_hours_is_not_counted_against_the_client(
    cast: Clinic, ill: list[int]
) -> None:
    assert decide(cast.id, [Decision(ill[0], 1, "cancel")], STAFF)[0].done
    with scope(cast.id):
        client = Visit.objects.get(pk=ill[0]).client_id
        assert reliability.of_client(client).cancelled == 0

"""Earlier states brought back, single changes taken back: the time claimed anew, erased text never."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.world import CLIENT, STAFF, WEEK, Clinic, at, day_after, person, request
from visita.activity.record import record
from visita.bookings import actions, states
from visita.bookings.actions import Wish
from visita.bookings.locking import appointments
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, BookRequest, Item, MoveRequest
from visita.bookings.tests.test_change import book, held
from visita.clients import verbs as client_verbs
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.models import Allocation, ResourceLocation
from visita.tenancy import actions as tenancy


def acts(cast: Clinic, booked: Booked) -> list[int]:
    """The ids of what was done to the visit."""
    with scope(cast.id):
        return [step.act.pk for step in states.steps(booked.visit_id)]


def state(cast: Clinic, booked: Booked) -> dict[Any, Any]:
    """Every field of the visit, and which live claims stand for it."""
    with scope(cast.id):
        visit = Visit.objects.get(pk=booked.visit_id)
        parts = appointments(visit.pk)
        claims = Allocation.objects.filter(live=True, appointment_id__in=[part.pk for part in parts])
        taken = sorted(claims.values_list("resource_id", "s", "e"))
        return {
            **states.current(visit, parts).values(),
            "span": (visit.s, visit.e, visit.wall),
            "claims": taken,
        }


def move(cast: Clinic, booked: Booked, hour: int, who: int | None = None) -> None:
    actions.move(cast.id, booked.visit_id, MoveRequest(at(hour), who, staff=True), STAFF)


def back(cast: Clinic, booked: Booked, act: int, **more: Any) -> None:
    actions.bring_back(cast.id, booked.visit_id, Wish(act, **more), STAFF)


def test_time_person_status_note_and_price_come_back(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    actions.note(cast.id, booked.visit_id, "First", STAFF)
    first = state(cast, booked)
    move(cast, booked, 14, cast.mihai)
    actions.note(cast.id, booked.visit_id, "Second", STAFF)
    actions.arrive(cast.id, booked.visit_id, STAFF)
    back(cast, booked, acts(cast, booked)[1])
    assert state(cast, booked) == first
    with scope(cast.id):
        assert Visit.objects.get(pk=booked.visit_id).version == 6


def test_a_taken_time_refuses_with_others_and_another_can_be_pressed(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    move(cast, booked, 14)
    before, first = state(cast, booked), acts(cast, booked)[0]
    book(cast, at(9), None, cast.ana)
    with pytest.raises(Refusal) as refused:
        back(cast, booked, first)
    assert refused.value.code == "slot_taken" and len(refused.value.extra["alternatives"]) == 3
    assert state(cast, booked) == before
    back(cast, booked, first, instead=[(at(9, 30), cast.ana)])
    assert held(cast)[1] == (cast.ana, clock.to_minute(at(9, 30)), clock.to_minute(at(10)))


def test_by_right_it_comes_back_over_another(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    move(cast, booked, 14)
    book(cast, at(9), None, cast.ana)
    back(cast, booked, acts(cast, booked)[0], force=True)
    with scope(cast.id):
        assert Allocation.objects.filter(live=True, overbooked=True).count() == 1


def test_a_cancelled_state_and_a_living_one_change_places(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    actions.cancel(cast.id, booked.visit_id, STAFF, reason="ill")
    cancelled = state(cast, booked)
    back(cast, booked, acts(cast, booked)[0])
    assert held(cast) and state(cast, booked)["status",] == "confirmed"
    back(cast, booked, acts(cast, booked)[1])
    assert held(cast) == [] and state(cast, booked) == cancelled


def test_one_change_is_taken_back_alone(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    move(cast, booked, 14, cast.mihai)
    actions.note(cast.id, booked.visit_id, "Kept", STAFF)
    back(cast, booked, acts(cast, booked)[1], alone=True)
    found = state(cast, booked)
    assert found["claims"] == [(cast.ana, clock.to_minute(at(9)), clock.to_minute(at(9, 30)))]
    assert found["note",] == "Kept"


def test_a_change_that_was_changed_again_is_not_taken_back(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    move(cast, booked, 14)
    move(cast, booked, 15)
    with pytest.raises(Refusal) as refused:
        back(cast, booked, acts(cast, booked)[1], alone=True)
    assert (refused.value.code, refused.value.extra["fields"]) == ("changed_since", ["when"])


@pytest.mark.parametrize("which", [0, 10**15])
def test_a_booking_and_what_never_was_are_not_undone(cast: Clinic, which: int) -> None:
    booked = book(cast, at(9), None, cast.ana)
    act = which or acts(cast, booked)[0]
    with pytest.raises(Refusal) as refused:
        back(cast, booked, act, alone=True)
    assert refused.value.code == ("not_found" if which else "nothing_to_undo")


def test_the_last_change_goes_with_one_press(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana, status="requested")
    for deed in (actions.confirm, actions.arrive, actions.complete, actions.mark_no_show, actions.cancel):
        with clock.at(at(9)):
            deed(cast.id, booked.visit_id, STAFF)
            actions.undo_last(cast.id, booked.visit_id, STAFF)
        assert state(cast, booked)["status",] == "requested"
    assert len(held(cast)) == 1


def test_an_old_version_is_refused(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    move(cast, booked, 14)
    with pytest.raises(Refusal, match="changed_meanwhile"):
        back(cast, booked, acts(cast, booked)[0], version=1)


def test_erased_words_stay_erased(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    actions.note(cast.id, booked.visit_id, "A secret", STAFF)
    with scope(cast.id):
        visit = Visit.objects.get(pk=booked.visit_id)
        record(client_verbs.CLIENT_ERASED, "client", visit.client_id, STAFF)
    actions.note(cast.id, booked.visit_id, "", STAFF)
    move(cast, booked, 14)
    back(cast, booked, acts(cast, booked)[1])
    assert state(cast, booked)["note",] == "" and held(cast)[0][1] == clock.to_minute(at(9))
    noted = acts(cast, booked)[2]
    actions.bring_back(cast.id, booked.visit_id, Wish(noted, alone=True), STAFF)
    assert state(cast, booked)["note",] == ""


def test_it_comes_back_from_another_location(cast: Clinic) -> None:
    place = tenancy.add_location(cast.id, name="Strada Roma", zone="Europe/London", actor=STAFF).pk
    booked = book(cast, at(9), None, cast.ana, location_id=cast.location)
    first = state(cast, booked)
    with scope(cast.id):
        ResourceLocation.objects.create(resource_id=cast.mihai, location_id=place)
    scheduling.set_working_time(cast.id, cast.mihai, place, WEEK, actor=STAFF)
    actions.move(
        cast.id, booked.visit_id, MoveRequest(at(14, day=day_after(1)), location_id=place, staff=True), STAFF
    )
    assert state(cast, booked)["location_id",] == place
    back(cast, booked, acts(cast, booked)[0])
    assert state(cast, booked) == first


def test_a_place_in_a_class_comes_back(cast: Clinic) -> None:
    for hour in (14, 16):
        actions.add_session(cast.id, cast.yoga, cast.location, at(hour), [cast.ana], actor=STAFF, capacity=1)
    booked = book(cast, at(14), cast.yoga)
    first = state(cast, booked)
    move(cast, booked, 16)
    back(cast, booked, acts(cast, booked)[0])
    assert state(cast, booked) == first


def test_a_visit_over_long_ago_comes_back_too(cast: Clinic) -> None:
    booked = book(cast, at(9), None, cast.ana)
    actions.cancel(cast.id, booked.visit_id, STAFF)
    with clock.at(at(9) + timedelta(days=40)):
        back(cast, booked, acts(cast, booked)[0])
    assert len(held(cast)) == 1


def _deed(cast: Clinic, booked: Booked, dice: random.Random) -> None:
    """One random change; what is refused changes nothing."""
    hour, who = dice.choice((9, 10, 11, 13, 14, 15)), dice.choice((None, cast.ana, cast.mihai))
    day = day_after(dice.randrange(3))
    alone = dice.random() < 0.3
    with scope(cast.id):
        parts = appointments(booked.visit_id)
    minutes = dice.choice((None, None, 45, 60)) if alone else None
    part = dice.choice(parts).pk if alone else None
    wish = MoveRequest(at(hour, day=day), who, part, minutes, staff=True)
    deeds: dict[str, Callable[[], object]] = {
        "move": lambda: actions.move(cast.id, booked.visit_id, wish, STAFF),
        "note": lambda: actions.note(cast.id, booked.visit_id, f"Note {dice.random()}", STAFF),
        "mark": lambda: actions.mark(cast.id, booked.visit_id, dice.choice(("public", "private")), STAFF),
        "cancel": lambda: actions.cancel(cast.id, booked.visit_id, STAFF, reason="Why"),
        "restore": lambda: actions.restore(cast.id, booked.visit_id, STAFF),
        "arrive": lambda: actions.arrive(cast.id, booked.visit_id, STAFF),
        "complete": lambda: actions.complete(cast.id, booked.visit_id, STAFF),
        "no_show": lambda: actions.mark_no_show(cast.id, booked.visit_id, STAFF),
    }
    try:
        deeds[dice.choice(["move", "move", "move", *deeds])]()
    except Refusal:
        return


@pytest.mark.parametrize("seed", range(4))
def test_there_and_back_again_is_the_identical_state(cast: Clinic, seed: int) -> None:
    """Whatever was done: bring back any state, then bring back the one it was in, and nothing is different."""
    dice = random.Random(seed)  # no secret
    items = (Item(cast.visit, cast.ana, at(9)), Item(cast.visit, cast.mihai, at(9, 40)))
    made = actions.book(cast.id, BookRequest(items, client=person(), staff=True), STAFF)
    assert isinstance(made, Booked)
    for _turn in range(7):
        _deed(cast, made, dice)
    before, known = state(cast, made), acts(cast, made)
    there = dice.choice(known[:-1] or known)
    with scope(cast.id):
        goal = next(step.after for step in states.steps(made.visit_id) if step.act.pk == there)
    back(cast, made, there)
    assert goal is not None
    assert {key: value for key, value in state(cast, made).items() if key in goal.values()} == goal.values()
    back(cast, made, known[-1])
    assert state(cast, made) == before


@pytest.mark.parametrize("seed", range(4))
def test_a_change_taken_back_last_leads_to_the_state_before_it(cast: Clinic, seed: int) -> None:
    dice = random.Random(100 + seed)  # no secret
    booked = actions.book(cast.id, request(cast, at(9), None, cast.ana), CLIENT)
    assert isinstance(booked, Booked)
    for _turn in range(5):
        before = state(cast, booked)
        count = len(acts(cast, booked))
        _deed(cast, booked, dice)
        if len(acts(cast, booked)) > count and state(cast, booked) != before:
            actions.undo_last(cast.id, booked.visit_id, STAFF)
            assert state(cast, booked) == before
            back(cast, booked, acts(cast, booked)[-2])

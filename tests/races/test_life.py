"""The life of a few times under every verb, against a model of a dozen lines (reliability, R9).

Two doctors and four starts: whatever is booked, held, left to expire, cancelled, moved, settled and restored, the
actions refuse exactly what the model refuses, and after every step what is offered is exactly what is free.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, clinic, request
from visita.bookings import actions
from visita.bookings.availability import Ask, AskItem, availability
from visita.bookings.requests import Booked, HoldRequest, Item, MoveRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

FULL = os.environ.get("FULL") == "1"
STARTS = [at(9), at(9, 30), at(10), at(10, 30)]
Cell = tuple[int, datetime]  # a doctor at a start

starts, doctors, anyone = st.sampled_from(STARTS), st.sampled_from([0, 1]), st.sampled_from([0, 1, None])

pytestmark = [pytest.mark.slow]


@dataclass
class Visit:
    """What the model knows of a visit."""

    id: int
    cell: Cell
    status: str


@dataclass
class Hold:
    """What the model knows of a hold; `over` once it was used or given up."""

    token: str
    cell: Cell
    made: datetime
    expires: datetime
    over: bool = False


def asked(act: Callable[[], Any]) -> tuple[Any, str]:
    """The result, or the refusal's code."""
    try:
        return act(), ""
    except Refusal as refusal:
        return None, refusal.code


class Life(RuleBasedStateMachine):
    """One clinic on one Monday morning."""

    visits, holds = Bundle("visits"), Bundle("holds")

    @initialize()
    def open(self) -> None:
        """A fresh clinic."""
        self.now = NOW
        self.home: Clinic = clinic()
        self.doctors = (self.home.ana, self.home.mihai)
        self.all_visits: list[Visit] = []
        self.all_holds: list[Hold] = []

    def free(self, start: datetime, who: int | None, but: Visit | Hold | None = None) -> list[int]:
        """Doctors free at a start, the claim of `but` aside."""
        taken = {each.cell for each in self.all_visits if each is not but and each.status != "cancelled"}
        taken |= {each.cell for each in self.all_holds if each is not but and self.lives(each)}
        wanted = self.doctors if who is None else (self.doctors[who],)
        return [doctor for doctor in wanted if (doctor, start) not in taken]

    def lives(self, hold: Hold) -> bool:
        """Neither used nor over its time."""
        return not hold.over and hold.expires > self.now

    def doctor(self, who: int | None) -> int | None:
        """Their id."""
        return None if who is None else self.doctors[who]

    def booked(
        self, act: Callable[[], Any], able: list[int], status: str = "confirmed"
    ) -> MultipleResults[Any] | Visit:
        """A booking that must succeed exactly if somebody is able."""
        booked, code = asked(act)
        assert code == ("" if able else "slot_taken")
        if not able:
            return multiple()
        assert isinstance(booked, Booked) and booked.status == status
        assert booked.items[0].resource_id in able
        visit = Visit(booked.visit_id, (booked.items[0].resource_id or 0, booked.start), status)
        self.all_visits.append(visit)
        return visit

    @rule(target=visits, start=starts, who=anyone, status=st.sampled_from(["confirmed", "requested"]))
    def book(self, start: datetime, who: int | None, status: str) -> Any:
        """Without a hold."""
        wanted = request(self.home, start, None, self.doctor(who), status=status)
        with clock.at(self.now):
            return self.booked(
                lambda: actions.book(self.home.id, wanted, CLIENT), self.free(start, who), status
            )

    @rule(target=holds, start=starts, who=anyone)
    def hold(self, start: datetime, who: int | None) -> Any:
        """For five minutes."""
        able = self.free(start, who)
        wanted = HoldRequest((Item(self.home.visit, self.doctor(who), start),))
        with clock.at(self.now):
            held, code = asked(lambda: actions.hold(self.home.id, wanted, CLIENT))
        assert code == ("" if able else "slot_taken")
        if not able:
            return multiple()
        assert held.items[0].resource_id in able and held.expires_at == self.now + timedelta(minutes=5)
        made = Hold(held.token, (held.items[0].resource_id, start), self.now, held.expires_at)
        self.all_holds.append(made)
        return made

    @rule(hold=holds)
    def extend(self, hold: Hold) -> None:
        """Five minutes from now, thirty from the beginning at most."""
        with clock.at(self.now):
            held, code = asked(lambda: actions.extend_hold(self.home.id, hold.token, CLIENT))
        assert code == ("" if self.lives(hold) else "hold_expired")
        if not code:
            hold.expires = min(self.now + timedelta(minutes=5), hold.made + timedelta(minutes=30))
            assert held.expires_at == hold.expires

    @rule(hold=consumes(holds))
    def release(self, hold: Hold) -> None:
        """Given up; twice is no error."""
        with clock.at(self.now):
            actions.release_hold(self.home.id, hold.token, CLIENT)
        hold.over = True

    @rule(target=visits, hold=holds)
    def book_held(self, hold: Hold) -> Any:
        """A living hold always books its time; one that is over never does."""
        wanted = request(self.home, hold.cell[1], None, hold.cell[0], hold=hold.token)
        with clock.at(self.now):
            if self.lives(hold):
                hold.over = True
                return self.booked(lambda: actions.book(self.home.id, wanted, CLIENT), [hold.cell[0]])
            assert asked(lambda: actions.book(self.home.id, wanted, CLIENT))[1] == "hold_expired"
        return multiple()

    @rule(minutes=st.integers(1, 8))
    def wait(self, minutes: int) -> None:
        """Holds run out by the clock alone."""
        self.now += timedelta(minutes=minutes)

    @rule(visit=visits, start=starts, who=anyone)
    def move(self, visit: Visit, start: datetime, who: int | None) -> None:
        """To a time that is free but for the visit itself."""
        able = self.free(start, who, but=visit)
        movable = visit.status in ("requested", "confirmed", "arrived")
        wanted = MoveRequest(start, self.doctor(who), staff=True)
        with clock.at(self.now):
            moved, code = asked(lambda: actions.move(self.home.id, visit.id, wanted, STAFF))
        assert code == ("invalid_transition" if not movable else "" if able else "slot_taken")
        if not code:
            doctor = moved.items[0].resource_id
            assert doctor == visit.cell[0] if visit.cell[0] in able else doctor in able
            visit.cell = (doctor, start)

    @rule(visit=visits, verb=st.sampled_from(["confirm", "arrive", "complete", "mark_no_show", "cancel"]))
    def settle(self, visit: Visit, verb: str) -> None:
        """Forward along the life of a visit, never back."""
        after, allowed = _FORWARD[verb]
        with clock.at(self.now):
            changed, code = asked(lambda: getattr(actions, verb)(self.home.id, visit.id, STAFF))
        early = verb == "mark_no_show" and self.now < visit.cell[1]
        assert code == (("not_begun" if early else "") if visit.status in allowed else "invalid_transition")
        if not code:
            assert changed.status == after
            visit.status = after

    @rule(visit=visits)
    def restore(self, visit: Visit) -> None:
        """Back to confirmed; a cancelled one needs its time."""
        if visit.status in ("requested", "confirmed"):
            expected = "invalid_transition"
        else:
            mine = self.doctors.index(visit.cell[0])
            expected = "" if self.free(visit.cell[1], mine, but=visit) else "slot_taken"
        with clock.at(self.now):
            assert asked(lambda: actions.restore(self.home.id, visit.id, STAFF))[1] == expected
        if not expected:
            visit.status = "confirmed"

    @invariant()
    def offered_is_free(self) -> None:
        """The engine offers what the model has left."""
        ask = Ask(self.home.location, (AskItem(self.home.visit),), MONDAY, MONDAY)
        with clock.at(self.now), scope(self.home.id):
            offered = {start.start: list(start.resources) for start in availability(ask).days[0].starts}
        for start in STARTS:
            assert offered.get(clock.to_minute(start), []) == self.free(start, None)


_FORWARD = {
    "confirm": ("confirmed", {"requested"}),
    "arrive": ("arrived", {"requested", "confirmed", "no_show"}),
    "complete": ("completed", {"requested", "confirmed", "arrived", "no_show"}),
    "mark_no_show": ("no_show", {"requested", "confirmed", "arrived"}),
    "cancel": ("cancelled", {"requested", "confirmed", "arrived"}),
}


@pytest.mark.usefixtures("committed_db")
def test_the_life_of_a_time_follows_the_model() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=1000 if FULL else 30, stateful_step_count=50 if FULL else 20, deadline=None, database=None,
            derandomize=not FULL,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

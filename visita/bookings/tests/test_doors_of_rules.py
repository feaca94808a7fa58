"""Rules about the person are asked wherever a visit comes to be: called in from the queue, restored, brought back."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, day_after, request
from visita.activity.models import Activity
from visita.bookings import actions, cases, consulting, states
from visita.bookings.actions import Wish
from visita.bookings.models import Ticket, Visit
from visita.bookings.own_rules import runner
from visita.bookings.queue import JoinRequest
from visita.bookings.requests import MoveRequest, Pressed
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy

NEW_ONLY = {"clients": "new"}
OVER = Pressed(override=True)


def only(cast: Clinic, **rule: Any) -> None:
    tenancy.set_setting(cast.id, "eligibility", rule, actor=STAFF)


def book(cast: Clinic, *args: Any, **more: Any) -> int:
    return actions.book(cast.id, request(cast, *args, **more), CLIENT).visit_id  # type: ignore[union-attr]


def why(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def last(cast: Clinic, verb: str) -> dict[str, Any]:
    with scope(cast.id):
        payload: dict[str, Any] = Activity.objects.filter(verb=verb).latest("pk").payload
        return payload


def test_who_is_called_in_is_asked_and_goes_in_by_right(cast: Clinic) -> None:
    visit = book(cast, at(9))
    with scope(cast.id):
        client = Visit.objects.get(pk=visit).client_id
    only(cast, **NEW_ONLY)
    with clock.at(at(11)):
        tenancy.set_setting(cast.id, "queue", True, actor=STAFF)
        known = actions.join_queue(cast.id, cast.location, JoinRequest(cast.visit, client_id=client), STAFF)
        start = partial(actions.start_ticket, cast.id, known.ticket_id or 0, None, STAFF)
        assert why(start) == "not_eligible"
        with scope(cast.id):
            assert Ticket.objects.get(pk=known.ticket_id or 0).state == "waiting"
        served = start(pressed=OVER)
    assert served.visit_id and last(cast, "visit.booked")["overridden"] == ["eligibility.clients"]


def test_walk_ins_without_a_name_are_not_judged_by_each_others_visits(cast: Clinic) -> None:
    only(cast, **NEW_ONLY)
    tenancy.set_setting(cast.id, "queue", True, actor=STAFF)
    for hour in (10, 11, 12):
        with clock.at(at(hour)):
            nobody = actions.join_queue(cast.id, cast.location, JoinRequest(cast.visit), STAFF)
            actions.start_ticket(cast.id, nobody.ticket_id or 0, None, STAFF)
    with scope(cast.id):
        assert Visit.objects.values("client_id").distinct().count() == 1
    only(cast, clients="returning")
    with clock.at(at(14)):
        nobody = actions.join_queue(cast.id, cast.location, JoinRequest(cast.visit), STAFF)
        assert (
            why(lambda: actions.start_ticket(cast.id, nobody.ticket_id or 0, None, STAFF)) == "not_eligible"
        )


def test_a_cancelled_visit_comes_back_only_where_it_could_be_booked(cast: Clinic) -> None:
    only(cast, **NEW_ONLY)
    first = book(cast, at(9))
    actions.cancel(cast.id, first, STAFF)
    book(cast, at(10, day=day_after(1)))
    restore = partial(actions.restore, cast.id, first, STAFF)
    assert why(restore) == "not_eligible"
    with scope(cast.id):
        assert Visit.objects.get(pk=first).status == "cancelled"
    assert restore(pressed=OVER).status == "confirmed"
    assert last(cast, "visit.restored")["overridden"] == ["eligibility.clients"]


def test_a_mark_that_is_taken_back_asks_nothing(cast: Clinic) -> None:
    first = book(cast, at(9))
    with clock.at(at(9, 10)):
        actions.mark_no_show(cast.id, first, STAFF)
    only(cast, clients="returning")
    assert actions.restore(cast.id, first, STAFF).status == "confirmed"


def test_a_state_brought_back_is_asked_where_its_time_is_claimed_anew(cast: Clinic) -> None:
    first = book(cast, at(9))
    actions.note(cast.id, first, "Brings pictures", STAFF)
    actions.move(cast.id, first, MoveRequest(at(9, day=day_after(10)), staff=True), STAFF)
    book(cast, at(9, day=day_after(3)))
    only(cast, after_days=[7, []])
    with scope(cast.id):
        acts = [step.act.pk for step in states.steps(first)]
    back = partial(actions.bring_back, cast.id, first)
    assert why(lambda: back(Wish(acts[0]), STAFF)) == "not_eligible"
    assert why(lambda: actions.undo_last(cast.id, first, STAFF)) == "not_eligible"
    back(Wish(acts[1], alone=True), STAFF)  # a note is nobody's business
    back(Wish(acts[0], override=True), STAFF)
    assert last(cast, "visit.brought_back")["overridden"] == ["eligibility.after_days"]
    with scope(cast.id):
        assert Visit.objects.get(pk=first).wall.endswith("T09:00")


def test_a_warning_stops_no_client_who_takes_what_staff_offered(
    cast: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = book(cast, at(9))
    tenancy.set_setting(cast.id, "booking_rules", [{"rule": "any"}], actor=STAFF)
    warns = runner.Answer("warn", {"en": "Think twice."})
    monkeypatch.setattr(runner, "ask", lambda *_question, **_limit: warns)
    with clock.at(at(8)):
        there = MoveRequest(at(10), staff=True)
        assert why(lambda: actions.move(cast.id, first, there, STAFF)) == "rule_warned"
        choice = actions.give_choice(cast.id, first, [(at(11), cast.ana)], STAFF)
        assert actions.take_choice(cast.id, choice.code, 0, CLIENT).start == at(11)


@pytest.mark.parametrize("guarded", [True, False])
def test_what_is_booked_between_question_and_restoring_counts(
    cast: Clinic, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    only(cast, **NEW_ONLY)
    first = book(cast, at(9))
    actions.cancel(cast.id, first, STAFF)
    real = consulting.judged

    def slow(case: cases.Case, seen: tuple[int, int]) -> consulting.Advice:
        advice = real(case, seen)
        monkeypatch.setattr(consulting, "judged", real)
        book(cast, at(10, day=day_after(1)))  # the same person on the phone with another desk
        return advice

    monkeypatch.setattr(consulting, "judged", slow)
    if guarded:
        assert why(lambda: actions.restore(cast.id, first, STAFF)) == "not_eligible"
        return
    monkeypatch.setattr(consulting, "require_fresh", lambda _advice, _client: None)
    assert actions.restore(cast.id, first, STAFF).status == "confirmed"  # new twice

"""Many workers fill one freed time, many who wait accept one offer: one place is never given twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connections

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, clinic, person
from visita.bookings import actions
from visita.bookings.models import Offer, Visit, Waiting
from visita.bookings.waitlist import filling
from visita.bookings.waitlist.freed import Freed
from visita.bookings.waitlist.windows import Window
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.tenancy.actions import set_setting

MANY = 6

pytestmark = pytest.mark.race


def _crowd(mode: str) -> tuple[Clinic, list[Waiting]]:
    """Six wait for the one half hour Ana works on Monday, which is free."""
    with clock.at(NOW):
        home = clinic()
        scheduling.set_exception(home.id, home.ana, home.location, MONDAY, [(540, 570)], actor=STAFF)
        set_setting(home.id, "waitlist_mode", mode, actor=STAFF)
        wishes = [
            actions.WaitRequest(
                ((home.visit, home.ana),),
                Window(MONDAY, MONDAY),
                client=person(f"Waits{chr(97 + number)}", "Racer", phone="", email=f"w{number}@example.test"),
            )
            for number in range(MANY)
        ]
        return home, [actions.join(home.id, wish, CLIENT) for wish in wishes]


def _together(job: Callable[[int], Any], many: int = MANY) -> list[Any]:
    def one(number: int) -> Any:
        try:
            with clock.at(NOW):
                return job(number)
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def _filled(home: Clinic) -> list[int]:
    """The starts that are offered after many have filled at one moment."""
    _together(lambda _number: filling.fill(home.id, Freed(home.location)))
    with scope(home.id):
        return list(Offer.objects.filter(status="open").values_list("s", flat=True))


def test_many_workers_give_one_place_to_one(committed_db: None) -> None:
    home, _ = _crowd("in_turn")
    assert _filled(home) == [clock.to_minute(at(9))]


def test_without_the_hold_one_place_is_given_to_several(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(actions.offer.__globals__, "_keep", lambda *_args: "x")
    home, _ = _crowd("in_turn")
    assert len(_filled(home)) > 1


def test_of_many_who_accept_one_place_one_gets_it(committed_db: None) -> None:
    home, people = _crowd("at_once")
    assert len(_filled(home)) == MANY
    answers = _together(
        lambda number: type(actions.accept(home.id, people[number].pk, actions.Answers(), CLIENT)).__name__
    )
    assert answers.count("Booked") == 1
    assert set(answers) <= {"Booked", "offer_taken", "offer_over"}
    with scope(home.id):
        assert Visit.objects.count() == 1
        assert Waiting.objects.filter(status="booked").count() == 1
        assert Offer.objects.filter(status="open").count() == 0


def test_one_who_accepts_twice_gets_one_visit(committed_db: None) -> None:
    home, _ = _crowd("in_turn")
    _filled(home)
    with scope(home.id):
        lucky = Offer.objects.get(status="open").waiting_id
    answers = _together(lambda _n: type(actions.accept(home.id, lucky, actions.Answers(), CLIENT)).__name__)
    assert sorted(set(answers)) == ["Booked", "offer_over"]
    assert answers.count("Booked") == 1


def _accepted_while_joining(
    monkeypatch: pytest.MonkeyPatch, lock: Callable[[Waiting], None], patience: float
) -> tuple[int, Any]:
    """One accepts while staff put the same client on the list again, each as far as its first lock before the other goes
    on. How often accepting began, and what joining answered."""
    home, _ = _crowd("in_turn")
    _filled(home)
    with scope(home.id):
        lucky = Waiting.objects.get(pk=Offer.objects.get(status="open").waiting_id)
    accepting, joining, begun = Event(), Event(), []
    plain = actions.join.here.__globals__["_lock"]

    def first(waiting: Waiting) -> None:
        begun.append(waiting.pk)
        lock(waiting)
        accepting.set()
        joining.wait(patience if len(begun) == 1 else 0)

    def second(found: Any) -> Waiting | None:
        joining.set()
        return plain(found)  # type: ignore[no-any-return]

    monkeypatch.setitem(actions.accept.__globals__, "_lock", first)
    monkeypatch.setitem(actions.join.here.__globals__, "_lock", second)

    def job(number: int) -> Any:
        if number == 0:
            return actions.accept(home.id, lucky.pk, actions.Answers(), CLIENT)
        assert accepting.wait(30)
        wish = actions.WaitRequest(
            ((home.visit, home.ana),), Window(MONDAY, MONDAY), client_id=lucky.client_id, staff=True
        )
        try:
            return actions.join(home.id, wish, STAFF)
        except OperationalError as error:
            return error

    joined = _together(job, 2)[1]
    return len(begun), joined


def test_accepting_and_joining_do_not_wait_for_each_other(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = actions.accept.__globals__["_lock"]
    begun, joined = _accepted_while_joining(monkeypatch, plain, 0.2)
    assert (begun, type(joined)) == (1, Waiting)


def test_the_entry_locked_before_its_client_they_would(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def entry_first(waiting: Waiting) -> None:
        Waiting.objects.filter(pk=waiting.pk).select_for_update(no_key=True).get()

    begun, joined = _accepted_while_joining(monkeypatch, entry_first, 30)
    assert begun > 1 or isinstance(joined, OperationalError)

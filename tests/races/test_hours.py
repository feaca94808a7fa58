"""A booking that read the old hours waits for the lock while they change: it must not be kept outside the new ones."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest
from django.db import connections

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, clinic, request
from visita.bookings import actions, calendars, writing
from visita.bookings.models import Visit
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling import claims
from visita.scheduling.changes import Day

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("committed_db")]


def apart(job: Callable[[], Any]) -> None:
    """Do it, committed, on a connection of its own."""

    def alone() -> None:
        try:
            with clock.at(NOW):
                job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(alone).result()


def booked_across(change: Callable[[Clinic], Any]) -> str:
    """Ten o'clock with Ana is booked; between the reading of her hours and her lock the change commits."""
    lock, late = claims.lock, list[bool]()
    with clock.at(NOW):
        home = clinic()

        def locking(chosen: Any) -> Any:
            if not late:
                late.append(True)
                apart(lambda: change(home))
            return lock(chosen)

        with mock.patch.object(claims, "lock", locking):
            try:
                actions.book(home.id, request(home, at(10), who=home.ana), CLIENT)
                outcome = "won"
            except Refusal as refusal:
                outcome = refusal.code
    assert late
    with scope(home.id):
        assert Visit.objects.filter(s=clock.to_minute(at(10))).count() == (outcome == "won")
    return outcome


def _away(home: Clinic) -> None:
    scheduling.change_hours(home.id, [Day(home.ana, None, MONDAY)], actor=STAFF)


def _later(home: Clinic) -> None:
    scheduling.change_hours(home.id, [Day(home.ana, home.location, MONDAY, ((540, 1080),))], actor=STAFF)


def test_nobody_is_booked_outside_hours_changed_meanwhile() -> None:
    assert booked_across(_away) != "won"


def test_hours_that_still_hold_the_visit_let_it_through() -> None:
    assert booked_across(_later) == "won"


def test_without_the_comparison_a_visit_would_stand_outside() -> None:
    blind = mock.patch.object(writing, "_BOOK", writing._BOOK.replace(writing._IN_FORCE, "true"))
    with blind, mock.patch.object(calendars.Work, "stale", lambda _work, _locked: False):
        assert booked_across(_away) == "won"

"""A visit grows into the time after it while somebody books that time: one of both has it, and the other hears who was first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any
from unittest import mock

import pytest
from django.db import connections
from django.db.models import Count

from tests.races import unguarded
from tests.world import CLIENT, NOW, STAFF, Clinic, at, clinic, request
from visita.bookings import actions, sessions, writing
from visita.bookings.models import Appointment, Place, Visit
from visita.bookings.requests import Booked, PartWish, ServicesRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import claims
from visita.scheduling.models import Allocation

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.usefixtures("committed_db")]
ROUNDS = 4
_AGAIN = writing.claim_again


def _slowly(*given: Any) -> Any:
    """Claim for a visit that changes some time after its time was seen to be free."""
    unguarded.wait_a_moment()
    return _AGAIN(*given)


def _grow(home: Clinic, visit: int) -> None:
    """The half hour becomes a whole one, which reaches into half past ten."""
    with scope(home.id):
        part = Appointment.objects.get(visit_id=visit)
    longer = PartWish(home.visit, appointment_id=part.pk, resource_id=home.ana, minutes=60)
    actions.change_services(home.id, visit, ServicesRequest((longer,)), STAFF)


def _raced(home: Clinic, visit: int) -> list[str]:
    """The outcomes of the change and of a booking of half past ten, sent at the same moment."""
    jobs: list[Callable[[], Any]] = [
        lambda: _grow(home, visit),
        lambda: actions.book(home.id, request(home, at(10, 30), who=home.ana), CLIENT),
    ]
    return _at_once(jobs)


def _at_once(jobs: list[Callable[[], Any]]) -> list[str]:
    gate = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> str:
        try:
            with clock.at(NOW):
                gate.wait(60)
                job()
            return "won"
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def _visit() -> tuple[Clinic, int]:
    with clock.at(NOW):
        home = clinic()
        booked = actions.book(home.id, request(home, at(10), who=home.ana), CLIENT)
    assert isinstance(booked, Booked)
    return home, booked.visit_id


def test_time_a_visit_grows_into_is_not_sold_as_well() -> None:
    slow = mock.patch.object(writing, "book", unguarded.slowly)
    for round_ in range(ROUNDS):  # in every other round the booking is the slower one
        home, visit = _visit()
        with slow if round_ % 2 else mock.patch.object(writing, "claim_again", _slowly):
            outcomes = _raced(home, visit)
        assert sorted(outcomes) == ["slot_taken", "won"], outcomes
        grown = outcomes[0] == "won"
        with scope(home.id):
            assert Visit.objects.count() == 2 - grown
            spans = Allocation.objects.filter(live=True).order_by("s").values_list("s", "e")
            half = clock.to_minute(at(10, 30))
            assert list(spans) == (
                [(half - 30, half + 30)] if grown else [(half - 30, half), (half, half + 30)]
            )
            assert Appointment.objects.get(visit_id=visit).e == half + 30 * grown


def test_without_locks_and_the_constraint_the_race_is_seen() -> None:
    """The negative control: the same race must fail when nothing guards."""
    asking = "ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING"
    assert asking in writing._AGAIN and asking in writing._BOOK
    home, visit = _visit()
    meeting = unguarded.Meeting(2)
    with (
        mock.patch.object(claims, "_LOCK", claims._LOCK.replace("FOR NO KEY UPDATE", "")),
        mock.patch.object(writing, "_BOOK", writing._BOOK.replace(asking, "")),
        mock.patch.object(writing, "_AGAIN", writing._AGAIN.replace(asking, "")),
        mock.patch.object(writing, "book", meeting.before(writing.book)),
        mock.patch.object(writing, "claim_again", meeting.before(writing.claim_again)),
        pytest.raises(Exception, match=r"allocation_no_overlap|deadlock"),
    ):
        _raced(home, visit)


def _class_race() -> tuple[Clinic, list[str]]:
    """Two visits take the last place of a class at the same moment."""
    with clock.at(NOW):
        home = clinic()
        actions.add_session(home.id, home.yoga, home.location, at(15), [home.ana], actor=STAFF, capacity=1)
        made = [
            actions.book(home.id, request(home, at(10), who=who), CLIENT) for who in (home.ana, home.mihai)
        ]
    visits = [booked.visit_id for booked in made if isinstance(booked, Booked)]
    return home, _at_once([partial(_join, home, visit) for visit in visits])


def _join(home: Clinic, visit: int) -> None:
    with scope(home.id):
        part = Appointment.objects.get(visit_id=visit)
    wishes = PartWish(home.visit, appointment_id=part.pk), PartWish(home.yoga, start=at(15))
    actions.change_services(home.id, visit, ServicesRequest(wishes), STAFF)


def test_the_last_place_of_a_class_joins_one_visit() -> None:
    for _round in range(2):
        with mock.patch.object(writing, "claim_again", _slowly):
            home, outcomes = _class_race()
        assert sorted(outcomes) == ["slot_taken", "won"], outcomes
        with scope(home.id):
            assert Place.objects.filter(live=True).count() == 1
            assert sorted(Appointment.objects.values_list("visit_id").annotate(Count("id")).values_list(
                "id__count", flat=True)) == [1, 2]  # fmt: skip


def test_without_the_lock_of_the_class_the_race_is_seen() -> None:
    """The negative control."""
    asking = "ON CONFLICT DO NOTHING"
    meeting = unguarded.Meeting(2)
    with (
        mock.patch.object(sessions, "_LOCK", sessions._LOCK.replace("FOR NO KEY UPDATE", "")),
        mock.patch.object(writing, "_AGAIN", writing._AGAIN.replace(asking, "")),
        mock.patch.object(writing, "claim_again", meeting.before(writing.claim_again)),
        pytest.raises(Exception, match="place_once"),
    ):
        _class_race()

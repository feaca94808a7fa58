"""Two desks book series that cross: nobody books one date of two twice, and a loser books nothing at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from unittest import mock

import pytest
from django.db import connection

from tests.races import unguarded
from tests.world import MONDAY, NOW, STAFF, Clinic, at, clinic, person
from visita.bookings import actions, series_locks, series_plan, writing
from visita.bookings.models import Turn, Visit
from visita.bookings.repeating import Repeat
from visita.bookings.requests import BookRequest, Item
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import claims
from visita.scheduling.models import Allocation

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.usefixtures("committed_db")]
ROUNDS = 4


def request(cast: Clinic, name: str, first: int) -> SeriesRequest:
    """Three days at ten with Ana, then Mihai; from the day after a quarter later with Mihai, then Ana."""
    start, later = at(10, day=MONDAY + timedelta(days=first)), timedelta(minutes=30)
    items = (Item(cast.visit, cast.ana, start), Item(cast.visit, cast.mihai, start + later))
    if first:  # the other way round: locks taken visit by visit would meet crosswise
        start += later / 2
        items = (Item(cast.visit, cast.mihai, start), Item(cast.visit, cast.ana, start + later))
    visit = BookRequest(items, client=person(name, phone=""), location_id=cast.location, staff=True)
    rule = Repeat("day", count=3)
    with scope(cast.id):
        rows = series_plan.plan(visit, rule)
    return SeriesRequest(visit, rule, tuple(Chosen(row.number, row.items) for row in rows))


def race(cast: Clinic) -> list[str]:
    plans = [request(cast, "Ana", 0), request(cast, "Ion", 0), request(cast, "Eva", 1)]
    gate = Barrier(len(plans))

    def run(plan: SeriesRequest) -> str:
        try:
            with clock.at(NOW):
                gate.wait()
                actions.book_series(cast.id, plan, STAFF)
            return "won"
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(plans)) as pool:
        return sorted(pool.map(run, plans))


def test_series_that_cross_are_whole_or_nothing() -> None:
    for _round in range(ROUNDS):
        with clock.at(NOW):
            cast = clinic()
        outcomes = race(cast)
        assert outcomes.count("won") == 1 and set(outcomes) == {"won", "series_conflict"}, outcomes
        with scope(cast.id):
            assert Visit.objects.count() == Turn.objects.count() == 3
            rows = Allocation.objects.filter(live=True).values_list("resource_id", "s")
            assert len(set(rows)) == len(rows) == 6


def test_without_locks_and_the_constraint_the_race_is_seen() -> None:
    """The negative control: the same race must fail when nothing guards."""
    asking = "ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING"
    meeting = unguarded.Meeting(3)
    with clock.at(NOW):
        cast = clinic()
    with (
        mock.patch.object(claims, "_LOCK", claims._LOCK.replace("FOR NO KEY UPDATE", "")),
        mock.patch.object(writing, "_BOOK", writing._BOOK.replace(asking, "")),
        mock.patch.object(writing, "book", meeting.before(writing.book)),
        mock.patch.object(series_locks, "lock", lambda *_args: None),
        pytest.raises(Exception, match=r"allocation_no_overlap|deadlock"),
    ):
        race(cast)

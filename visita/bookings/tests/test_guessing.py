"""Whom anyone gets at first sight is whom the whole look would choose, and nobody where it finds nobody."""

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import CLIENT, MONDAY, STAFF, Clinic, at, day_after, request
from visita.bookings import actions, calendars, guessing, placing, rules
from visita.bookings.attempt import Attempt
from visita.bookings.requests import Item, Search
from visita.catalog import actions as catalog
from visita.catalog.policies import Offer
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.changes import Day
from visita.tenancy import actions as tenancy


def _looked(cast: Clinic, start: datetime, search: Search) -> int | None:
    found = rules.load(cast.location, (cast.visit,))
    try:
        return placing.look(found, (Item(cast.visit, None, start),), search)[0].resource_id
    except (placing.Taken, Refusal):
        return None


def _guessed(cast: Clinic, start: datetime, search: Search) -> int | None:
    found = rules.load(cast.location, (cast.visit,))
    items = (Item(cast.visit, None, start),)
    looking = Attempt(found, [found.service(cast.visit)], items, search)
    assert looking._is_plain()
    everyone = sorted(looking.main)
    return looking._guessed(calendars.hours(found, everyone, looking.days[0], looking.days[-1]))


def _starts() -> Iterator[datetime]:
    """Every hour and a half of two days, nights too."""
    for at_ in range(32):
        yield at(0) + timedelta(minutes=90 * at_)


def _furnish(cast: Clinic, dice: random.Random) -> None:
    """Blocks of all lengths, hours of one's own, buffers, and a doctor who takes longer."""
    for who in (cast.ana, cast.mihai):
        for minutes in (15, 40, 120, 700, 15, 40):
            start = at(0) + timedelta(minutes=5 * dice.randrange(570))
            with suppress(Refusal):  # where another block is
                scheduling.block(
                    cast.id, [who], cast.location, start, start + timedelta(minutes=minutes), actor=STAFF
                )
    scheduling.change_hours(
        cast.id, [Day(cast.mihai, cast.location, day_after(1), ((600, 900),))], actor=STAFF
    )
    offers = [Offer(cast.ana), Offer(cast.mihai, minutes=45)]
    fields = {"buffer_before": dice.choice((0, 5)), "buffer_after": dice.choice((0, 10)), "start_step": 15}
    catalog.change_service(cast.id, cast.visit, fields, resources=offers, actor=STAFF)


@pytest.mark.parametrize("seed", range(2))
def test_the_guess_is_what_the_whole_look_finds(cast: Clinic, seed: int) -> None:
    search = Search(1, staff=bool(seed % 2))
    _furnish(cast, random.Random(seed))
    with scope(cast.id):
        looked = {start: _looked(cast, start, search) for start in _starts()}
        assert {start: _guessed(cast, start, search) for start in _starts()} == looked
    assert set(looked.values()) == {cast.ana, cast.mihai, None}


def test_one_booked_by_anyone_is_found_by_a_glance(cast: Clinic, monkeypatch: Any) -> None:
    monkeypatch.setattr(Attempt, "_seen", None)
    with CaptureQueriesContext(connection) as seen:
        booked = [actions.book(cast.id, request(cast, at(9)), CLIENT) for _ in range(2)]
    assert {each.items[0].resource_id for each in booked} == {cast.ana, cast.mihai}  # type: ignore[union-attr]
    assert sum("string_agg(int4send" in query["sql"] for query in seen.captured_queries) == 0


def test_whom_it_cannot_choose_for_is_looked_at_whole(cast: Clinic) -> None:
    with scope(cast.id):
        gym = rules.load(cast.location, (cast.gym, cast.scan))
        assert not guessing.simple([gym.service(cast.gym).need((cast.hall,), 1)])
        assert not guessing.simple([gym.service(cast.scan).need((cast.ana,), 1)])
    tenancy.set_setting(cast.id, "gap_avoidance", "soft", actor=STAFF)
    booked = actions.book(cast.id, request(cast, at(9, day=MONDAY)), CLIENT)
    assert booked.items[0].resource_id == cast.ana  # type: ignore[union-attr]

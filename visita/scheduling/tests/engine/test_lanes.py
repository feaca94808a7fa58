"""Shared resources: a place keeps one lane, the fullest that fits, and who was overbooked is there, too."""

from datetime import date
from zoneinfo import ZoneInfo

from visita.scheduling.engine import (
    ANY_MINUTE,
    Calendar,
    Claim,
    Claims,
    Group,
    Need,
    Window,
    allocate,
    choose_lanes,
    main_claims,
    offers,
    open_time,
    rank,
)
from visita.scheduling.tests.engine.worlds import every_day, midnight

DAY = date(2026, 11, 23)
NINE = midnight(DAY) + 540
WORK = open_time(every_day([(540, 720)]), {}, {}, DAY, DAY, ZoneInfo("UTC"))


def _hall(*rows: tuple[int, int, int, int | None]) -> Calendar:
    return Calendar(1, WORK, Claims.rows((NINE + s, NINE + e, low, high) for s, e, low, high in rows))


def _starts(need: Need, calendar: Calendar) -> list[int]:
    return [start - NINE for start in offers(Window(NINE, NINE + 180), need, {1: calendar})]


def test_counting_per_minute_would_offer_what_no_lane_can_take() -> None:
    """At every minute one of two lanes is free, yet no lane is free for the whole hour."""
    hall = _hall((0, 30, 1, 2), (30, 60, 2, 3))
    assert 0 not in _starts(Need(60, (1,), lanes=2), hall)
    assert _starts(Need(60, (1,), lanes=3), hall)[0] == 0
    assert _starts(Need(30, (1,), lanes=2), hall)[:2] == [0, 30]


def test_a_party_needs_a_lane_for_each() -> None:
    hall = _hall((0, 60, 1, 2))
    assert _starts(Need(120, (1,), lanes=3, seats=2), hall)[0] == 0
    assert _starts(Need(120, (1,), lanes=3, seats=3), hall) == [60]
    assert _starts(Need(120, (1,), lanes=3, seats=4), hall) == []


def test_the_fullest_lane_takes_the_next_place() -> None:
    hall = _hall((0, 30, 2, 3), (60, 90, 2, 3), (0, 20, 3, 4))
    need = Need(30, (1,), lanes=3)
    assert choose_lanes(need, NINE + 30, hall) == (2,)
    assert choose_lanes(need, NINE + 90, hall) == (2,)
    assert choose_lanes(Need(30, (1,), lanes=3, seats=2), NINE + 30, hall) == (2, 3)
    assert choose_lanes(need, NINE, hall) == (1,)
    assert choose_lanes(Need(30, (1,), lanes=3, seats=2), NINE, hall) == ()


def test_whoever_was_overbooked_is_there_until_the_end() -> None:
    """Also after the visit beside it has gone; and in a shared resource it leaves a lane less."""
    need, late = Need(30, (1,), ANY_MINUTE), _hall((0, 30, 1, None), (15, 45, 0, 1))
    assert _starts(need, late)[0] == 45
    assert _starts(need, _hall((15, 45, 0, 1)))[0] == 45
    full = _hall((0, 30, 1, 2), (0, 30, 2, 3), (0, 30, 0, 1))
    assert _starts(Need(30, (1,), lanes=3), full)[0] == 30
    assert _starts(Need(30, (1,), lanes=4), full)[0] == 0
    assert _starts(Need(30, (1,), lanes=4, seats=2), full)[0] == 30


def test_a_block_and_a_sold_seat_take_the_whole() -> None:
    need = Need(30, (1,), ANY_MINUTE)
    assert 0 not in _starts(Need(30, (1,), lanes=4), _hall((0, 30, 1, None)))
    assert 0 not in _starts(need, _hall((0, 30, 3, 4)))


def test_a_lane_row_leaves_the_other_lanes_free() -> None:
    assert _starts(Need(180, (1,), lanes=2), _hall((10, 20, 2, 3))) == [0]


def test_rows_to_claim_have_buffers_holes_places_and_groups() -> None:
    hall = _hall((0, 180, 1, 2))
    party = Need(60, (1,), before=5, after=10, lanes=3, seats=2)
    assert main_claims(party, NINE + 30, hall) == (
        Claim(1, NINE + 25, NINE + 100, 2, 3),
        Claim(1, NINE + 25, NINE + 100, 3, 4),
    )
    known = {
        1: Calendar(1, WORK),
        8: Calendar(8, WORK, Claims.pairs([(NINE, NINE + 10)])),
        9: Calendar(9, None),
    }
    colour = Need(90, (1,), holes=((30, 30),), groups=(Group((8, 9), after=15),))
    assert allocate(colour, NINE, 1, known) == (
        Claim(1, NINE, NINE + 30),
        Claim(1, NINE + 60, NINE + 90),
        Claim(9, NINE, NINE + 105),
    )
    assert allocate(colour, NINE, 1, {**known, 9: known[8]}) == ()
    assert (
        allocate(Need(30, (1,), lanes=1, groups=(Group((9,)),)), NINE, 1, known, (Claim(9, NINE, NINE + 5),))
        == ()
    )


def test_anyone_is_whoever_has_least_that_day() -> None:
    assert rank([4, 2, 3, 9], {2: 60, 3: 30, 9: 30}) == [4, 3, 9, 2]

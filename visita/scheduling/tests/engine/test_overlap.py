"""A claim beside, on the edge of, over and inside another: the table everybody checks first."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from visita.scheduling.engine import ANY_MINUTE, Calendar, Claims, Need, Window, offers, open_time
from visita.scheduling.tests.engine.worlds import every_day, midnight

DAY = date(2026, 11, 23)
ZERO = midnight(DAY)
WORK = open_time(every_day([(0, 1440)]), {}, {}, DAY, DAY, ZoneInfo("UTC"))


def _free(start: int, need: Need, claims: Claims) -> bool:
    return bool(offers(Window(start, start + 1), need, {1: Calendar(1, WORK, claims)}))


@pytest.mark.parametrize(
    ("start", "free"),
    [
        (539, True),
        (540, True),
        (541, False),
        (570, False),
        (600, False),
        (615, False),
        (629, False),
        (630, True),
    ],
    ids=[
        "before",
        "touching",
        "one minute in",
        "over the start",
        "same start",
        "inside",
        "last minute",
        "touching after",
    ],
)
def test_thirty_minutes_around_a_claim_from_ten_to_half_past(start: int, free: bool) -> None:
    claims = Claims.pairs([(ZERO + 570, ZERO + 600), (ZERO + 600, ZERO + 630)])
    assert _free(ZERO + start, Need(30, (1,), ANY_MINUTE), claims) is free


@pytest.mark.parametrize(("start", "free"), [(535, True), (536, False), (634, False), (635, True)])
def test_buffers_are_claimed_and_do_not_merge_with_the_neighbours(start: int, free: bool) -> None:
    """The neighbour's claim from 570 to 630 has its own buffers in it already."""
    need = Need(30, (1,), ANY_MINUTE, before=5, after=5)
    assert _free(ZERO + start, need, Claims.pairs([(ZERO + 570, ZERO + 630)])) is free


def test_buffers_may_reach_outside_working_time() -> None:
    need = Need(60, (1,), ANY_MINUTE, before=30, after=30)
    work = open_time(every_day([(540, 600)]), {}, {}, DAY, DAY, ZoneInfo("UTC"))
    assert list(offers(Window(ZERO, ZERO + 1440), need, {1: Calendar(1, work)})) == [ZERO + 540]


def test_a_hole_takes_another_visit_in() -> None:
    """Colour works by itself from minute 30 to 60: a half-hour visit fits exactly there."""
    colour = Need(90, (1,), ANY_MINUTE, holes=((30, 30),))
    assert _free(ZERO + 540, colour, Claims.pairs([(ZERO + 570, ZERO + 600)]))
    assert not _free(ZERO + 540, colour, Claims.pairs([(ZERO + 570, ZERO + 601)]))
    cut = Need(30, (1,), ANY_MINUTE)
    rows = Claims.pairs((ZERO + 540 + at, ZERO + 540 + at + n) for at, n in colour.parts(1))
    assert [_free(ZERO + at, cut, rows) for at in (569, 570, 571)] == [False, True, False]


def test_a_claim_outlasting_later_ones_still_blocks() -> None:
    claims = Claims.pairs([(ZERO + 500, ZERO + 700), (ZERO + 520, ZERO + 540)])
    assert not _free(ZERO + 600, Need(30, (1,), ANY_MINUTE), claims)


def test_packed_rows_are_the_same_claims_in_any_order() -> None:
    pairs = [(ZERO + 600, ZERO + 630), (ZERO + 540, ZERO + 560)]
    packed = b"".join(n.to_bytes(4, "big") for pair in pairs for n in pair)
    assert Claims.packed(packed) == Claims.pairs(pairs)
    assert Claims.packed(b"") == Claims()
    with pytest.raises(ValueError, match="whole pairs"):
        Claims.packed(packed[:4])

"""What a plan of working time may look like, without a database."""

from datetime import date

import pytest

from visita.foundation.errors import Refusal
from visita.scheduling.policies import Pattern, intervals, plan

SINCE = date(2026, 11, 23)  # a Monday
OTHER = date(2026, 11, 30)


def test_touching_intervals_are_fine() -> None:
    assert intervals([[780, 1020], [540, 780]]) == [[540, 780], [780, 1020]]
    assert len(plan([Pattern(0, 540, 780, SINCE), Pattern(0, 780, 1020, SINCE)])) == 2


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ([[540, 540]], "bad_interval"),
        ([[600, 540]], "bad_interval"),
        ([[-1, 10]], "bad_interval"),
        ([[0, 1441]], "bad_interval"),
        ([[540]], "bad_interval"),
        ([[540.0, 600]], "bad_interval"),
        ([[540, 660], [600, 720]], "interval_overlap"),
        ([[at, at + 1] for at in range(100)], "bad_number"),
    ],
)
def test_bad_intervals_of_a_date(bad: list[list[int]], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        intervals(bad)


@pytest.mark.parametrize(
    "bad",
    [
        Pattern(7, 540, 600, SINCE),
        Pattern(-1, 540, 600, SINCE),
        Pattern(0, 600, 540, SINCE),
        Pattern(0, 540, 600, SINCE, date(2026, 11, 22)),
        Pattern(0, 540, 600, SINCE, every_weeks=0),
        Pattern(0, 540, 600, SINCE, every_weeks=53),
    ],
)
def test_a_pattern_that_makes_no_sense_is_refused(bad: Pattern) -> None:
    with pytest.raises(Refusal):
        plan([bad])


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (Pattern(0, 540, 720, SINCE), Pattern(0, 600, 660, SINCE), True),
        (Pattern(0, 540, 720, SINCE), Pattern(1, 600, 660, SINCE), False),
        (Pattern(0, 540, 720, SINCE, SINCE), Pattern(0, 540, 720, OTHER), False),
        (Pattern(0, 540, 720, SINCE, OTHER), Pattern(0, 540, 720, OTHER), True),
        (Pattern(0, 540, 720, SINCE, every_weeks=2), Pattern(0, 540, 720, OTHER, every_weeks=2), False),
        (Pattern(0, 540, 720, SINCE, every_weeks=2), Pattern(0, 540, 720, OTHER, every_weeks=3), True),
        (
            Pattern(0, 540, 720, SINCE, every_weeks=2),
            Pattern(0, 540, 720, OTHER, OTHER, every_weeks=3),
            False,
        ),
        (Pattern(4, 540, 720, SINCE, every_weeks=2), Pattern(4, 540, 720, date(2026, 11, 28)), True),
    ],
)
def test_patterns_clash_only_on_a_common_date(one: Pattern, other: Pattern, clash: bool) -> None:
    if clash:
        with pytest.raises(Refusal, match="interval_overlap"):
            plan([one, other])
    else:
        assert len(plan([other, one])) == 2

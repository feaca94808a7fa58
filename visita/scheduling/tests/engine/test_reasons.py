"""Why there is no time: each cause by its code, in order."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from visita.scheduling.engine import (
    ANY_MINUTE,
    NO_LIMITS,
    Calendar,
    Claims,
    Group,
    Limits,
    Need,
    Reason,
    Window,
    explain,
    offers,
    open_time,
)
from visita.scheduling.tests.engine.worlds import every_day, midnight

DAY = date(2026, 11, 23)
NINE = midnight(DAY) + 540
UTC = ZoneInfo("UTC")
WORK = open_time(every_day([(540, 720)]), {}, {}, DAY, DAY, UTC)
AWAY = open_time(every_day([(540, 720)]), {DAY: []}, {}, DAY, DAY, UTC)
BUSY = Claims.pairs([(NINE + 60, NINE + 90)])
NEED = Need(30, (1,))


def _codes(
    start: int, need: Need = NEED, calendar: Calendar | None = None, limits: Limits = NO_LIMITS
) -> list[str]:
    return [reason.code for reason in explain(start, need, {1: calendar or Calendar(1, WORK, BUSY)}, limits)]


@pytest.mark.parametrize(
    ("at", "codes"),
    [
        (0, []),
        (-15, ["closed"]),
        (7, ["not_offered"]),
        (60, ["booked"]),
        (55, ["not_offered", "booked"]),
        (165, ["too_long"]),
        (180, ["closed"]),
    ],
)
def test_working_time_grid_and_claims(at: int, codes: list[str]) -> None:
    assert _codes(NINE + at) == codes


def test_absent_is_the_persons_and_closed_the_houses() -> None:
    assert _codes(NINE, calendar=Calendar(1, AWAY)) == ["absent"]
    shut = open_time(every_day([(540, 720)]), {}, {DAY: []}, DAY, DAY, UTC)
    assert _codes(NINE, calendar=Calendar(1, shut)) == ["closed"]


def test_a_buffer_alone_is_told_from_a_booking() -> None:
    assert _codes(NINE + 30, Need(30, (1,), after=5)) == ["buffer"]
    assert _codes(NINE + 45, Need(30, (1,), after=5)) == ["booked"]


def test_limits_come_first_and_name_the_bound() -> None:
    limits = Limits(now=NINE, earliest=NINE + 30, latest=NINE + 120)
    known = {1: Calendar(1, WORK, BUSY)}
    assert explain(NINE - 15, NEED, known, limits) == [
        Reason("too_late", limit=NINE + 30),
        Reason("closed", 1),
    ]
    assert explain(NINE + 15, NEED, known, limits) == [Reason("notice_required", limit=NINE + 30)]
    assert explain(NINE + 30, NEED, known, limits) == []
    assert explain(NINE + 120, NEED, known, limits) == []
    assert explain(NINE + 135, NEED, known, limits) == [Reason("too_far", limit=NINE + 120)]


def test_too_few_lanes_is_a_matter_of_capacity() -> None:
    rows = Claims.rows([(NINE, NINE + 30, 1, 2)])
    assert _codes(NINE, Need(30, (1,), lanes=2, seats=2), Calendar(1, WORK, rows)) == ["capacity"]
    assert _codes(NINE, Need(30, (1,), seats=2), Calendar(1, WORK)) == ["capacity"]


def test_online_windows_bind_the_whole_visible_time() -> None:
    online = Calendar(1, WORK, online=((NINE, NINE + 45),))
    assert [_codes(NINE + at, calendar=online) for at in (0, 15, 30)] == [[], [], ["staff_only"]]


def test_a_group_without_a_free_resource_is_named_by_its_index() -> None:
    need = Need(30, (1,), groups=(Group((7,)), Group((8, 9))))
    known = {who: Calendar(who, WORK) for who in (1, 7, 8)} | {9: Calendar(9, AWAY)}
    assert explain(NINE, need, known) == []
    known[8] = Calendar(8, None, Claims.pairs([(NINE + 29, NINE + 31)]))
    assert explain(NINE, need, known) == [Reason("needs_resource", 1, group=1)]


def test_groups_that_compete_for_one_resource_are_a_reason_too() -> None:
    need = Need(30, (1,), groups=(Group((8, 9)), Group((8, 9))))
    known = {who: Calendar(who, WORK) for who in (1, 8)} | {9: Calendar(9, AWAY)}
    assert explain(NINE, need, known) == [Reason("needs_resource", 1)]
    assert offers(Window(NINE, NINE + 1), need, known) == {}


def test_where_one_can_the_others_reasons_are_left_out() -> None:
    known = {1: Calendar(1, AWAY), 2: Calendar(2, WORK)}
    assert explain(NINE, Need(30, (1, 2)), known) == []
    assert explain(NINE + 5, Need(30, (1, 2)), known) == [Reason("absent", 1), Reason("not_offered", 2)]


def test_a_service_without_people_says_so() -> None:
    assert explain(NINE, Need(30, ()), {}) == [Reason("needs_resource")]
    assert explain(NINE, Need(30, (1,), ANY_MINUTE), {1: Calendar(1, WORK)}) == []

"""Every day of 2026–2030 on which a clock changes in twelve zones, hour by hour against the oracle (reliability T1)."""

import os
from datetime import date, timedelta

from visita.scheduling.engine import Limits, Need, StartRule, Window, offers
from visita.scheduling.tests.engine.oracle import Person, Wall, World, shown
from visita.scheduling.tests.engine.worlds import CONTROL, ZONES, calendars, change_days, every_day, midnight

FULL = os.environ.get("FULL") == "1"
ROUND_THE_CLOCK: Wall = [(0, 1440)]
SCHEDULES: tuple[tuple[Wall, Need], ...] = (
    (ROUND_THE_CLOCK, Need(30, (1,), StartRule(30))),
    ([(5, 125), (125, 170), (200, 1435)], Need(20, (1,), StartRule(20))),
    (
        [(0, 90), (150, 1000), (1380, 1440)],
        Need(45, (1,), StartRule(hours=(0, 30, 60, 90, 130, 150, 165, 180, 1410))),
    ),
)


def _world(zone: str, day: date, wall: Wall, need: Need, offset: int) -> World:
    origin = midnight(day) - offset - 120
    window = Window(origin, origin + 1680)
    return World(zone, day, 1, {1: Person(every_day(wall))}, {}, (need,), Limits(), window)


def _offset(zone: str, day: date) -> int:
    noon = midnight(day) + 720
    at = shown(zone, noon)
    return midnight(at.date) + at.minute - noon


def test_every_change_of_the_clock_is_met() -> None:
    """101 changes: a guard against a zone database that has lost them."""
    assert sum(len(change_days(zone)) for zone in ZONES) >= 101
    assert change_days(CONTROL) == ()


def test_starts_on_every_change_day_are_the_oracles() -> None:
    """0 starts outside hours, 0 missing, 0 in a gap, every wall time of a fold once; in a drill with every schedule."""
    for zone in ZONES:
        for turn, day in enumerate(change_days(zone) or (date(2027, 3, 28),)):
            for wall, need in SCHEDULES if FULL else SCHEDULES[turn % 3 :][:1]:
                world = _world(zone, day, wall, need, _offset(zone, day))
                answer = offers(world.window, need, calendars(world))
                assert answer == world.offers(), (zone, day, need)
                walls = [(shown(zone, start).date, shown(zone, start).minute) for start in answer]
                assert len(set(walls)) == len(walls), (zone, day)


def test_a_month_with_a_change_agrees_day_by_day_with_single_days() -> None:
    """The fast path of ordinary days and the slow one of change days join without a seam."""
    need = Need(30, (1,), StartRule(20))
    for zone in ZONES:
        for day in change_days(zone)[:2]:
            first = day - timedelta(days=15)
            month = _world(zone, first, [(60, 700), (720, 1440)], need, 900)
            month.days, month.window = 30, Window(month.window.origin, month.window.origin + 31 * 1440)
            whole = offers(month.window, need, calendars(month))
            single: dict[int, tuple[int, ...]] = {}
            for at in range(month.window.origin, month.window.end, 1440):
                single |= offers(Window(at, at + 1440), need, calendars(month))
            assert whole == single, (zone, day)

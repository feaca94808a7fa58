"""Working time by hand: the days people remember, and what replaces what."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from visita.scheduling.engine import Calendar, Need, Rule, StartRule, Window, WorkingTime, offers, open_time
from visita.scheduling.tests.engine.oracle import Wall
from visita.scheduling.tests.engine.worlds import every_day, midnight

BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN, MONDAY = date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 23)


def _work(wall: Wall, day: date, zone: ZoneInfo = BERLIN) -> WorkingTime:
    return open_time(every_day(wall), {}, {}, day, day, zone)


def _minutes(work: WorkingTime) -> int:
    return sum(e - s for s, e in work.spans)


def _starts(work: WorkingTime, rule: StartRule, minutes: int = 15) -> list[int]:
    window = Window(work.spans[0][0] - 1440, work.spans[-1][1] + 1440)
    return list(offers(window, Need(minutes, (1,), rule), {1: Calendar(1, work)}))


def test_days_of_23_24_25_and_odd_hours() -> None:
    whole: Wall = [(0, 1440)]
    assert [_minutes(_work(whole, day)) // 60 for day in (SPRING, AUTUMN, MONDAY)] == [23, 25, 24]
    lord_howe = ZoneInfo("Australia/Lord_Howe")
    assert _minutes(_work(whole, date(2026, 4, 5), lord_howe)) == 24 * 60 + 30


def test_a_day_without_midnight_opens_at_its_first_minute() -> None:
    havana = ZoneInfo("America/Havana")
    work = _work([(0, 180)], date(2026, 3, 8), havana)
    assert work.spans == ((midnight(date(2026, 3, 8)) + 300, midnight(date(2026, 3, 8)) + 420),)


def test_hours_that_begin_in_a_gap_begin_after_it() -> None:
    at = midnight(SPRING)
    assert _work([(150, 240)], SPRING).spans == ((at + 60, at + 120),)
    assert _work([(125, 170)], SPRING).spans == ()


def test_grid_skips_the_gap_and_fixed_hours_move_behind_it() -> None:
    at = midnight(SPRING)
    work = _work([(60, 240)], SPRING)
    assert _starts(work, StartRule(30)) == [at, at + 30, at + 60, at + 90]
    assert _starts(work, StartRule(hours=(120, 150, 180, 210))) == [at + 60, at + 90]


def test_a_fold_is_worked_twice_and_shown_once() -> None:
    at = midnight(AUTUMN)
    work = _work([(120, 180)], AUTUMN)
    assert work.spans == ((at, at + 120),)
    assert _starts(work, StartRule(30)) == [at, at + 30]


def test_hours_that_end_inside_a_fold_pause_between_its_passes() -> None:
    at = midnight(AUTUMN)
    assert _work([(60, 150)], AUTUMN).spans == ((at - 60, at + 30), (at + 60, at + 90))


def test_the_resources_exception_beats_the_closed_day_beats_the_pattern() -> None:
    rules, nine = every_day([(540, 600)]), midnight(MONDAY) + 480
    day = {MONDAY: [(600, 660)]}
    asked = (MONDAY, MONDAY, BERLIN)
    assert open_time(rules, {}, {}, *asked).spans == ((nine, nine + 60),)
    assert open_time(rules, {}, {MONDAY: []}, *asked).spans == ()
    assert open_time(rules, day, {MONDAY: []}, *asked).spans == ((nine + 60, nine + 120),)
    assert open_time(rules, {MONDAY: []}, day, *asked).spans == ()


def test_touching_rules_across_midnight_make_one_night() -> None:
    rules = [Rule(0, 1320, 1440, MONDAY), Rule(1, 0, 120, MONDAY)]
    night = midnight(MONDAY) + 1260
    assert open_time(rules, {}, {}, MONDAY, MONDAY + timedelta(days=1), BERLIN).spans == (
        (night, night + 240),
    )


def test_every_second_week_counts_from_the_week_of_its_first_date() -> None:
    """Valid from a Wednesday, on Mondays: the first Monday of its rhythm lies before it and does not count."""
    rule = Rule(0, 0, 60, date(2026, 11, 25), date(2026, 12, 31), every_weeks=2)
    held = [
        date.fromordinal(n)
        for n in rule.ordinals(date(2026, 11, 1).toordinal(), date(2027, 1, 31).toordinal())
    ]
    assert held == [date(2026, 12, 7), date(2026, 12, 21)]


def test_each_working_interval_anchors_its_own_grid() -> None:
    at = midnight(MONDAY) - 60
    starts = _starts(_work([(540, 600), (610, 670)], MONDAY), StartRule(25), 20)
    assert starts == [at + 540, at + 565, at + 610, at + 635]

"""Dates of series: every unit, short months, fifth weekdays, limits, and the clocks' change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from visita.bookings.repeating import LONGEST, MOST, Repeat, dates, minute, read
from visita.foundation.errors import Refusal

TUESDAY = date(2026, 11, 24)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def test_every_second_day() -> None:
    assert dates(TUESDAY, Repeat("day", 2, count=3)) == days("2026-11-24", "2026-11-26", "2026-11-28")


def test_every_week_until_a_date_that_counts() -> None:
    rule = Repeat("week", until=date(2026, 12, 8))
    assert dates(TUESDAY, rule) == days("2026-11-24", "2026-12-01", "2026-12-08")


def test_twice_a_week_in_every_second_week() -> None:
    rule = Repeat("week", 2, weekdays=(0, 3), count=5)
    # the Monday of the first week has passed; Tuesday, the first, is a day of the series too
    assert dates(TUESDAY, rule) == days("2026-11-24", "2026-11-26", "2026-12-07", "2026-12-08", "2026-12-10")


def test_the_same_date_of_a_shorter_month_is_its_last_day() -> None:
    found = dates(date(2027, 1, 31), Repeat("month", count=4))
    assert found == days("2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30")


def test_a_month_over_the_end_of_the_year() -> None:
    assert dates(date(2026, 11, 30), Repeat("month", 2, count=3)) == days(
        "2026-11-30", "2027-01-30", "2027-03-30"
    )


def test_the_same_weekday_of_the_month() -> None:
    found = dates(TUESDAY, Repeat("month", by_weekday=True, count=3))
    assert found == days("2026-11-24", "2026-12-22", "2027-01-26")


def test_the_fifth_weekday_becomes_the_last() -> None:
    found = dates(date(2026, 12, 29), Repeat("month", by_weekday=True, count=3))
    assert found == days("2026-12-29", "2027-01-26", "2027-02-23")


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Repeat("week"), "endless"),
        (Repeat("week", count=3, until=TUESDAY), "two_ends"),
        (Repeat("week", count=1), "too_few"),
        (Repeat("week", until=TUESDAY), "too_few"),
        (Repeat("day", count=MOST + 1), "too_many"),
        (Repeat("day", until=TUESDAY + timedelta(days=MOST)), "too_many"),
        (Repeat("month", count=26), "too_long"),
        (Repeat("week", 0, count=3), "every"),
        (Repeat("week", 27, count=3), "every"),
        (Repeat("week", weekdays=(7,), count=3), "weekdays"),
    ],
)
def test_a_rule_without_sense_is_refused(rule: Repeat, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        dates(TUESDAY, rule)
    assert (refused.value.code, refused.value.extra["why"]) == ("bad_series", why)


def test_the_most_and_the_longest_are_allowed() -> None:
    assert len(dates(TUESDAY, Repeat("day", count=MOST))) == MOST
    assert dates(TUESDAY, Repeat("week", 26, until=TUESDAY + LONGEST))[-1] <= TUESDAY + LONGEST


def test_a_rule_is_kept_and_read() -> None:
    rule = Repeat("week", 2, (0, 3), until=date(2027, 1, 1))
    assert read(rule.as_json()) == rule


def test_the_wall_clock_is_kept_over_the_change() -> None:
    zone = ZoneInfo("Europe/Bucharest")
    before, after = (minute(day, time(10), zone) for day in days("2027-03-27", "2027-03-28"))
    assert after - before == 23 * 60


def test_a_time_that_is_skipped_becomes_the_first_after_it() -> None:
    zone = ZoneInfo("Europe/Bucharest")
    shown = datetime.fromtimestamp(minute(date(2027, 3, 28), time(3, 30), zone) * 60, zone)
    assert f"{shown:%H:%M}" == "04:00"


def test_of_a_time_that_comes_twice_the_first_is_taken() -> None:
    zone = ZoneInfo("Europe/Bucharest")
    shown = datetime.fromtimestamp(minute(date(2026, 10, 25), time(3, 30), zone) * 60, UTC)
    assert f"{shown:%H:%M}" == "00:30"

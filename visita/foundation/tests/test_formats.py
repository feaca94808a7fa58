"""Dates and times in words, as pages write them."""

from datetime import UTC, date, datetime, timedelta

from visita.foundation.formats import formats_for


def test_what_reaches_over_midnight_names_the_other_day() -> None:
    formats = formats_for("en", "RO")
    evening, morning = datetime(2026, 11, 23, 20, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)
    first, second = evening.date(), morning.date()
    assert formats.span_on(first, evening, evening + timedelta(hours=1)) == "20:00–21:00"
    assert formats.span_on(first, evening, datetime(2026, 11, 24, tzinfo=UTC)) == "20:00–00:00"
    assert formats.span_on(first, evening, morning) == "20:00–Tue 24 Nov, 08:00"
    assert formats.span_on(second, evening, morning) == "Mon 23 Nov, 20:00–08:00"


def test_a_day_of_another_year_names_it() -> None:
    formats, near = formats_for("en", "RO"), date(2026, 11, 22)
    assert formats.dated(date(2026, 1, 26), near) == formats.day(date(2026, 1, 26))
    assert formats.dated(date(2025, 1, 26), near) == "Sun 26 Jan 2025"
    assert formats_for("fi", "FI").dated(date(2023, 11, 12), near) == "su 12.11.2023"

"""Words for times, dates and prices in the languages and countries we promise."""

from datetime import UTC, date, datetime, timedelta

import pytest

from visita.web.components.formats import formats_for

MOMENT = datetime(2026, 11, 12, 14, 30)  # noqa: DTZ001 - only its wall clock is written


@pytest.mark.parametrize(
    ("language", "country", "time", "day", "price"),
    [
        ("en", "RO", "14:30", "Thursday, 12 November", "300\xa0lei"),
        ("en", "US", "2:30\u202fPM", "Thursday, November 12", "$300"),
        ("en", "GB", "14:30", "Thursday, 12 November", "£300"),
        ("ro", "RO", "14:30", "Joi, 12 noiembrie", "300\xa0lei"),
        ("ru", "RU", "14:30", "Четверг, 12 ноября", "300\xa0₽"),
        ("it", "IT", "14:30", "Giovedì 12 novembre", "300\xa0€"),
        ("fi", "FI", "14.30", "Torstai 12. marraskuuta", "300\xa0€"),
    ],
)
def test_each_country_reads_its_own_way(language: str, country: str, time: str, day: str, price: str) -> None:
    formats = formats_for(language, country)
    currency = {"RO": "RON", "US": "USD", "GB": "GBP", "RU": "RUB"}.get(country, "EUR")
    assert formats.time(MOMENT) == time
    assert formats.full_day(MOMENT.date()) == day
    assert formats.price(30000, currency) == price


def test_cents_are_shown_where_there_are_any() -> None:
    assert formats_for("it", "IT").price(1250, "EUR") == "12,50\xa0€"
    assert formats_for("en", "US").price(1250, "JPY") == "¥1,250"
    assert formats_for("en", "US").price(None, "USD") == ""


def test_what_costs_nothing_is_free_to_clients() -> None:
    formats = formats_for("en", "IE")
    assert [formats.fee(minor, "EUR") for minor in (0, 1250, None)] == ["free", "€12.50", ""]


def test_an_unknown_language_or_country_falls_back() -> None:
    formats = formats_for("xx", "ZZ")
    assert formats.day(date(2026, 11, 12)) == "Thu Nov 12"


def test_lengths() -> None:
    formats = formats_for("en", "GB")
    assert [formats.length(minutes) for minutes in (30, 60, 75)] == ["30 min", "1 h", "1 h 15 min"]


def test_an_end_a_day_later_names_its_day() -> None:
    start = datetime(2026, 12, 1, 17, 15, tzinfo=UTC)
    formats = formats_for("en", "GB")
    assert formats.span(start, start + timedelta(hours=26)) == "17:15–Wed 2 Dec, 19:15"
    assert formats.span(start, start + timedelta(hours=10)) == "17:15–03:15"

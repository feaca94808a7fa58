"""Numbers, phones, zones, countries and currencies that are sent."""

from typing import Any

import pytest

from visita.foundation import numbers, phones, places
from visita.foundation.errors import Refusal


@pytest.mark.parametrize("bad", [-1, 11, 1.0, True, "5", None, 10**30])
def test_a_number_is_whole_and_within_limits(bad: Any) -> None:
    with pytest.raises(Refusal, match="bad_number"):
        numbers.whole(bad, field="n", low=0, high=10)
    assert numbers.whole(10, field="n", low=0, high=10) == 10


@pytest.mark.parametrize("number", ["+1 2125550188", "+40 722123456", "+358 401234567"])
def test_a_dial_code_is_told_whole(number: str) -> None:
    assert phones.dial_code(number.replace(" ", "")) == number.partition(" ")[0]


def test_amounts_and_lengths_have_their_own_codes() -> None:
    with pytest.raises(Refusal, match="bad_amount"):
        numbers.amount(-1)
    with pytest.raises(Refusal, match="bad_duration"):
        numbers.minutes(0, field="minutes", low=1)


@pytest.mark.parametrize(
    ("typed", "country", "e164"),
    [
        ("0722 123 456", "RO", "+40722123456"),
        ("+40 (722) 123-456", "IT", "+40722123456"),
        ("8 916 123 45 67", "RU", "+79161234567"),
        ("040-1234567", "FI", "+358401234567"),
        ("06 5555 0138", "IT", "+390655550138"),
        ("0040 722 123 456", "RU", "+40722123456"),
        ("(00) 7 916 123-45-67", "US", "+79161234567"),
        ("", "RO", ""),
    ],
)
def test_phones_are_read_by_the_country(typed: str, country: str, e164: str) -> None:
    assert phones.read(typed, country).e164 == e164


@pytest.mark.parametrize("bad", ["12", "0722", "hello", "0722 123 456 789 0", "+999 1234567"])
def test_a_broken_phone_is_refused_or_kept_as_text(bad: str) -> None:
    with pytest.raises(Refusal, match="phone_invalid"):
        phones.read(bad, "RO")
    assert phones.read(bad, "RO", lenient=True) == phones.Phone(bad, "")


def test_costly_numbers_are_not_called() -> None:
    with pytest.raises(Refusal, match="phone_not_supported"):
        phones.read("0906 123456", "RO") if phones.e164("0906123456", "RO") else phones.read(
            "09012345678", "GB"
        )


def test_zones_countries_and_currencies_exist() -> None:
    assert (places.zone("Pacific/Chatham"), places.country("RO"), places.currency("RON")) == (
        "Pacific/Chatham", "RO", "RON",
    )  # fmt: skip
    for reader, bad in (
        (places.zone, "Mars/Olympus"),
        (places.zone, "../etc/passwd"),
        (places.country, "XX"),
    ):
        with pytest.raises(Refusal):
            reader(bad)
    with pytest.raises(Refusal, match="currency_invalid"):
        places.currency("XYZ")


@pytest.mark.parametrize(
    ("country", "example"),
    [("FI", "041 2345678"), ("RO", "0712 034 567"), ("MD", "0621 12 345"), ("IT", "312 345 6789"), ("GB", "07400 123456"),
     ("RU", "8 (912) 345-67-89"), ("ZZ", "")],
)  # fmt: skip
def test_an_empty_field_shows_a_mobile_number_as_its_country_writes_it(country: str, example: str) -> None:
    assert phones.example(country) == example
    assert not example or phones.read(example, country).e164  # what is shown would be taken

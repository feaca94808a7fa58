"""Tax codes: the country's form, its check character, and the date of birth."""

from datetime import date

import pytest

from visita.clients import tax_codes
from visita.foundation.errors import Refusal

GOOD = [
    ("IT", "RCCMNL83S18D969H", date(1983, 11, 18)),
    ("IT", "mrt mtt 25d09 f205z", None),
    ("RO", "1630615123457", date(1963, 6, 15)),
    ("FI", "131052-308T", date(1952, 10, 13)),
    ("GB", "anything 1", date(2000, 1, 1)),
    ("IT", "", None),
]


@pytest.mark.parametrize(("country", "code", "born"), GOOD)
def test_right_codes_are_kept(country: str, code: str, born: date | None) -> None:
    kept = tax_codes.read(code, country, born)
    assert kept == (code.replace(" ", "").upper() if tax_codes.known(country) else code)


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("IT", "RCCMNL83S18D969A"),
        ("IT", "RCC"),
        ("RO", "1630615123450"),
        ("FI", "131052-308U"),
        ("FI", "\x00"),
    ],
)
def test_a_typo_is_seen(country: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        tax_codes.read(code, country)
    assert caught.value.status == 422 and caught.value.field == "tax_code"


@pytest.mark.parametrize(("country", "code", "born"), [each for each in GOOD[:4] if each[2]])
def test_another_date_of_birth_is_seen(country: str, code: str, born: date) -> None:
    with pytest.raises(Refusal, match="other_birth_date"):
        tax_codes.read(code, country, born.replace(day=born.day - 1))

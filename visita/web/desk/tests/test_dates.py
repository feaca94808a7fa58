"""Dates as people of each language write them."""

from datetime import date

import pytest
from django.utils import translation

from visita.foundation.formats import formats_for
from visita.web.desk.dates import read_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "language", "country", "found"),
    [
        ("2026-11-24", "en", "GB", "2026-11-24"),
        ("22.11.2026", "ro", "RO", "2026-11-22"), ("22.11.26", "ru", "RU", "2026-11-22"), ("22.11.", "fi", "FI", "2026-11-22"),
        ("22.11", "it", "IT", "2026-11-22"), ("22/11/2026", "it", "IT", "2026-11-22"), ("2/11", "it", "IT", "2026-11-02"),
        ("22-11-2026", "ro", "RO", "2026-11-22"), ("5/12/2026", "en", "GB", "2026-12-05"), ("5/12/2026", "en", "US", "2026-05-12"),
        ("22/11/2026", "en", "US", "2026-11-22"), ("5.12.2026", "en", "US", "2026-12-05"), ("2.1.", "fi", "FI", "2027-01-02"),
        ("22 Nov", "en", "GB", "2026-11-22"), ("Nov 22, 2027", "en", "US", "2027-11-22"), ("Sun 22 November", "ro", "RO", "2026-11-22"),
        ("22 noiembrie", "ro", "RO", "2026-11-22"), ("22 ноября 2026", "ru", "RU", "2026-11-22"), ("3 мая", "ru", "RU", "2027-05-03"),
        ("22. marraskuuta", "fi", "FI", "2026-11-22"), ("1° dicembre", "it", "IT", "2026-12-01"), ("dom 22 nov.", "it", "IT", "2026-11-22"),
        ("завтра", "ru", "RU", "2026-11-23"), ("Oggi", "it", "IT", "2026-11-22"), ("tomorrow", "fi", "FI", "2026-11-23"),
        ("29.2.", "fi", "FI", None), ("31.11.2026", "ro", "RO", None), ("22-11", "en", "GB", None), ("may", "en", "GB", None),
        ("12 maya", "en", "GB", None), ("122", "en", "GB", None), ("22 11 33", "en", "GB", None), ("ana 22 nov", "en", "GB", None),
        ("1.1.1800", "en", "GB", None), ("99/99/9999", "en", "GB", None), ("", "en", "GB", None),
    ],
)  # fmt: skip
def test_a_date_is_read_as_the_reader_writes_it(
    typed: str, language: str, country: str, found: str | None
) -> None:
    with translation.override(language):
        read = read_date(typed, formats_for(language, country), TODAY)
    assert (read and read.isoformat()) == found

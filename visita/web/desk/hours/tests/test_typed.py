"""Hours follow the reader's clock, and every way to write them is read."""

import pytest

from visita.foundation.errors import Refusal
from visita.foundation.formats import formats_for
from visita.web.desk.hours import typed

SPANS = ((540, 750), (780, 1440))


@pytest.mark.parametrize(
    ("language", "country", "text"),
    [
        ("en", "US", "9:00\u202fAM–12:30\u202fPM, 1:00\u202fPM–12:00\u202fAM"),
        ("en", "RO", "9:00–12:30, 13:00–24:00"),
        ("fi", "FI", "9.00–12.30, 13.00–24.00"),
        ("ru", "RU", "9:00–12:30, 13:00–24:00"),
    ],
)
def test_hours_are_shown_by_the_locale_and_read_back(language: str, country: str, text: str) -> None:
    shown = typed.told(SPANS, formats_for(language, country))
    assert shown.replace(" ", "\u202f").replace(",\u202f", ", ") == text
    assert typed.read(shown) == SPANS


@pytest.mark.parametrize(
    "text", ["9 am - 12:30 p.m., 1PM–12am", "9-12:30pm; 13–24", "9.00–12.30, 1 pm – 12 AM"]
)
def test_both_clocks_are_understood_in_every_locale(text: str) -> None:
    assert typed.read(text) == SPANS


@pytest.mark.parametrize("text", ["13 pm–14 pm", "0 am–5 am", "9 xm–10 xm", "9:75 am–10 am"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        typed.read(text)

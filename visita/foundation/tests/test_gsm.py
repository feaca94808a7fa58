"""An SMS in as few parts as can be."""

import pytest

from visita.foundation import gsm


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "Vizita dumneavoastră „mâine” la 9 – vă așteptăm",
            'Vizita dumneavoastra "maine" la 9 - va asteptam',
        ),
        ("Perché no? Tämä on hyvä, 20 €", "Perché no? Tämä on hyvä, 20 €"),
        ("Запись №5 – ждём вас", "Запись №5 – ждём вас"),
        ("10:30\u202fAM", "10:30 AM"),
    ],
    ids=["romanian", "italian and finnish as they are", "russian as it is", "a narrow space"],
)
def test_what_the_alphabet_lacks_is_spelled_with_what_it_has(text: str, plain: str) -> None:
    assert gsm.plain(text) == plain


@pytest.mark.parametrize(
    ("text", "parts"),
    [("a" * 160, 1), ("a" * 161, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2), ("ш" * 70, 1), ("ш" * 71, 2), ("", 1)],
)  # fmt: skip
def test_parts_are_counted_as_they_are_charged(text: str, parts: int) -> None:
    assert gsm.parts(text) == parts

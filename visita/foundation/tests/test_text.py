"""Texts people send: what is kept as it is, what is normalised, what is refused and how."""

import pytest
from django.utils import translation

from visita.foundation import phones, text
from visita.foundation.errors import Refusal


def refused(code: str, call: object, *args: object, **more: object) -> None:
    with pytest.raises(Refusal) as caught:
        call(*args, **more)  # type: ignore[operator]
    assert caught.value.code == code


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien",
        "Ng",
        "Å",
        "Светлана",
        "李小龍",
        "محمد",
        "שָׁלוֹם",
        "Nguyễn Thị Ánh",
        "👩🏽‍🦰",
        "<b>x</b>",
        "=1+1",
        "ก็็",
    ],
)
def test_names_of_every_script_are_kept(name: str) -> None:
    assert text.line(name, field="name", limit=60) == name


def test_a_name_is_composed_and_trimmed() -> None:
    assert text.line("  E\u0301va ", field="name", limit=20) == "Éva"


@pytest.mark.parametrize(
    "bad", ["a\x00b", "a\ud800", "a\u202eb", "a\u2066b", "a\nb", "a\x7f", "e" + "\u0301" * 40]
)
def test_what_cannot_be_kept_is_refused(bad: str) -> None:
    refused("text_invalid", text.line, bad, field="name", limit=100)


def test_length_counts_after_normalising() -> None:
    assert len(text.line("é" * 10, field="name", limit=10)) == 10
    refused("too_long", text.line, "x" * 11, field="name", limit=10)


def test_an_empty_required_field_is_refused() -> None:
    refused("required", text.line, "  ", field="name", limit=10, required=True)


def test_a_note_keeps_its_lines() -> None:
    assert text.note("one\r\ntwo\tthree\rfour", field="note") == "one\ntwo\tthree\nfour"
    refused("too_long", text.note, "x" * 1_000_000, field="note")


def test_an_email_is_lower_cased() -> None:
    assert text.email(" Ana.Pop@Example.ORG ") == "ana.pop@example.org"
    assert text.email("") == ""


@pytest.mark.parametrize("bad", ["ana", "a@b\r\nBcc: x@y.zz", "a@b@c.dd", "a" * 250 + "@x.org", "a b@c.dd"])
def test_a_broken_email_is_refused(bad: str) -> None:
    refused("email_invalid", text.email, bad)


def test_texts_in_languages_drop_the_empty_ones() -> None:
    assert text.words({"ro": " Salut ", "en": ""}, field="name", limit=20) == {"ro": "Salut"}
    refused("required", text.words, {"en": " "}, field="name", limit=20, required=True)
    refused("language_invalid", text.words, {"../": "x"}, field="name", limit=20)


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "http://a@b.cc", "//x.org", "https://x.org/ y"])
def test_only_plain_web_addresses(bad: str) -> None:
    refused("url_not_allowed", text.url, bad, field="map_url")


def test_colours() -> None:
    assert text.color("#AbCdEf") == "#abcdef"
    refused("color_invalid", text.color, "red")


def test_a_phone_stays_in_one_piece_and_in_order() -> None:
    assert phones.unbroken("021 555-0142") == "021\u00a0555-\u20600142"
    with translation.override("ar"):
        assert phones.unbroken("021 555") == "\u2066021\u00a0555\u2069"

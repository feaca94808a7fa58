"""Folding, transliterating and matching, without a database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visita.clients.matching import after, fold, name_key, query_tokens, search_keys, whole_query

STEADY = settings(
    derandomize=True, deadline=None, database=None
)  # the same texts on every machine, however slow


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ștefan", "stefan"), ("ŞTEFAN", "Ştefan"), ("Алёна", "АЛЕНА"), ("Weiß", "weiss"), ("Nguyễn", "nguyen"),
        ("ﬁona", "Fiona"), ("Ａnna", "anna"),
    ],
)  # fmt: skip
def test_the_same_name_folds_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_scripts_are_not_mixed_up_when_matching() -> None:
    assert name_key("Анна", "") != name_key("Anna", "")
    assert name_key(" Ana  Maria ", "Pop") == "ana maria pop"


@STEADY
@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_keys_of_a_client() -> None:
    keys = search_keys("Anne-Marie", "O'Brien", "0722 123 456", "am@x.org", "RO")
    whole = ["=obrienannemarie", "=obrienam", "=annemarieobrien", "=amobrien"]
    assert keys == sorted([*whole, "annemarie", "marie", "obrien", "brien", "654321227", "am@x.org"])
    assert search_keys("Щукина", "", "", "", "RU") == ["=shchukina", "shchukina"]


@pytest.mark.parametrize(
    ("typed", "token"), [("ИвановИ. И.", "=ivanovii"), ("И.", ""), ("07 22", ""), ("...", "")]
)
def test_a_name_in_one_piece(typed: str, token: str) -> None:
    assert whole_query(typed) == token


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("", []),
        ("  ", []),
        ("ana POP", ["ana", "pop"]),
        ("0722-123", ["3212270"]),
        ("34 56", ["6543"]),
        ("щук", ["shchuk"]),
        ("a@b", ["a@b"]),
        ("!!!", []),
    ],
)
def test_what_is_typed_becomes_beginnings(typed: str, tokens: list[str]) -> None:
    assert query_tokens(typed) == tokens


@STEADY
@given(st.text(min_size=1, max_size=8), st.text(max_size=4))
def test_everything_with_the_prefix_lies_before_its_end(prefix: str, more: str) -> None:
    assert prefix <= prefix + more < after(prefix) or prefix[-1] == "\U0010ffff"

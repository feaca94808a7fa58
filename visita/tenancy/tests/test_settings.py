"""Settings: declared keys, the cascade, and setting them."""

from typing import Any, NamedTuple

import pytest

from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions, queries, settings
from visita.tenancy.models import Organization


class Row(NamedTuple):
    scope_kind: str
    scope_id: int
    key: str
    value: Any


ROWS = [
    Row("organization", 0, "lead_minutes", 10),
    Row("location", 1, "lead_minutes", 20),
    Row("specialty", 2, "lead_minutes", 30),
    Row("service", 3, "lead_minutes", 40),
    Row("resource", 4, "lead_minutes", 45),
    Row("service_resource", settings.crossing(3, 4), "lead_minutes", 50),
]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({}, 10),
        ({"location": 1}, 20),
        ({"location": 9}, 10),
        ({"location": 1, "specialty": 2}, 30),
        ({"location": 1, "specialty": 2, "service": 3}, 40),
        ({"service": 3, "resource": 4}, 50),
        ({"service": 3, "resource": 5}, 40),
        ({"resource": 4}, 45),
    ],
)
def test_the_nearest_place_wins(place: dict[str, int], expected: int) -> None:
    assert settings.value(ROWS, "lead_minutes", **place) == expected


def test_without_rows_the_default_holds() -> None:
    assert settings.value([], "online") is True
    with pytest.raises(KeyError):
        settings.value([], "no_such_key")


@pytest.mark.parametrize(
    ("key", "value"),
    [("lead_minutes", -1), ("lead_minutes", "60"), ("lead_minutes", True), ("online", 1), ("nope", 1)],
)
def test_values_must_fit_their_key(organization: Organization, key: str, value: Any) -> None:
    with pytest.raises(Refusal, match="bad_setting"):
        actions.set_setting(organization.pk, key, value, actor=SYSTEM)


def test_a_setting_is_set_replaced_and_taken_away(organization: Organization) -> None:
    for value, count in ((30, 1), (40, 1), (None, 0)):
        actions.set_setting(organization.pk, "lead_minutes", value, actor=SYSTEM)
        with scope(organization.pk):
            rows = queries.setting_rows()
        assert len(rows) == count
        assert settings.value(rows, "lead_minutes") == (value if value is not None else 60)


def test_a_place_that_is_no_place_is_refused(organization: Organization) -> None:
    with pytest.raises(Refusal, match="bad_setting"):
        actions.set_setting(organization.pk, "online", False, scope_kind="galaxy", actor=SYSTEM)


@pytest.mark.parametrize(
    ("value", "fits"),
    [("", True), ("abc", True), ("abcd", False), ("ab!", False), (["a"], False), (3, False)],
)
def test_texts_have_a_length_and_a_closer_look(value: Any, fits: bool) -> None:
    key = settings.Key("word", str, "", high=3, check=lambda text: "!" not in text)
    if fits:
        assert key.read(value) == value
    else:
        with pytest.raises(Refusal, match="bad_setting"):
            key.read(value)


def test_lists_have_a_size() -> None:
    key = settings.Key("origins", list, [], high=2)
    assert key.read(["a", "b"]) == ["a", "b"]
    with pytest.raises(Refusal, match="bad_setting"):
        key.read(["a", "b", "c"])

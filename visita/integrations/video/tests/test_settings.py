"""Which values the settings of video visits take."""

from typing import Any

import pytest

from visita.integrations.video.settings import is_address, is_ice


@pytest.mark.parametrize(
    ("value", "fits"),
    [("", True), ("https://meet.example.org", True), ("https://meet.example.org/rooms", True),
     ("http://meet.example.org", False), ("javascript:alert(1)", False), ("https://", False),
     ("https://a@meet.example.org", False), ("https://meet.example.org?x", False)],
)  # fmt: skip
def test_a_provider_has_an_https_address(value: str, fits: bool) -> None:
    assert is_address(value) is fits


@pytest.mark.parametrize(
    ("value", "fits"),
    [([], True), ([{"urls": "stun:stun.example.org"}], True),
     ([{"urls": "turn:t.example.org", "username": "u", "credential": "c"}], True),
     ([{"urls": "https://t.example.org"}], False), (["turn:t"], False), ([{"urls": 3}], False),
     ([{"urls": "turn:t", "other": "x"}], False)],
)  # fmt: skip
def test_relays_are_what_browsers_take(value: list[Any], fits: bool) -> None:
    assert is_ice(value) is fits

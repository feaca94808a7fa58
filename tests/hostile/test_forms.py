"""What no form of ours sends, at every address: an answer by name each time, never a fault of ours.

By default each address gets some of it, the next one something else; `FULL=1` sends everything everywhere (`make drill`).
"""

import json
import os
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, TypeVar
from urllib.parse import quote

import pytest
from django.test import Client as Browser

from tests import world
from tests.hostile import addresses, cast
from visita.foundation import clock

pytestmark = pytest.mark.django_db
_Thing = TypeVar("_Thing")
FULL = os.environ.get("FULL") == "1"
SIGNED_OUT = ("accounts/logout", "me/session/end")
JSON = [
    "[" * 5000,
    '{"version": NaN, "after": 0, "said": [{"a": "\\ud800"}]}',
    json.dumps({"client": [1], "version": 10**400, "start": {"a": 1}, "after": True, "said": [[]]}),
]


def staff_only(address: addresses.Address) -> bool:
    return "desk/" in address.route or "office/" in address.route


def some(things: Sequence[_Thing], turn: int, number: int) -> Sequence[_Thing]:
    """`number` of them, others at each turn; all in the drill."""
    return things if FULL else [things[(turn * number + place) % len(things)] for place in range(number)]


def bodies(fields: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Every field wrong in one way, everything twice, nothing at all, something unknown, a megabyte."""
    for bad in ("", addresses.LONG, "\x00", "\u202e9", "-1", "9" * 18):
        yield dict.fromkeys(fields, bad)
    signed = {name: fields[name] for name in ("flow", "code_note")}
    yield {**dict.fromkeys(fields, "\x00"), **signed}
    yield {**{name: ["1", "2"] for name in fields}, **signed}
    yield {"organization_id": "1", "is_staff": "1", "note": "x" * 1_000_000, **signed}


@pytest.mark.parametrize("staff", [False, True])
def test_no_form_makes_a_fault(staff: bool) -> None:
    with clock.at(world.NOW):
        stage = cast.stage()
        browser = stage.browser("owner" if staff else "client")
        every = [each for each in addresses.every() if staff_only(each) == staff]
        takers = count()
        for address in every:
            if not any(part in address.route for part in SIGNED_OUT):
                try_forms(browser, address, stage, takers)


def try_forms(browser: Browser, address: addresses.Address, stage: cast.Stage, takers: Iterator[int]) -> None:
    """`takers` counts the addresses."""
    path, bad = address.path(stage.values), dict.fromkeys(stage.fields, addresses.LONG)
    turn = next(takers)
    for asked in some([bad, dict.fromkeys(stage.fields, "\x00")], turn, 1):
        assert browser.get(path, asked).status_code < 500, path
    if browser.post(path, {}).status_code in (404, 405):
        return
    for sent in some(list(bodies(stage.fields)), turn, 2):
        assert browser.post(path, sent).status_code < 500, (path, str(sent)[:200])
    for text in some(JSON, turn, 1):
        assert browser.post(path, text, content_type="application/json").status_code < 500, (path, text[:80])


def test_no_address_makes_a_fault() -> None:
    wrong = ("\x00", "../../etc/passwd", "9" * 40, "<svg/onload=alert(1)>", "\u202e")
    with clock.at(world.NOW):
        stage = cast.stage()
        guests = {True: stage.browser("owner"), False: stage.browser("client")}
        places = [(address, place) for address in addresses.every() for _kind, place in address.places]
        for turn, (address, place) in enumerate(places):
            for bad in some(wrong, turn, 2):
                path = address.path({**stage.values, place: quote(bad, safe="")})
                assert guests[staff_only(address)].get(path).status_code < 500, path

"""What no form of ours sends, at every address: an answer by name each time, never a fault of ours."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client as Browser

from tests import world
from tests.hostile import addresses, cast
from visita.foundation import clock

pytestmark = pytest.mark.django_db
SIGNED_OUT = ("accounts/logout", "me/session/end")
JSON = [
    "[" * 5000,
    '{"version": NaN, "after": 0, "said": [{"a": "\\ud800"}]}',
    json.dumps({"client": [1], "version": 10**400, "start": {"a": 1}, "after": True, "said": [[]]}),
]


def staff_only(address: addresses.Address) -> bool:
    return "desk/" in address.route or "office/" in address.route


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
        for address in every:
            if not any(part in address.route for part in SIGNED_OUT):
                try_forms(browser, address, stage)


def try_forms(browser: Browser, address: addresses.Address, stage: cast.Stage) -> None:
    path, bad = address.path(stage.values), dict.fromkeys(stage.fields, addresses.LONG)
    assert browser.get(path, bad).status_code < 500, path
    assert browser.get(path, dict.fromkeys(stage.fields, "\x00")).status_code < 500, path
    if browser.post(path, {}).status_code in (404, 405):
        return
    for sent in bodies(stage.fields):
        assert browser.post(path, sent).status_code < 500, (path, str(sent)[:200])
    for text in JSON:
        assert browser.post(path, text, content_type="application/json").status_code < 500, (path, text[:80])


@pytest.mark.parametrize("bad", ["\x00", "../../etc/passwd", "9" * 40, "<svg/onload=alert(1)>", "\u202e"])
def test_no_address_makes_a_fault(bad: str) -> None:
    with clock.at(world.NOW):
        stage = cast.stage()
        guests = {True: stage.browser("owner"), False: stage.browser("client")}
        for address in addresses.every():
            for _kind, place in address.places:
                path = address.path({**stage.values, place: quote(bad, safe="")})
                assert guests[staff_only(address)].get(path).status_code < 500, path

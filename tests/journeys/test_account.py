"""A client's own pages in a browser: in by a code, move, cancel, out; and a booking with a phone code without cookies."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import booking
from tests.journeys.cast import clinic
from tests.journeys.conftest import Windows
from tests.journeys.phones import sent_code
from tests.journeys.watching import PHONE
from visita.foundation.actor import SYSTEM
from visita.tenancy.actions import set_setting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_HAND: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def _details(page: Page, slug: str, phone: str) -> None:
    page.goto(f"/{slug}/")
    booking.choose_first_service(page)
    booking.choose_last_day(page)
    booking.hold(page, page.locator("button.time").first)
    booking.fill(page, "Maria", "Ilie", phone)


def test_in_by_a_code_move_cancel_out(windows: Windows, outgoing: Path) -> None:
    house, _made = clinic()
    page = windows(**_HAND).open(f"/{house.slug}/")
    _details(page, house.slug, "0721 556 001")
    booking.confirm(page)
    page.goto(f"/{house.slug}/me/")
    page.locator("#id_contact").fill("0721 556 001")
    page.locator("main button.button-main").click()
    page.locator("#id_code").fill(sent_code(outgoing, page, "+40721556001"))
    page.locator("main button.button-main").click()
    expect(page.locator("main .date-leaf")).to_have_count(1)
    page.locator("main a[href*='to=move']").click()
    booking.choose_last_day(page)
    page.locator("button.time").first.click()
    page.locator("button.button-large").click()
    expect(page.locator(".done-sign")).to_be_visible()
    page.goto(f"/{house.slug}/me/")
    page.locator("main a[href*='to=cancel']").click()
    page.locator("button.button-bad").click()
    expect(page.locator(".done-sign-off")).to_be_visible()
    page.goto(f"/{house.slug}/me/")
    expect(page.locator("main .date-leaf")).to_have_count(0)
    page.locator("form[action*='session/end'] button").click()
    expect(page.locator("#id_contact")).to_be_visible()
    assert page.context.cookies() == []


def test_a_phone_is_confirmed_without_cookies_and_without_script(windows: Windows, outgoing: Path) -> None:
    house, _made = clinic()
    set_setting(house.id, "confirm_phone", True, actor=SYSTEM)
    page = windows(**_HAND, java_script_enabled=False).open(f"/{house.slug}/")
    _details(page, house.slug, "0721 556 002")
    booking.book(page)
    page.locator("#id_code").fill(sent_code(outgoing, page, "+40721556002"))
    booking.confirm(page)
    assert page.context.cookies() == []

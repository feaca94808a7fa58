"""The reception's day: by mouse, by keyboard alone, and through the second step of the sign-in."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.journeys.cast import (
    NAMES,
    PASSWORD,
    clinic,
    receptionist,
    visit_tomorrow,
)
from tests.journeys.conftest import Windows
from tests.journeys.desk import drag, journal, point, tab_to, visit_block

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_FULL = " ".join(NAMES[0])  # with markup in it: shown as it was written


def test_by_mouse(windows: Windows, address: str) -> None:
    house, made = clinic()
    visit_tomorrow(house, made, 14, made.mihai, NAMES[1])
    page = journal(windows, address, house)

    page.mouse.click(*point(page, made.ana, 10))
    page.locator("#new-client").fill("oneill")
    page.get_by_role("option").filter(has_text=_FULL).click()
    page.locator("#new-note").fill("Rings back in a minute")
    page.locator("#panel [data-close]").click()
    page.mouse.click(
        *point(page, made.ana, 11)
    )  # what was begun is offered, and comes to where was pressed now
    page.locator("#panel").get_by_role("button", name="Go on with the visit you began").click()
    expect(page.locator("#new-time")).to_have_value("11:00")
    expect(page.locator("#new-note")).to_have_value("Rings back in a minute")
    page.locator("#new-time").fill("10:00")
    page.get_by_role("button", name="Book", exact=True).click()
    block = visit_block(page, made.ana, _FULL)
    expect(block).to_have_attribute("aria-label", re.compile("10:00"))

    page.keyboard.press("Escape")
    drag(page, block, made.mihai, 12)
    moved = visit_block(page, made.mihai, _FULL)
    expect(moved).to_have_attribute("aria-label", re.compile("12:00"))
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(block).to_have_attribute("aria-label", re.compile("10:00"))

    drag(page, block, made.mihai, 14)
    expect(page.locator(".toast-bad")).to_contain_text("Mihai Ionescu")  # says who is not free
    expect(block).to_have_attribute("aria-label", re.compile("10:00"))
    expect(moved).to_have_count(0)


def test_by_keyboard_alone(windows: Windows, address: str) -> None:
    house, made = clinic()
    visit_tomorrow(house, made, 10, made.ana, NAMES[2])
    page = journal(windows, address, house)
    block, moved = (visit_block(page, who, NAMES[2][0]) for who in (made.ana, made.mihai))
    tab_to(page, block)
    page.keyboard.press("m")
    expect(page.locator(".legal").first).to_be_attached()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    with page.expect_response(re.compile("journal.json")):  # after the move the day is asked for again
        page.keyboard.press("Enter")
    expect(moved).to_have_attribute("aria-label", re.compile("10:30"))
    expect(moved).to_be_focused()

    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    tab_to(page, panel.locator("summary").filter(has_text="Move to…"))
    page.keyboard.press("Enter")
    expect(panel.locator("#move-who option")).to_have_count(2)  # filled with who is free
    tab_to(page, panel.locator("#move-time"))
    page.keyboard.type("1530" if "PM" not in _clock(page) else "0330PM")
    page.keyboard.press("Enter")
    expect(moved).to_have_attribute("aria-label", re.compile(r"\b0?(15|3):30"))


def _clock(page: Page) -> str:
    """How the journal writes hours."""
    return page.locator(".gutter span").last.inner_text()


def test_sign_in_with_a_second_step(windows: Windows, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # the server's own
    house, _made = clinic()
    user, secret = receptionist(house), totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    page = windows().open(f"/{house.slug}/desk/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    code = page.get_by_label("Code")
    code.fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert").or_(page.locator(".error")).first).to_be_visible()
    counters = list(totp.yield_hotp_counters_from_time())
    code.fill(totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2])))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".grid")).to_be_visible()

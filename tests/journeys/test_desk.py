"""The reception's day: by mouse, by keyboard alone, and through the second step of the sign-in."""

import re
from time import monotonic

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Locator, Page, Response, expect
from pytest_django import Settings

from tests.journeys.cast import (
    NAMES,
    PASSWORD,
    House,
    clinic,
    receptionist,
    sign_in,
    tomorrow,
    visit_tomorrow,
)
from tests.journeys.conftest import Windows

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_MIDDLE = "made => { const { left, width } = made.getBoundingClientRect(); return left + width / 2; }"
_FULL = " ".join(NAMES[0])  # with markup in it: shown as it was written


def _desk(windows: Windows, address: str, house: House) -> Page:
    """Tomorrow's journal."""
    window = windows()
    sign_in(window.context, receptionist(house), address)
    page = window.open(f"/{house.slug}/desk/?date={tomorrow(house)}")
    expect(page.locator(".grid")).to_be_visible()
    _settled(page)
    return page


def _settled(page: Page) -> None:
    """Wait until the day was not asked for during a second: what is measured and pressed then stays where it is."""
    asked = [monotonic()]

    def note(response: Response) -> None:
        if "journal.json" in response.url:
            asked.append(monotonic())

    page.on("response", note)
    while monotonic() - asked[-1] < 1:
        page.wait_for_timeout(100)
    page.remove_listener("response", note)


def _block(page: Page, resource: int, name: str) -> Locator:
    """A visit's block in somebody's column."""
    return page.locator(f".col[data-resource='{resource}'] .block[data-visit]:not(.ghost)").filter(
        has_text=name
    )


def _point(page: Page, resource: int, hour: int) -> tuple[float, float]:
    """Just below an hour's line in the middle of a column."""
    label = page.locator(".gutter span").filter(has_text=re.compile(rf"^0?{hour}:00"))
    label.scroll_into_view_if_needed()
    x = _measured(page.locator(f".col[data-resource='{resource}']"), _MIDDLE)
    return x, label.evaluate("made => made.parentElement.getBoundingClientRect().top + made.offsetTop") + 6


def _measured(what: Locator, how: str) -> float:
    """A measure of something on the page; news may draw it anew just then, and what is gone measures 0."""
    for _look in range(20):
        found = float(what.evaluate(how))
        if found > 0:
            return found
    raise AssertionError(f"{what} has no place on the page")


def _drag(page: Page, block: Locator, resource: int, hour: int) -> None:
    """Take a block near its upper edge and drop it at an hour of a column."""
    _settled(page)
    to = _point(page, resource, hour)
    top = _measured(block, "made => made.getBoundingClientRect().top")
    page.mouse.move(_measured(block, _MIDDLE), top + 7)
    page.mouse.down()
    page.mouse.move(to[0], to[1], steps=8)
    expect(page.locator(".legal").first).to_be_attached()  # the server has said which times are legal
    page.mouse.move(to[0], to[1] + 1)
    page.mouse.up()


def test_by_mouse(windows: Windows, address: str) -> None:
    house, made = clinic()
    visit_tomorrow(house, made, 14, made.mihai, NAMES[1])
    page = _desk(windows, address, house)

    page.mouse.click(*_point(page, made.ana, 10))
    page.locator("#new-client").fill("oneill")
    page.get_by_role("option").filter(has_text=_FULL).click()
    page.get_by_role("button", name="Book", exact=True).click()
    block = _block(page, made.ana, _FULL)
    expect(block).to_have_attribute("aria-label", re.compile("10:00"))

    page.keyboard.press("Escape")
    _drag(page, block, made.mihai, 12)
    moved = _block(page, made.mihai, _FULL)
    expect(moved).to_have_attribute("aria-label", re.compile("12:00"))
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(block).to_have_attribute("aria-label", re.compile("10:00"))

    _drag(page, block, made.mihai, 14)
    expect(page.locator(".toast-bad")).to_contain_text("Mihai Ionescu")  # says who is not free
    expect(block).to_have_attribute("aria-label", re.compile("10:00"))
    expect(moved).to_have_count(0)


def _tab_to(page: Page, wanted: Locator) -> None:
    """By the Tab key alone."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("made => made === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not reach {wanted}")


def test_by_keyboard_alone(windows: Windows, address: str) -> None:
    house, made = clinic()
    visit_tomorrow(house, made, 10, made.ana, NAMES[2])
    page = _desk(windows, address, house)
    block, moved = (_block(page, who, NAMES[2][0]) for who in (made.ana, made.mihai))
    _tab_to(page, block)
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
    _tab_to(page, panel.locator("summary").filter(has_text="Move to…"))
    page.keyboard.press("Enter")
    expect(panel.locator("#move-who option")).to_have_count(2)  # filled with who is free
    _tab_to(page, panel.locator("#move-time"))
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

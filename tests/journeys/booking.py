"""What a client does on the booking pages, step by step. Parts are found by their place, for the pages speak five languages."""

import re
import time

from playwright.sync_api import FrameLocator, Locator, Page, expect

SAFE_MINUTES = 10


def choose_first_service(page: Page, group: int = 0) -> None:
    """Through the business's own steps (the first of each, the first of a group) to who and when."""
    for _step in range(7):
        if page.locator("#when").count():
            return
        if not page.locator("a.choice").count():
            page.locator("main a.button-main").click()
            continue
        groups = page.locator("[data-group]")
        (groups.nth(group) if groups.count() else page).locator("a.choice").first.click()
    expect(page.locator("#when")).to_be_visible()


def nearest(page: Page | FrameLocator) -> Locator:
    """Anyone's nearest time, or the day's first where nobody is chosen by name; none that begins while we press it."""
    offered = page.locator("button.nearest, button.time")
    expect(offered.first).to_be_visible()
    soon = time.time() / 60 + SAFE_MINUTES
    for place in range(offered.count()):
        if minute_of(offered.nth(place)) > soon:
            return offered.nth(place)
    days = page.locator("a.day-free:visible")
    choose_day(page, days.nth(min(1, days.count() - 1)))
    return page.locator("button.time").first


def chosen(page: Page | FrameLocator) -> str:
    """Where `nearest` is, for those who come to it by keyboard."""
    return f"button[value='{nearest(page).get_attribute('value')}']"


def minute_of(button: Locator) -> int:
    """The epoch minute at which what is behind a time's button begins, the first of several services."""
    parts = (button.get_attribute("value") or "").split("-")
    return min(int(part.rpartition(".")[2]) for part in parts)


def hold(page: Page, button: Locator) -> int:
    """Press a time and come to the details; the minute that is held."""
    minute = minute_of(button)
    button.click()
    expect(page.locator("#id_phone")).to_be_visible()
    return minute


def fill(page: Page, first: str, last: str, phone: str) -> None:
    """Who comes."""
    page.locator("#id_phone").fill(phone)
    page.locator("#id_first_name").fill(first)
    page.locator("#id_last_name").fill(last)
    answer(page)


def answer(page: Page) -> None:
    """What the organization asks besides: the first choice, a name, the ticks that must be."""
    for empty in page.locator("#details input[required]:not([type=checkbox]):visible").all():
        if not empty.input_value():
            empty.fill("2020-01-02" if empty.get_attribute("type") == "date" else "2")
    for choice in page.locator("#details select[required]").all():
        choice.select_option(index=1)
    for name in page.locator(".about-whom:visible input[id$=_name]").all():
        name.fill("AB12 CDE")
    for box in page.locator(".ticks input[required]").all():
        box.check()


def book(page: Page) -> None:
    """Press the button that books."""
    page.locator("button.button-large").click()


def confirm(page: Page) -> str:
    """Book what is held; the manage link."""
    book(page)
    expect(page.locator("b.code")).to_have_text(re.compile(r"^\w{4}-\w{4}$"))
    return page.url.split("?")[0]


def choose_last_day(page: Page | FrameLocator) -> None:
    """The last free day of those in sight."""
    choose_day(page, page.locator("a.day-free:visible").last)


def choose_day(page: Page | FrameLocator, day: Locator) -> None:
    """One of the free days in sight."""
    mark = day.get_attribute("id")
    day.click()
    expect(page.locator(f"#{mark}")).to_have_attribute("aria-current", "true")


def move(page: Page, link: str) -> int:
    """By the manage link to the first time of another day; its minute."""
    page.goto(link)
    page.locator("a[href*='/times/']").click()
    choose_last_day(page)
    button = page.locator("button.time").first
    minute = minute_of(button)
    button.click()
    page.locator("button.button-large").click()
    expect(page.locator(".done-sign")).to_be_visible()
    return minute


def cancel(page: Page, link: str) -> None:
    """By the manage link."""
    page.goto(link)
    page.locator("a[href*='/cancel/']").click()
    page.locator("button.button-bad").click()
    expect(page.locator(".done-sign-off")).to_be_visible()

"""The journal in a browser's hands: finding a block, pointing at an hour of a column, dragging, tabbing."""

import re
from time import monotonic

from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.cast import House, receptionist, sign_in, tomorrow
from tests.journeys.conftest import Windows

_MIDDLE = "made => { const { left, width } = made.getBoundingClientRect(); return left + width / 2; }"


def journal(windows: Windows, address: str, house: House, role: str = "reception") -> Page:
    """Tomorrow's journal."""
    window = windows()
    sign_in(window.context, receptionist(house, role), address)
    page = window.open(f"/{house.slug}/desk/?date={tomorrow(house)}")
    expect(page.locator(".grid")).to_be_visible()
    settled(page)
    return page


def settled(page: Page) -> None:
    """Wait until the day was not asked for during a second: what is measured and pressed then stays where it is."""
    asked = [monotonic()]

    def note(response: Response) -> None:
        if "journal.json" in response.url:
            asked.append(monotonic())

    page.on("response", note)
    while monotonic() - asked[-1] < 1:
        page.wait_for_timeout(100)
    page.remove_listener("response", note)


def visit_block(page: Page, resource: int, name: str) -> Locator:
    """A visit's block in somebody's column."""
    return page.locator(f".col[data-resource='{resource}'] .block[data-visit]:not(.ghost)").filter(
        has_text=name
    )


def point(page: Page, resource: int, hour: int) -> tuple[float, float]:
    """Just below an hour's line in the middle of a column."""
    label = page.locator(".gutter span").filter(has_text=re.compile(rf"^0?{hour}:00"))
    label.evaluate("made => made.scrollIntoView({ block: 'center' })")  # not below the sticky heads
    x = _measured(page.locator(f".col[data-resource='{resource}']"), _MIDDLE)
    return x, label.evaluate("made => made.parentElement.getBoundingClientRect().top + made.offsetTop") + 6


def _measured(what: Locator, how: str) -> float:
    """A measure of something on the page; news may draw it anew just then, and what is gone measures 0."""
    for _look in range(20):
        found = float(what.evaluate(how))
        if found > 0:
            return found
    raise AssertionError(f"{what} has no place on the page")


def drag(page: Page, lifted: Locator, resource: int, hour: int) -> None:
    """Take a block near its upper edge and drop it at an hour of a column."""
    settled(page)
    to = point(page, resource, hour)
    top = _measured(lifted, "made => made.getBoundingClientRect().top")
    page.mouse.move(_measured(lifted, _MIDDLE), top + 7)
    page.mouse.down()
    page.mouse.move(to[0], to[1], steps=8)
    expect(page.locator(".legal").first).to_be_attached()  # the server has said which times are legal
    page.mouse.move(to[0], to[1] + 1)
    page.mouse.up()


def tab_to(page: Page, wanted: Locator) -> None:
    """By the Tab key alone."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("made => made === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not reach {wanted}")

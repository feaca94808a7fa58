"""The journal in a browser's hands: finding a block, pointing at an hour of a column, dragging, tabbing."""

import re
from time import monotonic
from weakref import WeakKeyDictionary

from playwright.sync_api import Locator, Page, Request, expect

from tests.journeys.cast import House, receptionist, sign_in
from tests.journeys.conftest import Windows
from tests.journeys.watching import PATIENCE

_QUIET = 0.6  # seconds; news of one's own change come a moment after its answer
_TRAFFIC: WeakKeyDictionary[Page, "_Traffic"] = WeakKeyDictionary()
_MIDDLE = "made => { const { left, width } = made.getBoundingClientRect(); return left + width / 2; }"


def journal(windows: Windows, address: str, house: House, role: str = "reception") -> Page:
    """Tomorrow's journal."""
    window = windows()
    sign_in(window.context, receptionist(house, role), address)
    page = window.context.new_page()
    _TRAFFIC[page] = _Traffic(page)
    window.watch(page).goto(f"/{house.slug}/desk/?date={house.day}")
    expect(page.locator(".grid")).to_be_visible()
    settled(page)
    return page


class _Traffic:
    """What a page asks of its day."""

    def __init__(self, page: Page) -> None:
        self.open, self.last = set[Request](), monotonic()
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)
        page.on("domcontentloaded", lambda _page: self.open.clear())  # the page that asked is gone

    def _begun(self, request: Request) -> None:
        if "journal.json" in request.url:
            self.open.add(request)

    def _ended(self, request: Request) -> None:
        if "journal.json" in request.url:
            self.open.discard(request)
            self.last = monotonic()


def settled(page: Page) -> None:
    """Wait until no answer about the day is on its way or came just now: what is measured and pressed stays where it is."""
    traffic = _TRAFFIC.get(page) or _TRAFFIC.setdefault(page, _Traffic(page))
    begun = monotonic()
    while traffic.open or monotonic() - max(begun, traffic.last) < _QUIET:
        assert monotonic() - begun < PATIENCE / 1000, f"the day is asked for without end: {traffic.open}"
        page.wait_for_timeout(50)


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
    for _look in range(PATIENCE // 100):
        found = float(what.evaluate(how))
        if found > 0:
            return found
        what.page.wait_for_timeout(100)
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


def set_status(page: Page, button: str) -> None:
    """Arrived or Done in the panel of a visit of tomorrow; past midnight it is today's, and nothing is asked."""
    panel = page.locator("#panel")
    panel.get_by_role("button", name=button, exact=True).click()
    on = page.locator(".toast").get_by_role("button", name="Go on all the same")
    there = panel.locator(".panel-head .status").filter(has_text=button)
    expect(on.or_(there).first).to_be_visible()
    if on.is_visible():
        on.click()
    expect(there).to_be_visible()


def tab_to(page: Page, wanted: Locator) -> None:
    """By the Tab key alone."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("made => made === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not reach {wanted}")

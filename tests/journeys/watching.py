"""A browser's page that is watched: nothing on its console, no answer of the server's own fault, nothing inaccessible."""

import os
import re
from itertools import cycle
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

PATIENCE = 90_000  # milliseconds; the machine may be busy, and a passing test does not wait
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
# All that ships switched on, and the size of targets (24 px), which WCAG 2.2 added.
_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# What the theme alone can break once the other one is sound.
_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
# Width and rules: each theme on a phone and on a desk's screen, the dark one in turns (`FULL=1`: every time). 320 is also
# a desktop at 400 % zoom, 640 one at 200 %; what lies between is measured only.
_LIGHT, _DARK = {320: _RULES, 1440: _RULES}, {390: _COLOURS, 1280: _COLOURS}
_WIDTHS = (320, 390, 640, 768, 1024, 1280, 1440)
_FULL = os.environ.get("FULL") == "1"
_turns = cycle(_DARK)
# Chromium writes each refused page to the console: a right that ended, a time or link that is lost, a form with errors.
# And what was asked while the test itself had cut the line.
_REFUSED = re.compile(
    r"Failed to load resource: (the server responded with a status of (403|404|409|422) |net::ERR_INTERNET_DISCONNECTED)"
)
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_WIDE = """() => [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 120)).slice(0, 8)"""


class Window:
    """One person's browser: pages opened in it are watched until `settle`."""

    def __init__(self, browser: Browser, address: str, **wishes: Any) -> None:
        plain = {
            "base_url": address, "locale": "en-GB", "reduced_motion": "reduce", "viewport": DESKTOP,
            "extra_http_headers": {"Accept-Language": ""},  # every house speaks its own language
        }  # fmt: skip
        self.context: BrowserContext = browser.new_context(**{**plain, **wishes})
        self.context.set_default_timeout(PATIENCE)
        self.faults: list[str] = []

    def open(self, path: str) -> Page:
        """A new page at an address of the server."""
        page = self.watch(self.context.new_page())
        page.goto(path)
        return page

    def watch(self, page: Page) -> Page:
        """From now on; gives it back."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("response", self._answered)
        return page

    def settle(self) -> None:
        """Closes the window; fails when anything went wrong in it."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _REFUSED.match(message.text):
            self.faults.append(f"{message.type}: {message.text}")

    def _answered(self, response: Response) -> None:
        missing = response.status == 404 and response.request.resource_type != "document"
        if response.status >= 500 or missing:
            self.faults.append(f"{response.status}: {response.url}")


def look(page: Page) -> None:
    """At every width and in both themes: nothing for axe to complain of, nothing wider than the window."""
    before, turn = page.viewport_size, next(_turns)
    for width in _WIDTHS:
        _show(page, width)
        _settled(page, width)
        rules = _LIGHT.get(width) or (_DARK.get(width) if _FULL or width == turn else None)
        if rules:
            found = _examined(page, rules)
            assert found.violations_count == 0, f"{page.url}, {width} px:\n{found.generate_report()}"
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    if before:
        page.set_viewport_size(before)


def _examined(page: Page, rules: dict[str, Any]) -> AxeResults:
    """Axe's findings; its script is put into a page once, and only what is wrong comes back."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return AxeResults(page.evaluate("rules => axe.run(rules).then(({violations}) => ({violations}))", rules))


def _settled(page: Page, width: int) -> None:
    """Nothing is wider than the window, once the page has laid itself out: scripts and fonts may take a moment for it."""
    for _moment in range(50):
        if page.evaluate(_TOO_WIDE) <= 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.url} is wider than {width} px: {page.evaluate(_WIDE)}")


def _show(page: Page, width: int) -> None:
    """At a width, in the theme that is examined there; at one of them in forced colours."""
    page.emulate_media(
        color_scheme="dark" if width in _DARK else "light",
        forced_colors="active" if width == 640 else "none",
        reduced_motion="reduce",
    )
    page.set_viewport_size({"width": width, "height": 844 if width < 1000 else 900})

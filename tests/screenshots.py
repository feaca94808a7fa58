"""Photographs every page of a running demo into `screenshots/`: phone and desktop, light and dark.

`python -m tests.screenshots [SLUG …]`, "client" for every step of a client's way; with the demo of `make run` up; its address comes from demo.json.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from config.environment import environment
from tests import client_steps
from tests.journeys import booking
from tests.journeys.browsers import FLAGS, program

_OUT = Path(__file__).resolve().parent.parent / "screenshots"
_SCREENS: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1440, "height": 900},
}
_CLIENT = "client"  # no organization: the steps of a client's way
_THEMES = ("light", "dark")
_LATER = 300  # milliseconds in which the journal is drawn and a panel is filled


class Album:
    """The pictures of one organization on one screen: each page once in each theme."""

    def __init__(self, browser: Browser, told: dict[str, Any], slug: str, screen: str) -> None:
        size = _SCREENS[screen]
        self.name, self.slug, self.told = f"{slug}-{screen}", slug, told
        self.context = browser.new_context(
            base_url=told["base_url"], viewport=size, has_touch=screen == "phone", reduced_motion="reduce",
            extra_http_headers={"Accept-Language": ""},  # every house speaks its own language
        )  # fmt: skip
        self.page: Page = self.context.new_page()

    def take(self, name: str) -> None:
        """The page as it stands now."""
        self.page.wait_for_timeout(_LATER)
        for theme in _THEMES:
            self.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of two words
            self.page.screenshot(
                full_page=self.slug == _CLIENT, path=_OUT / f"{self.name}-{name}-{theme}.png"
            )

    def front(self) -> None:
        """A client's way up to the details; nothing is booked."""
        self.page.goto(f"/{self.slug}/")
        self.take("front-1-first")
        booking.choose_first_service(self.page)
        self.take("front-2-when")
        booking.hold(self.page, booking.nearest(self.page))
        self.take("front-3-details")
        booking.book(self.page)
        self.take("front-4-missing")
        self.page.goto(f"/{self.slug}/v/0000-0000/nobody/")
        self.take("front-5-expired")

    def client(self) -> None:
        """Every step of a client's way, at several of the examples."""
        client_steps.walk(self.page, self.name.rpartition("-")[2], self.take)

    def desk(self) -> None:
        """The journal with its panels, the list, and the pages of their own."""
        self.page.goto(f"/{self.slug}/desk/")
        self.take("desk-1-sign-in")
        self._sign_in()
        self._busy_day()
        self.take("desk-2-journal")
        self.page.locator(".block[data-visit]").first.dispatch_event("click")
        self.take("desk-3-visit")
        for path in ("list/", "visits/new/"):
            self.page.goto(f"/{self.slug}/desk/{path}")
            self.take(f"desk-4-{path.strip('/').replace('/', '-')}")

    def _sign_in(self) -> None:
        found = (one for one in self.told["sign_ins"] if one["organization"] == self.slug)
        reception = next(one for one in found if one["role"] == "reception")
        self.page.locator("[name=login]").fill(reception["email"])
        self.page.locator("[name=password]").fill(reception["password"])
        self.page.locator("button[type=submit]").click()
        self.page.locator("main").wait_for()

    def _busy_day(self) -> None:
        """The journal of the first of the coming days that has a visit: the bare address leads to the view used last."""
        today = datetime.now(UTC).date()
        for days in range(1, 8):
            self.page.goto(f"/{self.slug}/desk/?date={today + timedelta(days=days)}")
            self.page.wait_for_timeout(_LATER)
            if self.page.locator(".block[data-visit]").count():
                return


def _albums(browser: Browser, told: dict[str, Any], wanted: list[str]) -> Iterator[Album]:
    for slug in (_CLIENT, *(one["slug"] for one in told["organizations"])):
        if not wanted or slug in wanted:
            yield from (Album(browser, told, slug, screen) for screen in _SCREENS)


def main(wanted: list[str]) -> int:
    """0 when all pictures are taken, 1 when there is no demo to photograph."""
    notebook = environment.data / "demo.json"
    if not notebook.exists():
        sys.stderr.write(f"There is no {notebook}: start the demo first (make run).\n")
        return 1
    shutil.rmtree(_OUT, ignore_errors=True)
    _OUT.mkdir()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        for album in _albums(browser, json.loads(notebook.read_text()), wanted):
            if album.slug == _CLIENT:
                album.client()
            else:
                album.front()
                album.desk()
            album.context.close()
        browser.close()
    sys.stdout.write(f"{len(list(_OUT.iterdir()))} pictures in {_OUT}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

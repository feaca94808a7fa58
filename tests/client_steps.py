"""Every step of a client's way, each at the example business that shows it best; for `tests.screenshots`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from config.environment import environment
from tests.journeys import booking

Take = Callable[[str], None]
_PHONES = {"phone": "0741 555 0{:02}", "desktop": "0742 555 0{:02}"}
_PAGES = (
    ("siluet/", "services"),
    ("siluet/?view=several", "several"),
    ("siluet/services/", "about-services"),
    ("siluet/contact/", "contact"),
    ("siluet/me/", "account-sign-in"),
    ("siluet/find/", "find"),
    ("passo/me/register/", "register"),
    ("tassula/", "kind"),
    ("belvedere/", "city"),
    ("tukipiste/", "question"),
    ("carpati/", "person-first"),
    ("ridgeline/", "day-first"),
    ("meridian/embed/", "embed"),
)


def walk(page: Page, screen: str, take: Take) -> None:
    """All of it; books a visit at the dentist's and one by video, moves nothing and cancels nothing."""
    for path, name in _PAGES:
        page.goto(f"/{path}")
        take(f"{name}")
    _details(page, "tukipiste", take)
    _details(page, "kingsway", take)
    _classes(page, take)
    phone = _PHONES[screen].format(len(_messages()) % 100)
    _booked(page, phone, take)
    _room(page, phone, take)


def _details(page: Page, slug: str, take: Take) -> None:
    page.goto(f"/{slug}/")
    booking.choose_first_service(page)
    take(f"when-{slug}")
    booking.hold(page, booking.nearest(page))
    take(f"details-{slug}")
    booking.book(page)
    take(f"missing-{slug}")


def _classes(page: Page, take: Take) -> None:
    page.goto("/aurora/")
    booking.choose_first_service(page)
    take("classes")


def _booked(page: Page, phone: str, take: Take) -> None:
    page.goto("/carpati/")
    booking.choose_first_service(page)
    booking.choose_last_day(page)
    booking.hold(page, page.locator("button.time").first)
    booking.fill(page, "Maria", "Ilie", phone)
    take("details-carpati")
    before = len(_messages())
    booking.book(page)
    page.locator("#id_code").wait_for()
    take("phone-code")
    page.locator("#id_code").fill(_code(page, before))
    link = booking.confirm(page)
    take("done")
    for path, name in (("", "manage"), ("times/", "move"), ("cancel/", "cancel")):
        page.goto(f"{link}{path}")
        take(f"{name}")
    _account(page, phone, take)


def _room(page: Page, phone: str, take: Take) -> None:
    page.goto("/meridian/")
    page.locator("a.choice").last.click()
    page.locator("a.choice", has_text="video").first.click()
    booking.choose_last_day(page)
    booking.hold(page, page.locator("button.time").first)
    booking.fill(page, "Maria", "Ilie", phone)
    booking.confirm(page)
    take("done-video")
    page.locator(".line-link[href*='room']").click()
    take("room")


def _account(page: Page, phone: str, take: Take) -> None:
    page.goto("/carpati/me/")
    page.locator("#id_contact").fill(phone)
    before = len(_messages())
    page.locator("main button.button-main").click()
    page.locator("#id_code").fill(_code(page, before))
    page.locator("main button.button-main").click()
    page.locator("main .date-leaf").first.wait_for()
    take("account-home")
    for path in ("history", "data"):
        page.goto(f"/carpati/me/{path}/")
        take(f"account-{path}")


def _messages() -> list[Path]:
    return sorted((environment.data / "outgoing").glob("*.json"))


def _code(page: Page, before: int) -> str:
    """The code of the message that came last, as soon as there is one more than before."""
    for _turn in range(50):
        if len(_messages()) > before:
            told: dict[str, Any] = json.loads(_messages()[-1].read_text())
            return str(told["body"][:6])
        page.wait_for_timeout(100)
    raise AssertionError("no message came")

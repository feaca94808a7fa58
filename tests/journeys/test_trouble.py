"""Truth in trouble: a line that breaks at the last press, impatient presses, the browser's back, and what stays behind."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests import world
from tests.journeys import booking
from tests.journeys.cast import House, clinic
from tests.journeys.conftest import Windows
from tests.journeys.phones import sent_code
from tests.journeys.watching import PHONE, Window, look
from visita.bookings.models import Visit
from visita.catalog import actions as catalog
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = re.compile(r"^\w{4}-\w{4}$")
KEPT = "Object.keys(localStorage).length"


def _details(window: Window, house: House, first: str = "Maria") -> Page:
    """At the last press, everything filled in."""
    page = window.open(f"/{house.slug}/")
    booking.choose_first_service(page)
    booking.hold(page, booking.nearest(page))
    booking.fill(page, first, "Ilie", "0721555014")
    return page


def _visits(house: House) -> int:
    with scope(house.id):
        return Visit.objects.count()


def _forgive_the_line(window: Window) -> None:
    window.faults[:] = [fault for fault in window.faults if "net::ERR" not in fault]


def test_a_lost_line_is_told_and_the_booking_is_made_once(windows: Windows) -> None:
    house, _ = clinic()
    window = windows(viewport=PHONE)
    page = _details(window, house)
    window.context.set_offline(True)
    booking.book(page)
    expect(page.locator("[data-unknown]")).to_be_visible()
    assert _visits(house) == 0
    window.context.set_offline(False)
    expect(page.locator("b.code")).to_have_text(CODE)
    assert _visits(house) == 1
    _forgive_the_line(window)


def test_a_lost_answer_is_asked_for_again_and_shown(windows: Windows) -> None:
    house, _ = clinic()
    window = windows(viewport=PHONE)
    page = _details(window, house)
    lost = []

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)  # it arrives and books, and its answer goes astray
        lost.append(1)
        route.abort("connectionreset")

    page.route("**/booking/", lose, times=1)
    booking.book(page)
    expect(page.locator("[data-unknown]")).to_be_visible()
    assert lost and _visits(house) == 1
    expect(page.locator("b.code")).to_have_text(CODE)
    assert _visits(house) == 1
    _forgive_the_line(window)


def test_a_lost_answer_to_the_code_is_asked_for_again_too(windows: Windows, outgoing: Path) -> None:
    house, made = clinic()
    tenancy.set_setting(made.id, "confirm_phone", True, actor=world.STAFF)
    window = windows(viewport=PHONE)
    page = _details(window, house)
    booking.book(page)
    page.locator("#id_code").fill(sent_code(outgoing, page, "+40721555014"))
    lost = []

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        lost.append(1)
        route.abort("connectionreset")

    page.route("**/booking/", lose, times=1)
    booking.book(page)
    expect(page.locator("[data-unknown]")).to_be_visible()
    assert lost and _visits(house) == 1
    expect(page.locator("b.code")).to_have_text(CODE)
    assert _visits(house) == 1
    _forgive_the_line(window)


@pytest.mark.parametrize("script", [True, False])
def test_impatient_presses_and_going_back_book_once(windows: Windows, script: bool) -> None:
    house, _ = clinic()
    page = _details(windows(java_script_enabled=script), house)
    button = page.locator("button.button-large")
    button.dblclick(no_wait_after=True)
    expect(page.locator("b.code")).to_have_text(CODE)
    code = page.locator("b.code").inner_text()
    page.go_back()
    if not script and page.locator("#id_phone").count():  # as the browser kept it; sent again, it leads there
        booking.fill(page, "Maria", "Ilie", "0721555014")
        booking.book(page)
    expect(page.locator("b.code")).to_have_text(code)
    assert _visits(house) == 1


def test_nothing_is_kept_unless_ticked_and_one_press_forgets(windows: Windows) -> None:
    house, _ = clinic()
    window = windows(viewport=PHONE)
    page = _details(window, house)
    booking.confirm(page)
    assert page.evaluate(KEPT) == 0 and window.context.cookies() == []
    page = _details(window, house)
    page.locator("[data-remember] input").check()
    booking.confirm(page)
    assert page.evaluate(KEPT) == 1

    page = window.open(f"/{house.slug}/")
    booking.choose_first_service(page)
    booking.hold(page, booking.nearest(page))
    panel = page.locator("[data-remembered]")
    expect(panel).to_contain_text("Maria")
    assert "Ilie" not in page.locator("main").inner_text() and page.locator("#id_phone").input_value() == ""
    panel.locator("[data-use]").click()
    expect(page.locator("#id_last_name")).to_have_value("Ilie")
    page.reload()
    page.locator("[data-forget]").click()
    expect(panel).to_be_hidden()
    assert page.evaluate(KEPT) == 0 and window.context.cookies() == []


def test_everything_that_can_be_asked_is_accessible(windows: Windows) -> None:
    house, made = clinic()
    staff: dict[str, Any] = {"actor": world.STAFF}
    tenancy.set_setting(made.id, "booked_for", ["child", "person"], **staff)
    choices = [{"code": "car", "label": {"en": "Car"}}]
    for kind in ("text", "long_text", "choice", "number", "date", "tick"):
        more: dict[str, Any] = {"choices": choices} if kind == "choice" else {}
        catalog.add_field(made.id, kind, {"en": f"Your {kind}"}, kind, required=True, **more, **staff)
    catalog.add_consent(
        made.id, {"en": "I read the [rules](https://a.example/b)."}, body={"en": "All."}, **staff
    )
    page = _details(windows(viewport=PHONE), house)
    page.locator("label.chip").nth(1).click()
    booking.book(page)
    expect(page.locator(".error").first).to_be_visible()
    look(page)
    for kind, value in {"text": "x", "long_text": "y", "number": "12", "date": "2020-01-01"}.items():
        page.locator(f"#id_field_{kind}").fill(value)
    page.locator("#id_field_tick").check()
    booking.answer(page)
    booking.confirm(page)
    folds = page.locator("main summary").all()
    for summary in reversed(folds):  # the menu, which lies over what follows it, last
        summary.click()
    look(page)

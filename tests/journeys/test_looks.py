"""Every page as it looks to axe and to a narrow screen, in both themes; names that break what is careless."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import booking
from tests.journeys.cast import NAMES, clinic, example, receptionist, sign_in, visit_tomorrow
from tests.journeys.conftest import Windows
from tests.journeys.watching import PHONE, look
from visita.demo.businesses.meridian import MERIDIAN
from visita.foundation.actor import SYSTEM
from visita.tenancy import actions as tenancy

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_clients_pages(windows: Windows) -> None:
    house = example(MERIDIAN)
    page = windows(viewport=PHONE).open(f"/{house.slug}/?lang=en")
    look(page)  # places
    page.locator("a.choice").first.click()
    look(page)  # services
    page.locator("[data-group] a.choice").first.click()
    look(page)  # who and when
    booking.hold(page, booking.nearest(page))
    booking.book(page)
    expect(page.locator(".error").first).to_be_visible()
    look(page)  # details, with what is missing
    booking.fill(page, *NAMES[4], "0721 555 014")
    link = booking.confirm(page)
    look(page)  # done
    page.goto(f"{link}times/")
    look(page)  # move
    page.locator("button.time").last.click()
    look(page)  # move, asked again
    page.goto(f"{link}cancel/")
    look(page)
    booking.cancel(page, link)
    look(page)  # cancelled
    page.goto(f"/{house.slug}/v/0000-0000/nobody/")
    look(page)  # a link that has expired


def test_from_right_to_left(windows: Windows) -> None:
    """Arabic has no catalogue of ours: its direction, dates and digits prove the layout with English words."""
    house, _made = clinic()
    tenancy.change_profile(house.id, {"languages": ["ar"]}, actor=SYSTEM)
    page = windows(viewport=PHONE).open(f"/{house.slug}/?lang=ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert _middle(page, ".head-link") > _middle(page, ".language")
    look(page)
    booking.choose_first_service(page)
    assert _middle(page, "a.day-free >> nth=0") > _middle(page, "a.day-free >> nth=1")  # days run leftwards
    look(page)
    booking.hold(page, booking.nearest(page))
    assert _middle(page, "#id_first_name") > _middle(page, "#id_last_name")
    look(page)
    booking.fill(page, *NAMES[2], "0721 555 014")
    booking.confirm(page)
    look(page)


def _middle(page: Page, found: str) -> float:
    box = page.locator(found).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def test_a_whole_booking_by_keyboard(windows: Windows) -> None:
    """Tab and Enter only, and always in sight where the keyboard is."""
    house, made = clinic()
    page = windows().open(f"/{house.slug}/?service={made.visit}")
    _tab_to(page, booking.chosen(page))
    page.keyboard.press("Enter")
    expect(page.locator("#id_phone")).to_be_visible()
    for field, text in (("#id_phone", "0721 555 014"), ("#id_first_name", "Ana"), ("#id_last_name", "Pop")):
        _tab_to(page, field)
        page.keyboard.type(text)
    _tab_to(page, "button.button-large")
    page.keyboard.press("Enter")
    expect(page.locator("b.code")).to_be_visible()


def _tab_to(page: Page, wanted: str) -> None:
    for _press in range(150):
        page.keyboard.press("Tab")
        focus = page.locator("*:focus")
        assert focus.count() == 1, "the focus is lost"
        if focus.evaluate("(element, wanted) => element.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def test_the_desks_pages(windows: Windows, address: str) -> None:
    house, made = clinic()
    for at, name in enumerate(NAMES):
        visit_tomorrow(house, made, 9 + at, made.ana, name)
    window = windows()
    page = window.open(f"/{house.slug}/desk/")
    look(page)  # sign in
    sign_in(window.context, receptionist(house), address)
    day = house.day
    page.goto(f"/{house.slug}/desk/?date={day}")
    for first, last in NAMES:
        expect(page.locator(".block-name").filter(has_text=f"{first} {last}")).to_have_count(1)
    look(page)  # the journal
    page.locator(".block[data-visit]").first.click()
    look(page)  # a visit in the panel
    page.get_by_role("tab", name="History").click()
    expect(page.locator(".history li").first).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("#new-client")).to_be_focused()
    page.locator("#new-client").fill("воскрес")
    expect(page.locator("#new-client-list li").first).to_contain_text(" ".join(NAMES[1]))
    look(page)  # a new visit, a client being found
    page.goto(f"/{house.slug}/desk/list/?date={day}")
    look(page)
    page.locator("tbody a").first.click()
    look(page)  # a visit as a page of its own
    page.goto(f"/{house.slug}/desk/visits/new/?date={day}")
    look(page)


def test_the_desks_other_pages(windows: Windows, address: str) -> None:
    """Each once: at what is looked at here, a page that is new to the desk breaks first."""
    house, made = clinic()
    for setting in ("queue", "waitlist"):
        tenancy.set_setting(made.id, setting, True, actor=SYSTEM)
    visit_tomorrow(house, made, 9, made.ana, NAMES[1])
    window = windows()
    sign_in(window.context, receptionist(house, "administrator"), address)
    page = window.open(f"/{house.slug}/desk/agenda/")
    look(page)
    day = f"date={house.day}"
    places = (
        "week/",
        "month/",
        "rooms/",
        "clients/",
        "hours/",
        "hours/away/",
        "queue/",
        "waitlist/",
        "then/",
    )
    for place in places:
        answer = page.goto(f"/{house.slug}/desk/{place}?{day}")
        assert answer and answer.status == 200, place
        look(page)
    page.goto(f"/{house.slug}/desk/search/?q=воскрес")
    look(page)
    page.goto(f"/{house.slug}/desk/list/?{day}")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Repeat…").click()
    look(page)  # a series

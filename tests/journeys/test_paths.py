"""The first pages where more is asked than a service: several services in one visit, kinds, own steps, cities, classes."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import world
from tests.journeys import booking
from tests.journeys.cast import House, clinic, example
from tests.journeys.conftest import Windows
from tests.journeys.phones import TYPED
from tests.journeys.watching import PHONE, look
from visita.bookings.actions.add_session import add_session
from visita.catalog import actions as catalog
from visita.demo.businesses.siluet import SILUET
from visita.demo.businesses.tassula import TASSULA
from visita.foundation.actor import SYSTEM
from visita.tenancy import actions as tenancy

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_HAND: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def test_two_services_in_one_visit_booked_and_moved(windows: Windows) -> None:
    house = example(SILUET)
    page = windows(**_HAND).open(f"/{house.slug}/?lang=en")
    page.locator(".chip-dashed").click()
    page.locator("[data-group] a.choice").first.click()
    page.locator("a.choice:not([aria-current])").nth(1).click()
    expect(page.locator("a.choice[aria-current=true]")).to_have_count(2)
    look(page)  # ticked
    page.locator(".bar a.button-main").click()
    expect(page.locator(".together-row")).to_have_count(2)
    look(page)  # combinations
    booking.hold(page, booking.nearest(page))
    look(page)  # details of both
    booking.fill(page, "Vera", "Orlova", TYPED[SILUET.country])
    link = booking.confirm(page)
    before = page.locator(".visit-page, main").first.inner_text()
    booking.move(page, link)
    assert page.locator(".visit-page, main").first.inner_text() != before


def test_a_vet_by_keyboard_alone_without_script(windows: Windows) -> None:
    house = example(TASSULA)
    page = windows(java_script_enabled=False).open(f"/{house.slug}/?lang=en")
    expect(page.locator("h1")).to_have_text("Who is it for?")
    _press(page, page.url, "a.choice >> nth=1")
    expect(page.locator("nav.crumbs")).to_contain_text("Cat")
    _press(page, page.url, "[data-group] a.choice >> nth=0")
    _press(page, page.url, f"{booking.chosen(page)} >> nth=0")
    for name, words in {
        "phone": TYPED["FI"],
        "first_name": "Aino",
        "last_name": "Salo",
        "pet_name": "Misse",
    }.items():
        _reach(page, f"#id_{name}")
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator("b.code")).to_have_text(re.compile(r"^\w{4}-\w{4}$"))
    expect(page.locator("main")).to_contain_text("Misse")


def _press(page: Page, before: str, found: str) -> None:
    """Tab to it, Enter, and on another page."""
    _reach(page, found)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


def _reach(page: Page, found: str) -> None:
    """Tab until it has the focus."""
    wanted = page.locator(found)
    for _turn in range(150):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{found} cannot be reached by Tab")


def test_kinds_own_steps_cities_and_classes_as_they_look(windows: Windows) -> None:
    house, made = clinic()
    _ask_more(house, made)
    page = windows(viewport=PHONE).open(f"/{house.slug}/")
    look(page)  # kinds
    page.locator("a.choice").first.click()
    look(page)  # a text
    page.locator("a.button-main").click()
    look(page)  # a question
    page.locator("a.choice").last.click()
    look(page)  # cities
    page.locator("a.choice").first.click()
    look(page)  # the branches of one
    page.goto(f"/{house.slug}/?service={made.yoga}&location={made.location}&kind=dog&a.rules=read&a.first=no")
    expect(page.locator(".sessions li")).to_have_count(2)
    look(page)  # dates of a class


def _ask_more(house: House, made: world.Clinic) -> None:
    for code, name in (("dog", "Dog"), ("cat", "Cat")):
        catalog.add_kind(house.id, code, {"en": name}, actor=SYSTEM)
    tenancy.set_setting(house.id, "ask_kind", True, actor=SYSTEM)
    for name, city in (("Unirii", "Cluj"), ("Gara", "Cluj"), ("Port", "Constanța")):
        added = tenancy.add_location(house.id, name=name, city=city, zone="Europe/Bucharest", actor=SYSTEM)
        world.service(
            house.id, f"Check {name}", [world.resource(house.id, added.pk, f"Dr {name}")], minutes=30
        )
    answers = [{"key": "yes", "name": {"en": "Yes"}}, {"key": "no", "name": {"en": "No"}}]
    steps: list[dict[str, Any]] = [
        {"step": "kind"},
        {
            "step": "text",
            "key": "rules",
            "title": {"en": "Our rules"},
            "text": {"en": "No dogs on the sofa."},
        },
        {"step": "question", "key": "first", "title": {"en": "Have you been here?"}, "answers": answers},
        {"step": "location"},
        {"step": "service"},
        {"step": "time"},
    ]
    catalog.add_path(house.id, steps, actor=SYSTEM)
    for away in (0, 1):
        start = datetime.combine(house.day + timedelta(days=away), time(18), house.zone)
        add_session(house.id, made.yoga, made.location, start, [made.ana], actor=SYSTEM)

"""A client on a phone, and the desk that sees it at once; the same without script; a time that somebody else took."""

import os
import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import world
from tests.journeys import booking
from tests.journeys.cast import NAMES, House, clinic, day_of, example, receptionist, sign_in
from tests.journeys.conftest import Windows
from tests.journeys.phones import TYPED
from tests.journeys.watching import PHONE
from visita.bookings.actions.book import book
from visita.bookings.models import Visit
from visita.demo.businesses import BUSINESSES
from visita.demo.businesses.aurora import AURORA
from visita.demo.businesses.meridian import MERIDIAN
from visita.demo.businesses.siluet import SILUET
from visita.demo.plan import Business
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling.models import Allocation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_HAND: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def _desk(windows: Windows, address: str, house: House, page: Page, minute: int) -> Page:
    """The desk on the day the client holds."""
    window = windows()
    sign_in(window.context, receptionist(house), address)
    place = page.locator("input[name=location]").first.get_attribute("value")
    return window.open(f"/{house.slug}/desk/?location={place}&date={day_of(minute, house)}")


# Branches, classes, another alphabet; `FULL=1`: three more.
_MADE = BUSINESSES[:6] if os.environ.get("FULL") == "1" else (MERIDIAN, AURORA, SILUET)


@pytest.mark.parametrize("business", _MADE, ids=lambda business: business.trade)
def test_from_the_first_page_to_a_cancelled_visit_and_the_desk_sees_each_step(
    business: Business, windows: Windows, address: str
) -> None:
    house, (first, last) = example(business), NAMES[BUSINESSES.index(business) % len(NAMES)]
    page = windows(**_HAND).open(f"/{house.slug}/")
    booking.choose_first_service(page, group=1 if business.lessons else 0)  # classes come first, by date
    button = booking.nearest(page)
    desk = _desk(windows, address, house, page, booking.minute_of(button))
    booked = desk.locator(".block[data-visit]").filter(has_text=first)
    expect(desk.locator(".col").first).to_be_visible()

    booking.hold(page, button)
    booking.fill(page, first, last, TYPED[business.country])
    link = booking.confirm(page)
    expect(booked.first).to_contain_text(f"{first} {last}")  # nobody reloaded the desk

    columns = booked.count()
    minute = booking.move(page, link)
    expect(booked).to_have_count(0)
    desk.goto(desk.url.rpartition("=")[0] + f"={day_of(minute, house)}")
    expect(booked).to_have_count(columns)

    booking.cancel(page, link)
    expect(booked).to_have_count(0)
    desk.get_by_role("switch").check()
    booked.first.click()
    desk.get_by_role("tab", name="History").click()
    expect(desk.locator(".history li")).to_have_count(3)


def test_without_any_script(windows: Windows) -> None:
    house, _clinic = clinic()
    page = windows(**_HAND, java_script_enabled=False).open(f"/{house.slug}/")
    booking.choose_first_service(page)
    booking.choose_last_day(page)
    booking.hold(page, page.locator("button.time").first)
    booking.fill(page, "Maria", "Ilie", "0721 555 014")
    link = booking.confirm(page)
    booking.move(page, link)
    booking.cancel(page, link)


def test_the_second_at_one_time_is_offered_others_and_keeps_what_was_typed(windows: Windows) -> None:
    house, made = clinic()
    hers, his = windows(**_HAND), windows(**_HAND)
    link = f"/{house.slug}/?service={made.visit}&resource={made.ana}&date={house.day}"
    one, two = hers.open(link), his.open(link)
    button = two.locator("button.time").nth(3)
    wanted = button.get_attribute("value")
    booking.hold(one, one.locator(f"button.time[value='{wanted}']"))
    button.click()
    expect(two.get_by_role("alert")).to_contain_text("was just taken")  # held is taken too
    booking.hold(two, two.get_by_role("alert").get_by_role("button").first)
    booking.fill(two, *NAMES[0], "0721 555 015")
    two.locator("#id_note").fill("I bring the old results")

    _time_out_and_book(house, made)
    booking.book(two)
    expect(two.get_by_role("alert")).to_contain_text("What you typed is still here")
    booking.hold(two, two.get_by_role("alert").get_by_role("button").first)
    expect(two.locator("#id_note")).to_have_value("I bring the old results")
    booking.confirm(two)


def _time_out_and_book(house: House, made: world.Clinic) -> None:
    """What was held last runs out, and somebody else books it."""
    with scope(house.id):
        held = Allocation.objects.filter(kind="hold").latest("id")
        Allocation.objects.filter(kind="hold").update(expires_at=clock.now() - timedelta(seconds=1))
    request = world.request(made, clock.from_minute(held.s), who=held.resource_id)
    book(house.id, request, world.CLIENT)


def test_two_presses_and_the_way_back_make_one_booking(windows: Windows) -> None:
    house, _made = clinic()
    page = windows(**_HAND).open(f"/{house.slug}/")
    booking.choose_first_service(page)
    booking.hold(page, booking.nearest(page))
    booking.fill(page, "Maria", "Ilie", "0721 555 014")
    page.locator("button.button-large").dblclick()
    expect(page.locator("b.code")).to_be_visible()
    code = page.locator("b.code").inner_text()
    page.go_back()  # the page asks what became of it and leads to the visit by itself; a press here would race it
    expect(page.locator("b.code")).to_have_text(code)
    with scope(house.id):
        assert Visit.objects.count() == 1


def test_of_two_quick_presses_the_later_counts(windows: Windows) -> None:
    house, made = clinic()
    page = windows().open(f"/{house.slug}/?service={made.visit}&date={house.day}")
    page.evaluate("document.querySelectorAll('.person-pick').forEach(each => each.click())")
    last = page.locator(".person-pick").last
    expect(last).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(f"resource={made.mihai}"))

"""A promotion on the pages: told with the old price, and what is shown is what is booked."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client as Browser

from tests.world import MONDAY, NOW, STAFF, Clinic, at, clinic
from visita.bookings import actions as bookings
from visita.catalog import actions as catalog
from visita.catalog.policies import Offer
from visita.catalog.promotions import PromotionRule
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.web.components.formats import formats_for
from visita.web.front import offer
from visita.web.front.promoted import Deal, Deals
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words


@pytest.mark.django_db
def test_the_services_page_tells_the_old_price_and_the_new(client: Browser) -> None:
    with clock.at(NOW):
        cast: Clinic = clinic()
        catalog.add_promotion(
            cast.id, cast.visit, {"en": "Quiet hours"}, price_minor=20000, valid_from=MONDAY, weekdays=[0],
            start=600, end=720, valid_to=MONDAY + timedelta(days=30), actor=STAFF,
        )  # fmt: skip
        page = client.get(f"/{cast.slug}/?lang=en", follow=True).content.decode()
        assert "Quiet hours" in page and "200" in page and "300" in page
        with scope(cast.id):
            found = offer.load()
            service = found.services[cast.visit]
            assert found.price(service, None, at(10)) == 20000
            assert found.price(service, None, at(9)) == 30000
            assert found.price(service, None) == 30000


def test_who_and_when_marks_the_times_that_cost_less(visitor: Visitor) -> None:
    """On the time, for who hears it too, and with the nearest times of people; elsewhere the list price holds."""
    cast = visitor.clinic
    catalog.add_promotion(
        cast.id, cast.visit, {"en": "Quiet hours"}, percent=50, valid_from=MONDAY, weekdays=[0], start=600,
        end=720, actor=STAFF,
    )  # fmt: skip
    page = visitor.get(service=cast.visit, date=MONDAY, resource=cast.ana)
    times = [each for part in page.context["parts"] for each in part.times]
    within = [each for each in times if minute(10) <= each.minute < minute(12)]
    assert within and all("Quiet hours" in each.label and "150" in each.deal for each in within)
    assert not any(each.deal for each in times if each not in within)
    assert "time time-deal" in page.content.decode() and "Quiet hours" in page.context["deals"][0]
    card = page.context["cards"][0]
    assert bool(card.deal) == (minute(10) <= card.minute < minute(12)) == ("Quiet hours" in card.label)


def test_a_day_without_the_promotion_s_hours_is_not_full(visitor: Visitor) -> None:
    """What clients book in its hours alone is not offered on other days; nobody is told that those are booked up."""
    cast = visitor.clinic
    catalog.add_promotion(
        cast.id, cast.visit, {"en": "Quiet"}, percent=50, valid_from=MONDAY, weekdays=[0], start=600, end=720,
        only=True, actor=STAFF,
    )  # fmt: skip
    page = words(visitor.get(service=cast.visit, date=MONDAY + timedelta(days=1)))
    assert "Next free: Mon" in page
    assert "full" not in page and "closed" not in page


def test_where_people_cost_differently_a_time_tells_the_lowest() -> None:
    place: Any = SimpleNamespace(
        text=lambda name: name["en"], formats=formats_for("en", "GB"), profile=SimpleNamespace(currency="GBP")
    )
    service: Any = SimpleNamespace(pk=1, price_minor=10000, price_shown=True)
    pairs = [
        SimpleNamespace(resource_id=2, price_minor=20000),
        SimpleNamespace(resource_id=3, price_minor=None),
    ]
    rule = PromotionRule(1, {"en": "Calm"}, None, 10, MONDAY, None, (), 0, 1440, False)
    found: Any = SimpleNamespace(promotions={1: [rule]}, givers={1: pairs})
    deals = Deals(place, found, service, seats=2)
    assert deals.at(at(10), [3, 7]) == Deal("Calm", "£180")  # 7 is the room that comes along
    assert deals.at(at(10), [2]) == Deal("Calm", "£360")
    assert deals.at(at(10), [2, 3]) == Deal("Calm", "from £180")
    deals.rules = [replace(rule, percent=None, price_minor=15000)]
    assert deals.at(at(10), [2, 3]) is None  # with one of them it costs less without


def test_a_class_costs_what_its_teacher_asks(visitor: Visitor) -> None:
    """The price of the details is the price of the date: nobody is asked to press twice."""
    cast = visitor.clinic
    dance = catalog.add_service(
        cast.id, {"en": "Dance"}, kind="class", minutes=60, capacity=3, price_minor=5000, actor=STAFF,
        resources=[Offer(cast.ana, minutes=50, price_minor=7000)],
    ).pk  # fmt: skip
    bookings.add_session(cast.id, dance, cast.location, at(14), [cast.ana], actor=STAFF)
    page = visitor.browser.get(visitor.hold(minute(14), service=dance)["Location"])
    assert "1 h" in words(page) and "50 min" not in words(page)
    assert page.context["price"] == 7000
    sent = {"flow": page.context["flow"], "price": "7000", **DETAILS}
    assert visitor.post("booking/", sent).status_code == 302

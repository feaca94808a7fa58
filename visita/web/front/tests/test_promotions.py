"""A promotion on the pages: told with the old price, and what is shown is what is booked."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.world import MONDAY, NOW, STAFF, Clinic, at, clinic
from visita.bookings import actions as bookings
from visita.catalog import actions as catalog
from visita.catalog.policies import Offer
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.web.front import offer
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

"""A promotion on the pages: told with the old price, and what is shown is what is booked."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.world import MONDAY, NOW, STAFF, Clinic, at, clinic
from visita.catalog import actions as catalog
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.web.front import offer


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

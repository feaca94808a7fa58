"""At every example business a visit can be booked by its own way, without script, in its own language."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.journeys.phones import TYPED
from visita.bookings.models import Visit
from visita.demo import filling, world
from visita.demo.businesses import BUSINESSES
from visita.demo.founding import found
from visita.demo.plan import Business
from visita.demo.tests.forms import Form, Reading
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging import adapters
from visita.messaging.tests.conftest import Outbox
from visita.tenancy.models import Organization

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_STEPS = 8  # no way is longer than this


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """Every message leads here."""
    box = Outbox()
    monkeypatch.setattr(adapters, "chosen", lambda _channel: [box])
    return box


class Guest:
    """Somebody at a business's pages, following what they show."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self.browser = Browser(headers={"Accept-Language": business.language})
        self.at = f"/{business.slug}/"
        self.titles: list[str] = []

    def open(self, answer: Any) -> Reading:
        """The page an answer leads to."""
        while answer.status_code in (302, 303):
            self.at = answer["Location"]
            answer = self.browser.get(self.at)
        assert answer.status_code == 200, (self.at, answer.status_code)
        page = answer.content.decode()
        assert f'<html lang="{self.business.language}"' in page, page[:200]
        return Reading(page)

    def get(self, address: str) -> Reading:
        """A link pressed; links may be relative to the page."""
        self.at = f"{self.at.split('?')[0]}{address}" if address.startswith("?") else address
        return self.open(self.browser.get(self.at))

    def send(self, form: Form, **typed: str) -> Reading:
        """A form sent."""
        return self.open(self.browser.post(form.attributes["action"], form.filled(**typed)))

    def times(self) -> Form:
        """Through every step up to the free times."""
        page = self.get(self.at)
        for _step in range(_STEPS):
            if "hold" in page.forms:
                return self._free(page)
            page = self.get(page.way_on())
        raise AssertionError(f"no times after {_STEPS} steps: {self.at}")

    def _free(self, page: Reading) -> Form:
        if not any(name == "slot" for name, _value in page.forms["hold"].buttons):
            page = self.get(next(href for _classes, href, mark in page.links if mark == "next-free"))
        return page.forms["hold"]


@pytest.mark.parametrize("business", BUSINESSES, ids=lambda business: business.slug)
def test_a_visit_is_booked_without_script(db: None, outbox: Outbox, business: Business) -> None:
    with clock.at(NOW):
        organization, _made = found(replace(business, clients=2))
        before = _classes(business, organization)
        guest = Guest(business)
        times = guest.times()
        slot = next(value for name, value in times.buttons if name == "slot")
        page = guest.send(times, slot=slot)
        name = {"first_name": business.people.women[0], "last_name": business.people.last[0][0]}
        page = guest.send(page.forms["details"], phone=TYPED[business.country], **name)
        if "code" in page.forms:
            page = guest.send(page.forms["code"], code=outbox.code)
        assert "/v/" in guest.at, guest.at
        with scope(organization.pk):
            assert Visit.objects.count() == before + 1


def _classes(business: Business, organization: Organization) -> int:
    """Tomorrow's and the day after's classes stand in the journal; how many visits that made."""
    if not business.lessons:
        return 0
    with scope(organization.pk):
        loaded = world.load(business, organization)
    return sum(filling.fill(loaded, NOW.date() + timedelta(days=away), NOW) for away in (1, 2))


def test_their_ways_are_all_five_languages() -> None:
    assert {"en", "ro", "ru", "it", "fi"} <= {business.language for business in BUSINESSES}

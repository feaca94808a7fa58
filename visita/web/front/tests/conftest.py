"""A clinic, a browser without cookies, and the clock on a Sunday morning before its working week."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.test import Client as Browser

from tests import world
from visita.bookings.actions.book import book
from visita.bookings.requests import Booked
from visita.foundation import clock

DETAILS = {"region": "RO", "phone": "0721 555 014", "first_name": "Maria", "last_name": "Ilie"}


@dataclass
class Visitor:
    """A visitor of one clinic's pages."""

    clinic: world.Clinic
    browser: Browser

    def get(self, path: str = "", /, **query: Any) -> Any:
        """GET below the organization's address."""
        return self.browser.get(f"/{self.clinic.slug}/{path}", query)

    def post(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        """POST below the organization's address."""
        return self.browser.post(f"/{self.clinic.slug}/{path}", data, headers=headers)

    def hold(self, start: int, who: str = "any", **more: Any) -> Any:
        """Tap a time."""
        chosen = {"location": self.clinic.location, "service": self.clinic.visit, "seats": 1}
        return self.post("hold/", {**chosen, "slot": f"{who}.{start}", **more})

    def flow(self, start: int, **more: Any) -> str:
        """Tap a time and give the note of the details' address."""
        response = self.hold(start, **more)
        assert response.status_code == 302, words(response)
        return str(self.browser.get(response["Location"]).context["flow"])

    def book(self, start: int, **details: str) -> str:
        """Book a time; gives the manage link."""
        response = self.post("booking/", {"flow": self.flow(start), **DETAILS, **details})
        assert response.status_code == 302, words(response)
        return str(response["Location"]).split("?")[0]


def words(response: Any) -> str:
    """The text of a page without its tags, blanks folded."""
    body = re.sub(r"<(svg|script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(body).split())


def minute(hour: int, minutes: int = 0, day: int = 0) -> int:
    """Epoch minute of the clinic's clock, `day` days after the first Monday."""
    return clock.to_minute(world.at(hour, minutes, world.day_after(day)))


@pytest.fixture
def visitor(db: None) -> Iterator[Visitor]:
    """A visitor on Sunday morning; the clinic opens on Monday at nine."""
    with clock.at(world.NOW):
        yield Visitor(world.clinic(), Browser())


@pytest.fixture
def taken(visitor: Visitor) -> Booked:
    """Monday 9:00 with Ana is booked by somebody."""
    request = world.request(visitor.clinic, world.at(9), who=visitor.clinic.ana)
    booked = book(visitor.clinic.id, request, world.CLIENT)
    assert isinstance(booked, Booked)
    return booked

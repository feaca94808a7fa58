"""Branches tell their first free time; a map of others is shown only once it was asked for."""

from typing import Any

import pytest

from tests import world
from visita.foundation.errors import Refusal
from visita.tenancy import actions as tenancy
from visita.tenancy import maps
from visita.web.front.tests.conftest import Visitor, words

OSM = "https://www.openstreetmap.org/export/embed.html?bbox=26.0%2C44.4%2C26.1%2C44.5&layer=mapnik"


@pytest.fixture
def chain(visitor: Visitor) -> Visitor:
    """A second branch, with a doctor who begins on Tuesday week."""
    place = tenancy.add_location(
        visitor.clinic.id, name="Titan", zone="Europe/Bucharest", actor=world.STAFF
    ).pk
    who = world.resource(visitor.clinic.id, place, "Radu Marin")
    for name in ("Check", "Cure"):
        world.service(visitor.clinic.id, name, [who], minutes=30)
    return visitor


def test_each_branch_tells_its_first_free_time(chain: Visitor) -> None:
    text = words(chain.get())
    assert text.count("Next free: Mon 23 Nov, 09:00.") == 2


def test_a_branch_without_free_times_says_so(chain: Visitor) -> None:
    tenancy.set_setting(chain.clinic.id, "lead_minutes", 20 * 1440, actor=world.STAFF)
    assert words(chain.get()).count("No free time in the next 14 days") == 2


def _map(visitor: Visitor, address: str = OSM) -> None:
    place: dict[str, Any] = {"scope_kind": "location", "scope_id": visitor.clinic.location}
    tenancy.set_setting(visitor.clinic.id, maps.KEY, address, actor=world.STAFF, **place)


def test_a_map_loads_nothing_before_it_is_asked_for(visitor: Visitor) -> None:
    _map(visitor)
    page = visitor.get("contact/")
    assert "openstreetmap" not in page["Content-Security-Policy"] and "<iframe" not in page.content.decode()
    assert "The map comes from OpenStreetMap" in words(page)
    page = visitor.get("contact/", map=visitor.clinic.location)
    assert "frame-src 'self' https://www.openstreetmap.org" in page["Content-Security-Policy"]
    assert 'src="https://www.openstreetmap.org/export/embed.html?bbox' in page.content.decode()
    assert "openstreetmap" not in visitor.get("contact/", map=999_999)["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        "http://www.openstreetmap.org/export/embed.html",
        "https://www.openstreetmap.org.evil.example/export/embed.html",
        "https://user@www.openstreetmap.org/export/embed.html",
        "https://www.openstreetmap.org:444/export/embed.html",
        "https://www.openstreetmap.org/logout",
        "https://www.google.com/url?q=https://evil.example",
        "https://www.google.com/maps/embed?pb=1; script-src *",
        "javascript:alert(1)",
        "https://[",
    ],
)
def test_other_sites_are_no_maps(visitor: Visitor, address: str) -> None:
    with pytest.raises(Refusal):
        _map(visitor, address)


def test_google_maps_may_be_embedded(visitor: Visitor) -> None:
    _map(visitor, "https://www.google.com/maps/embed?pb=!1m18!1m12")
    page = visitor.get("contact/", map=visitor.clinic.location)
    assert "https://www.google.com" in page["Content-Security-Policy"]

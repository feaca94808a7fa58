"""The pages for clients and the outside tags, as the owner sets them."""

import pytest

from tests import world
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.tenancy import maps
from visita.tenancy.models import Setting
from visita.web.office.tests.conftest import Office

OSM = "https://www.openstreetmap.org/export/embed.html?bbox=1%2C2%2C3%2C4"


def test_booking_by_clients_is_switched_off_and_on(office: Office) -> None:
    owner, front = office.sign_in("owner"), f"/{office.clinic.slug}/?service={office.clinic.visit}"
    assert owner.post(office.url("pages/"), {"part": "interface"}).status_code == 302
    assert "Online booking is closed" in owner.get(front).content.decode()
    assert "checked" not in owner.get(office.url("pages/")).content.decode()
    owner.post(office.url("pages/"), {"part": "interface", "open": "1"})
    assert "Online booking is closed" not in owner.get(front).content.decode()


def test_own_words_are_cleaned_and_shown(office: Office) -> None:
    owner = office.sign_in("owner")
    html = "<h2>Welcome</h2><script>alert(1)</script><p onclick='x'>Hello</p>"
    owner.post(office.url("pages/"), {"part": "words", "words_en": html, "words_ro": "<p>Salut</p>"})
    page = owner.get(f"/{office.clinic.slug}/services/").content.decode()
    assert "Welcome" in page and "Hello" in page and "alert(1)" not in page and "onclick" not in page
    assert "Salut" in owner.get(f"/{office.clinic.slug}/services/?lang=ro").content.decode()
    assert "&lt;h2&gt;Welcome" in owner.get(office.url("pages/")).content.decode()


def test_too_many_words_are_told_and_kept_in_the_field(office: Office) -> None:
    owner = office.sign_in("owner")
    page = owner.post(office.url("pages/"), {"part": "words", "words_en": "x" * 200_000})
    assert page.status_code == 422 and "xxxx" in page.content.decode()


def test_maps_are_set_by_location(office: Office) -> None:
    owner, field = office.sign_in("owner"), f"map_{office.clinic.location}"
    assert owner.post(office.url("pages/"), {"part": "maps", field: OSM}).status_code == 302
    assert "Show the map here" in owner.get(f"/{office.clinic.slug}/contact/").content.decode()
    wrong = owner.post(office.url("pages/"), {"part": "maps", field: "https://evil.example/"})
    assert wrong.status_code == 422 and "evil.example" in wrong.content.decode()
    assert maps.provider(OSM) == "OpenStreetMap"


def test_a_wrong_map_leaves_all_maps_as_they_were(office: Office) -> None:
    second = tenancy.add_location(office.clinic.id, name="Second", zone="Europe/Bucharest", actor=world.STAFF)
    owner = office.sign_in("owner")
    fields = (f"map_{office.clinic.location}", f"map_{second.pk}")
    for sent in ((OSM, "https://evil.example/"), ("https://evil.example/", OSM)):
        wrong = {"part": "maps", **dict(zip(fields, sent, strict=True))}
        assert owner.post(office.url("pages/"), wrong).status_code == 422
        with scope(office.clinic.id):
            assert not Setting.objects.filter(key=maps.KEY).exclude(value="").exists()


def test_tags_are_set_and_asked_about(office: Office, settings: object) -> None:
    settings.TAGS_ORIGIN = "http://localhost:9"  # type: ignore[attr-defined]
    owner = office.sign_in("owner")
    owner.post(office.url("measuring/"), {"tag_manager": "GTM-ABC1234", "facebook_pixel": "987654321"})
    page = owner.get(office.url("measuring/")).content.decode()
    assert "GTM-ABC1234" in page and "987654321" in page
    assert "data-consent" in owner.get(f"/{office.clinic.slug}/").content.decode()


@pytest.mark.parametrize("wrong", ["UA-1", "GTM-<b>", "GTM-abc1234", "'; DROP TABLE"])
def test_what_is_no_id_is_told(office: Office, wrong: str) -> None:
    owner = office.sign_in("owner")
    page = owner.post(office.url("measuring/"), {"tag_manager": wrong, "facebook_pixel": "987654321"})
    assert page.status_code == 422
    assert "987654321" not in owner.get(office.url("measuring/")).content.decode()


@pytest.mark.parametrize("path", ["pages/", "measuring/"])
@pytest.mark.parametrize("role", ["specialist", "reception", "analyst"])
def test_others_may_not(office: Office, path: str, role: str) -> None:
    browser = office.sign_in(role)
    assert browser.get(office.url(path)).status_code == 403
    assert browser.post(office.url(path), {"part": "interface"}).status_code == 403

"""Outside tags: nothing without an origin of their own and an id; then one frame, one origin, nothing else opened."""

from typing import Any

import pytest
from django.test import Client

from tests.world import STAFF
from visita.foundation.errors import Refusal
from visita.tenancy.actions import set_setting
from visita.web.front.tests.conftest import Visitor, minute

TAGS = "http://tags.example"


@pytest.fixture
def tagged(visitor: Visitor, settings: Any) -> Visitor:
    """A clinic with a container, on an install with an origin for tags."""
    settings.TAGS_ORIGIN, settings.ALLOWED_HOSTS = TAGS, ["*"]
    set_setting(visitor.clinic.id, "tag_manager", "GTM-ABC123", actor=STAFF)
    return visitor


def test_without_ids_or_without_an_origin_there_is_no_question(visitor: Visitor, settings: Any) -> None:
    settings.TAGS_ORIGIN = TAGS
    assert "data-consent" not in visitor.get().content.decode()
    set_setting(visitor.clinic.id, "facebook_pixel", "1234567", actor=STAFF)
    assert "data-consent" in visitor.get().content.decode()
    settings.TAGS_ORIGIN = None
    page = visitor.get()
    assert "data-consent" not in page.content.decode() and "frame-src" not in page["Content-Security-Policy"]


def test_the_page_opens_itself_to_that_one_frame_only(tagged: Visitor) -> None:
    policy = tagged.get()["Content-Security-Policy"]
    assert f"frame-src 'self' {TAGS}" in policy and "google" not in policy and "unsafe" not in policy
    assert "script-src 'self'" in policy and "google" not in tagged.get().content.decode().lower().replace(
        "google or facebook", ""
    )


def test_the_steps_a_page_may_tell(tagged: Visitor) -> None:
    def reached(path: str = "", site: str = "same-origin", **query: Any) -> str:
        page = tagged.browser.get(f"/{tagged.clinic.slug}/{path}", query, headers={"Sec-Fetch-Site": site})
        return str(page.context["reached"])

    assert reached(site="none") == "view service" and reached() == "service"
    assert reached(service=tagged.clinic.visit) == "time"
    link = tagged.book(minute(9)).removeprefix(f"/{tagged.clinic.slug}/")
    assert reached(link, new=1) == "booked" and reached(link) == "" and reached(f"{link}times/") == ""


def test_the_tags_page_is_sandboxed_and_lives_at_its_own_host_only(tagged: Visitor) -> None:
    address = f"/tags/{tagged.clinic.slug}/"
    assert tagged.browser.get(address).status_code == 404
    page = Client(headers={"host": "tags.example"}).get(address)
    assert page.status_code == 200 and 'data-manager="GTM-ABC123"' in page.content.decode()
    assert page["Content-Security-Policy"].startswith("sandbox allow-scripts; frame-ancestors http")
    assert "allow-same-origin" not in page["Content-Security-Policy"] and not page.cookies
    assert Client(headers={"host": "tags.example"}).get("/tags/nobody-here/").status_code == 404


@pytest.mark.parametrize(
    ("key", "bad"),
    [
        ("tag_manager", "GTM-abc"),
        ("tag_manager", "UA-12345-1"),
        ("tag_manager", 'GTM-A"><script>'),
        ("facebook_pixel", "12"),
        ("facebook_pixel", "12345678901234567890123"),
        ("facebook_pixel", "١٢٣٤٥٦"),
    ],
)
def test_an_id_that_is_none_is_refused(visitor: Visitor, key: str, bad: str) -> None:
    with pytest.raises(Refusal, match="bad_setting"):
        set_setting(visitor.clinic.id, key, bad, actor=STAFF)

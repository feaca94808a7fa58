"""The pages in another site's frame: the same booking, no cookie, framed by listed sites only."""

from typing import Any

import pytest

from visita.bookings.models import Visit
from visita.foundation.scope import scope
from visita.tenancy.actions import set_embed_origins
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words

SITE = "https://salon.example"


@pytest.fixture
def listed(visitor: Visitor) -> Visitor:
    """A clinic that lets one site frame its pages."""
    from tests.world import STAFF

    set_embed_origins(visitor.clinic.id, [SITE], actor=STAFF)
    return visitor


def ancestors(page: Any) -> str:
    policy = dict(part.strip().partition(" ")[::2] for part in page["Content-Security-Policy"].split(";"))
    return str(policy["frame-ancestors"])


def test_without_a_list_no_site_frames_anything(visitor: Visitor) -> None:
    assert ancestors(visitor.get()) == "'none'" and visitor.get()["X-Frame-Options"] == "DENY"
    assert ancestors(visitor.get("embed/")) == "'self'"


def test_listed_sites_frame_the_clients_pages_and_no_others(listed: Visitor) -> None:
    assert ancestors(listed.get()) == SITE
    page = listed.get("embed/")
    assert ancestors(page) == f"'self' {SITE}" and "X-Frame-Options" not in page
    assert ancestors(listed.get("desk/")) == "'none'"
    assert ancestors(listed.get("v/nothing/here/")) == SITE
    assert ancestors(listed.browser.get("/nobody-here/embed/")) == "'none'"


def test_an_account_is_framed_by_nobody(listed: Visitor) -> None:
    for path in ("me/", "me/data/", "me/history/", "me/session/end/"):
        page = listed.get(path)
        assert ancestors(page) == "'none'" and page["X-Frame-Options"] == "DENY", path
    assert ancestors(listed.get("me/register/")) == SITE  # a step of booking


def test_the_rest_of_the_policy_stays_strict(listed: Visitor) -> None:
    policy = listed.get("embed/")["Content-Security-Policy"]
    assert "object-src 'none'" in policy and "base-uri 'none'" in policy and "unsafe" not in policy


def test_the_page_speaks_to_a_listed_site_only(listed: Visitor) -> None:
    assert f'data-around="{SITE}"' in listed.get("embed/", origin=SITE).content.decode()
    for other in ("https://evil.example", "*", "null", '"><script>', f"{SITE}.evil"):
        assert "data-around" not in listed.get("embed/", origin=other).content.decode()
    assert "data-around" not in listed.get(origin=SITE).content.decode()


def test_a_whole_booking_stays_in_the_frame_and_leaves_no_cookie(listed: Visitor) -> None:
    around = f"via=widget&theme=light&origin={SITE}"
    chosen = {"location": listed.clinic.location, "service": listed.clinic.visit, "seats": 1}
    held = listed.post(f"embed/hold/?{around}", {**chosen, "slot": f"any.{minute(9)}"})
    assert held["Location"].startswith(f"/{listed.clinic.slug}/embed/details/?")
    page = listed.browser.get(held["Location"])
    assert 'data-theme="light"' in page.content.decode()
    booked = listed.post(f"embed/booking/?{around}", {"flow": page.context["flow"], **DETAILS})
    assert booked["Location"].startswith(f"/{listed.clinic.slug}/embed/v/")
    done = listed.browser.get(booked["Location"])
    assert "You are booked, Maria" in words(done) and f'data-around="{SITE}"' in done.content.decode()
    assert not listed.browser.cookies
    with scope(listed.clinic.id):
        assert Visit.objects.get().source == "widget"


@pytest.mark.parametrize(
    ("path", "via", "source"),
    [
        ("", "qr", "qr"),
        ("", "link", "link"),
        ("", "", "web"),
        ("", "evil", "web"),
        ("embed/", "floating", "popup"),
    ],
)
def test_a_visit_keeps_the_door_it_came_through(visitor: Visitor, path: str, via: str, source: str) -> None:
    chosen = {"location": visitor.clinic.location, "service": visitor.clinic.visit, "seats": 1}
    held = visitor.post(f"{path}hold/?via={via}", {**chosen, "slot": f"any.{minute(10)}"})
    flow = visitor.browser.get(held["Location"]).context["flow"]
    visitor.post(f"{path}booking/?via={via}", {"flow": flow, **DETAILS})
    with scope(visitor.clinic.id):
        assert Visit.objects.get().source == source


def test_the_frame_has_no_head_of_its_own_and_the_window_has(visitor: Visitor) -> None:
    assert "head-link" not in visitor.get("embed/").content.decode()
    assert "head-link" in visitor.get("embed/", via="popup").content.decode()


def test_the_calendar_entry_leads_to_a_page_of_its_own(visitor: Visitor) -> None:
    link = visitor.book(minute(9)).replace(f"/{visitor.clinic.slug}/", f"/{visitor.clinic.slug}/embed/", 1)
    entry = visitor.browser.get(f"{link}visit.ics").content.decode().replace("\r\n ", "")
    assert "/embed/" not in entry and f"/{visitor.clinic.slug}/v/" in entry

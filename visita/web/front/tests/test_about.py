"""The pages about the organization: its words made harmless, its services, its hours; all there is when booking is off."""

import pytest

from tests.world import MONDAY, STAFF, at, clinic, day_after
from visita.catalog.actions import add_promotion
from visita.foundation import clock
from visita.scheduling.actions import set_exception
from visita.tenancy.actions import change_location, set_services_page, set_setting
from visita.tenancy.markup import clean
from visita.web.components.markup import tree
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words

BAD = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>', "<svg onload=alert(1)>",
    '<p hx-get="/x" style="position:fixed" onclick="x()">a</p>', "<iframe src=//evil.example></iframe>", "<form action=/x><button>",
    '<a href="data:text/html,x">x</a>', "<style>*{display:none}</style>", '<a href="//evil.example" target="_top">x</a>',
    "<math><mi//xlink:href='data:x,<script>'>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<h1>big</h1>",
]  # fmt: skip


@pytest.mark.parametrize("html", BAD)
def test_own_words_cannot_act(visitor: Visitor, html: str) -> None:
    set_services_page(visitor.clinic.id, {"en": f"<h2>Welcome</h2>{html}"}, actor=STAFF)
    page = visitor.get("services/").content.decode()
    own = page.partition('class="own-words"')[2].partition("</div>")[0]
    assert "<h2>Welcome</h2>" in own
    for sign in (
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "<form",
        "<style",
        "<h1",
        "onerror",
        "onclick",
        "hx-get",
        "javascript:",
        "data:",
        "target=",
    ):
        assert sign not in own.replace("&lt;script", "")


def test_words_come_out_as_they_went_in() -> None:
    html = '<p>One &amp; two<br>three</p><ul><li>a <b>b</b></li></ul><p><a href="https://a.example/?x=1&amp;y=2">go</a></p>'
    nodes = tree(clean(html))
    assert [node.tag for node in nodes] == ["p", "ul", "p"]
    assert [child.text or child.tag for child in nodes[0].children] == ["One & two", "br", "three"]
    assert nodes[2].children[0].href == "https://a.example/?x=1&y=2"
    assert len(tree("<blockquote>" * 500 + "x")) == 1


def test_every_service_can_be_booked_from_its_list(visitor: Visitor) -> None:
    page = visitor.get("services/")
    text = words(page)
    assert "Consultation 30 min · RON 300" in text.replace("\xa0", " ") or "Consultation" in text
    assert f'href="/{visitor.clinic.slug}/?service={visitor.clinic.visit}"' in page.content.decode()
    assert "Ana Pop, Mihai Ionescu" in text


def test_contact_tells_hours_and_loads_no_map_by_itself(visitor: Visitor) -> None:
    change_location(
        visitor.clinic.id,
        visitor.clinic.location,
        {"map_url": "https://maps.example/x", "address": "Strada Paris 1"},
        actor=STAFF,
    )
    set_exception(visitor.clinic.id, None, visitor.clinic.location, MONDAY, [], actor=STAFF)
    page = visitor.get("contact/")
    text = words(page)
    assert "Monday Closed" in text and "Tuesday 09:00–12:30, 13:00–17:00" in text and "Sunday Closed" in text
    assert 'href="https://maps.example/x"' in page.content.decode() and "<iframe" not in page.content.decode()
    assert "tel:+40215550142" in page.content.decode()


def test_where_clients_may_not_book_every_step_leads_to_the_contact_data(visitor: Visitor) -> None:
    link = visitor.book(minute(9))
    flow = visitor.flow(minute(10))
    set_setting(visitor.clinic.id, "client_interface", False, actor=STAFF)
    for path in ("", "embed/", f"?service={visitor.clinic.visit}", "details/?flow=x"):
        page = visitor.browser.get(f"/{visitor.clinic.slug}/{path}")
        assert page.status_code == 200 and "Online booking is closed" in words(page)
    refused = visitor.post("booking/", {"flow": flow, **DETAILS})
    assert refused.status_code == 403 and "tel:" in refused.content.decode()
    assert visitor.post("hold/", {}).status_code == 403
    assert visitor.browser.get(link).status_code == 200 and visitor.get("services/").status_code == 200
    assert "?service=" not in visitor.get("services/").content.decode()


@pytest.mark.parametrize("path", ["b/door/", "me/register/"])
def test_where_clients_may_not_book_other_doors_are_closed_too(visitor: Visitor, path: str) -> None:
    set_setting(visitor.clinic.id, "client_interface", False, actor=STAFF)
    assert "Online booking is closed" in words(visitor.get(path))


def test_a_visit_where_clients_may_not_book_can_be_cancelled_but_offers_no_other_time(
    visitor: Visitor,
) -> None:
    link = visitor.book(minute(9))
    set_setting(visitor.clinic.id, "client_interface", False, actor=STAFF)
    page = visitor.browser.get(link)
    assert page.context["cancel_url"] and "Free to cancel until" in words(page)
    assert not any(page.context[name] for name in ("move_url", "earlier_url", "repeat_url"))
    assert visitor.browser.get(f"{link}times/").status_code == 302
    visitor.browser.post(f"{link}cancellation/", {"reason": ""})
    page = visitor.browser.get(link)
    assert "Cancelled" in words(page) and "Book again" not in words(page)


def test_two_organizations_two_pages(visitor: Visitor) -> None:
    other = clinic()
    set_services_page(other.id, {"en": "<p>Other words</p>"}, actor=STAFF)
    assert "Other words" not in words(visitor.get("services/"))


def test_a_promotion_runs_on_the_organizations_own_dates(visitor: Visitor) -> None:
    """Half past midnight in Bucharest is still the day before in UTC."""
    add_promotion(
        visitor.clinic.id, visitor.clinic.visit, {"en": "One Monday"}, price_minor=20000, valid_from=MONDAY,
        valid_to=MONDAY, actor=STAFF,
    )  # fmt: skip
    with clock.at(at(9)):
        assert "200 lei · One Monday · until Mon 23 Nov" in words(visitor.get("services/"))
    shown = {}
    for day in (0, 1):
        with clock.at(at(0, 30, day_after(day))):
            shown[day] = "One Monday" in words(visitor.get("services/"))
    assert shown == {0: True, 1: False}

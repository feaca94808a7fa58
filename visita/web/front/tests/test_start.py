"""The first pages: services, search, deep links, unknown things, languages, no cookies."""

from typing import Any

import pytest

from tests import world
from visita.catalog import actions as catalog
from visita.catalog.policies import Offer
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import Visitor, minute, words


def test_services_come_first_with_price_and_length(visitor: Visitor) -> None:
    page = visitor.get()
    assert page.status_code == 200
    text = words(page)
    assert "What do you need?" in text and "Consultation 30 min" in text and "300" in text


def test_a_price_that_depends_on_the_person_is_told_from_the_lowest_on(visitor: Visitor) -> None:
    clinic = visitor.clinic
    own = [Offer(clinic.ana, price_minor=45000), Offer(clinic.mihai, price_minor=20000)]
    cut = catalog.add_service(
        clinic.id, {"en": "Haircut"}, minutes=30, price_minor=30000, resources=own, actor=world.STAFF
    ).pk
    for page in (visitor.get(), visitor.get(service=cut), visitor.get("services/")):
        assert "from 200" in words(page) and "300 RON" not in words(page).partition("Haircut")[2][:40]
    assert "450" in words(visitor.get(service=cut, resource=clinic.ana))
    assert (
        "from" not in words(visitor.get(service=cut, resource=clinic.ana)).partition("Your booking")[2][:80]
    )


def test_one_place_is_skipped_and_several_are_asked_for(visitor: Visitor) -> None:
    place = tenancy.add_location(
        visitor.clinic.id, name="Titan", zone="Europe/Bucharest", actor=world.STAFF
    ).pk
    who = world.resource(visitor.clinic.id, place, "Radu Marin")
    world.service(visitor.clinic.id, "Second opinion", [who], minutes=30)
    text = words(visitor.get())
    assert "Where should it be?" in text and "Titan" in text
    assert visitor.get(location=place).context["heading"] == "When"  # one service there: skipped too


def test_search_without_script(visitor: Visitor) -> None:
    assert "Yoga" in words(visitor.get(q="YÓGA"))
    assert "Scan" not in words(visitor.get(q="yoga"))
    nothing = words(visitor.get(q="zzz"))
    assert "Nothing by this name" in nothing and "Show everything" in nothing and "+40215550142" in nothing


def test_search_stays_in_the_chosen_language(visitor: Visitor) -> None:
    page = visitor.get(lang="ro", resource=visitor.clinic.mihai, q="zzz").content.decode()
    assert '<input type="hidden" name="lang" value="ro">' in page
    assert f'<input type="hidden" name="resource" value="{visitor.clinic.mihai}">' in page


def test_search_finds_services_people_and_groups_and_marks_the_letters(visitor: Visitor) -> None:
    group = catalog.add_specialty(visitor.clinic.id, {"en": "Imaging"}, actor=world.STAFF)
    called: dict[str, Any] = {
        "synonyms": {"en": "sonogram, echo", "ro": "ecografie"},
        "specialty_id": group.pk,
    }
    world.service(visitor.clinic.id, "Ultrasound", [visitor.clinic.ana], minutes=30, **called)
    page = visitor.get(q="ecograf")
    assert "1 found" in words(page) and "Ultrasound ecografie" in words(page)
    assert "<mark>Mih</mark>ai" in visitor.get(q="mih").content.decode()
    assert f"#group-{group.pk}" in visitor.get(q="imagng").content.decode()  # a slip
    assert f'id="group-{group.pk}"' in visitor.get().content.decode()


def test_by_person_then_only_their_services(visitor: Visitor) -> None:
    assert "Mihai Ionescu" in words(visitor.get(by="people"))
    text = words(visitor.get(resource=visitor.clinic.mihai))
    assert "Consultation" in text and "Gym" not in text


def test_deep_link_opens_who_and_when(visitor: Visitor) -> None:
    text = words(visitor.get(service=visitor.clinic.visit, resource=visitor.clinic.ana))
    assert "Who and when" in text and "Anyone" in text and "Ana Pop" in text


@pytest.mark.parametrize(
    "unknown", ["999999", "9223372036854775808", "-1", "x", "1;DROP", "../..", "%00", "\ud800"]
)
def test_unknown_service_is_404_and_still_helps(visitor: Visitor, unknown: str) -> None:
    page = visitor.browser.get(f"/{visitor.clinic.slug}/?service=" + unknown.replace("\ud800", "%ED%A0%80"))
    assert page.status_code == 404
    assert "What do you need?" in words(page)


def test_a_link_to_somebody_who_has_gone_leads_to_those_who_are_there(visitor: Visitor) -> None:
    clinic = visitor.clinic
    for gone in (99_999_999, world.clinic().ana):
        for query in ({}, {"location": clinic.location}):
            page = visitor.get(service=clinic.visit, resource=gone, **query)
            assert page.status_code == 404 and "Here is everybody who can" in words(page)
            assert f'value="any.{minute(9)}"' in page.content.decode()
            page = visitor.get(resource=gone, **query)
            assert page.status_code == 404 and "not offered any more" in words(page)
            assert "Consultation" in words(page)


@pytest.mark.parametrize(
    "query", ["date=2026-13-40", "date=0001-01-01", "month=99", "seats=999999999", "q=%00", "lang=xx"]
)
def test_broken_queries_are_forgiven(visitor: Visitor, query: str) -> None:
    page = visitor.browser.get(f"/{visitor.clinic.slug}/?service={visitor.clinic.visit}&{query}")
    assert page.status_code == 200


def test_unknown_organization_is_404(visitor: Visitor) -> None:
    assert visitor.browser.get("/nobody-here/").status_code == 404


def test_former_name_redirects(visitor: Visitor) -> None:
    old = visitor.clinic.slug
    tenancy.change_slug(visitor.clinic.id, f"{old}-new", actor=world.STAFF)
    page = visitor.browser.get(f"/{old}/?service=1")
    assert page.status_code == 301 and page["Location"] == f"/{old}-new/?service=1"


def test_another_language_by_address_and_no_cookie(visitor: Visitor) -> None:
    page = visitor.get(lang="ro")
    assert page["Content-Language"] == "ro" and b'lang="ro"' in page.content
    assert "lang=ro" in page.content.decode()
    assert not page.cookies and not visitor.hold(minute(9)).cookies


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ro", "ro"),
        ("ro-MD,ro;q=0.9,en;q=0.5", "ro"),
        ("de-DE,de;q=0.9,ro;q=0.8,en;q=0.7", "ro"),
        ("en-GB,en;q=0.9,ro;q=0.8", "en"),
        ("ro;q=0,ja", "en"),
        ("*", "en"),
        ("ro;q=x", "en"),
        ("", "en"),
    ],
)
@pytest.mark.parametrize("door", ["", "embed/"])
def test_the_browsers_language_where_none_was_chosen(
    visitor: Visitor, accepted: str, language: str, door: str
) -> None:
    page = visitor.browser.get(f"/{visitor.clinic.slug}/{door}", headers={"Accept-Language": accepted})
    assert page["Content-Language"] == language and f'lang="{language}"' in page.content.decode()
    assert "Accept-Language" in page["Vary"] and "public" not in page["Cache-Control"]
    assert "lang=" not in page.content.decode().partition("<main")[2].partition("</main>")[0].replace(
        ' lang="', ""
    )


def test_what_was_chosen_stands_before_the_browsers_language(visitor: Visitor) -> None:
    page = visitor.browser.get(f"/{visitor.clinic.slug}/?lang=en", headers={"Accept-Language": "ro"})
    assert page["Content-Language"] == "en" and "lang=en" in page.content.decode()
    other = visitor.browser.get(f"/{visitor.clinic.slug}/?lang=xx", headers={"Accept-Language": "ro"})
    assert other["Content-Language"] == "ro"


def test_nothing_online_says_whom_to_call(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "online", False, actor=world.STAFF)
    text = words(visitor.get())
    assert "Nothing can be booked online" in text and "+40215550142" in text


def test_one_service_is_skipped(visitor: Visitor) -> None:
    for one in (visitor.clinic.scan, visitor.clinic.gym, visitor.clinic.yoga):
        catalog.change_service(visitor.clinic.id, one, {"online": False}, actor=world.STAFF)
    assert "Who and when" in words(visitor.get())


def test_accent_sheet(visitor: Visitor) -> None:
    page = visitor.get("accent.css")
    assert page.status_code == 200 and page["Content-Type"].startswith("text/css")

"""Inside the account: visits, data, contacts, subjects, the download; and never anybody else's."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests import world
from visita.bookings.actions.book import book
from visita.bookings.models import Visit
from visita.catalog import actions as catalog
from visita.clients.models import Client, Subject
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.tenancy.actions import set_setting
from visita.web.front.me.tests.conftest import Maria, minute, words


@pytest.fixture
def inside(maria: Maria) -> Maria:
    """Signed in."""
    maria.sign_in()
    return maria


@pytest.fixture
def stranger(maria: Maria) -> Any:
    """Somebody else's visit at the same clinic."""
    details = world.person("Ion", "Pop", phone="+40721555099")
    request = world.request(maria.visitor.clinic, world.at(11), who=maria.visitor.clinic.ana, client=details)
    return book(maria.visitor.clinic.id, request, world.CLIENT)


def her(maria: Maria) -> Client:
    """Her record."""
    with scope(maria.visitor.clinic.id):
        return Client.objects.get(first_name="Maria")


def test_a_visit_is_opened_moved_and_cancelled(inside: Maria) -> None:
    code = inside.link.split("/")[3]
    opened = inside.get(f"visits/{code}/")["Location"]
    browser = inside.visitor.browser
    assert "Ana Pop" in words(browser.get(opened))
    sure = {"slot": f"any.{minute(11, day=1)}", "sure": "1", "version": "1"}
    assert browser.post(f"{opened}move/", sure).status_code == 302
    assert "Tuesday 24 November" in words(inside.get()) or "11:00" in words(inside.get())
    assert browser.post(f"{opened}cancellation/", {}).status_code == 302
    assert "Nothing is booked" in words(inside.get())
    page = inside.get("history/")
    assert "cancelled" in words(page)
    again = f"service={inside.visitor.clinic.visit}"
    assert again in page.content.decode()


def test_ways_lead_on(inside: Maria) -> None:
    code = inside.link.split("/")[3]
    for way, end in (
        ("move", "/times/?own=1"),
        ("cancel", "/cancel/"),
        ("calendar", "visit.ics"),
        ("x", "/"),
    ):
        to = inside.get(f"visits/{code}/", to=way)["Location"]
        assert to.endswith(end) and inside.visitor.browser.get(to).status_code == 200


def test_past_the_deadline_the_list_offers_no_change_and_says_whom_to_call(inside: Maria) -> None:
    assert "?to=move" in inside.get().content.decode() and "?to=cancel" in inside.get().content.decode()
    with scope(inside.visitor.clinic.id):
        visit = Visit.objects.get()
        Visit.objects.update(terms={**visit.terms, "cancel_until": 60 * 24 * 30})
    page = inside.get()
    assert "?to=move" not in page.content.decode() and "?to=cancel" not in page.content.decode()
    assert "too late to change this online" in words(page)
    others = inside.visitor.browser.get(f"{inside.link}all/")
    assert "too late to change this online" in words(others) and "Cancel visit" not in words(others)


def test_a_service_with_its_own_limit_of_moves_offers_no_more_of_them(inside: Maria) -> None:
    clinic = inside.visitor.clinic
    set_setting(clinic.id, "moves_limit", 1, actor=world.STAFF, scope_kind="service", scope_id=clinic.visit)
    assert "You can move it online once more" in words(inside.visitor.browser.get(inside.link))
    opened = inside.get(f"visits/{inside.link.split('/')[3]}/")["Location"]
    sure = {"slot": f"any.{minute(11, day=1)}", "sure": "1", "version": "1"}
    assert inside.visitor.browser.post(f"{opened}move/", sure).status_code == 302
    page = inside.get().content.decode()
    assert "?to=move" not in page and "?to=cancel" in page
    assert "moved as often as is possible online" in words(inside.visitor.browser.get(inside.link))


def test_somebody_elses_visit_is_not_found(inside: Maria, stranger: Any) -> None:
    assert inside.get(f"visits/{stranger.code}/").status_code == 404
    for code in ("XXXXXXXX", "%00", "x" * 300, "é"):
        assert inside.get(f"visits/{code}/").status_code == 404
    assert "Ion" not in words(inside.get()) + words(inside.get("data/"))


def test_a_pass_opens_its_own_visit_only(inside: Maria, stranger: Any) -> None:
    code = inside.link.split("/")[3]
    opened = inside.get(f"visits/{code}/")["Location"]
    browser = inside.visitor.browser
    assert browser.get(opened.replace(code, stranger.code)).status_code == 404
    assert browser.get(opened[:-2] + "x/").status_code == 404
    other = world.clinic()
    assert browser.get(opened.replace(inside.visitor.clinic.slug, other.slug)).status_code == 404


def test_history_has_pages(inside: Maria) -> None:
    clinic = inside.visitor.clinic
    for day in range(1, 23):
        request = world.request(clinic, world.at(9, day=world.day_after(-day)), staff=True, force=True)
        book(clinic.id, request, world.STAFF)
    first = inside.get("history/")
    assert "Older" in words(first) and first.content.decode().count("date-leaf") == 20
    second = inside.get("history/", page=2)
    assert "Newer" in words(second) and second.content.decode().count("date-leaf") == 2
    for page in ("0", "-1", "x", "9" * 30):
        assert inside.get("history/", page=page).status_code == 200


def test_own_data_is_completed_and_the_tax_code_checked(inside: Maria) -> None:
    asked = {"last_name": "required", "birth_date": "asked", "tax_code": "required"}
    set_setting(inside.visitor.clinic.id, "client_fields", asked, actor=world.STAFF)
    typed = {"first_name": "Maria-Ioana", "last_name": "Ilie", "language": "ro", "birth_date": "1963-06-15"}
    path = f"{inside.person}change/"
    assert inside.post(path, typed).status_code == 422
    wrong = inside.post(path, {**typed, "tax_code": "1630615123450"})
    assert wrong.status_code == 422 and "This tax code has a typo" in words(wrong)
    other = inside.post(path, {**typed, "tax_code": "1630615123457", "birth_date": "1963-06-16"})
    assert "another date of birth" in words(other)
    done = inside.post(path, {**typed, "tax_code": "1630615123457"})
    assert done.status_code == 302, words(done)
    assert "1630615123457" in inside.get(inside.person).content.decode()
    found = _client(inside)
    assert (found.first_name, found.language, found.phone_e164) == ("Maria-Ioana", "ro", "+40721555014")


def _client(maria: Maria) -> Client:
    with scope(maria.visitor.clinic.id):
        return Client.objects.get()


def test_two_windows_do_not_overwrite_each_other(inside: Maria) -> None:
    typed = {"first_name": "Maria", "last_name": "Ilie", "language": "en", "version": "1"}
    assert inside.post(f"{inside.person}change/", typed).status_code == 302
    late = inside.post(f"{inside.person}change/", typed)
    assert late.status_code == 409 and "Somebody else has just changed this" in words(late)


def test_another_phone_needs_its_code_and_the_old_one_is_told(inside: Maria) -> None:
    path = f"{inside.person}contact/phone/change/"
    page = inside.post(path, {"contact": "0722 000 111"})
    assert "We have sent a code to +40 ••• 111" in words(page)
    assert her(inside).phone_e164 == "+40721555014"
    wrong = f"{(int(inside.outbox.code) + 1) % 10**6:06d}"
    assert inside.post(path, {"code_note": page.context["note"], "code": wrong}).status_code == 400
    done = inside.post(path, {"code_note": page.context["note"], "code": inside.outbox.code})
    assert done.status_code == 302 and her(inside).phone_e164 == "+40722000111"
    told = inside.outbox.sent[-1]
    assert told.to == "+40721555014" and "+40 ••• 111" in told.body and "+40215550142" in told.body
    assert "Consultation" in words(inside.get())  # still signed in, by the new phone


def test_an_email_is_not_taken_for_a_phone(inside: Maria) -> None:
    page = inside.post(f"{inside.person}contact/phone/change/", {"contact": "m@example.org"})
    assert page.status_code == 422 and "Type a mobile phone" in words(page)
    assert inside.get(f"{inside.person}contact/fax/").status_code == 404


def test_a_family_shares_an_account(inside: Maria) -> None:
    clinic = inside.visitor.clinic
    child = world.request(clinic, world.at(12), who=clinic.ana, client=world.person("Ion", "Ilie"))
    book(clinic.id, child, world.CLIENT)
    text = words(inside.get())
    assert "Ion Ilie" in text and "Maria Ilie" in text


def test_animals_come_change_and_go(inside: Maria) -> None:
    path = f"{inside.person}subjects/"
    assert inside.post(f"{path}add/").status_code == 200
    assert inside.post(f"{path}add/", {"kind": "dog", "name": ""}).status_code == 422
    assert inside.post(f"{path}add/", {"kind": "dog", "name": "Rex\x00"}).status_code == 422
    assert inside.post(f"{path}add/", {"kind": "dog", "name": "Rex"}).status_code == 302
    with scope(inside.visitor.clinic.id):
        rex = Subject.objects.get().pk
    assert "Rex" in words(inside.get(inside.person))
    assert inside.post(f"{path}{rex}/change/", {"name": "Max"}).status_code == 302
    assert "Max" in words(inside.get(f"{path}{rex}/"))
    assert inside.post(f"{path}{rex}/away/").status_code == 302
    assert inside.get(f"{path}{rex}/").status_code == 404 and "Max" not in words(inside.get(inside.person))


def test_a_kind_is_told_in_the_organizations_words(inside: Maria) -> None:
    catalog.add_kind(inside.visitor.clinic.id, "dog", {"en": "Good dog", "ro": "Câine"}, actor=world.STAFF)
    path = f"{inside.person}subjects/add/"
    assert "Good dog" in words(inside.post(path))
    assert inside.post(path, {"kind": "dog", "name": "Rex"}).status_code == 302
    assert "Rex Good dog" in words(inside.get(inside.person))
    assert "Rex Good dog" in words(inside.get("data/"))
    (one,) = json.loads(inside.get("data.json").content)["people"]
    assert one["subjects"][0]["kind"] == "dog"


def test_nobody_reaches_other_people(inside: Maria, stranger: Any) -> None:
    with scope(inside.visitor.clinic.id):
        ion = Client.objects.get(first_name="Ion").pk
    for path in (f"people/{ion}/", f"people/{ion}/contact/phone/", f"people/{2**70}/"):
        assert inside.get(path).status_code == 404
    for path in (
        "change/",
        "contact/email/change/",
        "subjects/add/",
        "subjects/1/change/",
        "subjects/1/away/",
    ):
        assert inside.post(f"people/{ion}/{path}", {"name": "x", "contact": "x@y.example"}).status_code == 404
    assert inside.get(f"{inside.person}subjects/{2**70}/").status_code == 404


def test_everything_is_taken_away_as_a_file(inside: Maria) -> None:
    response = inside.get("data.json")
    found = json.loads(response.content)
    assert "attachment" in response["Content-Disposition"] and response["Cache-Control"] == "no-store"
    (one,) = found["people"]
    assert (one["first_name"], one["visits"][0]["services"]) == ("Maria", ["Consultation"])
    assert one["visits"][0]["code"].replace("-", "") in words(inside.get("data/")).replace("-", "")
    assert "token" not in response.content.decode()


def test_a_session_runs_out(inside: Maria) -> None:
    with clock.at(world.NOW + timedelta(hours=12)):
        assert inside.get("history/").status_code == 302
    with scope(inside.visitor.clinic.id):
        assert Visit.objects.count() == 1

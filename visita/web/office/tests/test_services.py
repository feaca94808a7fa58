"""The rules of services as the owner changes them."""

from typing import Any

import pytest
from django.test import Client

from tests import world
from visita.bookings import actions
from visita.catalog import queries
from visita.foundation.scope import scope
from visita.web.office.tests.conftest import Office


def form(browser: Client, url: str, **changed: str) -> dict[str, str]:
    """The form as the page gives it, some of it changed."""
    context: Any = browser.get(url).context
    values = {each["key"]: each["value"] for each in context["fields"]}
    return {**values, "version": str(context["version"]), **changed}


def minutes(office: Office) -> int | None:
    with scope(office.clinic.id):
        return queries.service(office.clinic.visit).minutes


@pytest.fixture
def page(office: Office) -> str:
    return office.url(f"services/{office.clinic.visit}/")


def test_the_services_are_listed_and_linked(office: Office, page: str) -> None:
    owner = office.sign_in("owner")
    assert page in owner.get(office.url("services/")).content.decode()
    assert office.url("services/") in owner.get(office.url()).content.decode()


def test_a_rule_nobody_feels_is_saved_at_once(office: Office, page: str) -> None:
    owner = office.sign_in("owner")
    sent = form(owner, page, minutes="45", price_minor="68,50", capacity="2", lead="120")
    assert owner.post(page, sent).status_code == 302
    kept = form(owner, page)
    assert (kept["minutes"], kept["price_minor"], kept["capacity"], kept["lead"]) == (
        "45",
        "68.50",
        "2",
        "120",
    )


def test_the_effect_is_shown_first_and_saved_with_what_was_seen(office: Office, page: str) -> None:
    owner, clinic = office.sign_in("owner"), office.clinic
    actions.book(clinic.id, world.request(clinic, world.at(10)), world.CLIENT)
    sent = form(owner, page, minutes="45")
    shown = owner.post(page, sent)
    assert shown.status_code == 409 and "1 visit is booked with another length." in shown.content.decode()
    assert minutes(office) == 30
    actions.book(clinic.id, world.request(clinic, world.at(14)), world.CLIENT)
    agreed = {**sent, "agreed": shown.context["agreed"]}
    again = owner.post(page, agreed)
    assert again.status_code == 409 and "2 visits are booked" in again.content.decode()
    listed = [(each["when"], each["who"]) for each in again.context["felt"][0]["visits"]]
    assert listed == [("Mon 23 Nov, 10:00", "Maria Ilie"), ("Mon 23 Nov, 14:00", "Maria Ilie")]
    assert owner.post(page, {**sent, "agreed": again.context["agreed"]}).status_code == 302
    assert minutes(office) == 45


def test_who_saves_second_sees_what_the_first_saved(office: Office, page: str) -> None:
    owner = office.sign_in("owner")
    mine = form(owner, page, minutes="50")
    owner.post(page, form(owner, page, minutes="40"))
    told = owner.post(page, mine)
    assert told.status_code == 409 and "now 40" in told.content.decode() and minutes(office) == 40
    assert 'value="50"' in told.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("minutes", "0"), ("minutes", "many"), ("minutes", "²"), ("minutes", "9" * 19), ("buffer_before", "-5"),
        ("buffer_after", "721"), ("capacity", "0"), ("start_step", "0"), ("lead", "-1"), ("lead", "x"),
        ("price_minor", "-1"), ("price_minor", "NaN"), ("price_minor", "1e99"), ("price_minor", "1.001"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(office: Office, page: str, field: str, value: str) -> None:
    owner = office.sign_in("owner")
    told = owner.post(page, form(owner, page, **{field: value}))
    assert told.status_code == 422 and [one["key"] for one in told.context["fields"] if one["error"]] == [
        field
    ]
    assert minutes(office) == 30


@pytest.mark.parametrize("sent", [{}, {"version": "x"}, {"version": "-1"}])
def test_what_no_form_sends_saves_nothing(office: Office, page: str, sent: dict[str, str]) -> None:
    assert 400 <= office.sign_in("owner").post(page, {**sent, "minutes": "45"}).status_code < 500
    assert minutes(office) == 30


def test_foreign_and_unknown_are_alike(office: Office) -> None:
    owner, foreign = office.sign_in("owner"), world.clinic().visit
    for service in (foreign, 999_999, 10**30):
        path = office.url(f"services/{service}/")
        assert owner.get(path).status_code == owner.post(path, {"minutes": "5"}).status_code == 404


@pytest.mark.parametrize("role", ["specialist", "reception", "online_keeper"])
def test_others_may_not(office: Office, page: str, role: str) -> None:
    browser = office.sign_in(role)
    assert browser.get(page).status_code == browser.post(page, {"minutes": "45"}).status_code == 403
    assert browser.get(office.url("services/")).status_code == 403

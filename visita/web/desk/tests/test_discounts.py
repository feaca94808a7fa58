"""Discounts at the desk: given by right, seen by everybody, counted in the figures and in the client's price."""

from typing import Any

import pytest
from django.test import Client

from tests import world
from visita.bookings import actions
from visita.bookings.requests import Booked
from visita.web.desk.tests.conftest import Desk, signed_in
from visita.web.desk.tests.test_changes import book, found, send


def give(desk: Desk, visit: int, browser: Client | None = None, **body: Any) -> Any:
    """POST a discount of a tenth as the panel does."""
    sent = {"kind": "percent", "size": "10", "reason": "Birthday", **body}
    return send(desk, visit, "discounts", browser, **sent)


def panel(desk: Desk, visit: int) -> str:
    """The visit's page."""
    return str(desk.reception.get(desk.url(f"visits/{visit}/")).content.decode())


def test_it_shows_with_its_reason_and_the_sum(desk: Desk) -> None:
    visit = book(desk)
    assert give(desk, visit).status_code == 200
    page = panel(desk, visit)
    assert "Discount 10 %" in page and "Birthday" in page and "270" in page
    assert "Discount changed" in page and "10 % (Birthday)" in page
    assert send(desk, visit, "discounts/removal", number=1, version=2).status_code == 200
    assert "Discount 10 %" not in panel(desk, visit)


def test_an_amount_is_typed_in_money(desk: Desk) -> None:
    visit = book(desk)
    assert give(desk, visit, kind="amount", size="12,50").status_code == 200
    assert found(desk, visit).discounts[0]["amount"] == 1250


@pytest.mark.parametrize(
    "body",
    [{"size": "x"}, {"size": ""}, {"size": "0"}, {"size": "101"}, {"kind": "amount", "size": "1.234"}, {"reason": ""}],
)  # fmt: skip
def test_what_is_no_discount_is_refused(desk: Desk, body: dict[str, Any]) -> None:
    visit = book(desk)
    assert give(desk, visit, **body).status_code == 422
    assert found(desk, visit).version == 1


def test_who_may_not_is_refused_and_sees_no_form(desk: Desk) -> None:
    visit = book(desk)
    caller = signed_in(desk.clinic.id, "booking_centre")
    assert give(desk, visit, caller).status_code == 403
    assert b"discount-size" not in caller.get(desk.url(f"visits/{visit}/")).content
    assert "discount-size" in panel(desk, visit)


def test_revenue_and_the_table_count_what_is_left(desk: Desk) -> None:
    visit = book(desk)
    give(desk, visit)
    actions.complete(desk.clinic.id, visit, world.STAFF)
    query: dict[str, Any] = {"location": desk.clinic.location, "date": world.MONDAY.isoformat()}
    stats = desk.reception.get(desk.url("journal.json"), query).json()["stats"]
    assert stats["revenue"] == stats["booked"] == 27000
    owner = signed_in(desk.clinic.id, "administrator")
    rows = owner.get(desk.url("table/visits.csv"), {"column": ["price", "discount", "due"]})
    assert rows.getvalue().decode("utf-8-sig").split()[-1] == "300.0,30.0,270.0"


def test_the_client_sees_the_price_after_it(desk: Desk) -> None:
    request = world.request(desk.clinic, world.at(10), who=desk.clinic.ana)
    booked = actions.book(desk.clinic.id, request, world.CLIENT)
    assert isinstance(booked, Booked)
    give(desk, booked.visit_id)
    page = Client().get(f"/{desk.clinic.slug}/v/{booked.code}/{booked.manage_token}/").content.decode()
    assert "270" in page and "RON 300" not in page

"""What is counted of a visitor: each step once, nothing of programs, reloads in parts and fetches ahead."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError

from visita.foundation.scope import scope
from visita.marketing import queries
from visita.marketing.tests.test_funnel import PHONE
from visita.web.front import measuring
from visita.web.front.tests.conftest import DETAILS, Visitor, minute

ENTERS = {"User-Agent": PHONE, "Sec-Fetch-Site": "none"}
WITHIN = {"User-Agent": PHONE, "Sec-Fetch-Site": "same-origin"}


def counted(visitor: Visitor, field: str = "door") -> dict[str, tuple[int, ...]]:
    with scope(visitor.clinic.id):
        return {one.name: one.steps for one in queries.by(field, date(2026, 1, 1), date(2027, 1, 1))}


def open_page(visitor: Visitor, path: str, headers: dict[str, str]) -> Any:
    return visitor.browser.get(f"/{visitor.clinic.slug}/{path}", headers=headers)


def test_a_booking_is_counted_once_at_each_step(visitor: Visitor) -> None:
    open_page(visitor, "?utm_source=instagram", ENTERS)
    open_page(visitor, f"?service={visitor.clinic.visit}&utm_source=instagram", WITHIN)
    chosen = {"location": visitor.clinic.location, "service": visitor.clinic.visit, "seats": 1}
    slot = {**chosen, "slot": f"any.{minute(9)}"}
    held = visitor.browser.post(f"/{visitor.clinic.slug}/hold/?utm_source=instagram", slot, headers=WITHIN)
    page = visitor.browser.get(held["Location"], headers=WITHIN)
    sent = {"flow": page.context["flow"], **DETAILS}
    visitor.post("booking/?utm_source=instagram", sent, **WITHIN)
    visitor.post("booking/?utm_source=instagram", sent, **WITHIN)  # "back", and sent again: the same visit
    assert counted(visitor, "channel") == {"instagram": (1, 0, 1, 1, 1, 1)}
    assert counted(visitor) == {"page": (1, 0, 1, 1, 1, 1)} and not visitor.browser.cookies


def test_an_embedded_page_counts_at_its_own_door(visitor: Visitor) -> None:
    open_page(visitor, "embed/?via=widget", {**ENTERS, "Sec-Fetch-Site": "cross-site"})
    assert counted(visitor) == {"widget": (1, 0, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "headers",
    [
        {**ENTERS, "User-Agent": "Googlebot/2.1"},
        {**ENTERS, "HX-Request": "true"},
        {**ENTERS, "Sec-Purpose": "prefetch;prerender"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_what_is_no_visitor_is_not_counted(visitor: Visitor, headers: dict[str, str]) -> None:
    open_page(visitor, "", headers)
    assert counted(visitor) == {}


def test_what_went_wrong_is_no_step(visitor: Visitor) -> None:
    open_page(visitor, "?service=999999", WITHIN)
    visitor.post("booking/", {"flow": "forged", **DETAILS}, **WITHIN)
    assert counted(visitor) == {}


def test_a_number_that_cannot_be_kept_costs_no_page(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        @staticmethod
        def here(*_told: object) -> None:
            raise DatabaseError("full")

    monkeypatch.setattr(measuring, "count_steps", Broken)
    assert open_page(visitor, "", ENTERS).status_code == 200

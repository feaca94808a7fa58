"""Series by key: the plan, what is booked of it, what is lost, what is read."""

from typing import Any

import pytest

from tests import world
from visita.api.tests.conftest import Program, booking, key
from visita.bookings import actions

WEEKLY = {"unit": "week", "count": 3}


def plan(staff: Program, repeat: dict[str, Any] | None = None) -> dict[str, Any]:
    body = {"visit": booking(staff.clinic), "repeat": repeat or WEEKLY}
    return {**body, "occasions": staff.ask("POST", "/series/plan", body)["occasions"]}


def chosen(planned: dict[str, Any]) -> dict[str, Any]:
    """The plan's free dates as a series to book."""
    free = [
        {"number": each["number"], "items": each["items"], "price_minor": each["price_minor"]}
        for each in planned["occasions"]
        if each["free"]
    ]
    return {**planned, "occasions": free}


def test_a_plan_is_booked_as_it_was_shown(staff: Program) -> None:
    planned = plan(staff)
    assert [each["free"] for each in planned["occasions"]] == [True] * 3
    made = staff.ask("POST", "/series", chosen(planned), 201)
    assert len({visit["code"] for visit in made["visits"]}) == 3 and made["lost"] == []
    found = staff.ask("GET", f"/series/{made['id']}")
    assert [visit["start"] for visit in found["visits"]] == [each["start"] for each in planned["occasions"]]


def test_a_taken_date_is_told_with_what_is_near(staff: Program) -> None:
    taken = world.request(staff.clinic, world.at(9, day=world.day_after(7)), staff=True, who=staff.clinic.ana)
    actions.book(staff.clinic.id, taken, world.STAFF)
    visit = booking(staff.clinic)
    visit["items"][0]["resource"] = staff.clinic.ana
    second = staff.ask("POST", "/series/plan", {"visit": visit, "repeat": WEEKLY})["occasions"][1]
    assert (second["free"], second["code"]) == (False, "slot_taken") and second["near"]


def test_a_date_lost_since_the_plan_books_nothing(staff: Program) -> None:
    body = chosen(plan(staff))
    for who in (staff.clinic.ana, staff.clinic.mihai):
        lost = world.request(staff.clinic, world.at(9, day=world.day_after(7)), staff=True, who=who)
        actions.book(staff.clinic.id, lost, world.STAFF)
    assert staff.refused("POST", "/series", body) == (409, "series_conflict")
    assert staff.ask("GET", "/visits")["count"] == 2
    assert len(staff.ask("POST", "/series", {**body, "skip_lost": True}, 201)["lost"]) == 1


@pytest.mark.parametrize(
    ("repeat", "code"),
    [
        ({"unit": "week"}, "bad_series"),
        ({"unit": "week", "count": 1}, "bad_series"),
        ({"unit": "week", "count": 3, "until": "2027-01-01"}, "bad_series"),
        ({"unit": "day", "count": 999}, "out_of_range"),
        ({"unit": "week", "count": 3, "weekdays": [9]}, "out_of_range"),
        ({"unit": "month", "count": 3, "every": 13}, "bad_series"),
        ({"unit": "week", "until": "soon"}, "bad_datetime"),
    ],
)
def test_a_rule_without_sense_is_refused(staff: Program, repeat: dict[str, Any], code: str) -> None:
    body = {"visit": booking(staff.clinic), "repeat": repeat}
    assert staff.refused("POST", "/series/plan", body) == (422, code)


def test_until_a_date(staff: Program) -> None:
    assert len(plan(staff, {"unit": "week", "until": "2026-12-07"})["occasions"]) == 3


def test_who_may_not_book_plans_nothing_and_others_series_are_not_found(staff: Program) -> None:
    reader = Program(staff.clinic, key(staff.clinic, "analyst"))
    assert (
        reader.refused("POST", "/series/plan", {"visit": booking(staff.clinic), "repeat": WEEKLY})[0] == 403
    )
    assert staff.refused("GET", "/series/999999") == (404, "not_found")

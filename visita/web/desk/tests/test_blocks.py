"""Time blocked from the journal, and visits of a length of their own."""

from typing import Any

import pytest

from tests import world
from visita.foundation import clock
from visita.web.desk.tests.conftest import Desk, signed_in
from visita.web.desk.tests.test_booking import ask, send


def block(desk: Desk, **body: Any) -> Any:
    """POST a block as the script does."""
    known = {
        "resource": desk.clinic.ana,
        "date": "2026-11-23",
        "time": "10:00",
        "minutes": 30,
        "note": "Lunch",
    }
    return desk.reception.post(desk.url("blocks/"), known | body, "application/json")


def blocked(desk: Desk) -> list[dict[str, Any]]:
    """The blocks of Monday."""
    return [each for each in ask(desk, "journal.json")["blocks"] if each["state"] == "blocked"]


def test_blocked_time_cannot_be_booked_until_it_is_given_back(desk: Desk) -> None:
    made = block(desk)
    assert made.status_code == 201, made.content
    [shown] = blocked(desk)
    assert (shown["title"], shown["e"] - shown["s"]) == ("Lunch", 30)
    assert send(desk).json()["code"] == "slot_taken"
    gone = desk.reception.post(desk.url(f"blocks/{shown['id']}/removal"), {}, "application/json")
    assert gone.status_code == 200, gone.content
    assert send(desk).status_code == 201


def test_a_block_over_a_visit_names_it_first(desk: Desk) -> None:
    made = send(desk).json()
    refused = block(desk).json()
    assert (refused["code"], [each["visit"] for each in refused["visits"]]) == (
        "visits_stranded",
        [made["visit"]],
    )
    assert blocked(desk) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"minutes": 0}, 422, "bad_number"),
        ({"minutes": 99_999}, 422, "bad_number"),
        ({"resource": None}, 422, "required"),
        ({"resource": 99_999_999}, 404, "not_found"),
        ({"time": "25:00"}, 422, "bad_datetime"),
        ({"note": "x" * 400}, 422, "too_long"),
    ],
)
def test_a_block_that_cannot_be_is_refused_with_its_code(
    desk: Desk, body: dict[str, Any], status: int, code: str
) -> None:
    refused = block(desk, **body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_one_who_sees_the_own_calendar_blocks_only_that(desk: Desk) -> None:
    doctor = signed_in(desk.clinic.id, "specialist", desk.clinic.ana)
    body = {"date": "2026-11-23", "time": "10:00", "minutes": 30}
    other = doctor.post(desk.url("blocks/"), {**body, "resource": desk.clinic.mihai}, "application/json")
    own = doctor.post(desk.url("blocks/"), {**body, "resource": desk.clinic.ana}, "application/json")
    assert (other.status_code, own.status_code) == (403, 201)


def test_the_form_works_without_script(desk: Desk) -> None:
    page = desk.reception.get(desk.url("blocks/new/?date=2026-11-23&time=10:00&minutes=45"))
    assert b'value="45" selected' in page.content
    sent = {"resource": desk.clinic.ana, "date": "2026-11-23", "time": "10:00", "minutes": "45", "note": ""}
    assert desk.reception.post(desk.url("blocks/"), sent).status_code == 302
    again = desk.reception.post(desk.url("blocks/"), sent)
    assert again.status_code == 409
    assert b"Nothing was blocked" in again.content


def test_a_drawn_length_is_the_visits_length(desk: Desk) -> None:
    assert send(desk, minutes=75).status_code == 201
    [shown] = [each for each in ask(desk, "journal.json")["blocks"] if each.get("visit")]
    assert shown["e"] - shown["s"] == 75
    assert clock.to_minute(world.at(10)) == shown["s"]


def test_who_changes_hours_is_offered_an_absence_instead(desk: Desk) -> None:
    owner = signed_in(desk.clinic.id, "owner")
    form = owner.get(desk.url(f"blocks/new/?resource={desk.clinic.ana}&date=2026-11-23&time=10:00"))
    away = owner.get(form.context["away"]).content.decode()
    for filled in ('value="2026-11-23"', 'value="10:00"', f'value="{desk.clinic.ana}" selected'):
        assert filled in away
    centre = signed_in(desk.clinic.id, "booking_centre")  # books, but changes no hours
    assert centre.get(desk.url(f"blocks/new/?resource={desk.clinic.ana}")).context["away"] == ""

"""Visits by key: listed with their claims, booked, moved, and led through their life."""

from datetime import timedelta
from typing import Any

import pytest

from tests import world
from visita.api.tests.conftest import Program, booking, key
from visita.bookings import actions
from visita.foundation import clock


@pytest.fixture
def visit(staff: Program) -> dict[str, Any]:
    """A visit booked by staff for Monday at nine."""
    found: dict[str, Any] = staff.ask("POST", "/visits", booking(staff.clinic), 201)
    return found


def test_visits_carry_their_claims_with_buffers(staff: Program) -> None:
    clinic = staff.clinic
    item = {"service": clinic.scan, "resource": clinic.ana, "start": "2026-11-23T09:00:00+02:00"}
    booked = staff.ask("POST", "/visits", booking(clinic, items=[item]), 201)
    assert booked["manage_token"]
    found = staff.ask("GET", "/visits?from=2026-11-23&to=2026-11-23&status=confirmed")
    assert (found["count"], found["page"], found["pages"]) == (1, 1, 1)
    claims = found["visits"][0]["appointments"][0]["allocations"]
    assert {claim["resource"] for claim in claims} == {clinic.ana, clinic.nurse, clinic.room}
    assert all(claim["seats"] == [1, None] and claim["kind"] == "visit" for claim in claims)
    assert {claim["end"] for claim in claims} == {"2026-11-23T09:50:00+02:00"}
    assert found["visits"][0]["appointments"][0]["end"] == "2026-11-23T09:40:00+02:00"


def test_visits_are_found_by_date_instant_status_and_code(staff: Program, visit: dict[str, Any]) -> None:
    def count(query: str) -> int:
        return int(staff.ask("GET", f"/visits?{query}")["count"])

    assert count("") == 1
    assert count("from=2026-11-23&to=2026-11-23") == 1
    assert count("to=2026-11-22") == 0
    assert count("from=2026-11-23T09:00:00%2B02:00&to=2026-11-23T09:01:00%2B02:00") == 1
    assert count("from=2026-11-23T09:00:00+02:00") == 1  # the plus not escaped
    assert count("from=2026-11-23T09:01:00%2B02:00") == 0
    assert count("status=cancelled&status=arrived") == 0
    assert count(f"code={visit['code'][:4]}-{visit['code'][4:]}") == 1
    assert count("code=AAAA-AAAA") == 0


def test_cancelled_visits_hold_nothing(staff: Program, visit: dict[str, Any]) -> None:
    staff.ask("POST", f"/visits/{visit['id']}/cancellation", {"reason": "ill"}, If_Match="1")
    found = staff.ask("GET", "/visits")["visits"][0]
    assert (found["status"], found["cancel_reason"]) == ("cancelled", "ill")
    assert found["appointments"][0]["allocations"] == []


def test_places_in_a_class_are_listed_with_the_class(staff: Program) -> None:
    clinic = staff.clinic
    actions.add_session(
        clinic.id, clinic.yoga, clinic.location, world.at(18), [clinic.ana], actor=world.STAFF
    )
    item = {"service": clinic.yoga, "start": "2026-11-23T18:00:00+02:00"}
    booked = staff.ask("POST", "/visits", booking(clinic, items=[item], seats=2), 201)
    part = booked["appointments"][0]
    assert (part["places"], part["allocations"]) == ([1, 2], [])
    session = staff.ask("GET", "/sessions?from=2026-11-23&to=2026-11-23")["sessions"][0]
    assert (session["id"], session["taken"], session["capacity"]) == (part["session"], 2, 3)
    assert [claim["resource"] for claim in session["allocations"]] == [clinic.ana]


def test_a_visit_is_moved_and_resized_by_its_version(staff: Program, visit: dict[str, Any]) -> None:
    path = f"/visits/{visit['id']}"
    body = {"start": "2026-11-23T10:10:00+02:00", "resource": staff.clinic.mihai, "minutes": 45}
    assert staff.refused("POST", f"{path}/move", body) == (428, "version_required")
    assert staff.refused("POST", f"{path}/move", body, If_Match="9") == (409, "changed_meanwhile")
    assert staff.refused("POST", f"{path}/move", body, If_Match="x") == (422, "bad_version")
    moved = staff.ask("POST", f"{path}/move", body, If_Match='"1"')
    assert (moved["start"], moved["end"]) == ("2026-11-23T10:10:00+02:00", "2026-11-23T10:55:00+02:00")
    assert moved["appointments"][0]["resource"] == staff.clinic.mihai
    assert staff.send("GET", path)["ETag"] == f'"{moved["version"]}"'


def test_the_steps_of_a_visit(staff: Program, visit: dict[str, Any]) -> None:
    path = f"/visits/{visit['id']}"
    steps = (
        ("arrival", "arrived"),
        ("completion", "completed"),
        ("restoration", "confirmed"),
        ("no-show", "no_show"),
    )
    for version, (step, status) in enumerate(steps, start=1):
        if step in ("arrival", "completion"):
            assert staff.refused("POST", f"{path}/{step}", If_Match=str(version)) == (409, "not_today")
        if step == "no-show":
            assert staff.refused("POST", f"{path}/{step}", If_Match=str(version)) == (409, "not_begun")
        with clock.at(world.at(9)):
            assert staff.ask("POST", f"{path}/{step}", If_Match=str(version))["status"] == status
    assert staff.refused("POST", f"{path}/confirmation", If_Match="5") == (409, "invalid_transition")
    verbs = [deed["verb"] for deed in staff.ask("GET", f"{path}/history")["history"]]
    assert verbs[-1] == "visit.booked" and len(verbs) == 5


def test_a_request_is_confirmed(staff: Program) -> None:
    booked = staff.ask("POST", "/visits", booking(staff.clinic, status="requested"), 201)
    assert booked["status"] == "requested"
    confirmed = staff.ask("POST", f"/visits/{booked['id']}/confirmation", If_Match="1")
    assert confirmed["status"] == "confirmed"


def test_overbooking_needs_the_right(staff: Program, visit: dict[str, Any]) -> None:
    forced = booking(staff.clinic, force=True)
    reception = Program(staff.clinic, key(staff.clinic, "reception"))
    assert reception.refused("POST", "/visits", forced) == (403, "forbidden")
    assert reception.refused("POST", "/visits", booking(staff.clinic)) == (409, "slot_taken")
    claims = staff.ask("POST", "/visits", forced, 201)["appointments"][0]["allocations"]
    assert claims[0]["overbooked"] and claims[0]["seats"][0] < 1


def test_staff_bookings_repeat_by_key_too(staff: Program) -> None:
    first = staff.send("POST", "/visits", booking(staff.clinic), Idempotency_Key="k")
    again = staff.send("POST", "/visits", booking(staff.clinic), Idempotency_Key="k")
    assert (first.status_code, first.content) == (201, again.content)
    assert staff.ask("GET", "/visits")["count"] == 1


def test_known_clients_are_booked_by_id(staff: Program, visit: dict[str, Any]) -> None:
    body = booking(staff.clinic, "2026-11-24T09:00:00+02:00")
    del body["client"]
    assert staff.refused("POST", "/visits", body)[0] == 422
    again = staff.ask("POST", "/visits", {**body, "client_id": visit["client"]["id"]}, 201)
    assert again["client"] == visit["client"]


def test_a_client_is_named_once(staff: Program, visit: dict[str, Any]) -> None:
    body = booking(staff.clinic, "2026-11-24T09:00:00+02:00", client_id=visit["client"]["id"])
    assert staff.refused("POST", "/visits", body) == (422, "client_twice")
    plan = {"visit": body, "repeat": {"unit": "week", "count": 2}}
    assert staff.refused("POST", "/series/plan", plan) == (422, "client_twice")
    assert staff.ask("GET", "/visits")["count"] == 1


def test_appointments_by_resource_and_location(staff: Program, visit: dict[str, Any]) -> None:
    clinic = staff.clinic
    span = "from=2026-11-23&to=2026-11-29"
    found = staff.ask("GET", f"/appointments?{span}&resource={clinic.ana}&location={clinic.location}")
    assert [each["visit"] for each in found["appointments"]] == [visit["id"]]
    assert found["next"] is None
    assert staff.ask("GET", f"/appointments?{span}&resource={clinic.mihai}")["appointments"] == []
    assert staff.refused("GET", f"/appointments?{span}&cursor=abc") == (422, "bad_page")


def test_lists_go_on_by_cursor(staff: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visita.api.staff.paging.PAGE", 2)
    starts = [world.at(9) + timedelta(minutes=30 * at) for at in range(5)]
    for start in starts:
        staff.ask("POST", "/visits", booking(staff.clinic, start.isoformat()), 201)
    seen: list[str] = []
    cursor: Any = ""
    while cursor is not None:
        page = staff.ask("GET", f"/appointments?from=2026-11-23&to=2026-11-23&cursor={cursor}")
        seen += [each["start"] for each in page["appointments"]]
        cursor = page["next"]
    assert seen == [start.isoformat() for start in starts]


@pytest.mark.parametrize("role", ["online_keeper", "partner"])
def test_phones_are_told_only_by_right(staff: Program, visit: dict[str, Any], role: str) -> None:
    program = Program(staff.clinic, key(staff.clinic, role))
    booked = booking(staff.clinic, "2026-11-23T10:00:00+02:00")
    known = {**booked, "client_id": visit["client"]["id"]}
    del known["client"]
    answers = [program.send("GET", f"/visits/{visit['id']}"), program.send("GET", "/visits")]
    answers += [program.send("POST", "/visits", known), program.send("POST", "/visits", booked)]
    for answer in answers:
        assert b"+40721555014" not in answer.content and b"maria@example.org" not in answer.content
    assert answers[2].status_code == 403

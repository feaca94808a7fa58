"""Clients, resources and working time by key."""

import json

import pytest

from visita.api.tests.conftest import Program, booking, key

MARIA = {"first_name": "Maria", "last_name": "Ilie", "phone": "0721 555 014", "email": "Maria@Example.org"}


def test_clients_are_registered_found_and_changed(staff: Program) -> None:
    made = staff.ask("POST", "/clients", MARIA, 201)
    assert (made["email"], made["version"]) == ("maria@example.org", 1)
    for typed in ("mar", "ilie maria", "5014", "maria@ex", "+40721555014"):
        assert [each["id"] for each in staff.ask("GET", f"/clients?q={typed}")["clients"]] == [made["id"]], (
            typed
        )
    path = f"/clients/{made['id']}"
    assert staff.refused("PATCH", path, {"note": "x"}) == (428, "version_required")
    changed = staff.ask("PATCH", path, {"note": "Prefers mornings", "email": ""}, If_Match="1")
    assert (changed["note"], changed["email"], changed["last_name"]) == ("Prefers mornings", "", "Ilie")
    assert staff.refused("PATCH", path, {"note": "y"}, If_Match="1") == (409, "changed_meanwhile")
    assert staff.refused("PATCH", path, {"note": "y" * 10_001}, If_Match="2") == (422, "too_long")
    assert staff.ask("GET", path) == changed


def test_all_clients_go_on_by_cursor(staff: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visita.api.staff.paging.PAGE", 1)
    made = [staff.ask("POST", "/clients", {"first_name": name}, 201)["id"] for name in ("Ana", "Dan")]
    first = staff.ask("GET", "/clients")
    second = staff.ask("GET", f"/clients?cursor={first['next']}")
    assert [each["id"] for each in first["clients"] + second["clients"]] == made
    assert second["next"] is None


def test_contacts_are_hidden_without_the_right(staff: Program) -> None:
    staff.ask("POST", "/clients", MARIA, 201)
    specialist = Program(staff.clinic, key(staff.clinic, "specialist"))
    assert specialist.ask("GET", "/clients")["clients"][0]["phone"] == ""


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"first_name": ""}, "required"),
        ({"first_name": "A", "phone": "12"}, "phone_invalid"),
        ({"first_name": "A", "email": "a@b"}, "email_invalid"),
        ({"first_name": "A", "email": "a@example.org\r\nBcc: b@example.org"}, "email_invalid"),
        ({"first_name": "A", "organization_id": 1}, "unknown_field"),
        ({"first_name": "A", "language": "<b>"}, "language_invalid"),
    ],
)
def test_bad_cards_are_refused(staff: Program, body: dict[str, object], code: str) -> None:
    assert staff.refused("POST", "/clients", body) == (422, code)


def test_resources_are_added_and_changed(staff: Program) -> None:
    body = {"name": "Andrei Pop", "locations": [staff.clinic.location], "occupation": {"en": "Surgeon"}}
    made = staff.ask("POST", "/resources", body, 201)
    assert (made["kind"], made["locations"], made["version"]) == ("person", [staff.clinic.location], 1)
    path = f"/resources/{made['id']}"
    changed = staff.ask("PATCH", path, {"title": "Dr.", "online": False}, If_Match="1")
    assert (changed["title"], changed["online"], changed["version"]) == ("Dr.", False, 2)
    assert staff.refused("PATCH", path, {"title": "x"}, If_Match="1") == (409, "changed_meanwhile")
    assert made["id"] in [each["id"] for each in staff.ask("GET", "/resources")["resources"]]
    assert staff.refused("POST", "/resources", {**body, "locations": [2**40]}) == (404, "not_found")


def test_the_weekly_plan_is_replaced(staff: Program) -> None:
    clinic = staff.clinic
    path = f"/resources/{clinic.ana}/working-time?location={clinic.location}"
    assert len(staff.ask("GET", path)["patterns"]) == 10
    week = {"patterns": [{"weekday": 0, "start": "10:00", "end": "24:00", "valid_from": "2026-01-01"}]}
    plan = staff.ask("PUT", path, week)
    assert plan["patterns"] == [{**week["patterns"][0], "valid_to": None, "every_weeks": 1, "online": None}]
    query = f"service={clinic.visit}&resource={clinic.ana}&from=2026-11-23&to=2026-11-24"
    days = staff.ask("GET", f"/organizations/{clinic.slug}/availability?{query}")["days"]
    assert days[0]["starts"][0]["start"] == "2026-11-23T10:00:00+02:00"
    assert days[1]["starts"] == []
    twice = {"patterns": week["patterns"] * 2}
    assert staff.refused("PUT", path, twice) == (422, "interval_overlap")
    assert (
        staff.refused("PUT", path, {"patterns": [{"weekday": 0, "start": "25:00", "end": "26:00"}]})[0] == 422
    )
    assert staff.refused("PUT", f"/resources/{clinic.ana}/working-time", week) == (422, "required")


def test_exceptions_and_closed_days(staff: Program) -> None:
    clinic = staff.clinic
    for path in (
        f"/resources/{clinic.ana}/exceptions/2026-11-23",
        f"/locations/{clinic.location}/closed-days/2026-11-24",
    ):
        assert staff.refused("GET", path) == (404, "not_found")
        assert staff.ask("PUT", path, {"reason": "holiday"})["intervals"] == []
        assert staff.ask("GET", path)["reason"] == "holiday"
    query = f"service={clinic.visit}&resource={clinic.ana}&from=2026-11-23&to=2026-11-25"
    days = staff.ask("GET", f"/organizations/{clinic.slug}/availability?{query}")["days"]
    assert [bool(day["starts"]) for day in days] == [False, False, True]
    staff.ask("DELETE", f"/resources/{clinic.ana}/exceptions/2026-11-23", status=204)
    assert staff.refused("DELETE", f"/resources/{clinic.ana}/exceptions/2026-11-23") == (404, "not_found")
    short = {"intervals": [{"start": "10:00", "end": "12:00"}]}
    at = f"/resources/{clinic.ana}/exceptions/2026-11-23?location={clinic.location}"
    assert staff.ask("PUT", at, short)["intervals"] == short["intervals"]
    assert staff.refused("PUT", at.partition("?")[0], short) == (422, "bad_interval")
    assert staff.refused("PUT", f"/resources/{clinic.ana}/exceptions/2027-02-29", {}) == (422, "bad_datetime")


def test_an_absence_lists_the_visits_it_strands_and_keeps_them(staff: Program) -> None:
    staff.ask("POST", "/visits", booking(staff.clinic), 201)
    absence = f"/resources/{staff.clinic.ana}/exceptions/2026-11-23"
    told = json.loads(staff.send("PUT", absence, {}).content)
    assert (told["code"], len(told["visits"])) == ("visits_stranded", 1)
    staff.ask("PUT", f"{absence}?agreed={told['token']}", {})
    assert json.loads(staff.send("GET", "/visits").content)["count"] == 1

"""What a visit consists of by key: services as a whole, discounts; and a series changed and cancelled from a visit on."""

from typing import Any

import pytest

from tests.world import STAFF, at
from visita.api.tests.conftest import Program, booking, key
from visita.api.tests.test_staff_series import WEEKLY, chosen, plan
from visita.bookings import actions


@pytest.fixture
def visit(staff: Program) -> dict[str, Any]:
    """A visit booked by staff for Monday at nine."""
    found: dict[str, Any] = staff.ask("POST", "/visits", booking(staff.clinic), 201)
    return found


def test_services_are_put_as_a_whole(staff: Program, visit: dict[str, Any]) -> None:
    kept = {"service": staff.clinic.visit, "appointment": visit["appointments"][0]["id"]}
    body = {"services": [kept, {"service": staff.clinic.scan}]}
    after = staff.ask("PUT", f"/visits/{visit['id']}/services", body, If_Match="1")
    assert [part["start"][11:16] for part in after["appointments"]] == ["09:00", "09:30"]
    alone = {"services": [{**kept, "minutes": 45}]}
    after = staff.ask("PUT", f"/visits/{visit['id']}/services", alone, If_Match="2")
    assert (len(after["appointments"]), after["end"][11:16], after["version"]) == (1, "09:45", 3)
    assert staff.refused("PUT", f"/visits/{visit['id']}/services", alone, If_Match="2")[0] == 409


def test_a_discount_is_given_and_taken_back(staff: Program, visit: dict[str, Any]) -> None:
    path = f"/visits/{visit['id']}/discounts"
    after = staff.ask("POST", path, {"percent": 10, "reason": "Birthday"}, If_Match="1")
    assert after["appointments"][0]["discount_minor"] == 3000
    shown = [(each["number"], each["percent"], each["reason"]) for each in after["discounts"]]
    assert shown == [(1, 10, "Birthday")]
    after = staff.ask("DELETE", f"{path}/1", If_Match="2")
    assert (after["discounts"], after["appointments"][0]["discount_minor"]) == ([], 0)


def test_a_class_place_joins_by_its_date(staff: Program, visit: dict[str, Any]) -> None:
    clinic = staff.clinic
    actions.add_session(clinic.id, clinic.yoga, clinic.location, at(15), [clinic.ana], actor=STAFF)
    kept = {"service": clinic.visit, "appointment": visit["appointments"][0]["id"]}
    path, undated = f"/visits/{visit['id']}/services", {"services": [kept, {"service": clinic.yoga}]}
    assert staff.refused("PUT", path, undated, If_Match="1") == (422, "class_date_required")
    dated = {"services": [kept, {"service": clinic.yoga, "start": at(15).isoformat()}]}
    after = staff.ask("PUT", path, dated, If_Match="1")
    assert [(each["start"][11:16], bool(each["session"])) for each in after["appointments"]] == [
        ("09:00", False), ("15:00", True),
    ]  # fmt: skip
    after = staff.ask("PUT", path, {"services": [kept]}, If_Match="2")
    assert len(after["appointments"]) == 1


@pytest.mark.parametrize("role", ["booking_centre", "specialist", "analyst"])
def test_who_may_not_discounts_nothing(staff: Program, visit: dict[str, Any], role: str) -> None:
    other = Program(staff.clinic, key(staff.clinic, role))
    sent = other.send(
        "POST", f"/visits/{visit['id']}/discounts", {"percent": 10, "reason": "x"}, If_Match="1"
    )
    assert sent.status_code == 403


def test_a_series_moves_from_one_visit_on_as_it_was_looked_at(staff: Program) -> None:
    made = staff.ask("POST", "/series", chosen(plan(staff)), 201)
    second = made["visits"][1]["id"]
    wish = {"visit": second, "span": "following", "time": "14:00"}
    seen = staff.ask("POST", f"/series/{made['id']}/change/plan", wish)["visits"]
    assert [(each["start"][11:16], each["free"]) for each in seen] == [("14:00", True)] * 2
    shifts = [
        {"visit": each["visit"], "version": each["version"],
         "items": [{"start": one["start"], "resource": one["resource"]} for one in each["items"]]}
        for each in seen
    ]  # fmt: skip
    done = staff.ask("POST", f"/series/{made['id']}/change", {**wish, "visits": shifts})
    assert len(done["visits"]) == 2
    found = staff.ask("GET", f"/series/{made['id']}")["visits"]
    assert [each["start"][11:16] for each in found] == ["09:00", "14:00", "14:00"]
    again = staff.refused("POST", f"/series/{made['id']}/change", {**wish, "visits": shifts})
    assert again == (409, "changed_meanwhile")


def test_what_a_plan_gave_comes_back_as_it_is(staff: Program) -> None:
    planned = plan(staff)
    made = staff.ask("POST", "/series", planned, 201)
    wish = {"visit": made["visits"][1]["id"], "span": "following", "time": "14:00"}
    seen = staff.ask("POST", f"/series/{made['id']}/change/plan", wish)
    assert len(staff.ask("POST", f"/series/{made['id']}/change", {**wish, **seen})["visits"]) == 2
    seen = staff.ask("POST", f"/series/{made['id']}/change/plan", {**wish, "time": None})
    assert len(staff.ask("POST", f"/series/{made['id']}/cancellation", seen)["visits"]) == 2


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("service", "scan", "series_moves_only"), ("minutes", 45, "series_moves_only"), ("start", 1, "not_as_planned")],
)  # fmt: skip
def test_a_change_of_a_series_says_what_it_cannot_change(
    staff: Program, field: str, value: Any, code: str
) -> None:
    made = staff.ask("POST", "/series", chosen(plan(staff)), 201)
    wish = {"visit": made["visits"][1]["id"], "span": "this", "time": "14:00"}
    body = {**wish, **staff.ask("POST", f"/series/{made['id']}/change/plan", wish)}
    item = body["visits"][0]["items"][0]
    item[field] = getattr(staff.clinic, value) if isinstance(value, str) else value
    if field == "start":
        item["start"] = body["visits"][0]["was"]
    assert staff.refused("POST", f"/series/{made['id']}/change", body) == (422, code)
    assert staff.ask("GET", f"/series/{made['id']}")["visits"][1]["start"][11:16] == "09:00"


def test_a_longer_visit_is_longer_on_every_date(staff: Program) -> None:
    visit = booking(staff.clinic)
    visit["items"][0]["minutes"] = 45
    body = {"visit": visit, "repeat": WEEKLY}
    planned = staff.ask("POST", "/series/plan", body)["occasions"]
    assert [each["items"][0]["minutes"] for each in planned] == [45] * 3
    made = staff.ask("POST", "/series", {**body, "occasions": planned}, 201)
    for each in staff.ask("GET", f"/series/{made['id']}")["visits"]:
        assert each["end"][11:16] == "09:45"


def test_a_series_is_cancelled_from_one_visit_on(staff: Program) -> None:
    made = staff.ask("POST", "/series", chosen(plan(staff)), 201)
    wish = {"visit": made["visits"][1]["id"], "span": "following"}
    seen = staff.ask("POST", f"/series/{made['id']}/change/plan", wish)["visits"]
    visits = [{"visit": each["visit"], "version": each["version"]} for each in seen]
    staff.ask("POST", f"/series/{made['id']}/cancellation", {"visits": visits, "reason": "Moved away"})
    found = staff.ask("GET", f"/series/{made['id']}")["visits"]
    assert [each["status"] for each in found] == ["confirmed", "cancelled", "cancelled"]


def test_a_visit_of_another_series_is_not_found(staff: Program, visit: dict[str, Any]) -> None:
    made = staff.ask("POST", "/series", chosen(plan(staff)), 201)
    for body in ({"visit": visit["id"], "span": "all"}, {"visit": 10**12, "span": "all"}):
        assert staff.refused("POST", f"/series/{made['id']}/change/plan", body) == (404, "not_found")

"""What a program reads of a refusal: the field's own code, what is possible, what changed meanwhile, until when."""

import json
from typing import Any

from tests import world
from visita.api.tests.conftest import Program, booking
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.models import ResourceLocation
from visita.tenancy import actions as tenancy


def problem(program: Program, method: str, path: str, body: Any, **headers: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(program.send(method, path, body, **headers).content)
    return answer


def visit(staff: Program) -> dict[str, Any]:
    made: dict[str, Any] = staff.ask("POST", "/visits", booking(staff.clinic), 201, Idempotency_Key="a")
    return made


def test_lengths_and_addresses_are_refused_as_everywhere(staff: Program) -> None:
    item = {**booking(staff.clinic)["items"][0], "minutes": 0}
    found = problem(staff, "POST", "/visits", booking(staff.clinic, items=[item]), Idempotency_Key="b")
    assert found["code"] == "bad_duration" and "items.0.minutes" in str(found)
    long = {"first_name": "Ana", "email": f"{'a' * 250}@example.org"}
    assert staff.refused("POST", "/clients", long) == (422, "email_invalid")
    assert staff.refused("POST", "/clients", {"first_name": "Ana", "language": "xx"}) == (
        422,
        "language_invalid",
    )


def test_a_number_out_of_range_names_the_bound_it_passed(staff: Program) -> None:
    repeat = {"unit": "week", "count": 999}
    found = problem(
        staff, "POST", "/series/plan", {"visit": booking(staff.clinic), "repeat": repeat}, Idempotency_Key="c"
    )
    assert found["detail"] == "Write a number not above 104."


def test_an_older_version_is_told_what_changed_and_by_whom(staff: Program) -> None:
    made = visit(staff)
    staff.ask("POST", f"/visits/{made['id']}/arrival?any_day=true", If_Match="1")
    found = problem(staff, "POST", f"/visits/{made['id']}/completion?any_day=true", None, If_Match="1")
    assert (found["code"], found["version"], found["fields"]) == ("changed_meanwhile", 2, ["status"])
    assert found["by"] and found["at"]


def test_who_is_too_late_learns_until_when_it_was_free(anyone: Program) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    made = anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="d")
    with clock.at(world.at(8)):
        found = problem(
            anyone,
            "POST",
            f"/bookings/{made['code']}/cancellation",
            {"version": 1},
            X_Manage_Token=made["manage_token"],
        )
    assert found["code"] == "deadline_passed"
    assert found["policy"] == {"cancel_until_minutes": 120, "until": "2026-11-23T07:00:00+02:00"}


def test_a_program_takes_a_visit_to_another_branch(staff: Program) -> None:
    clinic, made = staff.clinic, visit(staff)
    other = tenancy.add_location(
        clinic.id, name="Calea Victoriei", zone="Europe/Bucharest", actor=world.STAFF
    ).pk
    with scope(clinic.id):
        ResourceLocation.objects.create(resource_id=clinic.mihai, location_id=other)
    scheduling.set_working_time(clinic.id, clinic.mihai, other, world.WEEK, actor=world.STAFF)
    body = {"start": "2026-11-23T14:00:00+02:00", "location": other}
    moved = staff.ask("POST", f"/visits/{made['id']}/move", body, If_Match="1")
    assert moved["location"] == other
    assert staff.refused(
        "POST", f"/visits/{made['id']}/move", {**body, "location": 999_999}, If_Match="2"
    ) == (
        404,
        "not_found",
    )


def test_a_client_is_not_told_who_of_the_staff_changed_what(anyone: Program, staff: Program) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    made = anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="e")
    visits = staff.ask("GET", "/visits?from=2026-11-23&to=2026-11-23")["visits"]
    staff.ask("POST", f"/visits/{visits[0]['id']}/arrival?any_day=true", If_Match="1")
    body = {"start": "2026-11-23T14:00:00+02:00", "version": 1}
    found = problem(
        anyone, "POST", f"/bookings/{made['code']}/move", body, X_Manage_Token=made["manage_token"]
    )
    assert found["code"] == "changed_meanwhile" and found["version"] == 2
    assert not {"by", "by_kind", "at", "fields"} & set(found)

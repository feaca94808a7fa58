"""The description: true examples, a page for people without anything from elsewhere, and a fuzzer's opinion."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pydantic import BaseModel

from tests import world
from visita.api.examples import EXAMPLES
from visita.api.openapi import document
from visita.api.tests.conftest import Program, booking
from visita.api.urls import api
from visita.foundation import clock


def test_the_description_is_complete() -> None:
    described = document(api)
    assert described["openapi"].startswith("3.1")
    ids = [op["operationId"] for ops in described["paths"].values() for op in ops.values()]
    assert len(ids) == len(set(ids)) > 30
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"] and operation["description"], (method, path)
            assert "requestBody" not in operation or (method, path) in EXAMPLES, (method, path)


def test_every_body_is_closed() -> None:
    described = document(api)
    schemas = described["components"]["schemas"]
    bodies = [name for name in schemas if name.endswith("In")]
    assert len(bodies) > 15
    assert all(schemas[name]["additionalProperties"] is False for name in bodies)


def test_the_examples_do_what_they_say(staff: Program) -> None:
    for (method, path), example in EXAMPLES.items():
        fresh = _world(staff, path)
        body = _fitted(example, staff, fresh)
        status = (
            201
            if method == "post"
            and path.endswith(("holds", "bookings", "visits", "clients", "resources", "series", "waitlist"))
            else 200
        )
        staff.ask(
            method.upper(),
            fresh["path"],
            body,
            status,
            If_Match=fresh["version"],
            Idempotency_Key=path,
            **fresh["headers"],
        )
        _clear(staff)


def _world(staff: Program, path: str) -> dict[str, Any]:
    """A visit and a client where the operation needs them; the path with their ids."""
    visit: dict[str, Any] = {}
    series = _series(staff) if "{series_id}" in path else {}
    if "{visit_id}" in path or "{code}" in path or "{client_id}" in path:
        visit = staff.ask("POST", "/visits", booking(staff.clinic, "2026-11-23T12:00:00+02:00"), 201)
    values = {
        "slug": staff.clinic.slug,
        "code": visit.get("code"),
        "visit_id": visit.get("id"),
        "series_id": series.get("id"),
        "client_id": visit.get("client", {}).get("id"),
        "resource_id": staff.clinic.ana,
        "location_id": staff.clinic.location,
        "day": "2026-12-24",
    }
    filled = path.removeprefix("/api/v1").format(**values)
    if path.endswith("working-time"):
        filled += f"?location={staff.clinic.location}"
    token = visit.get("manage_token")
    of_series = series["visits"][0]["id"] if series else None
    parts = [part["id"] for part in visit.get("appointments", [])]
    headers = {"X_Manage_Token": token} if token else {}
    version = "1"
    if path.endswith("restoration"):
        cancelled = f"/visits/{visit['id']}/cancellation"
        version = str(staff.ask("POST", cancelled, {}, If_Match="1")["version"])
    return {"version": version, "path": filled, "headers": headers, "parts": parts, "visit": of_series}


def _series(staff: Program) -> Any:
    """One that was booked as its example says."""
    body = _fitted(EXAMPLES["post", "/api/v1/series"], staff, {})
    return staff.ask("POST", "/series", body, 201)


def _fitted(example: Any, staff: Program, fresh: dict[str, Any]) -> Any:
    """The example with the ids of the test's world."""
    body = copy.deepcopy(example)
    visit = body.get("visit", {})
    for part in (body, visit if isinstance(visit, dict) else {}, *body.get("occasions", [])):
        for item in part.get("items", []):
            item["service"] = staff.clinic.visit
    for part, known in zip(body.get("services", []), fresh.get("parts", []), strict=False):
        part |= {"service": staff.clinic.visit, "appointment": known}
    for part in (body, *body.get("visits", [])):
        if isinstance(part.get("visit"), int):
            part["visit"] = fresh["visit"]
    if isinstance(body.get("client"), int):
        card = EXAMPLES["post", "/api/v1/clients"]
        body["client"] = staff.ask("POST", "/clients", card, 201)["id"]
    if "locations" in body:
        body["locations"] = [staff.clinic.location]
    return body


def _clear(staff: Program) -> None:
    for visit in staff.ask("GET", "/visits?status=confirmed")["visits"]:
        staff.ask("POST", f"/visits/{visit['id']}/cancellation", {}, If_Match=str(visit["version"]))


def test_the_reading_page_needs_nothing_from_elsewhere(db: None) -> None:
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "nonce-" in answer["Content-Security-Policy"]
    assert "<script" not in page and "http://" not in page and "https://" not in page
    assert "/api/v1/organizations/{slug}/availability" in page and 'id="slot_taken"' in page


def test_every_code_a_problem_points_to_stands_on_the_page(staff: Program) -> None:
    page = Client().get("/api/v1/docs").content.decode()
    answer = json.loads(staff.send("GET", "/visits/0").content)
    assert f'id="{answer["type"].partition("#")[2]}"' in page


def statements(queries: CaptureQueriesContext) -> list[str]:
    """What was asked, without the brackets of the transaction."""
    return [each["sql"][:120] for each in queries if each["sql"] not in ("BEGIN", "COMMIT")]


def test_queries_stay_few(committed_db: None) -> None:
    anyone = Program(world.clinic())
    clinic = anyone.clinic
    path = f"/organizations/{clinic.slug}"
    query = f"service={clinic.visit}&resource=any&from=2026-11-23&to=2027-01-21&location={clinic.location}"
    with clock.at(world.NOW), CaptureQueriesContext(connection) as reading:
        anyone.ask("GET", f"{path}/availability?{query}")
    assert len(statements(reading)) <= 5, statements(reading)
    with clock.at(world.NOW), CaptureQueriesContext(connection) as writing:
        anyone.ask("POST", f"{path}/bookings", booking(clinic), 201, Idempotency_Key="a")
    assert len(statements(writing)) <= 12, statements(writing)  # with the client's own registration
    later = booking(clinic, "2026-11-23T10:00:00+02:00")
    with clock.at(world.NOW), CaptureQueriesContext(connection) as again:
        anyone.ask("POST", f"{path}/bookings", later, 201, Idempotency_Key="b")
    assert len(statements(again)) == len(statements(writing))  # nobody learns whether the client was known


def test_lists_of_visits_take_a_constant_number_of_queries(staff: Program) -> None:
    counts = []
    for at in range(3):
        staff.ask("POST", "/visits", booking(staff.clinic, f"2026-11-23T1{at}:00:00+02:00"), 201)
        with CaptureQueriesContext(connection) as queries:
            staff.ask("GET", "/visits")
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_every_post_that_changes_something_takes_a_key() -> None:
    for path, operations in document(api)["paths"].items():
        if "post" in operations and not path.endswith("/plan"):
            named = {each["name"] for each in operations["post"].get("parameters", ())}
            assert "Idempotency-Key" in named, path


def test_no_two_bodies_share_a_name() -> None:
    """Of two classes of one name the description shows one, for both."""
    found: dict[str, set[str]] = {}
    for each in _all_below(BaseModel):
        if each.__module__.startswith("visita.api."):
            found.setdefault(each.__name__, set()).add(each.__module__)
    assert len(found) > 60
    assert [name for name, modules in found.items() if len(modules) > 1] == []


def _all_below(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _all_below(each)

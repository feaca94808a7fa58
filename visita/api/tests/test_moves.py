"""Moves of several services: all keep their distances, or each goes where `items` says; nothing in between."""

from typing import Any

import pytest

from visita.api.tests.conftest import Program, booking

DAY = "2026-11-23T{}:00+02:00"


def at(clock: str) -> str:
    return DAY.format(clock)


def two(program: Program) -> list[dict[str, Any]]:
    """A consultation and a scan behind it."""
    clinic = program.clinic
    return [
        {"service": clinic.visit, "resource": clinic.ana, "start": at("09:00")},
        {"service": clinic.scan, "resource": clinic.mihai, "start": at("09:30")},
    ]


@pytest.fixture
def own(anyone: Program) -> tuple[str, str]:
    """The path and token of a booking of both."""
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    booked = anyone.ask("POST", path, booking(anyone.clinic, items=two(anyone)), 201, Idempotency_Key="a")
    return f"/bookings/{booked['code']}/move", booked["manage_token"]


def items(program: Program, scan: str = "14:30") -> list[dict[str, Any]]:
    clinic = program.clinic
    return [
        {"service": clinic.visit, "resource": clinic.mihai, "start": at("14:00")},
        {"service": clinic.scan, "resource": clinic.ana, "start": at(scan)},
    ]


def test_a_client_s_move_takes_the_combination_offered(anyone: Program, own: tuple[str, str]) -> None:
    path, token = own
    body = {"start": at("14:00"), "version": 1, "items": items(anyone)}
    moved = anyone.ask("POST", path, body, X_Manage_Token=token)
    assert [(item["resource"], item["start"]) for item in moved["items"]] == [
        (anyone.clinic.mihai, at("14:00")),
        (anyone.clinic.ana, at("14:30")),
    ]


def test_items_name_all_once_and_begin_at_the_start(anyone: Program, own: tuple[str, str]) -> None:
    path, token = own
    whole = items(anyone)
    for bad in (whole[:1], [whole[0], whole[0]], [*whole, whole[0]]):
        body = {"start": at("14:00"), "items": bad}
        assert anyone.refused("POST", path, body, X_Manage_Token=token) == (422, "bad_items")
    late = {"start": at("14:10"), "items": whole}
    assert anyone.refused("POST", path, late, X_Manage_Token=token) == (422, "bad_items")


def test_staff_name_appointments(staff: Program) -> None:
    booked = staff.ask("POST", "/visits", booking(staff.clinic, items=two(staff)), 201)
    first, second = (part["id"] for part in booked["appointments"])
    clinic, path = staff.clinic, f"/visits/{booked['id']}/move"
    parts = [
        {"appointment": first, "start": at("14:00"), "resource": clinic.mihai},
        {"appointment": second, "start": at("14:30"), "resource": clinic.ana},
    ]
    body: dict[str, Any] = {"start": at("14:00"), "items": parts}
    alone = {**body, "appointment": first}
    assert staff.refused("POST", path, alone, If_Match="1") == (422, "bad_items")
    assert staff.refused("POST", path, {**body, "items": parts[:1]}, If_Match="1")[0] == 404
    moved = staff.ask("POST", path, body, If_Match="1")
    assert [part["resource"] for part in moved["appointments"]] == [clinic.mihai, clinic.ana]

"""Addresses and bodies that cannot be: refused by name, never a fault of ours."""

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.requests import Booked
from visita.web.desk.tests.conftest import Desk, signed_in

JSON = "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "?location=--1",
        "journal.json?location=--1",
        "visits/new/?resource=--3",
        "reasons.json?service={service}&start=--1",
        "reasons.json?service={service}&start=9223372036854775807",
        "reasons.json?service={service}&start=300000000000",
    ],
)
def test_an_impossible_address_is_refused(desk: Desk, path: str) -> None:
    answer = desk.reception.get(desk.url(path.format(service=desk.clinic.visit)))
    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("body", ['{"version": "--5"}', '{"version": [1]}', '{"version": 1, "start": "x"}'])
def test_an_impossible_move_is_refused(desk: Desk, body: str) -> None:
    wanted = world.request(desk.clinic, world.at(9), who=desk.clinic.ana)
    booked = actions.book(desk.clinic.id, wanted, world.CLIENT)
    assert isinstance(booked, Booked)
    answer = desk.reception.post(desk.url(f"visits/{booked.visit_id}/move"), body, content_type=JSON)
    assert answer.status_code == 422


def test_who_sees_own_visits_finds_a_client_without_the_others(desk: Desk) -> None:
    doctor = signed_in(desk.clinic.id, "specialist", desk.clinic.ana)
    booked = actions.book(
        desk.clinic.id, world.request(desk.clinic, world.at(9), who=desk.clinic.mihai), world.CLIENT
    )
    assert isinstance(booked, Booked)
    found = doctor.get(desk.url("clients.json?q=maria")).json()["clients"]
    assert [client["name"] for client in found] == ["Maria Ilie"] and "visit" not in found[0]
    assert doctor.get(desk.url(f"clients.json?q={booked.code}")).json()["clients"] == []
    assert "visit" in desk.reception.get(desk.url("clients.json?q=maria")).json()["clients"][0]

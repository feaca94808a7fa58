"""Addresses and bodies that cannot be: refused by name, never a fault of ours."""

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.requests import Booked
from visita.web.desk.tests.conftest import Desk

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

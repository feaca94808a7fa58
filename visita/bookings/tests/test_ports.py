"""What packages above take up with a visit they get back with it, and take again when it is brought back."""

from collections.abc import Iterator

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, request
from visita.bookings import actions, ports
from visita.bookings.requests import Booked, MoveRequest


@pytest.fixture
def seen() -> Iterator[list[str]]:
    """The calls of a package that reserves and releases."""
    calls: list[str] = []
    ports.reserve.register("test", lambda written: calls.append("moved" if written.moved else "taken"))
    ports.release.register("test", lambda _freed: calls.append("given back"))
    yield calls
    ports.reserve.remove("test")
    ports.release.remove("test")


def test_a_visit_that_is_brought_back_takes_up_again(cast: Clinic, seen: list[str]) -> None:
    booked = actions.book(cast.id, request(cast, at(9)), CLIENT)
    assert isinstance(booked, Booked)
    actions.move(cast.id, booked.visit_id, MoveRequest(at(10)), CLIENT)
    actions.cancel(cast.id, booked.visit_id, STAFF)
    actions.restore(cast.id, booked.visit_id, STAFF)
    assert seen == ["taken", "moved", "given back", "taken"]

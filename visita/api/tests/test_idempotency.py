"""Bookings sent more than once: one effect, the same bytes, also when five arrive together."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse

from tests import world
from visita.api.tests.conftest import Program, booking
from visita.bookings.models import Visit
from visita.foundation import clock
from visita.foundation.scope import scope


def test_the_same_request_gives_the_same_bytes(anyone: Program) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    first = anyone.send("POST", path, booking(anyone.clinic), Idempotency_Key="k")
    turned = dict(reversed(booking(anyone.clinic).items()))
    again = anyone.send("POST", path, turned, Idempotency_Key="k")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    with scope(anyone.clinic.id):
        assert Visit.objects.count() == 1


def test_a_key_belongs_to_one_request(anyone: Program) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="k")
    other = booking(anyone.clinic, "2026-11-23T11:00:00+02:00")
    assert anyone.refused("POST", path, other, Idempotency_Key="k") == (422, "key_reused")


def test_refusals_are_not_kept(anyone: Program) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    booked = anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="a")
    assert anyone.refused("POST", path, booking(anyone.clinic), Idempotency_Key="b") == (409, "slot_taken")
    anyone.ask("POST", f"/bookings/{booked['code']}/cancellation", X_Manage_Token=booked["manage_token"])
    anyone.ask("POST", path, booking(anyone.clinic), 201, Idempotency_Key="b")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ({}, "idempotency_key_required"),
        ({"Idempotency_Key": ""}, "idempotency_key_required"),
        ({"Idempotency_Key": "two words"}, "idempotency_key_invalid"),
        ({"Idempotency_Key": "é"}, "idempotency_key_invalid"),
        ({"Idempotency_Key": "k" * 256}, "idempotency_key_invalid"),
    ],
)
def test_the_key_is_required_and_plain(anyone: Program, key: dict[str, str], code: str) -> None:
    path = f"/organizations/{anyone.clinic.slug}/bookings"
    assert anyone.refused("POST", path, booking(anyone.clinic), **key) == (400, code)


@pytest.mark.race
def test_five_at_once_have_one_effect(committed_db: None) -> None:
    clinic = world.clinic()
    path = f"/organizations/{clinic.slug}/bookings"

    def send(_turn: int) -> HttpResponse:
        with clock.at(world.NOW):
            try:
                return Program(clinic).send("POST", path, booking(clinic), Idempotency_Key="k")
            finally:
                connection.close()

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(send, range(5)))
    statuses = Counter(each.status_code for each in answers)
    assert set(statuses) <= {201, 409} and statuses[201] >= 1, [each.content for each in answers]
    assert len({each.content for each in answers if each.status_code == 201}) == 1
    waiting = [each for each in answers if each.status_code == 409]
    assert all(b"in_flight" in each.content and each["Retry-After"] for each in waiting)
    with scope(clinic.id):
        assert Visit.objects.count() == 1

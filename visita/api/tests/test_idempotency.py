"""Bookings sent more than once: one effect, the same bytes, also when five arrive together."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse

from tests import world
from visita.api.tests.conftest import Program, booking, key
from visita.bookings.models import Visit
from visita.clients.models import Client
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


def test_a_series_sent_again_is_booked_once(staff: Program) -> None:
    asked = {"visit": booking(staff.clinic), "repeat": {"unit": "week", "count": 3}}
    planned = staff.ask("POST", "/series/plan", asked)["occasions"]
    body = {**asked, "occasions": [{**each, "items": [{**item, "resource": None} for item in each["items"]]} for each in planned]}  # fmt: skip
    first = staff.send("POST", "/series", body, Idempotency_Key="k")
    again = staff.send("POST", "/series", body, Idempotency_Key="k")
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert first.content == again.content
    assert staff.ask("GET", "/visits")["count"] == 3
    staff.ask("POST", "/series", body, 201)  # without a key it is another request: anyone else gives it
    assert staff.ask("GET", "/visits")["count"] == 6


def test_a_client_sent_again_has_one_card(staff: Program) -> None:
    ana = {"first_name": "Ana", "last_name": "Pop", "phone": "+40721000111"}
    first = staff.send("POST", "/clients", ana, Idempotency_Key="k")
    again = staff.send("POST", "/clients", ana, Idempotency_Key="k")
    assert (again.status_code, again.content, again["ETag"]) == (201, first.content, first["ETag"])
    assert staff.refused("POST", "/clients", {**ana, "last_name": "Popa"}, Idempotency_Key="k") == (422, "key_reused")  # fmt: skip
    with scope(staff.clinic.id):
        assert Client.objects.filter(last_name__startswith="Pop").count() == 1


def test_a_step_sent_again_is_taken_once(staff: Program) -> None:
    one, other = (
        staff.ask("POST", "/visits", booking(staff.clinic, f"2026-11-23T{hour}:00:00+02:00"), 201)
        for hour in ("10", "12")
    )
    path = f"/visits/{one['id']}/cancellation"
    sent = {"Idempotency_Key": "k", "If_Match": '"1"'}
    first, again = (staff.send("POST", path, {"reason": "ill"}, **sent) for _ in range(2))
    assert (again.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])
    elsewhere = f"/visits/{other['id']}/cancellation"
    assert staff.refused("POST", elsewhere, {"reason": "ill"}, **sent) == (422, "key_reused")
    assert staff.ask("GET", f"/visits/{other['id']}")["status"] == "confirmed"


def test_a_refused_step_leaves_its_key_free(staff: Program) -> None:
    visit = staff.ask("POST", "/visits", booking(staff.clinic), 201)
    path = f"/visits/{visit['id']}/no-show"
    assert staff.refused("POST", path, Idempotency_Key="k", If_Match='"1"') == (409, "not_begun")
    with clock.at(world.NOW + timedelta(days=60)):
        staff.ask("POST", path, Idempotency_Key="k", If_Match='"1"')


def test_a_clients_own_steps_are_taken_once(anyone: Program) -> None:
    slug = anyone.clinic.slug
    items = {"items": booking(anyone.clinic)["items"]}
    held, same = (
        anyone.send("POST", f"/organizations/{slug}/holds", items, Idempotency_Key="h") for _ in "12"
    )
    assert (held.status_code, same.content) == (201, held.content)
    later = booking(anyone.clinic, "2026-11-23T11:00:00+02:00")
    booked = anyone.ask("POST", f"/organizations/{slug}/bookings", later, 201, Idempotency_Key="b")
    token = {"X_Manage_Token": booked["manage_token"], "Idempotency_Key": "c"}
    path = f"/bookings/{booked['code']}/cancellation"
    first, again = (anyone.send("POST", path, **token) for _ in "12")
    assert (first.status_code, again.content) == (200, first.content)
    assert anyone.refused("POST", path, X_Manage_Token="wrong", Idempotency_Key="c")[0] == 404


@pytest.mark.race
def test_five_clients_at_once_are_one(committed_db: None) -> None:
    clinic = world.clinic()
    secret = key(clinic)

    def send(_turn: int) -> HttpResponse:
        with clock.at(world.NOW):
            try:
                who = {"first_name": "Ana", "last_name": "Pop", "phone": "+40721000111"}
                return Program(clinic, secret).send("POST", "/clients", who, Idempotency_Key="k")
            finally:
                connection.close()

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(send, range(5)))
    statuses = Counter(each.status_code for each in answers)
    assert set(statuses) <= {201, 409} and statuses[201] >= 1, [each.content for each in answers]
    assert all(b"in_flight" in each.content for each in answers if each.status_code == 409)
    with scope(clinic.id):
        assert Client.objects.filter(last_name="Pop").count() == 1


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

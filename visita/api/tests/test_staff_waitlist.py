"""The waitlist by key: put on it, listed, refused."""

from tests import world
from visita.api.tests.conftest import Program
from visita.bookings import actions
from visita.clients.models import Client
from visita.foundation.scope import scope


def test_a_client_is_put_on_the_waitlist_and_listed(staff: Program) -> None:
    clinic = staff.clinic
    actions.book(clinic.id, world.request(clinic, world.at(9), who=clinic.ana), world.STAFF)
    with scope(clinic.id):
        client = Client.objects.get().pk
    body = {
        "client": client, "items": [{"service": clinic.visit}], "first_day": "2026-11-23", "last_day": "2026-11-27",
        "weekdays": [0], "parts": [{"start": 540, "end": 720}],
    }  # fmt: skip
    made = staff.ask("POST", "/waitlist", body, 201)
    assert (made["client"], made["weekdays"], made["parts"]) == (client, [0], [{"start": 540, "end": 720}])
    assert [each["id"] for each in staff.ask("GET", "/waitlist")["waitlist"]] == [made["id"]]
    dog = staff.ask("POST", "/waitlist", {**body, "subject": {"kind": "dog", "name": "Rex"}}, 201)
    assert dog["id"] != made["id"] and dog["subject"] and made["subject"] is None
    refused = staff.ask("POST", "/waitlist", {**body, "last_day": "2020-01-01"}, 422)
    assert refused["code"] == "bad_window"
    assert staff.ask("POST", "/waitlist", {**body, "client": 999_999}, 404)["code"] == "not_found"

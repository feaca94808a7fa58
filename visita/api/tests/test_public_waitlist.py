"""The waitlist without a key: joined, joined again, left by the link, and nothing told about who is known."""

from typing import Any

import pytest

from tests.world import STAFF
from visita.api.tests.conftest import Program, key
from visita.bookings.models import Waiting
from visita.bookings.waitlist import links
from visita.foundation.scope import scope
from visita.tenancy.actions import set_setting


def body(program: Program, **more: Any) -> dict[str, Any]:
    """Maria waits for a consultation this week."""
    maria = {"first_name": "Maria", "last_name": "Ilie", "phone": "+40721555014"}
    return {
        "items": [{"service": program.clinic.visit}], "first_day": "2026-11-23", "last_day": "2026-11-27",
        "client": maria, **more,
    }  # fmt: skip


def path(program: Program, rest: str = "") -> str:
    return f"/organizations/{program.clinic.slug}/waitlist{rest}"


def test_joined_again_it_is_one_entry_and_the_answer_tells_nobody(anyone: Program) -> None:
    first = anyone.ask("POST", path(anyone), body(anyone), 201)
    again = anyone.ask("POST", path(anyone), body(anyone, last_day="2026-11-24"), 201)
    assert first == again == {"sent": True}
    with scope(anyone.clinic.id):
        assert Waiting.objects.get().last_day.isoformat() == "2026-11-24"


def test_left_by_what_was_sent_and_by_nothing_else(anyone: Program) -> None:
    anyone.ask("POST", path(anyone), body(anyone), 201)
    with scope(anyone.clinic.id):
        entry = Waiting.objects.get()
        token = links.token(entry.code)
    leave = path(anyone, f"/{entry.code}/departure")
    assert anyone.refused("POST", leave) == (401, "unauthorized")
    for code, wrong in ((entry.code, "x" * 26), ("WRONG123", token), (entry.code, "é")):
        refused = anyone.send("POST", path(anyone, f"/{code}/departure"), None, X_Waitlist_Token=wrong)
        assert (refused.status_code, refused.json()["code"]) == (404, "link_invalid")  # type: ignore[attr-defined]
    for _twice in range(2):
        assert anyone.send("POST", leave, None, X_Waitlist_Token=token).status_code == 204
    with scope(anyone.clinic.id):
        assert Waiting.objects.get().status == "left"


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"last_day": "2020-01-01"}, 422, "bad_window"),
        ({"items": [{"service": 987_654}]}, 404, "not_found"),
        ({"client": {"first_name": "Ion"}}, 422, "required"),
        ({"client": {"first_name": "Ion", "phone": "12"}}, 422, "phone_invalid"),
        ({"price": 5}, 422, "unknown_field"),
    ],
)
def test_what_cannot_be_waited_for(anyone: Program, more: dict[str, Any], status: int, code: str) -> None:
    assert anyone.refused("POST", path(anyone), body(anyone, **more)) == (status, code)


def test_where_there_is_no_waitlist(anyone: Program) -> None:
    set_setting(anyone.clinic.id, "waitlist", False, actor=STAFF)
    assert anyone.refused("POST", path(anyone), body(anyone))[1] == "waitlist_off"


@pytest.mark.parametrize("client", [1, 987_654_321])
def test_a_partners_key_learns_nothing_by_a_clients_number(staff: Program, client: int) -> None:
    staff.ask("POST", path(staff), body(staff), 201)
    with scope(staff.clinic.id):
        client = Waiting.objects.get().client_id if client == 1 else client
    partner = Program(staff.clinic, key(staff.clinic, "partner"))
    sent = {**body(staff), "client": client}
    assert partner.refused("POST", "/waitlist", sent) == (403, "forbidden")

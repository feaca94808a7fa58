"""Who may book but not see clients learns nothing by a client's number: neither a name nor whether there is one."""

from typing import Any

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.models import Visit, Waiting
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk, signed_in

WHEN = {"date": "2026-11-23", "time": "11:00"}


def client_of(desk: Desk) -> int:
    """Somebody who has been here."""
    made = actions.book(desk.clinic.id, world.request(desk.clinic, world.at(10)), world.CLIENT)
    with scope(desk.clinic.id):
        return Visit.objects.get(pk=made.visit_id).client_id  # type: ignore[union-attr]


def doors(desk: Desk, client: int) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every address that takes a client's number to do something for them, with what it wants."""
    clinic = desk.clinic
    one = {"service": clinic.visit, "resource": clinic.ana, "client": client, "location": clinic.location}
    return {
        "visit": ("desk/visits/", {**one, **WHEN}),
        "series": ("desk/series/new/", {**one, **WHEN, "unit": "week", "every": 1, "count": 2}),
        "queue": ("desk/queue/number", one),
        "waitlist": ("desk/waitlist/new/", {**one, "first_day": "2026-11-23", "last_day": "2026-11-30"}),
    }


@pytest.mark.parametrize("door", ["visit", "series", "queue", "waitlist"])
def test_at_the_desk_a_number_is_refused_whoever_it_is(desk: Desk, door: str) -> None:
    partner = signed_in(desk.clinic.id, "partner")
    answers = []
    for client in (client_of(desk), 987_654_321):
        path, sent = doors(desk, client)[door]
        answer = partner.post(f"/{desk.clinic.slug}/{path}", sent)
        assert answer.status_code in (403, 422)
        answers.append((answer.status_code, b"Ilie" in answer.content, b"not exist" in answer.content))
    assert answers[0] == answers[1] and answers[0][1:] == (False, False)
    with scope(desk.clinic.id):
        assert (Visit.objects.count(), Waiting.objects.count()) == (1, 0)


def test_for_a_script_too(desk: Desk) -> None:
    partner = signed_in(desk.clinic.id, "partner")
    for client in (client_of(desk), 987_654_321):
        path, sent = doors(desk, client)["visit"]
        answer = partner.post(f"/{desk.clinic.slug}/{path}", sent, "application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_partner_still_books_for_somebody_by_name(desk: Desk) -> None:
    partner = signed_in(desk.clinic.id, "partner")
    path, sent = doors(desk, 0)["visit"]
    sent |= {"client": "", "first_name": "Ion", "last_name": "Rusu", "phone": "+40722000111"}
    assert partner.post(f"/{desk.clinic.slug}/{path}", sent, "application/json").status_code == 201

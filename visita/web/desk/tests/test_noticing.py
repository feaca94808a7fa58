"""Telling a client from the desk: by right, with the seconds until it leaves, taken back, refused where nobody can be told."""

from datetime import timedelta

import pytest

from tests import world
from visita.activity import worker
from visita.clients.models import Client as Person
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging.tests.conftest import Outbox, outbox
from visita.web.desk.tests.conftest import Desk
from visita.web.desk.tests.test_changes import book, send

__all__ = ["outbox"]


@pytest.fixture
def moved(desk: Desk) -> int:
    """A visit that was moved to two."""
    visit = book(desk)
    answer = send(desk, visit, "move", start=world.at(14).isoformat(), resource=desk.clinic.ana)
    assert answer.json()["reach"] == "phone"
    return visit


def sent(outbox: Outbox) -> int:
    """How many messages have left a minute later."""
    with clock.at(world.NOW + timedelta(minutes=1)):
        worker.drain()
    return len(outbox.sent)


def test_the_client_is_told_after_the_seconds_that_are_said(desk: Desk, moved: int, outbox: Outbox) -> None:
    assert send(desk, moved, "notice").json() == {"seconds": 20, "reach": "phone"}
    assert sent(outbox) == 1


def test_taken_back_while_it_waits(desk: Desk, moved: int, outbox: Outbox) -> None:
    send(desk, moved, "notice")
    assert send(desk, moved, "notice", withdraw=True).json() == {"seconds": None}
    assert sent(outbox) == 0


def test_undone_at_the_desk_sends_nothing(desk: Desk, moved: int, outbox: Outbox) -> None:
    send(desk, moved, "notice")
    back = send(
        desk, moved, "move", start=world.at(10).isoformat(), resource=desk.clinic.ana, back=True, version=2
    )
    assert back.status_code == 200 and sent(outbox) == 0


def test_who_cannot_be_reached_is_said_at_once(desk: Desk, moved: int) -> None:
    with scope(desk.clinic.id):
        Person.objects.update(phone="", phone_e164="", email="")
    refused = send(desk, moved, "notice")
    assert (refused.status_code, refused.json()["code"]) == (422, "no_contact")


def test_only_who_may_move_tells(desk: Desk, moved: int) -> None:
    assert send(desk, moved, "notice", desk.doctor).status_code == 403
    assert desk.reception.get(desk.url(f"visits/{moved}/notice")).status_code == 405

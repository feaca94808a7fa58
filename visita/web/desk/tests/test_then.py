"""The page of the journal as it was: clearly marked, differences with a way back, nothing for who may not look."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests import world
from visita.activity.models import Reading
from visita.bookings import actions
from visita.bookings.models import Visit
from visita.bookings.requests import Booked, MoveRequest
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk, signed_in

LATER = world.NOW + timedelta(hours=2)
ASKED = {"date": "2026-11-23", "on": "2026-11-22", "at": "10:30"}  # NOW is 10:00 in Bucharest


def moved(desk: Desk) -> int:
    wanted = world.request(desk.clinic, world.at(9), who=desk.clinic.ana)
    booked = actions.book(desk.clinic.id, wanted, world.CLIENT)
    assert isinstance(booked, Booked)
    with clock.at(world.NOW + timedelta(hours=1)):
        there = MoveRequest(world.at(14), desk.clinic.mihai, staff=True)
        actions.move(desk.clinic.id, booked.visit_id, there, world.STAFF)
    return booked.visit_id


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_day_is_shown_as_it_was_and_a_change_goes_back(desk: Desk) -> None:
    visit = moved(desk)
    with clock.at(LATER):
        page = desk.reception.get(desk.url("then/"), ASKED)
        shown = text(page)
        assert "As it was on" in shown and "Only to look at" in shown
        for words in ("Maria Ilie", "Moved", "was: Ana Pop became: Mihai Ionescu", "Undo this change"):
            assert words in shown
        act = re.search(rf"visits/{visit}/acts/(\d+)/undo", page.content.decode())
        assert act is not None
        path = desk.url(f"visits/{visit}/acts/{act[1]}/undo")
        back = desk.reception.post(path, {"version": 2, "back": desk.url("then/")})
        assert back["Location"] == desk.url("then/")
        with scope(desk.clinic.id):
            assert Visit.objects.get(pk=visit).wall.endswith("T09:00")
        again = text(desk.reception.get(desk.url("then/"), ASKED))
        assert "Nothing has changed since" in again


@pytest.mark.parametrize("wrong", [{"on": "x"}, {"at": "x"}, {"on": "2026-02-30"}])
def test_nonsense_shows_yesterday_and_says_so(desk: Desk, wrong: dict[str, str]) -> None:
    page = desk.reception.get(desk.url("then/"), {**ASKED, **wrong})
    assert page.status_code == 422 and "As it was on" in text(page)


def test_the_future_is_not_told(desk: Desk) -> None:
    shown = text(desk.reception.get(desk.url("then/"), {**ASKED, "on": "2027-01-01"}))
    assert "22 Nov" in shown and "2027" not in shown


def test_who_may_not_read_history_is_kept_out(desk: Desk) -> None:
    assert desk.doctor.get(desk.url("then/")).status_code == 403
    assert "then/" not in desk.doctor.get(desk.url()).content.decode()
    assert "then/" in desk.reception.get(desk.url()).content.decode()


def test_who_opened_a_visit_is_kept_once_an_hour_and_shown_to_the_owner(desk: Desk) -> None:
    visit = moved(desk)
    for hour in (0, 0, 1):
        with clock.at(world.NOW + timedelta(hours=hour)):
            shown = text(desk.reception.get(desk.url(f"visits/{visit}/")))
    assert "Who opened this" not in shown
    with scope(desk.clinic.id):
        assert Reading.objects.filter(object_kind="visit", object_id=visit).count() == 2
    owner = signed_in(desk.clinic.id, "owner")
    owner.get(desk.url(f"visits/{visit}/"))
    assert "Who opened this 3" in text(owner.get(desk.url(f"visits/{visit}/")))

"""Find a time at the desk: a form that needs no script, proposals that book or move as they stand, bad wishes refused."""

import json
import re
from html import unescape
from typing import Any

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.models import Appointment
from visita.bookings.requests import Booked, BookRequest, Item
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk
from visita.web.desk.tests.test_booking import BODY
from visita.web.desk.tests.test_booking import send as book_by_script
from visita.web.desk.tests.test_changes import book, found, send


def ask(desk: Desk, query: str) -> str:
    """The panel's part."""
    answer = desk.reception.get(desk.url(f"finding/?date=2026-11-23&{query}"), headers={"X-Part": "1"})
    assert answer.status_code == 200, answer.content
    return unescape(answer.content.decode())


def proposals(page: str) -> list[list[dict[str, Any]]]:
    """The items of each proposal."""
    return [json.loads(text) for text in re.findall(r'data-items="(\[.*?\])"', page)]


def test_a_proposal_moves_the_visit(desk: Desk) -> None:
    visit = book(desk)
    page = ask(desk, f"visit={visit}")
    items = proposals(page)[0]
    assert "same person" in page
    assert send(desk, visit, "move", start=items[0]["start"], items=items).status_code == 200
    assert found(desk, visit).s == items[0]["s"]


def test_a_visit_of_two_moves_without_script(desk: Desk) -> None:
    clinic = desk.clinic
    parts = (Item(clinic.visit, clinic.ana, world.at(9)), Item(clinic.scan, clinic.mihai, world.at(9, 40)))
    booked = actions.book(clinic.id, BookRequest(parts, client=world.person(), staff=True), world.STAFF)
    assert isinstance(booked, Booked)
    items = proposals(ask(desk, f"visit={booked.visit_id}"))[-1]
    form = {"version": "1", "start": items[0]["start"], "items": json.dumps(items)}
    assert desk.reception.post(desk.url(f"visits/{booked.visit_id}/move"), form).status_code == 302
    with scope(clinic.id):
        starts = list(
            Appointment.objects.filter(visit_id=booked.visit_id).order_by("s").values_list("s", flat=True)
        )
    assert starts == [item["s"] for item in items]


def test_two_services_for_somebody_new_are_booked_as_proposed(desk: Desk) -> None:
    clinic = desk.clinic
    first, second = proposals(ask(desk, f"service={clinic.visit}&service={clinic.scan}"))[0]
    sent = {**BODY, "service": first["service"], "resource": first["resource"], "start": first["start"]}
    done = book_by_script(desk, **sent, further=json.dumps([second]))
    assert done.status_code == 201, done.content
    with scope(clinic.id):
        assert Appointment.objects.filter(visit_id=done.json()["visit"]).count() == 2


def test_the_page_without_script_leads_to_the_form_of_a_new_visit(desk: Desk) -> None:
    page = desk.reception.get(desk.url(f"finding/?service={desk.clinic.visit}&part=morning&days=3"))
    assert page.status_code == 200 and b"visits/new/?" in page.content
    empty = desk.reception.get(desk.url("finding/"))
    assert b"Choose what it is for" in empty.content


@pytest.mark.parametrize(
    "query", ["days=x", "days=99", "part=" + "x" * 30, "visit=99999999", "date=x", "location=0"]
)
def test_bad_wishes_are_refused(desk: Desk, query: str) -> None:
    assert desk.reception.get(desk.url(f"finding/?{query}")).status_code in (404, 422)


@pytest.mark.parametrize("items", ["x", "[1]", '[{"appointment": 1}]', "[" * 5000, [{}] * 11, {"a": 1}])
def test_bad_items_are_refused(desk: Desk, items: Any) -> None:
    visit = book(desk)
    answer = send(desk, visit, "move", start=world.at(14).isoformat(), items=items)
    assert answer.status_code in (404, 422) and found(desk, visit).version == 1


def test_who_may_not_book_or_change_looks_for_nothing(desk: Desk) -> None:
    visit = book(desk)
    for query in ("", f"?visit={visit}"):
        assert desk.doctor.get(desk.url(f"finding/{query}")).status_code == 403


def test_a_class_is_found_and_booked_with_its_places_said(desk: Desk) -> None:
    clinic = desk.clinic
    actions.add_session(
        clinic.id, clinic.yoga, clinic.location, world.at(15), [clinic.ana], actor=world.STAFF
    )
    page = ask(desk, f"service={clinic.yoga}")
    assert "Ana Pop · 3 places free" in page and f"service={clinic.yoga}&resource=&date=2026-11-23" in page
    both = ask(desk, f"service={clinic.yoga}&service={clinic.visit}")
    first, second = proposals(both)[0]
    assert (first["service"], second["service"]) == (clinic.visit, clinic.yoga) and "3 places free" in both
    sent = {**BODY, "service": first["service"], "resource": first["resource"], "start": first["start"]}
    done = book_by_script(desk, **sent, further=json.dumps([{**second, "resource": None}]))
    assert done.status_code == 201, done.content

"""Booking at the desk, and what is asked while typing and dragging."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.requests import Item
from visita.foundation import clock
from visita.web.desk.tests.conftest import Desk

BODY = {
    "date": "2026-11-23",
    "time": "10:00",
    "first_name": "Ana",
    "last_name": "Rusu",
    "phone": "0721 555 777",
}


def send(desk: Desk, **body: Any) -> Any:
    """POST a booking as the script does."""
    known = {"service": desk.clinic.visit, "resource": desk.clinic.ana, **BODY, **body}
    return desk.reception.post(desk.url("visits/"), known, "application/json")


def ask(desk: Desk, path: str, **query: Any) -> Any:
    """GET data on Monday."""
    response = desk.reception.get(desk.url(path), {"date": "2026-11-23", **query})
    assert response.status_code == 200, response.content
    return response.json()


def test_book_for_a_new_client_then_find_her_by_phone_tail(desk: Desk) -> None:
    booked = send(desk)
    assert booked.status_code == 201, booked.content
    assert booked.json()["start"] == world.at(10).isoformat()
    [client] = ask(desk, "clients.json", q="777")["clients"]
    assert (client["name"], client["visit"]["id"]) == ("Ana Rusu", booked.json()["visit"])
    [by_code] = ask(desk, "clients.json", q=booked.json()["code"].lower())["clients"]
    assert by_code["visit"]["id"] == booked.json()["visit"]
    again = send(desk, client=client["id"], time="11:00", first_name="")
    assert again.status_code == 201


def test_off_grid_starts_are_for_staff(desk: Desk) -> None:
    assert send(desk, time="10:05").status_code == 201


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"first_name": ""}, 422, "required"),
        ({"service": None}, 422, "required"),
        ({"service": 99_999_999}, 404, "not_found"),
        ({"client": 99_999_999}, 404, "not_found"),
        ({"time": "3:99"}, 422, "bad_datetime"),
        ({"time": "7:00"}, 422, "not_offered"),
        ({"date": "2026-11-20"}, 422, "too_late"),
        ({"date": "2027-03-28", "time": "03:30"}, 422, "time_does_not_exist"),
        ({"first_name": "x" * 200}, 422, "too_long"),
        ({"note": "\x00"}, 422, "text_invalid"),
        ({"force": True}, 403, "forbidden"),
    ],
)
def test_bad_bookings_are_refused(desk: Desk, body: dict[str, Any], status: int, code: str) -> None:
    response = send(desk, **body)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_taken_time_offers_others(desk: Desk) -> None:
    send(desk)
    response = send(desk, first_name="Ion")
    assert (response.status_code, response.json()["code"]) == (409, "slot_taken")
    assert response.json()["alternatives"]


def test_who_may_not_book_cannot(desk: Desk) -> None:
    assert desk.doctor.get(desk.url("visits/new/")).status_code == 403
    response = desk.doctor.post(
        desk.url("visits/"), {**BODY, "service": desk.clinic.visit}, "application/json"
    )
    assert response.status_code == 403
    assert desk.analyst.get(desk.url("clients.json"), {"q": "a"}).status_code == 403


def test_the_form_offers_what_the_person_gives(desk: Desk) -> None:
    query = {"resource": str(desk.clinic.hall), "time": "10:00"}
    page = desk.reception.get(desk.url("visits/new/"), query).content.decode()
    offered = page.partition("data-party")[0]  # who comes along may want anything
    assert "Gym" in offered and "Consultation" not in offered


def test_the_form_works_without_script(desk: Desk) -> None:
    known = {"service": desk.clinic.visit, "resource": desk.clinic.ana, **BODY}
    assert desk.reception.post(desk.url("visits/"), known).status_code == 302
    refused = desk.reception.post(desk.url("visits/"), known)
    assert refused.status_code == 409 and b"Rusu" in refused.content


def test_services_by_resource(desk: Desk) -> None:
    found = {each["name"]: each for each in ask(desk, "services.json")["services"]}
    assert set(found["Consultation"]["by"]) == {str(desk.clinic.ana), str(desk.clinic.mihai)}
    assert found["Gym"]["by"][str(desk.clinic.hall)]["minutes"] == 60


def test_legal_starts_of_a_move_leave_out_what_is_taken(desk: Desk) -> None:
    visit = actions.book(
        desk.clinic.id, world.request(desk.clinic, world.at(10), who=desk.clinic.ana), world.CLIENT
    )
    actions.book(desk.clinic.id, world.request(desk.clinic, world.at(11), who=desk.clinic.ana), world.CLIENT)
    starts = ask(desk, "starts.json", visit=visit.visit_id)["starts"]  # type: ignore[union-attr]
    ana, mihai = starts[str(desk.clinic.ana)], starts[str(desk.clinic.mihai)]
    eleven = clock.to_minute(world.at(11))
    assert clock.to_minute(world.at(10)) in ana and eleven not in ana and eleven - 30 in ana
    assert eleven in mihai and eleven + 5 in mihai


def test_reasons_are_sentences(desk: Desk) -> None:
    visit = actions.book(
        desk.clinic.id, world.request(desk.clinic, world.at(10), who=desk.clinic.ana), world.CLIENT
    )
    actions.book(
        desk.clinic.id, world.request(desk.clinic, world.at(11), who=desk.clinic.mihai), world.CLIENT
    )
    known = {"visit": visit.visit_id, "resource": desk.clinic.mihai}  # type: ignore[union-attr]
    taken = ask(desk, "reasons.json", start=clock.to_minute(world.at(11)), **known)
    assert taken["reasons"] == ["Mihai Ionescu has another visit at this time."]
    closed = ask(desk, "reasons.json", start=clock.to_minute(world.at(20)), **known)
    assert closed["reasons"] == ["Mihai Ionescu does not work at this time."]
    assert ask(desk, "reasons.json", start=clock.to_minute(world.at(12)), **known)["reasons"] == []
    other = ask(
        desk, "reasons.json", start=clock.to_minute(world.at(12)), **(known | {"resource": desk.clinic.nurse})
    )
    assert other["reasons"] == ["Corina Vasile does not give this service."]


def test_a_visit_of_several_services_moves_as_a_whole(desk: Desk) -> None:
    items = (
        Item(desk.clinic.visit, desk.clinic.ana, world.at(10)),
        Item(desk.clinic.visit, desk.clinic.mihai, world.at(10, 30)),
    )
    wanted = replace(world.request(desk.clinic, world.at(10)), items=items)
    visit = actions.book(desk.clinic.id, wanted, world.CLIENT).visit_id  # type: ignore[union-attr]
    blocks = ask(desk, "journal.json")["blocks"]
    second = next(block for block in blocks if block["resource"] == desk.clinic.mihai)
    body = {"version": 1, "start": world.at(14).isoformat(), "resource": desk.clinic.mihai}
    moved = desk.reception.post(
        desk.url(f"visits/{visit}/move"), {**body, "appointment": second["appointment"]}, "application/json"
    )
    assert moved.status_code == 200, moved.content
    starts = sorted(block["s"] for block in ask(desk, "journal.json")["blocks"])
    assert starts == [clock.to_minute(world.at(13, 30)), clock.to_minute(world.at(14))]


def test_a_form_pressed_twice_books_once(desk: Desk) -> None:
    first, again = (send(desk, resource="", pressed="a-key") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    form = {"service": desk.clinic.visit, "pressed": "b-key", **BODY}
    pages = [
        desk.reception.post(desk.url("visits/"), {**form, "time": at}) for at in ("12:00", "12:00", "13:00")
    ]
    assert [page.status_code for page in pages] == [302, 302, 302]
    assert pages[0]["Location"] == pages[1]["Location"] != pages[2]["Location"]


def test_a_new_form_has_a_new_key_and_a_refused_one_its_own(desk: Desk) -> None:
    keys = [
        re.findall(r'name="pressed" value="([^"]+)"', desk.reception.get(desk.url("visits/new/")).text)
        for _ in "12"
    ]
    assert keys[0] != keys[1] and len(keys[0]) == len(keys[1]) == 1
    refused = desk.reception.post(desk.url("visits/"), {**BODY, "time": "3:00", "service": desk.clinic.visit, "pressed": "mine"})  # fmt: skip
    assert refused.status_code == 422 and 'name="pressed" value="mine"' in refused.text


def test_a_class_that_nobody_here_holds_is_offered_with_its_dates(desk: Desk) -> None:
    clinic = desk.clinic
    empty = world.service(clinic.id, "Open studio", [], minutes=60, kind="class", capacity=5)
    assert "Open studio" not in desk.reception.get(desk.url("visits/new/")).content.decode()
    actions.add_session(clinic.id, empty, clinic.location, world.at(14), [], actor=world.STAFF)
    assert "Open studio" in desk.reception.get(desk.url("visits/new/")).content.decode()
    minute = int(world.at(14).timestamp() // 60)
    assert ask(desk, "starts.json", service=empty)["starts"] == {"0": [minute]}
    assert send(desk, service=empty, resource=None, time="14:00").status_code == 201


def test_without_script_a_refusal_s_times_are_a_press_away(desk: Desk) -> None:
    assert send(desk).status_code == 201
    typed = {"service": desk.clinic.visit, "resource": desk.clinic.ana, **BODY}
    refused = desk.reception.post(desk.url("visits/"), typed)
    near = re.findall(r'name="start" value="([^"]+)"', refused.content.decode())
    assert refused.status_code == 409 and len(near) == len(set(near)) >= 1
    assert desk.reception.post(desk.url("visits/"), {**typed, "start": near[0]}).status_code == 302


def test_a_known_client_is_found_on_the_form_s_own_page(desk: Desk) -> None:
    assert send(desk).status_code == 201
    page = desk.reception.get(desk.url("visits/new/?q=Rus&time=11:00&date=2026-11-23")).content.decode()
    [client] = re.findall(r'name="client" value="(\d+)" checked', page)
    assert 'name="time" value="11:00"' in page and 'type="hidden" name="client"' not in page
    typed = {"service": desk.clinic.visit, "client": client, "date": "2026-11-23", "time": "11:00"}
    assert desk.reception.post(desk.url("visits/"), typed).status_code == 302
    part = desk.reception.get(desk.url("visits/new/"), headers={"X-Part": "1"}).content.decode()
    assert 'name="q"' not in part and 'type="hidden" name="client"' in part

"""Two desks at one visit: what both changed is told with names and values, so that one chooses and nothing is lost."""

from typing import Any

from tests import world
from visita.bookings.tests.test_promotions import promote
from visita.web.desk.tests.conftest import Desk, signed_in
from visita.web.desk.tests.test_changes import book, found, send


def test_the_second_note_is_told_who_wrote_what(desk: Desk) -> None:
    visit = book(desk)
    owner = signed_in(desk.clinic.id, "owner")
    send(desk, visit, "note", owner, note="Bring the results")
    response = send(desk, visit, "note", note="Comes late")
    told = response.json()
    assert (response.status_code, told["code"], told["version"]) == (409, "changed_meanwhile", 2)
    assert told["theirs"] == {"note": "Bring the results"}
    assert told["detail"].startswith("Owner changed this note at")
    assert found(desk, visit).note == "Bring the results"


def test_different_fields_of_two_desks_both_stand(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "move", start=world.at(14).isoformat(), resource=desk.clinic.mihai)
    assert send(desk, visit, "note", note="Comes late").status_code == 200
    assert send(desk, visit, "arrival", any_day=True).status_code == 200
    both = found(desk, visit)
    assert (both.note, both.status, both.wall[-5:]) == ("Comes late", "arrived", "14:00")


def test_the_second_move_is_told_where_the_visit_is(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "move", start=world.at(14).isoformat(), resource=desk.clinic.mihai)
    response = send(desk, visit, "move", start=world.at(15).isoformat(), resource=desk.clinic.ana)
    told = response.json()
    assert (response.status_code, told["code"]) == (409, "changed_meanwhile")
    assert "Mihai Ionescu" in told["theirs"]["time"] and "14:00" in told["detail"].replace("2:00", "14:00")
    again = send(desk, visit, "move", start=world.at(15).isoformat(), resource=desk.clinic.ana, version=2)
    assert again.status_code == 200


def test_a_status_set_twice_is_no_conflict(desk: Desk) -> None:
    visit = book(desk)
    assert send(desk, visit, "arrival", any_day=True).json()["version"] == 2
    assert send(desk, visit, "arrival", any_day=True).json() == {"version": 2, "status": "arrived"}


def test_without_script_the_page_tells_it_too(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "note", note="Bring the results")
    page = desk.reception.post(desk.url(f"visits/{visit}/note"), {"version": 1, "note": "Mine"})
    assert page.status_code == 409 and b"changed this note at" in page.content


def test_a_move_to_another_price_shows_it_first(desk: Desk) -> None:
    visit = book(desk, 14)
    promote(desk.clinic)
    sent: dict[str, Any] = {"start": world.at(10).isoformat(), "resource": desk.clinic.ana}
    response = send(desk, visit, "move", **sent)
    told = response.json()
    assert (response.status_code, told["code"], told["price"], told["was"]) == (
        409,
        "price_changed",
        20000,
        30000,
    )
    assert "200" in told["detail"] and "300" in told["detail"] and found(desk, visit).version == 1
    assert send(desk, visit, "move", **sent, price=20100).status_code == 409
    assert send(desk, visit, "move", **sent, price=20000).status_code == 200
    back: dict[str, Any] = {"start": world.at(14).isoformat(), "resource": desk.clinic.ana, "version": 2}
    assert send(desk, visit, "move", **back, back=True).status_code == 200

"""The parking strip: seen by every desk of the location, never losing the visit's time, left by a move."""

from typing import Any

from django.test import Client

from tests import world
from visita.bookings import actions
from visita.bookings.requests import BookRequest, Item
from visita.foundation import clock
from visita.web.desk.tests.conftest import Desk, signed_in
from visita.web.desk.tests.test_changes import book, found, send


def strip(desk: Desk, browser: Client | None = None) -> list[dict[str, Any]]:
    """What lies on it."""
    answer = (browser or desk.reception).get(desk.url(f"parked.json?location={desk.clinic.location}"))
    assert answer.status_code == 200, answer.content
    return list(answer.json()["parked"])


def test_a_parked_visit_keeps_its_time_and_every_desk_sees_who_parked_it(desk: Desk) -> None:
    visit = book(desk)
    assert send(desk, visit, "parking").json()["version"] == 2
    (card,) = strip(desk, signed_in(desk.clinic.id, "owner"))
    assert (card["visit"], card["by"], card["date"]) == (visit, "Reception", "2026-11-23")
    assert [block["s"] for block in card["blocks"]] == [clock.to_minute(world.at(10))]
    other = send(desk, book(desk, 11), "move", start=world.at(10).isoformat(), resource=desk.clinic.ana)
    assert other.json()["code"] == "slot_taken"


def test_the_journal_marks_it(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "parking")
    day = desk.reception.get(desk.url("journal.json?date=2026-11-23")).json()
    assert next(block["facts"] for block in day["blocks"] if block["visit"] == visit)[0] == "parked"


def test_a_move_takes_it_off_the_strip(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "parking")
    start = world.at(11, day=world.day_after(2))
    moved = send(desk, visit, "move", version=2, start=start.isoformat(), resource=desk.clinic.mihai)
    assert moved.status_code == 200 and strip(desk) == []
    assert found(desk, visit).parked_at is None


def test_it_is_put_back_where_it_stood_all_the_time(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "parking")
    assert send(desk, visit, "unparking", version=2).json()["version"] == 3
    assert strip(desk) == [] and found(desk, visit).s == clock.to_minute(world.at(10))


def test_parked_twice_is_parked_once_by_the_first(desk: Desk) -> None:
    visit = book(desk)
    send(desk, visit, "parking")
    again = send(desk, visit, "parking", signed_in(desk.clinic.id, "owner"))
    assert (again.status_code, again.json()["version"], strip(desk)[0]["by"]) == (200, 2, "Reception")


def test_what_is_over_is_not_parked_and_what_was_cancelled_leaves(desk: Desk) -> None:
    visit, done = book(desk), book(desk, 11)
    send(desk, done, "completion", any_day=True)
    assert send(desk, done, "parking", version=2).json()["code"] == "invalid_transition"
    send(desk, visit, "parking")
    send(desk, visit, "cancellation", version=2)
    assert strip(desk) == []


def test_all_parts_of_a_visit_lie_there_together(desk: Desk) -> None:
    items = (
        Item(desk.clinic.visit, desk.clinic.ana, world.at(9)),
        Item(desk.clinic.scan, desk.clinic.mihai, world.at(9, 40)),
    )
    booked = actions.book(desk.clinic.id, BookRequest(items, client=world.person(), staff=True), world.STAFF)
    send(desk, booked.visit_id, "parking")  # type: ignore[union-attr]
    (card,) = strip(desk)
    assert [(block["n"], block["of"], block["service"]) for block in card["blocks"]] == [
        (1, 2, "Consultation"),
        (2, 2, "Scan"),
    ]


def test_who_sees_own_visits_only_sees_those(desk: Desk) -> None:
    mine, theirs = book(desk), book(desk, 11, who=desk.clinic.mihai)
    send(desk, mine, "parking")
    send(desk, theirs, "parking")
    assert [card["visit"] for card in strip(desk, desk.doctor)] == [mine]
    assert desk.analyst.get(desk.url("parked.json")).status_code == 403
    assert send(desk, mine, "parking", desk.doctor).status_code == 403


def test_the_strip_costs_the_same_however_many_lie_there(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    for hour in (10, 11, 12):
        send(desk, book(desk, hour), "parking")
    with django_assert_max_num_queries(14):
        assert len(strip(desk)) == 3

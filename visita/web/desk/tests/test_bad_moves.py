"""Drops that cannot be: each refused with its own name, and the visit with all its claims stays as it was."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import BookRequest, Item
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity.models import User
from visita.scheduling.models import Allocation
from visita.web.desk.tests.conftest import Desk
from visita.web.desk.tests.test_changes import book, send

SUNDAY_OF_CHANGE = date(2027, 3, 28)  # 3:00 becomes 4:00 in Bucharest
Rows = list[tuple[Any, ...]]


def rows(desk: Desk) -> tuple[Rows, Rows]:
    """Every appointment and every living claim."""
    with scope(desk.clinic.id):
        parts = Appointment.objects.order_by("id").values_list("id", "s", "e", "resource_id", "price_minor")
        claims = (
            Allocation.objects.filter(live=True).order_by("id").values_list("id", "resource_id", "s", "e")
        )
        return list(parts), list(claims)


def refused(desk: Desk, visit: int, **sent: Any) -> tuple[int, str]:
    """Status and code; nothing half written."""
    before = rows(desk)
    answer = send(desk, visit, "move", **sent)
    assert rows(desk) == before
    assert answer.status_code >= 400 and answer.json()["detail"]
    return answer.status_code, answer.json()["code"]


def at(hour: int, minute: int = 0, day: date = world.MONDAY) -> str:
    return world.at(hour, minute, day).isoformat()


def test_closed_time_and_lunch_and_sunday(desk: Desk) -> None:
    visit, clinic = book(desk), desk.clinic
    for start in (at(7), at(12, 45), at(16, 45), at(10, day=world.day_after(6))):
        assert refused(desk, visit, start=start, resource=clinic.ana) == (422, "not_offered")


def test_over_another_booking(desk: Desk) -> None:
    visit = book(desk)
    book(desk, 11)
    assert refused(desk, visit, start=at(11, 15), resource=desk.clinic.ana) == (409, "slot_taken")


def test_a_refusal_speaks_the_language_of_who_is_signed_in(desk: Desk) -> None:
    visit, _other = book(desk), book(desk, 11)
    for browser in (desk.reception, desk.analyst):
        User.objects.filter(pk=browser.session["_auth_user_id"]).update(language="fi")
    answer = send(desk, visit, "move", start=at(11, 15), resource=desk.clinic.ana)
    assert answer.json()["detail"].startswith("Aika varattiin")
    assert "Sinulla ei ole oikeutta" in desk.analyst.get(desk.url()).content.decode()


def test_onto_who_cannot_do_it_and_onto_nobody_known(desk: Desk) -> None:
    visit, clinic = book(desk), desk.clinic
    for resource in (clinic.nurse, clinic.hall):
        assert refused(desk, visit, start=at(14), resource=resource) == (422, "staff_service_mismatch")
    assert refused(desk, visit, start=at(14), resource=99_999_999) == (404, "not_found")


def test_into_the_past(desk: Desk) -> None:
    visit = book(desk, 14)
    with clock.at(world.at(12)):
        assert refused(desk, visit, start=at(9), resource=desk.clinic.ana) == (422, "too_late")


@pytest.mark.parametrize("minutes", [0, -15, 2881, 10**12, "x", 1.5, True])
def test_resized_to_nothing_less_or_too_much(desk: Desk, minutes: Any) -> None:
    visit = book(desk)
    assert refused(desk, visit, start=at(10), resource=desk.clinic.ana, minutes=minutes)[0] == 422


def test_resized_over_midnight_and_over_the_end_of_work(desk: Desk) -> None:
    visit = book(desk, 16)
    for minutes in (90, 16 * 60):
        code = refused(desk, visit, start=at(16), resource=desk.clinic.ana, minutes=minutes)
        assert code in ((422, "not_offered"), (409, "slot_taken"))


def test_an_hour_that_the_clocks_jump_over(desk: Desk) -> None:
    visit = book(desk)
    sent = {"date": SUNDAY_OF_CHANGE.isoformat(), "time": "03:30", "resource": desk.clinic.ana}
    assert refused(desk, visit, **sent) == (422, "time_does_not_exist")


def test_a_move_over_the_change_of_clocks_keeps_the_wall_clock_and_the_length(desk: Desk) -> None:
    friday, monday = SUNDAY_OF_CHANGE - timedelta(days=2), SUNDAY_OF_CHANGE + timedelta(days=1)
    visit = book(desk)
    for day in (friday, monday):
        sent: dict[str, Any] = {"date": day.isoformat(), "time": "10:00", "resource": desk.clinic.ana}
        with scope(desk.clinic.id):
            version = Visit.objects.get(pk=visit).version
        assert send(desk, visit, "move", version=version, **sent).status_code == 200
        with scope(desk.clinic.id):
            part = Appointment.objects.get(visit_id=visit)
        local = clock.from_minute(part.s).astimezone(world.ZONE)
        assert (local.date(), local.hour, local.minute, part.e - part.s) == (day, 10, 0, 30)


def test_one_bad_part_of_two_moves_neither(desk: Desk) -> None:
    clinic = desk.clinic
    parts = (Item(clinic.visit, clinic.ana, world.at(9)), Item(clinic.scan, clinic.mihai, world.at(9, 40)))
    booked = actions.book(clinic.id, BookRequest(parts, client=world.person(), staff=True), world.STAFF)
    visit = booked.visit_id  # type: ignore[union-attr]
    book(desk, 14, who=clinic.mihai)
    assert refused(desk, visit, start=at(13, 30), resource=clinic.ana)[1] == "slot_taken"


def test_without_script_the_form_names_who_could_take_it_and_when_but_not_its_own_time(desk: Desk) -> None:
    booked = actions.book(
        desk.clinic.id, world.request(desk.clinic, world.at(10), who=desk.clinic.ana), world.STAFF
    )
    visit = booked.visit_id  # type: ignore[union-attr]
    html = desk.reception.get(desk.url(f"visits/{visit}/")).content.decode()
    assert "Nearest free times" in html and f'value="{desk.clinic.mihai}"' in html
    assert world.at(10, 5).isoformat() in html and f'value="{world.at(10).isoformat()}"' not in html
    sent = {"version": "1", "date": "2026-11-24", "time": "12:20", "resource": str(desk.clinic.mihai)}
    refused = desk.reception.post(desk.url(f"visits/{visit}/move"), sent)
    near = world.at(12, day=world.day_after(1)).isoformat()
    assert refused.status_code == 409 or refused.status_code == 422
    assert near in refused.content.decode() and "Tue 24 Nov" in refused.content.decode()
    moved = desk.reception.post(desk.url(f"visits/{visit}/move"), {**sent, "start": near})
    assert moved.status_code == 302

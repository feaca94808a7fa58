"""My day: whose it is, what stands on it, and the next step."""

from datetime import timedelta
from typing import Any

import pytest

from tests import world
from visita.bookings import actions
from visita.foundation import clock
from visita.scheduling import actions as scheduling
from visita.web.desk.tests.conftest import Desk, signed_in


def _book(desk: Desk, hour: int, who: int, minute: int = 0, **more: Any) -> Any:
    return actions.book(
        desk.clinic.id,
        world.request(desk.clinic, world.at(hour, minute), desk.clinic.visit, who, **more),
        world.STAFF,
    )


def _at(hour: int, minute: int = 0) -> Any:
    return clock.at(world.at(hour, minute))


def test_ones_own_day_with_its_free_time_and_the_next_visit_open(desk: Desk) -> None:
    _book(desk, 9, desk.clinic.ana, note="Brings the X-ray")
    _book(desk, 10, desk.clinic.mihai, client=world.person("Ion", "Dumitru", phone="+40721555015"))
    with _at(8, 30):
        page = desk.doctor.get(desk.url("agenda/")).content.decode()
    assert "Brings the X-ray" in page
    assert "Ion" not in page
    assert "Free 3 h" in page
    assert 'aria-current="date"' in page


def test_another_calendar_is_not_ones_own(desk: Desk) -> None:
    with _at(8):
        assert desk.doctor.get(desk.url("agenda/"), {"resource": desk.clinic.mihai}).status_code == 404
        assert desk.reception.get(desk.url("agenda/"), {"resource": desk.clinic.mihai}).status_code == 200
        assert desk.analyst.get(desk.url("agenda/")).status_code == 403


def test_the_step_leads_back_to_the_day(desk: Desk) -> None:
    booked = _book(desk, 9, desk.clinic.ana)
    with _at(8, 50):
        page = desk.reception.get(desk.url("agenda/"), {"resource": desk.clinic.ana}).content.decode()
        assert f"visits/{booked.visit_id}/arrival" in page
        answer = desk.reception.post(
            desk.url(f"visits/{booked.visit_id}/arrival"), {"version": 1, "to": "agenda"}
        )
        assert answer["Location"] == desk.url("agenda/")
        after = desk.reception.get(desk.url("agenda/"), {"resource": desk.clinic.ana}).content.decode()
    assert f"visits/{booked.visit_id}/completion" in after


def test_who_only_looks_gets_no_step_and_no_phone(desk: Desk) -> None:
    booked = _book(desk, 9, desk.clinic.ana)
    with _at(8, 50):
        page = desk.doctor.get(desk.url("agenda/")).content.decode()
    assert f"visits/{booked.visit_id}/arrival" not in page
    assert "tel:" not in page


def test_whoever_waits_comes_before_whoever_is_due(desk: Desk) -> None:
    _book(desk, 9, desk.clinic.ana)
    late = _book(desk, 11, desk.clinic.ana, client=world.person("Ion", "Dumitru", phone="+40721555015"))
    actions.arrive(desk.clinic.id, late.visit_id, world.STAFF)
    with _at(8, 50):
        page = desk.reception.get(desk.url("agenda/"), {"resource": desk.clinic.ana}).content.decode()
    assert f"visits/{late.visit_id}/completion" in page


def test_a_day_off_and_an_empty_day_say_so(desk: Desk) -> None:
    scheduling.set_exception(
        desk.clinic.id, desk.clinic.ana, desk.clinic.location, world.MONDAY, [], reason="", actor=world.STAFF
    )
    tuesday = world.MONDAY + timedelta(days=1)
    with _at(8):
        off = desk.doctor.get(desk.url("agenda/")).content.decode()
        empty = desk.doctor.get(desk.url("agenda/"), {"date": tuesday.isoformat()}).content.decode()
    assert "A day off" in off
    assert "Nothing is booked" in empty
    assert "Today" in empty


def test_nobody_of_ones_own(desk: Desk) -> None:
    stranger = signed_in(desk.clinic.id, "specialist")
    page = stranger.get(desk.url("agenda/")).content.decode()
    assert "No calendar of your own" in page


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow_with_the_visits(
    desk: Desk, number: int, django_assert_max_num_queries: Any
) -> None:
    for turn in range(number):
        person = world.person(f"No{turn}", phone=f"+407215551{turn:02d}")
        _book(desk, 9 + turn // 2 + (turn > 5), desk.clinic.ana, 30 * (turn % 2), client=person)
    reception = desk.reception
    with _at(8), django_assert_max_num_queries(30):
        assert reception.get(desk.url("agenda/"), {"resource": desk.clinic.ana}).status_code == 200


def test_whoever_sees_only_the_own_calendar_begins_with_it(desk: Desk) -> None:
    assert desk.doctor.get("/desk/")["Location"] == desk.url("agenda/")
    assert desk.reception.get("/desk/")["Location"] == desk.url()


def test_one_who_was_cancelled_leaves_the_time_free(desk: Desk) -> None:
    booked = _book(desk, 9, desk.clinic.ana)
    actions.cancel(desk.clinic.id, booked.visit_id, world.STAFF)
    with _at(8, 30):
        page = desk.doctor.get(desk.url("agenda/")).content.decode()
    assert "Maria" not in page
    assert "Free 3 h 30 min" in page

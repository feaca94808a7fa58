"""The public and private mark in the table of visits."""

from tests import world
from visita.bookings import actions
from visita.tenancy import actions as tenancy
from visita.web.desk.tests.conftest import Desk
from visita.web.desk.tests.test_booking import send

WEEK = {"from": "2026-11-23"}


def test_the_mark_is_a_column_and_a_filter_where_visits_are_marked(desk: Desk) -> None:
    plain = desk.reception.get(desk.url("table/"), WEEK).content.decode()
    assert 'name="scheme"' not in plain and "Public or private" not in plain
    tenancy.set_setting(desk.clinic.id, "schemes", True, actor=world.STAFF)
    marked = send(desk, first_name="Petra").json()["visit"]
    send(desk, first_name="Nora", phone="0721 555 888", time="11:00")
    actions.mark(desk.clinic.id, marked, "public", world.STAFF)
    found = desk.reception.get(desk.url("table/"), {**WEEK, "scheme": "public"}).content.decode()
    assert "Petra" in found and "Nora" not in found and "Public health</td>" in found
    assert desk.reception.get(desk.url("table/"), {**WEEK, "scheme": "x"}).status_code == 404

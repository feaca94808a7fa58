"""The journal of changes to working time: what held before and what holds now, in words."""

from django.test import Client

from tests import world
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.web.desk.hours.tests.test_hours import keeper as keeper
from visita.web.desk.tests.conftest import Desk


def test_a_week_set_by_a_program_is_told_in_words(desk: Desk, keeper: Client) -> None:
    cast = desk.clinic
    scheduling.set_working_time(
        cast.id, cast.ana, cast.location,
        [Pattern(weekday, 600, 900, world.MONDAY, None, 2) for weekday in (0, 1, 2, 5)], actor=world.STAFF,
    )  # fmt: skip
    answer = keeper.get(desk.url("hours/changes/"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<td>Mon–Fri 9:00–12:30, 13:00–17:00</td>" in page  # before
    assert "Mon–Wed 10:00–15:00, Sat 10:00–15:00, every 2 weeks, from Mon" in page


def test_hours_taken_away_are_off(desk: Desk, keeper: Client) -> None:
    cast = desk.clinic
    scheduling.set_working_time(cast.id, cast.mihai, cast.location, [], actor=world.STAFF)
    assert "<td>off</td>" in keeper.get(desk.url("hours/changes/")).content.decode()

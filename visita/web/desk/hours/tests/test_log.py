"""The journal of changes to working time: what held before and what holds now, in words."""

import re

from django.test import Client

from tests import world
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.web.desk.hours.tests.test_hours import DAY
from visita.web.desk.hours.tests.test_hours import keeper as keeper
from visita.web.desk.tests.conftest import Desk


def shown(desk: Desk, keeper: Client, query: str = "") -> str:
    """The page, each cell without the space around its part."""
    answer = keeper.get(desk.url(f"hours/changes/{query}"))
    assert answer.status_code == 200
    return re.sub(r"(?<=<td>)\s+|\s+(?=</t[dh]>)", "", answer.content.decode())


def test_a_week_set_by_a_program_is_told_in_words(desk: Desk, keeper: Client) -> None:
    cast = desk.clinic
    scheduling.set_working_time(
        cast.id, cast.ana, cast.location,
        [Pattern(weekday, 600, 900, world.MONDAY, None, 2) for weekday in (0, 1, 2, 5)], actor=world.STAFF,
    )  # fmt: skip
    page = shown(desk, keeper)
    assert "<td>Mon–Fri 9:00–12:30, 13:00–17:00</td>" in page  # before
    assert "Mon–Wed 10:00–15:00, Sat 10:00–15:00, every 2 weeks, from Mon" in page


def test_hours_taken_away_are_off(desk: Desk, keeper: Client) -> None:
    cast = desk.clinic
    scheduling.set_working_time(cast.id, cast.mihai, cast.location, [], actor=world.STAFF)
    assert "<td>off</td>" in shown(desk, keeper)


def test_hits_are_marked_and_every_cell_leads_on(desk: Desk, keeper: Client) -> None:
    cast = desk.clinic
    sent = {"resource": cast.ana, "date": DAY, "hours": "9-12", "kind": "shortened"}
    keeper.post(desk.url("hours/day/"), sent)
    scheduling.block(cast.id, [cast.mihai], cast.location, world.at(15), world.at(16), actor=world.STAFF)
    page = shown(desk, keeper, "?find=kind:shortened&find=hours:540-720")
    assert "<mark>Hours shortened</mark>" in page and "<mark>9:00–12:00</mark>" in page
    assert "<td>Weekly hours</td>" in page  # what held before
    assert "phone" not in page.lower()
    blocked = keeper.get(desk.url("hours/changes/?find=kind:blocked")).context["rows"][0]
    assert f"day%3A{DAY}" in blocked["day_url"]
    assert len(keeper.get(desk.url("hours/changes/") + blocked["day_url"]).context["rows"]) == 1

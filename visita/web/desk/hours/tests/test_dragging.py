"""Working time changed on the picture: an edge dragged, an hour added by a press, a day moved,
and what comes of a slip."""

import pytest
from django.test import Client

from tests import world
from visita.web.desk.hours.tests.test_hours import DAY, apply, book, exceptions, visit
from visita.web.desk.hours.tests.test_hours import keeper as keeper
from visita.web.desk.tests.conftest import Desk


def test_an_edge_dragged_saves_and_says_what_was_before(desk: Desk, keeper: Client) -> None:
    sent = {"resource": desk.clinic.ana, "date": DAY, "hours": "9:00–12:30, 13:00–18:00"}
    answer = keeper.post(desk.url("hours/day.json"), sent, "application/json")
    assert (answer.status_code, answer.json()["before"]) == (200, "9:00–12:30, 13:00–17:00")
    assert [(each.intervals, each.reason) for each in exceptions(desk)] == [
        ([[540, 750], [780, 1080]], "extended")
    ]


def test_hours_dragged_back_to_those_of_the_plan_follow_it_again(desk: Desk, keeper: Client) -> None:
    """A slip that was undone leaves nothing behind: not a day said to be changed, nor one said to be cancelled."""
    saturday, url = world.day_after(5).isoformat(), desk.url("hours/day.json")
    for day, sent in ((DAY, {"hours": "8:00–17:00"}), (saturday, {"op": "add", "minute": 600})):
        sent |= {"resource": desk.clinic.ana, "date": day}
        done = keeper.post(url, sent, "application/json").json()
        assert len(exceptions(desk)) == 1
        back = {**sent, "op": "", "hours": done["before"], "was": done["hours"]}
        assert keeper.post(url, back, "application/json").json()["hours"] == done["before"]
        assert exceptions(desk) == []


def test_a_click_adds_an_hour_or_takes_the_free_time_around_it(desk: Desk, keeper: Client) -> None:
    book(desk)
    sent = {"resource": desk.clinic.ana, "date": DAY, "minute": 1020, "op": "add"}
    assert "13:00–18:00" in keeper.post(desk.url("hours/day.json"), sent, "application/json").json()["hours"]
    sent |= {"minute": 660, "op": "remove"}
    hours = keeper.post(desk.url("hours/day.json"), sent, "application/json").json()["hours"]
    assert hours == "9:00–10:30, 13:00–18:00"
    assert (
        keeper.post(desk.url("hours/day.json"), {**sent, "minute": 610}, "application/json").status_code
        == 409
    )


def test_a_drag_that_strands_leads_to_the_form(desk: Desk, keeper: Client) -> None:
    book(desk)
    sent = {"resource": desk.clinic.ana, "date": DAY, "hours": "13:00–17:00"}
    answer = keeper.post(desk.url("hours/day.json"), sent, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "visits_stranded")
    assert exceptions(desk) == []
    assert 'value="13:00–17:00"' in keeper.get(answer.json()["url"]).content.decode()


def test_a_drag_over_hours_another_has_changed_writes_nothing_over(desk: Desk, keeper: Client) -> None:
    seen = "9:00–12:30, 13:00–17:00"
    mine = {"resource": desk.clinic.ana, "date": DAY, "hours": "8:00–12:30", "was": seen}
    theirs = {**mine, "hours": "10:00–12:30"}
    assert keeper.post(desk.url("hours/day.json"), theirs, "application/json").status_code == 200
    late = keeper.post(desk.url("hours/day.json"), mine, "application/json")
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert late.json()["hours"] == "10:00–12:30"
    again = {**mine, "was": late.json()["hours"]}
    assert keeper.post(desk.url("hours/day.json"), again, "application/json").status_code == 200


def test_a_day_is_moved_to_another_with_its_visits(desk: Desk, keeper: Client) -> None:
    first, saturday = book(desk), world.day_after(5).isoformat()
    sent = {"resource": desk.clinic.ana, "date": DAY, "hours": "9-12:30", "to": saturday}
    page = keeper.post(desk.url("hours/day/"), sent)
    (row,) = page.context["rows"]  # it goes along at its own hour, unless somebody says otherwise
    assert (row["do"], row["typed"]["date"], row["typed"]["time"]) == ("move", saturday, "10:00")
    names = ("place", "date", "time", "resource")
    typed = {f"do_{first}": "move", **{f"{name}_{first}": row["typed"][name] for name in names}}
    assert apply(desk, keeper, page, **typed).context["failed"] == []
    there = int(world.at(10, day=world.day_after(5)).timestamp()) // 60
    assert visit(desk, first).s == there
    assert [(each.date.isoformat(), each.intervals, each.reason) for each in exceptions(desk)] == [
        (DAY, [], "moved"), (saturday, [[540, 750]], "moved")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "to"), [("9-12", DAY), ("", "2026-11-28"), ("9-12", "2026-11-01"), ("9-12", "soon")]
)
def test_a_day_is_moved_nowhere(desk: Desk, keeper: Client, hours: str, to: str) -> None:
    sent = {"resource": desk.clinic.ana, "date": DAY, "hours": hours, "to": to}
    assert keeper.post(desk.url("hours/day/"), sent).status_code == 422
    assert exceptions(desk) == []

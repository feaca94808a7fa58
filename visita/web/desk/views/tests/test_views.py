"""The views besides the day: what they show, what they cost, who sees what, and that the last one is remembered."""

import html
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from visita.bookings import actions, journal_days, journal_month, journal_places
from visita.bookings.requests import BookRequest, ClientDetails, Item
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy
from visita.tenancy import queries
from visita.web.desk.tests.conftest import Desk, signed_in

MONDAY = world.MONDAY.isoformat()
ION = ClientDetails("Ion", "Dragu", "0722 444 555", "")


def book(desk: Desk, hour: int, day: date = world.MONDAY, **more: Any) -> Any:
    """A visit of the week."""
    request = world.request(desk.clinic, world.at(hour, day=day), **{"who": desk.clinic.ana, **more})
    return actions.book(desk.clinic.id, request, world.CLIENT)


def text(desk: Desk, path: str, **query: Any) -> str:
    """A page as reception reads it."""
    answer = desk.reception.get(desk.url(path), {"date": MONDAY, **query})
    assert answer.status_code == 200, answer.content[:300]
    return str(answer.content.decode())


def data(desk: Desk, path: str, **query: Any) -> Any:
    """JSON as reception's script gets it."""
    values: dict[str, Any] = {"date": MONDAY, **query}
    answer = desk.reception.get(desk.url(path), values)
    assert answer.status_code == 200, answer.content
    return answer.json()


def week_data(desk: Desk, **query: Any) -> Any:
    """The week of Dr Pop."""
    return data(desk, "week.json", **{"resource": desk.clinic.ana, **query})


def test_the_week_of_one_has_a_column_for_each_date(desk: Desk) -> None:
    book(desk, 10, world.MONDAY + timedelta(2))
    found = week_data(desk)
    assert [column["date"] for column in found["resources"]][:2] == [MONDAY, "2026-11-24"]
    assert [column["used"] for column in found["resources"]] == [0, 0, 30, 0, 0, 0, 0]
    [block] = found["blocks"]
    assert block["s"] == clock.to_minute(world.at(10, day=world.MONDAY + timedelta(2)))
    assert found["week"]["resource"] == desk.clinic.ana and len(found["week"]["days"]) == 7


def test_a_week_in_which_clocks_change_tells_its_stretches(desk: Desk) -> None:
    days = week_data(desk, date="2027-03-22")["week"]["days"]
    assert [len(day["stretches"]) for day in days] == [1, 1, 1, 1, 1, 1, 2]
    assert days[6]["e"] - days[6]["s"] == 23 * 60


@pytest.mark.parametrize("view", ["week", "month", "places", "places of which one is looked at"])
def test_statements_do_not_grow_with_days_or_visits(desk: Desk, view: str) -> None:
    with scope(desk.clinic.id):
        locations = queries.locations()
    asks: dict[str, Callable[[], object]] = {
        "week": lambda: journal_days.days(desk.clinic.location, world.MONDAY, 7, "en"),
        "month": lambda: journal_month.figures(desk.clinic.location, world.MONDAY, 42),
        "places": lambda: journal_places.places(locations, world.MONDAY, ("en", "en")),
        "places of which one is looked at": lambda: journal_places.places(
            locations, world.MONDAY, ("en", "en"), whole=[desk.clinic.location]
        ),
    }
    counts = []
    for hour in (9, 10, 11):
        book(desk, hour)
        with scope(desk.clinic.id), CaptureQueriesContext(connection) as asked:
            asks[view]()
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 6


def test_the_month_counts_visits_and_free_hours(desk: Desk) -> None:
    book(desk, 10)
    cancelled = book(desk, 11)
    actions.cancel(desk.clinic.id, cancelled.visit_id, world.STAFF)
    with scope(desk.clinic.id):
        [monday] = journal_month.figures(desk.clinic.location, world.MONDAY, 1, {desk.clinic.ana})
    assert (monday.visits, monday.cancelled, monday.hours, monday.free) == (1, 1, 450, 420)
    assert monday.filled == 7


def test_closed_days_are_grey_with_their_reason(desk: Desk) -> None:
    scheduling.set_exception(
        desk.clinic.id,
        None,
        desk.clinic.location,
        date(2026, 11, 25),
        [],
        reason="holiday",
        actor=world.STAFF,
    )
    month = text(desk, "month/")
    assert "Public holiday" in month
    calendar = text(desk, "calendar/", view="week")
    assert "Wednesday, 25 November, Public holiday" in calendar
    assert "Saturday, 28 November, Closed" in calendar
    assert f"/desk/week/?location={desk.clinic.location}&amp;date=2026-11-24" in calendar
    turned = text(desk, "calendar/", view="places", page=3)
    assert "date=2026-11-26&amp;page=3" in turned and 'name="page" value="3"' in turned


@pytest.mark.parametrize("path", ["week/", "month/"])
def test_the_figures_above_a_board_lead_to_the_table_and_come_with_the_board(desk: Desk, path: str) -> None:
    book(desk, 10)
    page = desk.reception.get(desk.url(path), {"date": "2026-11-24"})
    assert "table/?from=2026-11-" in page.content.decode().split('id="stats"')[1].split("</nav>")[0]
    part = desk.reception.get(
        desk.url(path), {"date": "2026-11-24"}, headers={"X-Part": "1"}
    ).content.decode()
    [above] = re.findall(r'id="board-bar" type="application/json">(.*?)<', part)
    assert json.loads(above)["stat-visits"] == "1"


def test_only_who_may_move_a_visit_can_take_it_up_on_the_board(desk: Desk) -> None:
    visit = book(desk, 10).visit_id
    [held] = re.findall(r'data-move="([^"]+)"', text(desk, "week/"))
    assert json.loads(html.unescape(held))["visit"] == visit
    keeper = signed_in(desk.clinic.id, "online_keeper")
    page = str(keeper.get(desk.url("week/"), {"date": MONDAY}).content)
    assert "Maria Ilie" in page and "data-move" not in page


def test_the_board_shows_everybody_by_day(desk: Desk) -> None:
    visit = book(desk, 10).visit_id
    page = text(desk, "week/")
    assert "Maria Ilie" in page and f"#visit-{visit}" in page and "Mihai Ionescu" in page
    one = text(desk, "week/", resource=desk.clinic.ana)
    assert 'id="by-day"' in one and "desk-journal" in one and "Mihai Ionescu</b>" not in one


def test_a_day_off_leads_to_its_hours_for_who_may_change_them(desk: Desk) -> None:
    saturday = (
        f"hours/day/?location={desk.clinic.location}&amp;date=2026-11-28&amp;resource={desk.clinic.ana}"
    )
    assert saturday in text(desk, "week/")
    assert saturday not in text(desk, "week/", date="2026-11-10")  # a week that has passed
    assert "New visit, Ana Pop, Mon 23 Nov<" in text(desk, "week/")
    centre = signed_in(desk.clinic.id, "booking_centre").get(desk.url("week/"), {"date": MONDAY})
    assert centre.status_code == 200 and "hours/day/" not in centre.content.decode()


def test_rooms_leave_people_out(desk: Desk) -> None:
    book(desk, 10, service=desk.clinic.scan)
    answer = data(desk, "journal.json", rooms=1)
    assert {column["kind"] for column in answer["resources"]} == {"room"}
    assert "Room 1" in text(desk, "rooms/")


def test_a_service_leaves_those_who_give_it(desk: Desk) -> None:
    answer = data(desk, "journal.json", service=desk.clinic.yoga)
    assert [column["id"] for column in answer["resources"]] == [desk.clinic.ana]


def test_locations_stand_side_by_side(desk: Desk) -> None:
    book(desk, 10)
    page = text(desk, "locations/")
    assert "Strada Paris" in page and "Maria Ilie" in page


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [("2026-11-27", "2026-11-26", "2026-11-30"), ("2026-11-28", "2026-11-27", "2026-11-30")],
)
def test_arrows_pass_days_on_which_every_location_is_closed(
    desk: Desk, day: str, before: str, after: str
) -> None:
    shown = desk.reception.get(desk.url("locations/"), {"date": day}).context
    assert f"date={before}" in shown["previous"] and f"date={after}" in shown["next"]


def _branches(desk: Desk, count: int) -> list[int]:
    """Every location, with `count` new ones where nobody works but at the last."""
    made = [
        tenancy.add_location(desk.clinic.id, name=f"B{at}", zone="Europe/Bucharest", actor=world.STAFF).pk
        for at in range(count)
    ]
    who = scheduling.add_resource(
        desk.clinic.id, name="Dr Far", kind="person", location_ids=made[-1:], actor=world.STAFF
    )
    week = [Pattern(0, 540, 1020, date(2020, 1, 1))]
    scheduling.set_working_time(desk.clinic.id, who.pk, made[-1], week, actor=world.STAFF)
    return [desk.clinic.location, *made]


def test_a_chain_stands_in_pages_and_nothing_of_it_is_hidden(desk: Desk) -> None:
    book(desk, 10)
    every = _branches(desk, 9)
    first, second = text(desk, "locations/"), html.unescape(text(desk, "locations/", page=2, show=""))

    def shown(page: str) -> list[int]:
        return [int(pk) for pk in re.findall(r'data-place="(\d+)"', page)]

    def told(page: str) -> str:
        return str(re.findall(r'id="board-bar" type="application/json">(.*?)<', html.unescape(page))[0])

    assert shown(first) == every[:8] and "Locations 1–8 of 10" in first and "2 other locations" in first
    assert shown(second) == every[8:] and "1 visit that is not shown here" in second
    assert "Maria Ilie" not in second and "Dr Far" in second and "Dr Far" not in first
    assert told(first) == told(second) and json.loads(told(first))["stat-visits"] == "1"
    [press] = [
        url for url in re.findall(r'href="([^"]+)"', html.unescape(first)) if f"show={every[9]}" in url
    ]
    assert shown(str(desk.reception.get(press).content)) == [every[9], *every[:7]]
    assert shown(text(desk, "locations/"))[0] == every[9]  # remembered for the person


def test_the_last_view_and_the_scale_are_remembered_for_the_person(desk: Desk) -> None:
    text(desk, "week/", resource=desk.clinic.ana)
    sent = desk.reception.post(desk.url("preferences"), {"scale": 30}, content_type="application/json")
    assert sent.status_code == 200
    assert desk.reception.get(desk.url())["Location"] == desk.url(
        f"week/?location={desk.clinic.location}&resource={desk.clinic.ana}"
    )
    assert '"scale": 30' in text(desk, "")
    assert (
        desk.reception.get(desk.url()).status_code == 200
    )  # a day asked for by its address is the last view now


def test_a_scale_that_no_slider_has_is_refused(desk: Desk) -> None:
    answer = desk.reception.post(desk.url("preferences"), {"scale": 7}, content_type="application/json")
    assert answer.status_code == 422


def test_legal_starts_of_a_week_come_at_once(desk: Desk) -> None:
    visit = book(desk, 10).visit_id
    starts = data(desk, "starts.json", visit=visit, days=7)["starts"][str(desk.clinic.ana)]
    days = {clock.from_minute(minute).date() for minute in starts}
    assert days == {world.MONDAY + timedelta(at) for at in range(5)}


@pytest.mark.parametrize("path", ["week/", "month/", "rooms/", "list/", "week/?resource=5", "locations/"])
def test_who_sees_own_visits_only_sees_one_calendar(desk: Desk, path: str) -> None:
    book(desk, 10)
    book(desk, 10, who=desk.clinic.mihai, client=ION)
    page = desk.doctor.get(desk.url(path), query_params={"date": MONDAY}).content.decode()
    assert "Ion Dragu" not in page
    assert desk.analyst.get(desk.url(path)).status_code == 403


@pytest.mark.parametrize(
    "path", ["calendar/?view=x", "calendar/?month=2026-13", "week/?resource=x", "month/?date=2026-02-30"]
)
def test_wrong_addresses_are_pages_of_their_own(desk: Desk, path: str) -> None:
    assert desk.reception.get(desk.url(path)).status_code == 404


def test_a_calendar_of_another_location_is_not_there(desk: Desk) -> None:
    other = world.clinic()
    assert desk.reception.get(desk.url(f"week/?resource={other.ana}")).status_code == 404
    assert desk.reception.get(desk.url(f"week.json?resource={other.ana}")).status_code == 404


def test_the_chosen_day_stays_from_view_to_view(desk: Desk) -> None:
    chosen = "2026-12-09"  # a Wednesday
    for view in ("", "week/", "month/"):
        shown = text(desk, view, date=chosen)
        for code in ("day", "week", "month"):
            assert re.search(rf'href="[^"]*date={chosen}[^"]*" id="view-{code}"', shown), (view, code)
    assert re.search(r'id="previous" href="[^"]*date=2026-12-02', text(desk, "week/", date=chosen))
    assert re.search(r'id="previous" href="[^"]*date=2026-11-30', text(desk, "month/", date="2026-12-31"))


def test_a_visit_over_midnight_names_its_days(desk: Desk) -> None:
    item = Item(desk.clinic.visit, desk.clinic.ana, world.at(16), minutes=1560)
    asked = BookRequest((item,), client=world.person(), staff=True, force=True)
    actions.book(desk.clinic.id, asked, world.STAFF)
    tuesday: dict[str, Any] = {"date": world.day_after(1).isoformat(), "resource": desk.clinic.ana, "set": 1}
    found = {
        path: desk.reception.get(desk.url(path), tuesday).content.decode()
        for path in ("list/", "agenda/", "print/")
    }
    assert "Mon 23 Nov, 16:00–18:00" in found["list/"] and "spans-days" in found["list/"]
    assert "<small>Mon</small>16:00" in found["agenda/"]
    assert "Mon 23 Nov, 16:00–18:00" in found["print/"] and "00:00" not in found["print/"]

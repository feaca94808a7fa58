"""The table of visits: filters, order, pages, kept views, and files that hold the same rows."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract

from tests import world
from visita.activity.models import Activity
from visita.bookings import actions, table
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import Booked, MoveRequest
from visita.bookings.table_orders import SORTS
from visita.catalog import actions as catalog
from visita.catalog.models import Service, Specialty
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.web.desk import table as show
from visita.web.desk.tests.conftest import Desk, signed_in

pytestmark = pytest.mark.django_db
WEEK = {"from": "2026-11-23", "to": "2026-11-27"}


def _book(desk: Desk, hour: int, day: int = 0, **more: Any) -> int:
    when = world.at(hour, 0, world.day_after(day))
    who = more.pop("who", desk.clinic.ana)
    made = actions.book(desk.clinic.id, world.request(desk.clinic, when, who=who, **more), world.CLIENT)
    assert isinstance(made, Booked)
    return made.visit_id


def _rows(desk: Desk, browser: Any = None, **query: Any) -> list[int]:
    """The visits shown, in order."""
    response = (browser or desk.reception).get(desk.url("table/"), query)
    assert response.status_code == 200, response.content[:400]
    body = response.content.decode().split("<tbody>")[1]
    return [int(found) for found in re.findall(r'<th scope="row"><a href="[^"]+/visits/(\d+)/"', body)]


def test_the_coming_week_by_time_is_what_it_opens_with(desk: Desk) -> None:
    late, early, far = _book(desk, 15), _book(desk, 9), _book(desk, 9, 14)
    assert _rows(desk) == [early, late]
    assert _rows(desk, **{"from": "", "to": ""}) == [early, late, far]


def test_more_than_a_page_is_counted_apart(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for hour in (9, 10, 11):
        _book(desk, hour)

    def told(path: str = "table/", **query: Any) -> str:
        return str(desk.reception.get(desk.url(path), query).content.decode())

    assert ">3 services<" in told() and "data-count" not in told()
    monkeypatch.setattr(table, "PAGE", 2)
    open_ = told(**WEEK)
    assert "More than 2 services" in open_ and "Count them all" in open_
    [address] = re.findall(r'data-count="([^"]+)"', open_)
    assert "3 services" in str(desk.reception.get(address.replace("&amp;", "&")).json())
    assert ">3 services<" in told(**WEEK, count=1)
    monkeypatch.setattr(table, "COUNTED", 2)
    assert ">More than 2 services<" in told(**WEEK, count=1)
    assert told("table/count.json", sort="x").startswith("{")


def test_filters_narrow_and_combine(desk: Desk) -> None:
    ana = _book(desk, 9)
    mihai = _book(
        desk, 9, who=desk.clinic.mihai, client=world.person("Ivan", "Țurcanu", phone="+40721555099")
    )
    gym = _book(desk, 14, service=desk.clinic.gym, who=None)
    actions.cancel(desk.clinic.id, ana, world.STAFF)
    assert _rows(desk, **WEEK, status="cancelled") == [ana]
    assert _rows(desk, **WEEK, status=["cancelled", "confirmed"], resource=desk.clinic.mihai) == [mihai]
    assert _rows(desk, **WEEK, service=desk.clinic.gym) == [gym]
    assert _rows(desk, **WEEK, q="turcanu") == [mihai]
    assert _rows(desk, **WEEK, q="nobody at all") == []
    assert _rows(desk, **WEEK, resource="x") == []
    assert _rows(desk, **WEEK, online="no") == []


def test_moved_and_booked_on_are_found(desk: Desk) -> None:
    stays, goes = _book(desk, 9), _book(desk, 10)
    with clock.at(world.NOW + timedelta(days=1)):
        actions.move(desk.clinic.id, goes, MoveRequest(world.at(16), staff=True, version=None), world.STAFF)
        late = _book(desk, 14, 2)
    assert _rows(desk, **WEEK, changed=1) == [goes]
    assert _rows(desk, **WEEK, booked_from="2026-11-22", booked_to="2026-11-22") == [stays, goes]
    assert _rows(desk, **WEEK, booked_from="2026-11-23") == [late]


def test_pages_neither_repeat_nor_skip(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {
        _book(desk, hour, day, client=world.person(f"A{hour}{day}", "B"))
        for hour in (9, 10)
        for day in range(3)
    }
    monkeypatch.setattr(table, "PAGE", 4)
    sorts = [*SORTS, "client of many"]
    for sort in sorts:
        if sort not in SORTS:  # from here on along the index of names
            monkeypatch.setitem(SORTS, "client", replace(SORTS["client"], most=5))
        query = {**WEEK, "sort": sort.split()[0], "down": "1"}
        first = desk.reception.get(desk.url("table/"), query).content.decode()
        address = re.findall(r'href="(\?[^"]*after=[^"]+)"', first)[0].replace("&amp;", "&")
        second = desk.reception.get(desk.url("table/") + address).content.decode()
        seen = re.findall(r'<th scope="row"><a href="[^"]+/visits/(\d+)/"', first + second)
        assert len(seen) == 6 and {int(each) for each in seen} == made, sort


def test_rows_come_in_the_order_asked_for(desk: Desk) -> None:
    catalog.change_service(desk.clinic.id, desk.clinic.scan, {"price_minor": 50000}, actor=world.STAFF)
    short, long = _book(desk, 11), _book(desk, 9, service=desk.clinic.scan)
    with scope(desk.clinic.id):
        first, last = (
            Specialty.objects.create(name={}, position=1),
            Specialty.objects.create(name={}, position=2),
        )
        Service.objects.filter(pk=desk.clinic.visit).update(specialty_id=first.pk)
        Service.objects.filter(pk=desk.clinic.scan).update(specialty_id=last.pk)
        Visit.objects.filter(pk=short).update(code="A2345678", seats=1)
        Visit.objects.filter(pk=long).update(code="B2345678", seats=2, scheme="public")
        Appointment.objects.filter(visit_id=long).update(discount_minor=100)
    for sort in ("length", "price", "specialty", "seats", "scheme", "code", "discount", "due"):
        assert _rows(desk, **WEEK, sort=sort) == [short, long], sort
        assert _rows(desk, **WEEK, sort=sort, down="1") == [long, short], sort
    page = desk.reception.get(desk.url("table/"), {**WEEK, "column": list(show.COLUMNS)}).content.decode()
    assert all(f"sort={sort}" in page for sort in SORTS)
    assert {key for key, each in show.COLUMNS.items() if not each.sort} == {"phone", "email"}


@pytest.mark.parametrize("down", ["", "1"])
def test_many_are_read_in_the_order_of_names_as_few_are_sorted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, down: str
) -> None:
    names = [("Zoe", "Adam"), ("Ana", "Zamfir"), ("Bob", "Adam"), ("Ana", "Mak")]
    for at, name in enumerate(names):
        _book(desk, 9 + at, client=world.person(*name))
    asked = {**WEEK, "sort": "client", "down": down, "resource": ""}
    few = _rows(desk, **asked)
    monkeypatch.setitem(SORTS, "client", replace(SORTS["client"], most=2))
    assert len(few) == 4 and _rows(desk, **asked) == few
    for narrow in (
        {"status": "confirmed"},
        {"booked_from": "2026-11-22"},
        {"location": str(desk.clinic.location)},
    ):
        assert _rows(desk, **asked, **narrow) == few


def test_too_many_for_an_order_stand_by_date_and_it_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, early = _book(desk, 15), _book(desk, 9)
    query = {**WEEK, "sort": "status", "down": "1"}
    assert "too many for the order" not in desk.reception.get(desk.url("table/"), query).content.decode()
    for sort, order in SORTS.items():
        monkeypatch.setitem(SORTS, sort, replace(order, most=1))
    page = desk.reception.get(desk.url("table/"), query).content.decode()
    assert "too many for the order" in page and re.search(
        r'aria-sort="ascending"><a href="[^"]*sort=when', page
    )
    assert _rows(desk, **query) == [early, late]
    booked = {"booked_from": "2026-11-22", "sort": "price"}
    assert _rows(desk, **booked) == [late, early]  # no dates to go by: as they were booked
    assert _rows(desk, **WEEK, booked_from="2026-11-22") == [early, late]


def test_who_sees_the_own_calendar_sees_the_own_rows(desk: Desk) -> None:
    mine, other = _book(desk, 9), _book(desk, 9, who=desk.clinic.mihai)
    assert _rows(desk, desk.doctor, **WEEK) == [mine]
    assert _rows(desk, desk.doctor, **WEEK, resource=desk.clinic.mihai) == [mine]
    assert other in _rows(desk, **WEEK)
    assert desk.analyst.get(desk.url("table/")).status_code == 403


@pytest.mark.parametrize(
    ("query", "status"),
    [("from=2026-02-30", 404), ("sort=evil", 404), ("after=%00", 404), ("after=WyJ4IiwxXQ", 404), ("status=x", 404),
     ("column=evil", 200), ("q=%00", 200), ("location=99999999999999999999", 200)],
)  # fmt: skip
def test_a_forged_address_never_breaks(desk: Desk, query: str, status: int) -> None:
    assert desk.reception.get(f"{desk.url('table/')}?{query}").status_code == status


def test_files_hold_the_rows_without_formulas_and_are_recorded(desk: Desk) -> None:
    _book(desk, 9, client=world.person("=HYPERLINK(1)", "Ilie"))
    owner = signed_in(desk.clinic.id, "owner")
    response = owner.get(desk.url("table/visits.csv"), {**WEEK, "column": ["client", "when", "status"]})
    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert rows == [
        ["Date and time", "Client", "Status"],
        ["2026-11-23 09:00", "'=HYPERLINK(1) Ilie", "Confirmed"],
    ]
    assert owner.get(desk.url("table/visits.xlsx"), WEEK).getvalue().startswith(b"PK")
    with scope(desk.clinic.id):
        counts = [each.payload for each in Activity.objects.filter(verb="visits.exported").order_by("id")]
    assert counts == [{"rows": 1, "form": "csv"}, {"rows": 1, "form": "xlsx"}]
    assert desk.reception.get(desk.url("table/visits.csv"), WEEK).status_code == 403
    assert owner.get(desk.url("table/visits.exe"), WEEK).status_code == 404


def test_every_column_is_collected_for_translation() -> None:
    code = io.BytesIO(Path(show.__file__).read_bytes())
    texts = {found[1] for found in extract("python", code, keywords={"gettext_lazy": None})}
    assert {str(column.label) for column in show.COLUMNS.values()} <= texts


def test_a_view_is_kept_replaced_and_let_go_by_its_owner_only(desk: Desk) -> None:
    for query in ("status=cancelled", "status=no_show&sort=client"):
        desk.reception.post(desk.url("table/views/"), {"name": "Missed", "query": query})
    page = desk.reception.get(desk.url("table/")).content.decode()
    assert page.count(">Missed</a>") == 1 and "status=no_show&amp;sort=client" in page
    address = re.findall(r'action="([^"]+/removal)"', page)[0]
    other = signed_in(desk.clinic.id, "owner")
    assert "Missed" not in other.get(desk.url("table/")).content.decode()
    assert other.post(address).status_code == 404
    assert desk.reception.post(address).status_code == 302
    assert ">Missed</a>" not in desk.reception.get(desk.url("table/")).content.decode()


@pytest.mark.parametrize("name", ["", "x" * 61])
def test_a_view_without_a_name_that_fits_is_said_beside_the_field(desk: Desk, name: str) -> None:
    answer = desk.reception.post(desk.url("table/views/"), {"name": name, "query": "status=no_show"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="t-name-error"' in page
    assert f'value="{name}" required' in page and 'value="status=no_show"' in page
    assert desk.reception.get(desk.url("table/views/?sort=when"))["Location"] == desk.url("table/?sort=when")


def test_contacts_are_for_those_who_may_see_them(desk: Desk) -> None:
    keeper = signed_in(desk.clinic.id, "online_keeper")
    _book(desk, 9, client=world.person(email="maria@example.org"))
    query = {**WEEK, "column": ["client", "phone", "email"]}
    shown, hidden = (who.get(desk.url("table/"), query).content.decode() for who in (desk.reception, keeper))
    assert "maria@example.org" in shown and "721555014" in shown
    assert "maria@example.org" not in hidden and not re.search(r"555\s?014", hidden)


def test_ids_of_thousands_of_digits_match_nothing(desk: Desk) -> None:
    _book(desk, 9)
    assert _rows(desk, **WEEK, resource="9" * 5000) == []


def test_pages_about_people_are_kept_by_no_cache(desk: Desk) -> None:
    for path in ("", "table/", "doubts/", f"visits/{_book(desk, 9)}/"):
        assert desk.reception.get(desk.url(path))["Cache-Control"] == "no-store", path


def test_a_file_that_is_too_long_is_refused_and_not_recorded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour in (9, 10):
        _book(desk, hour)
    monkeypatch.setattr("visita.web.desk.table_file.MOST", 1)
    refused = signed_in(desk.clinic.id, "owner").get(desk.url("table/visits.xlsx"), WEEK)
    assert refused.status_code == 422 and "A workbook holds 1" in refused.content.decode()
    with scope(desk.clinic.id):
        assert not Activity.objects.filter(verb="visits.exported").exists()


def test_days_in_the_wrong_order_are_taken_the_other_way_round_and_it_is_said(desk: Desk) -> None:
    early = _book(desk, 9)
    back = {"from": WEEK["to"], "to": WEEK["from"]}
    assert _rows(desk, **back) == [early]
    page = desk.reception.get(desk.url("table/"), back).content.decode()
    assert "other way round" in page and 'name="from" value="2026-11-23"' in page
    assert "other way round" not in desk.reception.get(desk.url("table/"), WEEK).content.decode()

"""What hardly any visit has: found from its rare side, or piece by piece with a word on how far a page came."""

import re
from typing import Any

import pytest

from tests import world
from visita.bookings import actions, table, table_ways
from visita.bookings.requests import Booked
from visita.bookings.table_wanted import Wanted
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk

pytestmark = pytest.mark.django_db
ALL = {"from": "2026-01-01"}


def _book(desk: Desk, hour: int, day: int = 0, **more: Any) -> int:
    client = world.person(f"A{hour}{day}", "B")
    wanted = world.request(desk.clinic, world.at(hour, 0, world.day_after(day)), client=client, **more)
    made = actions.book(desk.clinic.id, wanted, world.CLIENT)
    assert isinstance(made, Booked)
    return made.visit_id


def _page(desk: Desk, query: Any) -> str:
    response = desk.reception.get(desk.url("table/") + query if isinstance(query, str) else desk.url("table/"),
                                  None if isinstance(query, str) else query)  # fmt: skip
    assert response.status_code == 200
    return str(response.content.decode())


def _visits(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'<th scope="row"><a href="[^"]+/visits/(\d+)/"', page)]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Two visits are many here, and one is looked at at first."""
    monkeypatch.setattr(table_ways, "RARE", 2)
    monkeypatch.setattr(table_ways, "SEEN", 2)
    monkeypatch.setattr(table_ways, "AT_FIRST", 1)
    return monkeypatch


@pytest.mark.parametrize("down", ["", "1"])
def test_what_is_rare_by_nothing_is_looked_for_page_by_page(
    desk: Desk, narrow: pytest.MonkeyPatch, down: str
) -> None:
    made = [_book(desk, hour, day) for day in range(3) for hour in (9, 10)]
    query: Any = {**ALL, "status": ["confirmed", "requested"], "length": "1-999", "down": down}
    narrow.setattr(table, "_FEW", 1)  # lengths are frequent, too
    seen, pages, told = [], 0, ""
    while query and pages < 9:
        page = _page(desk, query)
        pages += 1
        seen += _visits(page)
        told += page
        found = re.findall(r'href="(\?[^"]*after=[^"]+)"[^>]*>Next page', page)
        query = found[0].replace("&amp;", "&") if found else ""
    assert seen == (made[::-1] if down else made)
    assert pages > 1 and ("Looked through back to" if down else "Looked through up to") in told


def test_a_page_of_nothing_says_how_far_it_looked(desk: Desk, narrow: pytest.MonkeyPatch) -> None:
    for hour in (9, 10, 11):
        actions.cancel(desk.clinic.id, _book(desk, hour), world.STAFF)
        _book(desk, hour + 4, 1, service=desk.clinic.gym, who=None)
    both = {**ALL, "status": "cancelled", "service": str(desk.clinic.gym)}
    page = _page(desk, both)
    assert ">0 services<" in page and page.count("Looked through up to") == 1 and "Nothing fits" not in page
    assert "There may be more than" in _page(desk, {**both, "sort": "price"})


def test_the_rare_side_has_all_of_it_in_any_order(desk: Desk, narrow: pytest.MonkeyPatch) -> None:
    made = [_book(desk, hour, day) for day in range(3) for hour in (9, 10)]
    gym = _book(desk, 14, 3, service=desk.clinic.gym, who=None)
    actions.cancel(desk.clinic.id, made[4], world.STAFF)
    for sort in ("when", "price", "client", "booked"):
        assert _visits(_page(desk, {**ALL, "status": "cancelled", "sort": sort})) == [made[4]]
        rare = {**ALL, "service": str(desk.clinic.gym), "status": "confirmed", "sort": sort}
        assert _visits(_page(desk, rare)) == [gym]
    for nobody in ({"online": "no"}, {"scheme": "public"}, {"places": "3-"}, {"status": ["arrived", "no_show"]},
                   {"specialty": "1"}, {"service": "x"}):  # fmt: skip
        assert "Nothing fits" in _page(desk, {**ALL, **nobody}), nobody


def test_the_number_is_that_of_the_rare_side_or_of_what_was_looked_at(
    desk: Desk, narrow: pytest.MonkeyPatch
) -> None:
    made = [_book(desk, hour, day) for day in range(2) for hour in (9, 10)]
    actions.cancel(desk.clinic.id, made[0], world.STAFF)
    with scope(desk.clinic.id):
        assert table_ways.counted(Wanted(statuses=("cancelled",))) == (1, False)
        assert table_ways.counted(Wanted(statuses=("confirmed",))) == (1, True)
        assert table_ways.counted(Wanted()) == (4, False)
        assert table_ways.rarest(Wanted(sources=("it's 100%",))) is not None

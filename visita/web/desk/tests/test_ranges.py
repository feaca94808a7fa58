"""Ranges as they are typed: read, written, told; and the searches that take them."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import world
from visita.bookings import actions
from visita.bookings.requests import MoveRequest
from visita.bookings.table_ranges import Bounds
from visita.foundation.errors import Refusal
from visita.foundation.formats import formats_for
from visita.scheduling import actions as scheduling
from visita.web.desk import ranges
from visita.web.desk.tests.conftest import Desk
from visita.web.desk.tests.test_search import ION, book, hits

EN = formats_for("en", "GB")
WEEK = {"from": "2026-11-23", "to": "2026-11-29"}


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [
        ("45", (45, 45)), ("30–60", (30, 60)), ("30-60", (30, 60)), ("30 - 60 min", (30, 60)), ("1 h", (60, 60)),
        ("1:30", (90, 90)), ("1h 30", (90, 90)), ("from 30", (30, None)), ("–60", (None, 60)), ("30–", (30, None)),
        ("to 1 h", (None, 60)), ("30 to 60", (30, 60)), ("from 30 to 60", (30, 60)), ("30..60", (30, 60)),
    ],
)  # fmt: skip
def test_a_length_is_read_as_people_type_it(typed: str, bounds: Bounds) -> None:
    assert ranges.read(typed, ranges.lengths(EN)) == bounds


@pytest.mark.parametrize(
    "typed", ["abc", "-1", "60-30", "100000000000000000000", "1-2-3", "–", "-", "30 60", "4 x 4 x"]
)
def test_what_is_no_range_is_refused(typed: str) -> None:
    for measure in (ranges.lengths(EN), ranges.prices(EN, "EUR"), ranges.places(EN)):
        with pytest.raises(Refusal, match="bad_range"):
            ranges.read(typed, measure)


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [
        ("150", (15000, 15000)), ("150,50", (15050, 15050)), ("€ 150.50", (15050, 15050)), ("100–200 EUR", (10000, 20000)),
        ("1 500", (150000, 150000)), ("1.500,00", (150000, 150000)), ("0", (0, 0)),
    ],
)  # fmt: skip
def test_an_amount_is_read_with_and_without_its_sign(typed: str, bounds: Bounds) -> None:
    measure = ranges.prices(EN, "EUR")
    assert ranges.read(typed, measure) == bounds
    assert ranges.read(ranges.typed(bounds, measure), measure) == bounds


def test_money_without_cents_has_none() -> None:
    assert ranges.read("1500", ranges.prices(EN, "JPY")) == (1500, 1500)
    with pytest.raises(Refusal):
        ranges.read("15.5", ranges.prices(EN, "JPY"))


def test_an_address_is_read_back_or_refused() -> None:
    for bounds in ((1, 2), (1, None), (None, 2), (7, 7)):
        assert ranges.of_address(ranges.written(bounds), 100) == bounds
    assert not any(ranges.of_address(text, 100) for text in ("", "-", "2-1", "x", "101", "1-2-3", "٣"))
    first, last = date(2026, 11, 1), date(2026, 11, 22)
    for days in ((first, last), (first, None), (None, last), (first, first)):
        assert ranges.days_of_address(ranges.days_written(days)) == days
    wrong = ("", "..", "2026-11-22..2026-11-01", "2026-02-30", "20261101", "1999-01-01")
    assert not any(ranges.days_of_address(text) for text in wrong)


def test_every_language_reads_the_lengths_it_writes() -> None:
    for language in ("en", "it", "ro", "ru", "uk"):
        with translation.override(language):
            formats = formats_for(language, "IT")
            for minutes in (45, 60, 90):
                assert ranges.read(formats.length(minutes), ranges.lengths(formats)) == (minutes, minutes)


def test_numbers_and_the_day_of_booking_are_searched(desk: Desk) -> None:
    maria = book(desk, 10)  # 30 minutes, 300 lei, one place
    scan = book(desk, 11, service=desk.clinic.scan, client=ION)  # 40 minutes, no price
    assert hits(desk, "find=length:30")["visits"] == [maria]
    assert hits(desk, "find=length:35-")["visits"] == [scan]
    assert sorted(hits(desk, "find=length:-30&find=length:40-60")["visits"]) == [maria, scan]
    assert hits(desk, "find=price:20000-30000")["visits"] == [maria]
    assert hits(desk, "find=price:-29999")["visits"] == []
    assert sorted(hits(desk, "find=places:1")["visits"]) == [maria, scan]
    assert sorted(hits(desk, "find=booked:2026-11-22")["visits"]) == [maria, scan]
    assert hits(desk, "find=booked:2026-11-01..2026-11-21")["visits"] == []
    assert hits(desk, "find=due:30000&find=discount:0")["visits"] == [maria]


def test_a_frequent_value_finds_the_same_as_a_rare_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    maria = book(desk, 10)
    book(desk, 11, service=desk.clinic.scan, client=ION)
    rare = hits(desk, "find=length:30&find=price:1-30000")
    monkeypatch.setattr("visita.bookings.table._FEW", -1)
    assert hits(desk, "find=length:30&find=price:1-30000") == rare and rare["visits"] == [maria]


def test_a_range_costs_the_same_however_much_it_finds(desk: Desk) -> None:
    counts = []
    for hours in ((10,), (11, 13, 14)):
        for hour in hours:
            book(desk, hour)
        search(desk, **{"in": "length", "text": "30"})
        with CaptureQueriesContext(connection) as asked:
            search(desk, **{"in": "length", "text": "30"})
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_was_moved_is_a_status_to_search(desk: Desk) -> None:
    stays, moved = book(desk, 10), book(desk, 11, client=ION)
    actions.move(desk.clinic.id, moved, MoveRequest(world.at(15), desk.clinic.ana, staff=True), world.STAFF)
    assert hits(desk, "find=status:changed")["visits"] == [moved]
    assert sorted(hits(desk, "find=status:changed&find=status:confirmed")["visits"]) == [stays, moved]
    assert hits(desk, "find=status:changed&find=status:cancelled")["visits"] == [moved]


def search(desk: Desk, **query: str) -> Any:
    return desk.reception.get(desk.url("search/"), query)


def test_a_typed_range_stands_as_a_chip_and_cells_lead_on(desk: Desk) -> None:
    book(desk, 10)
    page = search(desk, text="30–60", **{"in": "length"}).content.decode()
    assert "find=length%3A30-60" in page or 'value="length:30-60"' in page
    assert "30 min–1 h" in page and "Maria Ilie" in page
    for cell in ("length%3A30", "price%3A30000", "places%3A1", "booked%3A2026-11-22"):
        assert cell in page
    spans = search(desk, text="20.11.2026 – 22 Nov", **{"in": "booked"}).content.decode()
    assert 'value="booked:2026-11-20..2026-11-22"' in spans and "Maria Ilie" in spans


@pytest.mark.parametrize(
    ("into", "typed", "words"),
    [
        ("price", "abc", "Write an amount"), ("price", "-1", "Write an amount"), ("price", "1" + "0" * 20, "Write an amount"),
        ("length", "60-30", "larger than the second"), ("places", "x", "Write a number of places"),
        ("booked", "someday", "Write a date"), ("booked", "22.11.2026 – 1.11.2026", "after the second"),
    ],
)  # fmt: skip
def test_nonsense_gets_a_word_beside_the_field(desk: Desk, into: str, typed: str, words: str) -> None:
    answer = search(desk, text=typed, **{"in": into})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and 'aria-describedby="search-wrong"' in page
    assert f'value="{typed}"' in page and f'<option value="{into}" selected>' in page


def table(desk: Desk, **query: str) -> Any:
    return desk.reception.get(desk.url("table/"), {**WEEK, **query})


def test_the_table_takes_ranges_and_keeps_them_in_its_links(desk: Desk) -> None:
    book(desk, 10)
    book(desk, 11, service=desk.clinic.scan, client=ION)
    page = table(desk, price_typed="250–300", length_typed="").content.decode()
    assert "Maria Ilie" in page and "Ion Dragu" not in page
    kept = re.search(
        r'name="query" value="([^"]*)"', page
    )  # a view that is kept means the same in every language
    assert kept is not None and "price=25000-30000" in kept[1] and "_typed" not in kept[1]
    assert 'value="250.00–300.00"' in page and "Price: " in page
    assert "Ion Dragu" in table(desk, length="40").content.decode()
    assert "booked_from=2026-11-22&amp;booked_to=2026-11-22" in page
    booked = table(desk, booked_from="2026-11-20", booked_to="2026-11-21").content.decode()
    assert "Booked on: " in booked and "Maria Ilie" not in booked
    assert "Maria Ilie" not in table(desk, status="changed").content.decode()


@pytest.mark.parametrize("typed", ["abc", "-1", "1" + "0" * 20, "300–250"])
def test_the_table_says_beside_the_field_what_it_cannot_read(desk: Desk, typed: str) -> None:
    book(desk, 10)
    answer = table(desk, price_typed=typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="t-price_typed-error"' in page and f'value="{typed}"' in page
    assert "Maria Ilie" not in page  # nothing is shown as if it had been found


def test_the_journal_of_hours_takes_spans_of_days_and_hours(desk: Desk) -> None:
    clinic = desk.clinic
    scheduling.set_exception(
        clinic.id, clinic.ana, clinic.location, world.MONDAY, [[600, 720]], actor=world.STAFF
    )

    def found(**query: str) -> Any:
        return desk.reception.get(desk.url("hours/changes/"), query)

    def rows(find: str) -> int:
        return int(found(find=find).content.decode().count("<tr>")) - 1

    assert rows("kind:changed") == rows("hours:600-720") == rows("hours:600") == 1
    assert rows("hours:540-750") == 5 and rows("hours:600-750") == -1  # the weekly plans; none
    assert rows("day:2026-11-20..2026-11-23") == 1 and rows("day:2026-11-24..") == -1
    assert rows("done:2026-11-22") == 6 and rows("done:..2026-11-21") == -1
    page = found(find="kind:changed").content.decode()
    for cell in ("done%3A2026-11-22", "by%3AReception", "hours%3A600-720"):
        assert cell in page
    wrong = found(text="abc", **{"in": "hours"})
    assert wrong.status_code == 422 and "Write the hours" in wrong.content.decode()

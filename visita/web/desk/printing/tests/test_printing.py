"""Sheets on paper: pages that stay readable, every script, and nothing on them that the reader may not see."""

import re
from typing import Any

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.requests import ClientDetails
from visita.web.desk.printing import fonts, pdf
from visita.web.desk.printing.options import Options
from visita.web.desk.printing.pdf import Head
from visita.web.desk.printing.sheet import Column, Entry, Page, Row, Sheet
from visita.web.desk.tests.conftest import Desk, signed_in

MONDAY = world.MONDAY.isoformat()
NAMES = ("Ștefan Ilie", "Мария Козлова", "Γιώργος Παπαδόπουλος", "דוד כהן", "محمد علي")
HEAD = Head(
    "Meridian",
    "Monday, 23 November, 2026",
    "Strada Paris",
    "Printed by Ana",
    "page {number} of {of}",
    "Book online",
    "Empty boxes have no font",
)


def sheet(columns: int, rows: int = 10, note: str = "") -> Sheet:
    """People with one visit an hour each, named in five scripts."""
    heads = [Column(f"Dr {NAMES[at % 5]}", "8 h") for at in range(columns)]
    hours = [
        Row(
            f"{hour:02d}:00",
            [[Entry("09:00–09:30", NAMES[at % 5], "Consultation", note=note)] for at in range(columns)],
            [False] * columns,
        )
        for hour in range(8, 8 + rows)
    ]
    return Sheet(heads, hours)


def sheets(made: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type /Page\b(?!s)", made))


@pytest.mark.parametrize(("columns", "many", "widest"), [(0, 1, 0), (1, 1, 1), (7, 2, 4), (60, 10, 6)])
def test_columns_are_spread_evenly_over_pages(columns: int, many: int, widest: int) -> None:
    pages = sheet(columns).pages(6)
    assert len(pages) == many and max(len(page.columns) for page in pages) == widest
    assert sum(len(page.columns) for page in pages) == columns
    assert all(len(row.cells) == len(page.columns) for page in pages for row in page.rows)


def test_sixty_columns_in_five_scripts_are_a_pdf() -> None:
    options = Options(cell="small")
    made = pdf.made(sheet(60, 3).pages(options.columns("day")), HEAD, options)
    assert made.startswith(b"%PDF") and sheets(made) == 8


@pytest.mark.parametrize(
    "name",
    [
        "王小明",
        "田中さくら",
        "김철수",
        "สมชาย",
        "राम",
        "😀",
        "鄭\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-16}",
    ],
)
def test_the_signs_of_a_name_have_a_font(name: str) -> None:
    wanted = fonts.missing(name)
    pieces, wanting = fonts.chosen(wanted)
    assert wanted and pieces and not wanting


def test_han_signs_beside_kana_are_drawn_the_japanese_way() -> None:
    assert all("-jp-" in piece for piece in fonts.chosen(fonts.missing("直田さくら"))[0])
    assert all("-sc-" in piece for piece in fonts.chosen(fonts.missing("直田"))[0])


def test_what_no_font_draws_is_told() -> None:
    assert fonts.chosen(fonts.missing("\N{RUNIC LETTER FEHU FEOH FE F}"))[1]
    assert fonts.missing("Ștefan Мария Γιώργος דוד محمد №") == set()


def test_an_hour_taller_than_a_sheet_goes_on_on_the_next() -> None:
    options = Options(notes=True)
    crowd = [Entry("09:00–09:30", NAMES[0], "Consultation", note="Comes late. " * 30) for _ in range(12)]
    made = pdf.made([Page([Column("Dr Pop")], [Row("09:00", [crowd], [False])], 1, 1)], HEAD, options)
    assert sheets(made) == 2


def test_a_very_long_note_is_cut(desk: Desk) -> None:
    book(desk, 10, note="Comes late. " * 300)
    found = page(desk, set=1, notes=1)
    assert "Comes late." in found and "…" in found and len(re.findall("Comes late", found)) < 40


def book(desk: Desk, hour: int, **more: Any) -> int:
    """A visit on Monday."""
    request = world.request(desk.clinic, world.at(hour), **{"who": desk.clinic.ana, **more})
    found: Any = actions.book(desk.clinic.id, request, world.CLIENT)
    return int(found.visit_id)


def page(desk: Desk, browser: Any = None, **query: Any) -> str:
    """The page as it is read before it is printed."""
    answer = (browser or desk.reception).get(desk.url("print/"), {"date": MONDAY, **query})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("view", ["day", "rooms", "week"])
def test_each_view_is_a_page_and_a_pdf(desk: Desk, view: str) -> None:
    book(desk, 10, service=desk.clinic.scan)
    assert "Maria Ilie" in page(desk, view=view)
    made = desk.reception.get(desk.url("print/sheet.pdf"), {"date": MONDAY, "view": view})
    assert made["Content-Type"] == "application/pdf" and made.content.startswith(b"%PDF")


def test_the_week_of_one_is_printed(desk: Desk) -> None:
    book(desk, 10)
    found = page(desk, view="week", resource=desk.clinic.ana)
    assert "Mon 23 Nov" in found and "Maria Ilie" in found


def test_notes_and_phones_only_where_asked_for(desk: Desk) -> None:
    book(desk, 10, note="Pain after meals", client=ClientDetails("Ion", "Dragu", "0722 444 555", ""))
    plain = page(desk)
    assert "Pain after meals" not in plain and "0722" not in plain
    full = page(desk, set=1, notes=1, phones=1)
    assert "Pain after meals" in full and "0722" in full
    assert "Pain after meals" in page(desk)  # the choice is kept


def test_nobody_prints_what_they_may_not_see(desk: Desk) -> None:
    book(desk, 10, client=ClientDetails("Ion", "Dragu", "0722 444 555", ""))
    book(desk, 10, who=desk.clinic.mihai)
    mine = page(desk, desk.doctor, set=1, phones=1)
    assert "Ion Dragu" in mine and "0722" not in mine and "Maria Ilie" not in mine
    assert "Mihai Ionescu" not in mine
    assert desk.analyst.get(desk.url("print/")).status_code == 403
    assert desk.analyst.get(desk.url("print/sheet.pdf")).status_code == 403
    keeper = signed_in(desk.clinic.id, "online_keeper")
    assert "0722" not in page(desk, keeper, set=1, phones=1)


def test_hours_outside_the_chosen_ones_stand_where_something_is_booked(desk: Desk) -> None:
    book(desk, 16)
    found = page(desk, set=1, first=9, last=11)
    assert re.findall(r"<bdi>(\d\d:00)</bdi>", found) == ["09:00", "10:00", "16:00"]


@pytest.mark.parametrize("query", [{"view": "month"}, {"set": 1, "cell": "x"}, {"set": 1, "first": 25}])
def test_wrong_wishes_are_not_printed(desk: Desk, query: dict[str, Any]) -> None:
    assert desk.reception.get(desk.url("print/"), query).status_code == 404


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ana 👨\u200d👩\u200d👧 fam.", "Ana 👨 fam."),
        ("🇷🇴 Ion", "RO Ion"),
        ("👍🏽 ok ❤️", "👍 ok ❤"),
        ("👩🏽\u200d⚕️", "👩"),
        ("Zoë 🦊", "Zoë 🦊"),
        ("क्\u200dष محمد", "क्\u200dष محمد"),
    ],
)
def test_a_joined_sign_is_one_sign_on_paper(text: str, printed: str) -> None:
    assert fonts.plain(text) == printed

"""What leaves as a table can be read back, and is never a formula."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, time

import pytest

from visita.foundation.sheets import as_csv, as_xlsx, harmless

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "－1", "＋1", "＠1", "'=1"]


@pytest.mark.parametrize("text", EVIL)
def test_a_formula_is_a_text_in_csv(text: str) -> None:
    body = as_csv(["a"], [[text]]).decode("utf-8-sig")
    cell = next(iter(list(csv.reader(io.StringIO(body.replace("\0", "")), strict=False))[1:]))[0]
    assert cell.startswith("'")
    assert harmless(text).removeprefix("'") == text


@pytest.mark.parametrize("text", ["Ana", "", "Ștefan", "1", "a=b", "Иван"])
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_csv_has_its_mark_its_quotes_and_its_types() -> None:
    when = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
    body = as_csv(
        ["Name", "When"], [['He said "no", twice', when], [None, time(8, 30)], [True, date(2026, 1, 2)]]
    )
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows == [
        ["Name", "When"],
        ['He said "no", twice', "2026-11-23 09:05"],
        ["", "08:30"],
        ["1", "2026-01-02"],
    ]


def test_a_sheet_holds_no_formulas() -> None:
    body = as_xlsx(
        "[Visits]: all/of*them?",
        ["Name", "At"],
        [[text.replace("\0", ""), date(2026, 1, 2)] for text in EVIL],
    )
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.read("xl/workbook.xml").decode()
    assert "<f>" not in sheet and sheet.count("<row") == len(EVIL) + 1
    assert 'name="Visits   all of them"' in names


def test_an_empty_table_is_a_table() -> None:
    assert as_csv(["A"], []) == b"\xef\xbb\xbfA\r\n"
    assert as_xlsx("Empty", ["A"], []).startswith(b"PK")

"""Tables that leave the house as CSV or xlsx, by one writer: nothing typed by a stranger becomes a formula.

A cell of text that a spreadsheet would take for a formula gets an apostrophe before it in CSV, as OWASP's page on CSV
injection advises; in xlsx texts are stored as texts, which no program evaluates.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import IO, Final

Cell = str | int | float | date | datetime | time | bool | None

# What begins a formula in some spreadsheet, full-width twins included, and what hides such a beginning.
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_MOST = 32_000  # characters a cell of a spreadsheet holds


def harmless(text: str) -> str:
    """The text as it may stand in a CSV cell; a reader that strips one apostrophe gets the original."""
    return f"'{text}" if text.startswith((*_STARTS, "'")) else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """RFC 4180 in UTF-8 with the mark by which spreadsheets know it."""
    return csv_head(head) + csv_rows(rows)


def csv_head(head: Sequence[str]) -> bytes:
    """The mark and the first line of such a file, for one that is sent piece by piece."""
    return b"\xef\xbb\xbf" + csv_rows([head])


def csv_rows(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Lines of such a file."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date | time):
        return cell.isoformat() if isinstance(cell, date) else cell.strftime("%H:%M")
    return cell


def as_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """`write_xlsx` in memory."""
    out = io.BytesIO()
    write_xlsx(out, title, head, rows)
    return out.getvalue()


def write_xlsx(out: IO[bytes], title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """One sheet with a fixed head and a filter; wall-clock times as spreadsheets keep them, texts as texts.

    The rows go to a temporary file as they come, so that as little is held of many as of few.
    """
    from xlsxwriter import Workbook  # a tenth of a second that not every start should wait for

    book = Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_title(title))
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        time: book.add_format({"num_format": "hh:mm"}),
    }
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(head) - 1), 18)
    for column, name in enumerate(head):
        sheet.write_string(0, column, name, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(last, column, cell[:_MOST])
            elif isinstance(cell, datetime):
                sheet.write_datetime(last, column, cell.replace(tzinfo=None), formats[datetime])
            elif isinstance(cell, date | time):
                sheet.write_datetime(last, column, cell, formats[date if isinstance(cell, date) else time])
            elif cell is not None:
                sheet.write(last, column, cell)
    if head:
        sheet.autofilter(0, 0, last, len(head) - 1)
    book.close()


def _title(text: str) -> str:
    """A sheet's name: at most 31 characters, without the signs that spreadsheets forbid."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in text)[:31].strip("' ") or "Sheet"

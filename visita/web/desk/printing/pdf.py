"""The sheet as a PDF, drawn by fpdf2 with fonts that come along: it works on every machine (decision 50).

Text is shaped and ordered for scripts from right to left. What no font has shows as an empty box, and the foot says so.
"""

from dataclasses import dataclass
from typing import Any, cast

from fpdf import FPDF, XPos, YPos

from visita.web.desk.printing import fonts
from visita.web.desk.printing.fonts import FAMILY
from visita.web.desk.printing.options import Options
from visita.web.desk.printing.sheet import Column, Entry, Page, Row

MARGIN, LABEL, PAD = 8.0, 14.0, 1.0  # millimetres
GREY, SHADE = 120, 236


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below every page; `page` has places for {number} and {of}, `boxes` explains empty boxes."""

    organization: str
    title: str
    location: str
    printed: str
    page: str
    scan: str
    boxes: str
    qr: bytes | None = None


def made(pages: list[Page], head: Head, options: Options) -> bytes:
    """The whole file."""
    paper = _Paper(head, options, _texts(pages, head))
    for page in pages:
        paper.draw(page)
    return bytes(paper.output())


class _Paper(FPDF):
    """One document; rows that do not fit go on under a repeated head."""

    def __init__(self, head: Head, options: Options, texts: str) -> None:
        super().__init__("portrait" if options.upright else "landscape", "mm", options.paper)
        self.head, self.options = head, options
        self.leading = options.points * 0.45  # millimetres of one line of text
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(False)
        self.set_title(f"{head.title}, {head.location}")
        self.complete = fonts.give(self, texts)
        self.set_text_shaping(use_shaping_engine=True)
        self.set_draw_color(GREY)
        self.set_line_width(0.1)

    def draw(self, page: Page) -> None:
        """A page's columns, over as many sheets as its rows need."""
        label = max([LABEL, *(0.62 * self.options.points * 0.3528 * len(row.label) + 2 for row in page.rows)])
        label = min(label, 34.0)
        width = (self.epw - label) / max(1, len(page.columns))
        self._begin(page, label, width)
        for row in [part for whole in page.rows for part in self._parts(whole, width)]:
            high = self._height(row, label, width)
            if self.get_y() + min(high, self._room()) > self._bottom():
                self._begin(page, label, width)
            self._row(row, page, label, width, high)

    def _parts(self, row: Row, width: float) -> list[Row]:
        """The row, or several under its label where a cell is taller than a sheet: nothing is left out."""
        found, rest = [], row.cells
        while any(rest):
            fit = [self._fitting(cell, width) for cell in rest]
            found.append(Row(row.label, [cell[:n] for cell, n in zip(rest, fit, strict=True)], row.closed))
            rest = [cell[n:] for cell, n in zip(rest, fit, strict=True)]
        return found or [row]

    def _fitting(self, cell: list[Entry], width: float) -> int:
        """How many entries of a cell stand on one sheet; one at least."""
        high = 0.0
        for at, entry in enumerate(cell):
            high += self._entry_height(entry, width)
            if at and high > self._room():
                return at
        return len(cell)

    def _room(self) -> float:
        return self.h - 2 * MARGIN - 40

    def _bottom(self) -> float:
        return float(self.h - MARGIN - 6)

    def _begin(self, page: Page, label: float, width: float) -> None:
        """A fresh sheet: what and where, the code, who printed, the heads of the columns."""
        self.add_page()
        head, qr = self.head, 15.0
        if head.qr:
            self.image(head.qr, self.w - MARGIN - qr, MARGIN - 2, qr, qr)
            self._text(self.w - MARGIN - qr - 52, MARGIN + 4, 50, head.scan, 7, align="R")
        self._text(MARGIN, MARGIN - 1, self.epw - 70, head.title, 15, "B")
        self._text(MARGIN, MARGIN + 6, self.epw - 70, f"{head.organization} · {head.location}", 9)
        foot = head.page.format(number=self.page_no(), of="{nb}")
        parts = (head.printed, foot, "" if self.complete else head.boxes)
        self._text(MARGIN, self.h - MARGIN - 3, self.epw, " · ".join(filter(None, parts)), 7)
        self.set_y(MARGIN + 15)
        high = 2 * PAD + self.leading * max([2.2, *(self._head_lines(each, width) for each in page.columns)])
        for at, column in enumerate(page.columns):
            self._head(column, MARGIN + label + at * width, width)
        self.set_y(self.get_y() + high)
        self.rule(self.get_y(), 0.4)

    def _lines(self, text: str, width: float) -> int:
        """How many lines a text takes in the font that is set."""
        found = self.multi_cell(
            width - 2 * PAD, self.leading, fonts.plain(text), dry_run=True, output="LINES"
        )
        return len(cast("list[str]", found))

    def _head_lines(self, column: Column, width: float) -> float:
        self.set_font(FAMILY, "B", self.options.points)
        return self._lines(column.title, width) + (1.0 if column.second else 0.0)

    def _head(self, column: Column, x: float, width: float) -> None:
        y = self.get_y()
        self._text(x + PAD, y, width - 2 * PAD, column.title, self.options.points, "B")
        if column.second:
            self._text(x + PAD, self.get_y(), width - 2 * PAD, column.second, self.options.points - 1)
        self.set_y(y)

    def rule(self, y: float, thick: float = 0.1) -> None:
        """A line across the table."""
        self.set_line_width(thick)
        self.line(MARGIN, y, self.w - MARGIN, y)
        self.set_line_width(0.1)

    def _height(self, row: Row, label: float, width: float) -> float:
        cells = [sum(self._entry_height(each, width) for each in cell) for cell in row.cells]
        return max([self.leading * 1.8, self._wrapped(row.label, label, "B") + PAD, *cells]) + PAD

    def _wrapped(self, text: str, width: float, style: Any = "") -> float:
        if not text:
            return 0.0
        self.set_font(FAMILY, style, self.options.points)
        return float(self._lines(text, width) * self.leading)

    def _entry_height(self, entry: Entry, width: float) -> float:
        return sum(self._wrapped(text, width, style) for text, style in _lines(entry)) + PAD

    def _row(self, row: Row, page: Page, label: float, width: float, high: float) -> None:
        y = self.get_y()
        high = min(high, self._bottom() - y)
        for at, closed in enumerate(row.closed):
            if closed and not row.cells[at]:
                self.set_fill_color(SHADE)
                self.rect(MARGIN + label + at * width, y, width, high, "F")
        self._text(MARGIN, y + PAD / 2, label, row.label, self.options.points, "B")
        for at, cell in enumerate(row.cells):
            self._cell(cell, MARGIN + label + at * width, y + PAD / 2, width, y + high)
        self._frame(len(page.columns), label, width, y, high)
        self.set_y(y + high)

    def _cell(self, cell: list[Entry], x: float, y: float, width: float, end: float) -> None:
        for entry in cell:
            for text, style in _lines(entry):
                if y + self.leading > end + 0.1:
                    return  # a cell taller than a whole sheet ends with it
                self._text(x + PAD, y, width - 2 * PAD, text, self.options.points, style)
                y = self.get_y()
            y += PAD

    def _frame(self, columns: int, label: float, width: float, y: float, high: float) -> None:
        if self.options.frame != "none":
            self.rule(y)  # again: the grey of this row lies on it
            self.rule(y + high)
        if self.options.frame == "lines":
            for at in range(columns + 1):
                x = MARGIN + label + at * width
                self.line(x, y, x, y + high)

    def _text(
        self, x: float, y: float, width: float, text: str, points: float, style: Any = "", align: str = ""
    ) -> None:
        text = fonts.plain(text)
        self.set_font(FAMILY, style, points)
        self.set_xy(x, y)
        side = align or ("R" if _from_right(text) else "L")
        self.multi_cell(
            width, max(self.leading, points * 0.4), text, align=side, new_x=XPos.LEFT, new_y=YPos.NEXT
        )


def _texts(pages: list[Page], head: Head) -> str:
    """Everything that will be written."""
    columns = [text for page in pages for each in page.columns for text in (each.title, each.second)]
    rows = [row for page in pages for row in page.rows]
    cells = [text for row in rows for cell in row.cells for each in cell for text, _style in _lines(each)]
    heads = [head.organization, head.title, head.location, head.printed, head.page, head.scan, head.boxes]
    return fonts.plain("\n".join([*columns, *(row.label for row in rows), *cells, *heads]))


def _lines(entry: Entry) -> list[tuple[str, Any]]:
    """An entry's lines of text, each with its weight."""
    first = f"{entry.time}  {entry.state}".strip()
    found = [(first, ""), (entry.who, "B"), (entry.what, ""), (entry.phone, ""), (entry.note, "")]
    return [(fonts.plain(text), style) for text, style in found if text]


def _from_right(text: str) -> bool:
    """Whether its first letter belongs to a script written from right to left."""
    return next(
        (0x590 <= ord(each) <= 0x8FF or 0xFB1D <= ord(each) <= 0xFEFC for each in text if each.isalpha()),
        False,
    )

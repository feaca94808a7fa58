"""The table as a file: read a thousand services at a time, and sent as it is read.

Nothing is held but what is being sent. Between two pieces there is no open transaction; each is read in a scope of its own, with
the rights its reader has at that moment. Who loses them meanwhile gets a download that breaks off, not a short file.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.utils import translation

from visita.activity.record import record
from visita.bookings import table, table_ways, verbs
from visita.bookings.table import Row
from visita.bookings.table_wanted import Wanted
from visita.foundation import sheets
from visita.foundation.scope import scope
from visita.foundation.sheets import Cell
from visita.identity import access
from visita.web.desk.door import Guest

MOST = 50_000  # rows of a workbook, and of a file that is in another order than by date
_PIECE = 1 << 18  # bytes of a workbook sent at once


class TooMany(Exception):
    """More rows than a workbook holds."""


@dataclass(slots=True)
class File:
    """What is asked for, by whom, and how its cells are written; `keys` are its rows where they are not too many."""

    guest: Guest
    wanted: Wanted
    head: Sequence[str]
    cells: Callable[[Row], Sequence[Cell]]
    keys: list[tuple[int, int]] | None = field(default=None)

    def begin(self, form: str) -> None:
        """Finds the rows and records that they leave (US-06); inside a scope. Raises TooMany for a workbook."""
        self.keys = table_ways.keys(self.wanted, MOST)
        if self.keys is None and form == "xlsx":
            raise TooMany
        told: dict[str, Any] = {"rows": MOST, "more": True} if self.keys is None else {"rows": len(self.keys)}
        record(verbs.EXPORTED, "table", 0, self.guest.actor, {**told, "form": form})

    def csv(self) -> Iterator[bytes]:
        """The file's pieces."""
        yield sheets.csv_head(self.head)
        rows, sent = self._rows(), 0
        try:
            while (piece := self._next(rows)) is not None:
                yield sheets.csv_rows(piece)
                sent += len(piece)
        finally:
            if self.keys is None:  # only now it is known how many they were
                with scope(self.guest.organization.pk):
                    record(verbs.EXPORTED, "table", 0, self.guest.actor, {"rows": sent, "form": "csv"})

    def xlsx(self, title: str) -> IO[bytes]:
        """The workbook as an open temporary file, at its beginning."""
        rows = self._rows()
        pieces = iter(lambda: self._next(rows), None)
        with ExitStack() as stack:
            out: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())
            sheets.write_xlsx(out, title, self.head, (cells for piece in pieces for cells in piece))
            out.seek(0)
            stack.pop_all()
            return out

    def _next(self, rows: Iterator[Sequence[Row]]) -> list[Sequence[Cell]] | None:
        """The next cells, read as whoever reads them may now; None at the end."""
        guest = self.guest
        with scope(guest.organization.pk), translation.override(guest.language):
            now = access.member(guest.user, guest.organization)
            if now is None or (now.role, now.resource_id) != (guest.role, guest.resource_id):
                raise PermissionDenied
            piece = next(rows, None)
            return None if piece is None else [self.cells(row) for row in piece]

    def _rows(self) -> Iterator[Sequence[Row]]:
        """Rows of a thousand services at most. Enters no scope: each step runs in its caller's."""
        for at in range(0, len(self.keys or ()), table.AT_ONCE):
            yield list(table.all_rows((self.keys or [])[at : at + table.AT_ONCE]))
        after = None
        while self.keys is None:
            page = table_ways.piece(self.wanted, after)
            yield page.rows
            if page.after is None:
                return
            after = page.after


def pieces(made: IO[bytes]) -> Iterator[bytes]:
    """A workbook as it is sent; closed, and so gone, when it was or nobody waits for it any more."""
    with made:
        while piece := made.read(_PIECE):
            yield piece

"""One row of the file, typed: what was booked, where, for whom, when, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from unicodedata import normalize

from django.utils.translation import gettext as _

from visita.bookings.models import VisitStatus
from visita.foundation.text import LONGEST_NOTE
from visita.integrations.appointments_file import times
from visita.integrations.appointments_file.mapping import Mapping

_MOST = {
    "external_id": 120,
    "client_id": 120,
    "location": 120,
    "first_name": 120,
    "last_name": 120,
    "phone": 40,
    "email": 254,
    "client_name": 240,
    "note": LONGEST_NOTE,
}


class BadRow(ValueError):
    """The row cannot be read; the text says which column and why."""


@dataclass(frozen=True, slots=True)
class Person:
    """The client as the file knows them. `external_id` is empty where the file has none."""

    external_id: str
    first_name: str
    last_name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Row:
    """One appointment; `day` or `start` is set. Times without an offset are the location's wall clock."""

    line: int
    external_id: str
    location: str
    person: Person
    booked_at: datetime
    day: date | None
    start: datetime | None
    status: str
    note: str
    cells: tuple[str, ...]


class Reader:
    """Turns records into rows by the mapping; made once the header is known."""

    def __init__(self, mapping: Mapping, header: list[str]) -> None:
        self._mapping = mapping
        self._width = len(header)
        self._at = {ours: header.index(theirs) for ours, theirs in mapping.columns.used().items()}

    def row(self, line: int, cells: list[str]) -> Row:
        """The row; raises BadRow at the first cell that cannot be read."""
        if len(cells) != self._width:
            raise BadRow(
                _("has %(cells)s cells, the header %(width)s") % {"cells": len(cells), "width": self._width}
            )
        # as we keep texts: else a name written with combining marks would be made anew in every run
        found = {name: normalize("NFC", cells[at]).strip() for name, at in self._at.items()}
        for name, value in found.items():
            self._check(name, value)
        return Row(
            line=line,
            external_id=found["external_id"],
            location=found.get("location", self._mapping.location.name or ""),
            person=self._person(found),
            booked_at=self._moment("booked_at", found["booked_at"]),
            day=self._day(found["day"]) if "day" in found else None,
            start=self._moment("start", found["start"]) if "start" in found else None,
            status=self._status(found),
            note=found.get("note", ""),
            cells=tuple(cells),
        )

    def _check(self, name: str, value: str) -> None:
        if "\0" in value:
            raise self._bad(name, _("holds a NUL"))
        if len(value) > _MOST.get(name, 120):
            raise self._bad(name, _("is longer than %s characters") % _MOST.get(name, 120))
        if not value and name in ("external_id", "location", "booked_at", "day", "start"):
            raise self._bad(name, _("is empty"))

    def _person(self, found: dict[str, str]) -> Person:
        client_id = found.get("client_id", "")
        first, last = found.get("first_name", ""), found.get("last_name", "")
        if not first and not last:
            first, _space, last = found.get("client_name", "").partition(" ")
        if not first and not last and client_id:
            first = self._mapping.client_name.replace("{client_id}", client_id)
        if not first and not last:
            raise BadRow(_("says nothing of the client"))
        return Person(
            client_id,
            (first or last)[:120],
            last.strip()[:120] if first else "",
            found.get("phone", ""),
            found.get("email", ""),
        )

    def _moment(self, name: str, text: str) -> datetime:
        try:
            return times.moment(text, getattr(self._mapping.formats, name))
        except (ValueError, OverflowError) as error:
            raise self._bad(
                name, _("%(text)r is no date and time: %(error)s") % {"text": text, "error": error}
            ) from None

    def _day(self, text: str) -> date:
        try:
            return times.day(text, self._mapping.formats.day)
        except (ValueError, OverflowError) as error:
            raise self._bad(
                "day", _("%(text)r is no date: %(error)s") % {"text": text, "error": error}
            ) from None

    def _status(self, found: dict[str, str]) -> str:
        if "status" not in found:
            return VisitStatus.CONFIRMED
        try:
            return self._mapping.statuses[found["status"]]
        except KeyError:
            raise self._bad("status", _("%r has no meaning in the mapping") % found["status"]) from None

    def _bad(self, name: str, reason: str) -> BadRow:
        return BadRow(f"{self._mapping.columns.used()[name]}: {reason}")

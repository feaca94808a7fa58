"""All of the file, read before the first row is written: what cannot be read refuses the whole file."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from visita.foundation import text
from visita.foundation.errors import Refusal
from visita.integrations.appointments_file.mapping import Mapping
from visita.integrations.appointments_file.problems import SHOWN, Problem, Unusable
from visita.integrations.appointments_file.reading import Record, Text, records
from visita.integrations.appointments_file.rows import BadRow, Reader, Row

_MOST_LOCATIONS = 1000  # more is a mapping that names the wrong column, and would make as many locations


@dataclass(slots=True)
class Checked:
    """What is known of a file that can be imported: its header, how many rows, at which locations."""

    header: list[str]
    rows: int = 0
    locations: dict[str, None] = field(default_factory=dict)


def text_of(file: Path, mapping: Mapping) -> Text:
    """The file with the encoding and delimiter of the mapping."""
    return Text(file, mapping.encoding, mapping.delimiter)


def rows(file: Path, mapping: Mapping) -> Iterator[Row]:
    """The rows of a file that was checked."""
    stream = records(text_of(file, mapping))
    reader = Reader(mapping, _header(file, mapping, stream))
    try:
        for line, cells in stream:
            yield reader.row(line, cells)
    except BadRow as error:  # it was checked: somebody writes to it now
        raise Unusable([Problem(file, line, str(error))]) from error


def check(file: Path, mapping: Mapping, tick: Callable[[], object]) -> Checked:
    """Read every row once; raises Unusable with the first reasons and their number. `tick` is called for each row.

    Of each row only the hash of its external id is kept (some 60 bytes), to tell the ids that stand twice.
    """
    stream = records(text_of(file, mapping))
    header = _header(file, mapping, stream)
    checked, found, ids = Checked(header), _Found(file), _Ids(file, mapping, header)
    reader = Reader(mapping, header)
    for line, cells in stream:
        tick()
        checked.rows += 1
        try:
            row = reader.row(line, cells)
            ids.add(row)
        except BadRow as error:
            found.add(line, str(error))
        else:
            if row.location not in checked.locations and len(checked.locations) <= _MOST_LOCATIONS:
                checked.locations[row.location] = None
                found.add_unkept(line, mapping.columns.location, row.location)
    if not checked.rows:
        found.add(None, _("has a header but no rows"))
    if len(checked.locations) > _MOST_LOCATIONS:
        found.add(None, _("names more than %s locations: is it the right column?") % _MOST_LOCATIONS)
    found.close()
    return checked


class _Found:
    """The first reasons, and how many there are: a file of nothing but bad rows must not fill the memory."""

    def __init__(self, file: Path) -> None:
        self._file, self._problems, self._count = file, list[Problem](), 0

    def add(self, line: int | None, reason: str) -> None:
        self._count += 1
        if self._count <= SHOWN:
            self._problems.append(Problem(self._file, line, reason))

    def add_unkept(self, line: int, column: str | None, name: str) -> None:
        """The reason why a location of this name could not be made, if there is one."""
        try:
            text.line(name, field="location", limit=120)
        except Refusal as refusal:
            self.add(line, f"{column}: {refusal.message}")

    def close(self) -> None:
        if self._problems:
            raise Unusable(self._problems, self._count)


class _Ids:
    """Refuses an external id that stands a second time, and finds the line of the first."""

    def __init__(self, file: Path, mapping: Mapping, header: list[str]) -> None:
        self._text, self._seen = text_of(file, mapping), set[int]()
        self._at, self._looks = header.index(mapping.columns.external_id), SHOWN
        self._column = mapping.columns.external_id

    def add(self, row: Row) -> None:
        key = hash(row.external_id)
        if key not in self._seen:
            self._seen.add(key)
            return
        self._looks -= 1
        if self._looks < 0:  # each look reads the file again: the reasons that are shown are enough
            raise BadRow(_("%s stands more than once") % row.external_id)
        first = self._line_of(row.external_id)
        if first != row.line:  # else only the hashes were equal
            texts = {"column": self._column, "id": row.external_id, "line": first}
            raise BadRow(_("%(column)s: %(id)s stands on line %(line)s already") % texts)

    def _line_of(self, external_id: str) -> int:
        found = (line for line, cells in records(self._text) if cells[self._at].strip() == external_id)
        return next(found)


def _header(file: Path, mapping: Mapping, stream: Iterator[Record]) -> list[str]:
    """The header, once it has every column of the mapping exactly once."""
    line, header = next(stream, (None, []))
    if line is None:
        raise Unusable([Problem(file, None, _("is empty"))])
    header = [name.strip() for name in header]
    times = Counter(header)
    problems = [Problem(file, line, _("has the column %r twice") % name) for name in times if times[name] > 1]
    for ours, theirs in mapping.columns.used().items():
        if theirs not in times:
            texts = {"theirs": theirs, "ours": ours, "has": ", ".join(header)[:500]}
            problems.append(
                Problem(file, line, _("has no column %(theirs)r for %(ours)s; it has: %(has)s") % texts)
            )
    if problems:
        raise Unusable(problems)
    return header

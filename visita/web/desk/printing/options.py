"""How a sheet is printed: what is on it, how large its cells are, and which hours; kept for the person."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from django.http import HttpRequest

from visita.foundation.errors import Refusal
from visita.identity import actions as identity
from visita.identity.preferences import preference
from visita.tenancy import settings
from visita.web.desk.door import Guest
from visita.web.desk.reading import query

SHEET_HOURS: Final = (
    "sheet_hours"  # the organization's: earliest and latest hour on paper, minutes; none = the journal's
)


def _span(value: list[Any]) -> bool:
    return not value or (
        len(value) == 2 and all(type(each) is int for each in value) and 0 <= value[0] < value[1] <= 1440
    )


settings.declare(SHEET_HOURS, list, [], 0, 2, _span)

NAME = "print"  # of the preference
CELLS: Final = {"small": (8, 7.0), "medium": (6, 8.0), "large": (4, 10.0)}
"""Columns beside each other on A4 across, and points of the text."""
FRAMES: Final = ("lines", "rows", "none")
PAPERS: Final = ("a4", "a3")


@dataclass(frozen=True, slots=True)
class Options:
    """`first` and `last` are hours; None means those of the journal."""

    notes: bool = False
    phones: bool = False
    qr: bool = True
    upright: bool = False
    cell: str = "medium"
    frame: str = "lines"
    paper: str = "a4"
    first: int | None = None
    last: int | None = None

    def columns(self, view: str) -> int:
        """How many columns one page holds; a week stays together where it can be read."""
        if view == "week" and self.cell != "large" and not self.upright:
            return 7
        across = CELLS[self.cell][0] * (1.4 if self.paper == "a3" else 1)
        return max(2, round(across * (0.65 if self.upright else 1)))

    @property
    def points(self) -> float:
        """The size of the text."""
        return CELLS[self.cell][1]


_FLAGS = ("notes", "phones", "qr", "upright")
_CHOICES = {"cell": tuple(CELLS), "frame": FRAMES, "paper": PAPERS}


def read(request: HttpRequest, guest: Guest) -> Options:
    """What the form sent (`set`), else what was kept. Refuses bad_choice and bad_number; inside a scope."""
    if "set" not in request.GET:
        return _kept(preference(guest.user.pk, NAME) or {})
    values = query(request)
    given: dict[str, Any] = {name: values.flag(name) for name in _FLAGS}
    for name, allowed in _CHOICES.items():
        given[name] = values.text(name, 10) or allowed[0 if name != "cell" else 1]
        if given[name] not in allowed:
            raise Refusal("bad_choice", 404, "", field=name)
    given |= {name: values.number(name, low=0, high=24) for name in ("first", "last")}
    found = Options(**given)
    identity.prefer.here(guest.user.pk, NAME, asdict(found))
    return found


def _kept(values: dict[str, Any]) -> Options:
    known = {each.name for each in fields(Options)}
    return Options(**{name: value for name, value in values.items() if name in known})

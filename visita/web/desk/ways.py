"""The ways between the desk's pages: the rail on a wide screen, the bar at the foot of a phone.

Each page that people look for by itself is one line of `_all`; who lacks the right does not see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from visita.clients import doubts
from visita.identity import rights
from visita.web.components import trades

if TYPE_CHECKING:
    from visita.web.desk.frame import Frame


@dataclass(frozen=True, slots=True)
class Way:
    """A page of the desk: the section it lights, its word, its icon, its address; `waiting` things want a look."""

    section: str
    word: str
    icon: str
    url: str
    waiting: int = 0

    @property
    def badge(self) -> str:
        """What waits as the sign on the icon says it: it has room for two digits."""
        return f"{_MOST}+" if self.waiting > _MOST else str(self.waiting or "")


_MOST = 99
_FOOT = ("agenda", "journal", "clients")  # beside the button for a new visit; the rest is under "More"


def ways(place: "Frame") -> dict[str, list[Way]]:
    """All of them for the rail; those at the foot of a phone, and the rest."""
    found = list(_all(place))
    foot = [way for way in found if way.section in _FOOT]
    return {"rail": found, "foot": foot, "more": [way for way in found if way.section not in _FOOT]}


def _all(place: "Frame") -> Iterator[Way]:
    guest = place.guest
    if guest.may(rights.VISITS_SEE_OWN) or guest.may(rights.VISITS_SEE):
        yield Way("agenda", _("My day"), "house", place.url("agenda"))
    yield Way("journal", _("Journal"), "calendar", place.url("day"))
    yield Way("search", _("Search"), "search", place.url("search"))
    yield Way("table", _("Table of visits"), "table", place.url("table"))
    if len(place.locations) > 1:
        yield Way("branches", _("All locations"), "pin", place.url("branches"))
    if guest.may(rights.VISITS_SEE):
        yield Way("waitlist", _("Waitlist"), "bell", place.url("waitlist"))
    if guest.may(rights.WORKING_TIME_SEE):
        yield Way("hours", _("Working hours"), "clock", place.url("hours"))
    if guest.may(rights.CLIENTS_SEE):
        yield Way(
            "clients", str(trades.words(place.profile.trade).clients), "person", place.url("client_list")
        )
        waiting = doubts.waiting() if guest.may(rights.CLIENTS_CHANGE) else 0
        yield Way("doubts", _("To look at"), "people", place.url("doubts"), waiting)

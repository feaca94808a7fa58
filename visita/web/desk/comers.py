"""What the desk says of those who come, in the trade's own word: client, patient, owner, driver (decision 38).

Every text is whole, so that a language may decline the word as it must.
"""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visita.web.desk.labels import labels

Text = str | Promise


class Comer(NamedTuple):
    """The texts of one kind of people."""

    find: Text
    found: Text
    fresh: Text
    card: Text
    wrote: Text
    nobody: Text


COMERS: Final[dict[str, Comer]] = {
    "client": Comer(
        _("Find a client"),
        _("Clients found"),
        _("new client"),
        _("Card and history of the client"),
        _("What the client wrote"),
        _("Nobody found. Fill in the name below for a new client."),
    ),
    "patient": Comer(
        _("Find a patient"),
        _("Patients found"),
        _("new patient"),
        _("Card and history of the patient"),
        _("What the patient wrote"),
        _("Nobody found. Fill in the name below for a new patient."),
    ),
    "owner": Comer(
        _("Find an owner"),
        _("Owners found"),
        _("new owner"),
        _("Card and history of the owner"),
        _("What the owner wrote"),
        _("Nobody found. Fill in the name below for a new owner."),
    ),
    "driver": Comer(
        _("Find a driver"),
        _("Drivers found"),
        _("new driver"),
        _("Card and history of the driver"),
        _("What the driver wrote"),
        _("Nobody found. Fill in the name below for a new driver."),
    ),
}


def comer(who: str) -> Comer:
    """The texts of those who come; the plain ones for a kind nobody knows."""
    return COMERS.get(who, COMERS["client"])


def script_words(who: str) -> dict[str, str]:
    """Those the journal's script says, in place of the plain ones."""
    texts = comer(who)
    return {
        "fact_new": str(texts.fresh),
        "client_card": str(texts.card),
        "nobody_found": str(texts.nobody),
    }


_FINDING: Final = (
    "came_of", "close", "failed", "found", "found_more", "found_similar", "line_broke", "no_line", "no_right", "signed_out",
)  # fmt: skip


def finder_words(who: str) -> dict[str, str]:
    """What a search of people says while one types, on a page without the journal."""
    every = labels() | script_words(who)
    return {name: every[name] for name in (*_FINDING, "nobody_found")}

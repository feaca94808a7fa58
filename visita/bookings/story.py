"""A visit's history as a person reads it: who did what, when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from visita.activity.models import Activity
from visita.bookings import verbs

TITLES: dict[str, Any] = {
    verbs.BOOKED: _("Booked"),
    verbs.MOVED: _("Moved"),
    verbs.CONFIRMED: _("Confirmed"),
    verbs.ARRIVED: _("Arrived"),
    verbs.COMPLETED: _("Done"),
    verbs.NO_SHOW: _("Not shown"),
    verbs.CANCELLED: _("Cancelled"),
    verbs.RESTORED: _("Restored"),
    verbs.BROUGHT_BACK: _("Brought back"),
    verbs.NOTED: _("Note changed"),
    verbs.EXCHANGED: _("Services changed"),
    verbs.DISCOUNTED: _("Discount changed"),
    verbs.MARKED: _("Public or private changed"),
    verbs.ANSWERED: _("Answers changed"),
    verbs.PARKED: _("Laid aside"),
    verbs.UNPARKED: _("Put back"),
    verbs.KEPT: _("Kept outside working time"),
    verbs.UNKEPT: _("Mark of being kept removed"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One act on a visit. `title` is a lazy text, `payload` ids and changed fields only."""

    id: int
    at: datetime
    verb: str
    title: Any
    actor_kind: str
    actor_label: str
    source: str
    payload: dict[str, Any]


def history(visit_id: int) -> list[Entry]:
    """Everything done to the visit, oldest first; inside a scope."""
    rows = Activity.objects.filter(object_kind="visit", object_id=visit_id).order_by("id")
    return [
        Entry(row.pk, row.at, row.verb, TITLES.get(row.verb, row.verb), row.actor_kind, row.actor_label, row.source,
              row.payload)
        for row in rows
    ]  # fmt: skip

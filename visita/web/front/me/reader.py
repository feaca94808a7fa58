"""Who reads a visit by its manage link: whether it can be nobody but the client, and the name they gave themselves.

Whoever knows a client's name and phone can book beside their record (CB-06). So the link of such a visit tells nothing that
only the record knows: no other spelling of the name, no facts about the animal.
What staff write to each other is told to no client at all.
"""

from typing import NamedTuple

from visita.activity.models import Activity
from visita.bookings import verbs
from visita.bookings.queries import VisitView
from visita.foundation.actor import NAMELESS
from visita.web.front.me.passes import is_pass

_WRITTEN = (verbs.BOOKED, verbs.NOTED)


class Reader(NamedTuple):
    """`proven`: an account's page, or a visit the staff booked; `name` is the first name to greet with; `own_note`: every
    word of the visit's note is the client's own, none the staff's among themselves."""

    proven: bool
    name: str
    own_note: bool


def reader(view: VisitView, token: str) -> Reader:
    """Of a visit that was opened by this token or pass; inside a scope."""
    acts = Activity.objects.filter(object_kind="visit", object_id=view.visit.pk, verb__in=_WRITTEN)
    rows = list(acts.order_by("id").values_list("verb", "actor_kind", "actor_label"))
    booked, label = next((row[1:] for row in rows if row[0] == verbs.BOOKED), ("", ""))
    own_note = bool(rows) and all(kind in ("client", "key") for _verb, kind, _label in rows)
    known = view.client.first_name
    if is_pass(token):
        return Reader(True, known, own_note)
    typed = label.split()[: max(1, len(known.split()))] if booked == "client" and label != NAMELESS else []
    return Reader(booked == "staff", " ".join(typed) or known, own_note)

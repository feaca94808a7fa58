"""Who reads a visit by its manage link: whether it can be nobody but the client, and the name they gave themselves.

Whoever knows a client's name and phone can book beside their record (CB-06). So the link of such a visit tells nothing that
only the record knows: no other spelling of the name, no facts about the animal.
"""

from typing import NamedTuple

from visita.activity.models import Activity
from visita.bookings import verbs
from visita.bookings.queries import VisitView
from visita.foundation.actor import NAMELESS
from visita.web.front.me.passes import is_pass


class Reader(NamedTuple):
    """`proven`: an account's page, or a visit the staff booked; `name` is the first name to greet with."""

    proven: bool
    name: str


def reader(view: VisitView, token: str) -> Reader:
    """Of a visit that was opened by this token or pass; inside a scope."""
    known = view.client.first_name
    if is_pass(token):
        return Reader(True, known)
    booked = Activity.objects.filter(object_kind="visit", object_id=view.visit.pk, verb=verbs.BOOKED)
    kind, label = booked.values_list("actor_kind", "actor_label").first() or ("", "")
    typed = label.split()[: max(1, len(known.split()))] if kind == "client" and label != NAMELESS else []
    return Reader(kind == "staff", " ".join(typed) or known)

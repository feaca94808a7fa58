"""Wish that a visit's client be told what became of it."""

from typing import Literal

from visita.activity.record import record
from visita.bookings import queries
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.messaging import verbs

What = Literal["moved", "cancelled"]


@Action
def tell(visit_id: int, what: What, actor: Actor) -> None:
    """The client is written to in some seconds, if it is still true then (time for an undo). Refuses not_found.

    `tell.here(…)` wishes it inside the transaction of the change itself.
    """
    visit = queries.visit(visit_id).visit
    record(verbs.TOLD, "visit", visit_id, actor, {"what": what, "s": visit.s, "location": visit.location_id})

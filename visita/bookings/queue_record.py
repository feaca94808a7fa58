"""Writing a ticket's change with its event and the news for the screens that show the queue."""

from typing import Any

from visita.activity.record import record
from visita.bookings.models import Ticket
from visita.foundation import scope
from visita.foundation.actor import Actor


def ring(location_id: int, day: Any) -> str:
    """The day's journals, queue and screens ask again."""
    return f"{scope.current()}:{location_id}:{day:%Y-%m-%d}:0"


def change(
    ticket: Ticket, verb: str, actor: Actor, payload: dict[str, Any] | None = None, **columns: Any
) -> None:
    """Write columns of a locked ticket, and why."""
    about = {"number": ticket.number, "visit": columns.get("visit_id", ticket.visit_id), **(payload or {})}
    event = record(verb, "ticket", ticket.pk, actor, about, news=ring(ticket.location_id, ticket.date))
    Ticket.objects.filter(pk=ticket.pk).update(**columns, activity_id=event)
    for name, value in columns.items():
        setattr(ticket, name, value)

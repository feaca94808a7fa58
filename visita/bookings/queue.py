"""The queue of a location's day, in order, and the lock under which it changes. All inside a scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from visita.bookings import errors, queue_errors
from visita.bookings.models import Ticket, TicketState
from visita.bookings.rules import Rules
from visita.foundation import clock, scope
from visita.tenancy import settings

# whether a location takes people without a time, and gives numbers to those who come with one
settings.declare("queue", bool, False)
# how many minutes before their visit clients may check in by themselves
settings.declare("check_in_minutes", int, 60, 0, 1440)
# whether a service is offered to walk-ins at the kiosk
settings.declare("walk_in", bool, True)
# the client to whom visits of people without a name belong (made when the first is needed)
settings.declare("walk_in_client", int, 0, 0, 2**53)

OPEN = (TicketState.WAITING, TicketState.CALLED)

_LOCK = """
INSERT INTO bookings_queueday (organization_id, location_id, date, last) VALUES (%(o)s, %(l)s, %(d)s, %(more)s)
ON CONFLICT ON CONSTRAINT queue_day_once DO UPDATE SET last = bookings_queueday.last + %(more)s RETURNING last"""


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """Somebody without a time: what for, with whom (None = anyone), and who, where that is known or typed."""

    service_id: int
    resource_id: int | None = None
    client_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A place in the queue; `number` None where the location has no queue. `low`, `high`: epoch minutes, None = no place."""

    ticket_id: int | None
    number: int | None
    low: int | None = None
    high: int | None = None


def local_day(found: Rules) -> date:
    """The location's present date."""
    return clock.now().astimezone(found.zone).date()


def require_queue(found: Rules) -> None:
    """Refuses no_queue where the location takes nobody without a time."""
    if not found.setting("queue"):
        raise queue_errors.no_queue()


def lock(location_id: int, day: date, numbers: int = 0) -> int:
    """Lock the day's queue until the transaction ends, before clients, visits and resources; the last number given.

    `numbers` more are given with it: two who come at once wait for each other here.
    """
    values: dict[str, Any] = {"o": scope.current(), "l": location_id, "d": day, "more": numbers}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, values)
        return int(cursor.fetchone()[0])


def locked(ticket_id: int, *states: str) -> Ticket:
    """The ticket under its queue's lock, in one of the states; refuses not_found, queue_moved_on."""
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if ticket is None:
        raise errors.not_found()
    lock(ticket.location_id, ticket.date)
    ticket.refresh_from_db()
    if ticket.state not in states:
        raise queue_errors.queue_moved_on(ticket.state)
    return ticket


def tickets(location_id: int, day: date, states: Iterable[str] = TicketState.values) -> list[Ticket]:
    """The day's tickets in order."""
    found = Ticket.objects.filter(location_id=location_id, date=day, state__in=list(states))
    return list(found.order_by("rank", "number"))


def suits(found: Rules, ticket: Ticket, resource_id: int) -> bool:
    """Whether this person could take this ticket: asked for, or nobody in particular and able."""
    if ticket.resource_id is not None:
        return ticket.resource_id == resource_id
    service = found.services.get(ticket.service_id)
    return service is not None and any(who.resource_id == resource_id for who in service.who)

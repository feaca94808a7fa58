"""Call somebody of the queue in: a walk-in becomes a visit that begins now; and the end, which frees what is left of it."""

from django.utils.translation import gettext as _

from visita.bookings import errors, queue, queue_errors, rules, verbs
from visita.bookings.actions.book import book_within
from visita.bookings.actions.move import move_within
from visita.bookings.actions.settle import settle_within
from visita.bookings.attempts import attempts
from visita.bookings.consulting import Advice
from visita.bookings.locking import appointments
from visita.bookings.models import Ticket, TicketState, Visit, VisitStatus
from visita.bookings.queue_record import change
from visita.bookings.requests import BookRequest, ClientDetails, Item, MoveRequest
from visita.bookings.retrying import retrying
from visita.clients import actions as clients
from visita.clients import queries as client_queries
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy

_S = TicketState


def start_ticket(
    organization_id: int, ticket_id: int, to_id: int | None, actor: Actor, *, force: bool = False
) -> Ticket:
    """The turn has come: a visit from this minute on, by the booking action, with `to_id`, else whom they asked for,
    else whoever is free. Somebody booked goes in with their own visit.

    Refuses slot_taken with the nearest times, queue_moved_on, and what booking refuses. `force` overbooks by right.
    """
    with scope(organization_id):
        ticket = Ticket.objects.filter(pk=ticket_id).first()
        if ticket is None:
            raise errors.not_found()
        items = _items(ticket, to_id)

    def start(turn: int) -> Ticket:
        locked = queue.locked(ticket_id, _S.WAITING, _S.CALLED, _S.NO_ANSWER)
        visit = locked.visit_id or _book(locked, to_id, actor, turn, force)
        payload = {"to": to_id}
        change(
            locked, verbs.QUEUE_STARTED, actor, payload, state=_S.SERVED, visit_id=visit, started_at=clock.now(),
            to_id=to_id or locked.to_id,
        )  # fmt: skip
        return locked

    return attempts(organization_id, start, items, ticket.location_id, 1, True)


def _items(ticket: Ticket, to_id: int | None) -> tuple[Item, ...]:
    who = to_id or ticket.to_id or ticket.resource_id
    return (Item(ticket.service_id, who, clock.from_minute(clock.minute())),)


def _book(ticket: Ticket, to_id: int | None, actor: Actor, turn: int, force: bool) -> int:
    known = ticket.client_id
    request = BookRequest(
        _items(ticket, to_id), client_id=known or _client(ticket, actor), location_id=ticket.location_id,
        staff=True, force=force, status=VisitStatus.ARRIVED, begins=True,
    )  # fmt: skip
    return book_within(request, actor, turn=turn).visit_id


def _client(ticket: Ticket, actor: Actor) -> int:
    """Of a name a new client; people without one share the organization's walk-in client."""
    if ticket.name:
        first, _space, last = ticket.name.partition(" ")
        return clients.find_or_register.here(ClientDetails(first, last), actor=actor, lenient=True).pk
    kept = int(rules.load(ticket.location_id, ()).setting("walk_in_client"))
    if kept and Client.objects.filter(pk=kept).exists():
        return client_queries.present(kept)
    details = ClientDetails(_("Walk-in"), "")
    made = clients.find_or_register.here(details, actor=actor, lenient=True).pk
    tenancy.set_setting.here("walk_in_client", made, actor=actor)
    return made


def finish_ticket(organization_id: int, ticket_id: int, actor: Actor) -> Visit:
    """The visit is done; what is left of its time is free for whoever is next. Refuses queue_moved_on."""

    def transaction() -> Visit:
        with scope(organization_id, durable=True):
            ticket = queue.locked(ticket_id, _S.SERVED)
            visit = Visit.objects.get(pk=ticket.visit_id or 0)
            if visit.status != VisitStatus.ARRIVED:
                raise queue_errors.queue_moved_on(visit.status)
            _free_the_rest(visit, actor)
            settle_within(visit.pk, VisitStatus.COMPLETED, actor)
            return visit

    return retrying(transaction)


def _free_the_rest(visit: Visit, actor: Actor) -> None:
    """A visit of one service ends now; others keep their time, since nobody knows which part was shorter."""
    parts, now = appointments(visit.pk), clock.next_minute()
    if len(parts) != 1 or parts[0].session_id is not None or not visit.s < now < visit.e:
        return
    request = MoveRequest(
        clock.from_minute(visit.s), parts[0].resource_id, minutes=now - visit.s, staff=True, force=True
    )
    ended = Advice(None, (0, 0))  # what was booked is shortened: no rule is asked whether it may be over
    move_within(visit.pk, request, actor, advice=ended, alone=False)

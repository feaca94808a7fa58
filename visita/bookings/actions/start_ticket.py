"""Call somebody of the queue in: a walk-in becomes a visit that begins now; and the end, which frees what is left of it."""

from dataclasses import replace

from django.utils.translation import gettext as _

from visita.bookings import cases, consulting, errors, queue, queue_errors, rules, verbs
from visita.bookings.actions.book import book_within
from visita.bookings.actions.move import move_within
from visita.bookings.actions.settle import settle_within
from visita.bookings.attempts import attempts
from visita.bookings.consulting import Advice
from visita.bookings.locking import appointments
from visita.bookings.models import Ticket, TicketState, Visit, VisitStatus
from visita.bookings.queue_record import change
from visita.bookings.requests import BookRequest, ClientDetails, Item, MoveRequest, Pressed
from visita.bookings.retrying import retrying
from visita.bookings.rules import Rules
from visita.clients import actions as clients
from visita.clients import queries as client_queries
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy

_S = TicketState


def start_ticket(
    organization_id: int,
    ticket_id: int,
    to_id: int | None,
    actor: Actor,
    *,
    force: bool = False,
    pressed: Pressed = Pressed(),  # noqa: B008 - frozen
) -> Ticket:
    """The turn has come: a visit from this minute on, by the booking action, with `to_id`, else whom they asked for,
    else whoever is free. Somebody booked goes in with their own visit.

    Refuses slot_taken with the nearest times, queue_moved_on, and what booking refuses. `force` overbooks by right,
    `pressed` says that a rule's warning was read or the rule is gone over. Somebody booked was asked when they booked.
    """
    with scope(organization_id):
        ticket = Ticket.objects.filter(pk=ticket_id).first()
        if ticket is None:
            raise errors.not_found()
        items = _items(ticket, to_id)

    def request(of: Ticket) -> BookRequest:
        return _request(of, to_id, force, pressed)

    def start(turn: int, advice: Advice | None) -> Ticket:
        locked = queue.locked(ticket_id, _S.WAITING, _S.CALLED, _S.NO_ANSWER)
        visit = locked.visit_id or _book(locked, request(locked), actor, turn, advice)
        payload = {"to": to_id}
        change(
            locked, verbs.QUEUE_STARTED, actor, payload, state=_S.SERVED, visit_id=visit, started_at=clock.now(),
            to_id=to_id or locked.to_id,
        )  # fmt: skip
        return locked

    def run(advice: Advice | None) -> Ticket:
        return attempts(organization_id, lambda turn: start(turn, advice), items, ticket.location_id, 1, True)

    return consulting.advised(run, lambda: _hear(organization_id, ticket, request(ticket), actor))


def _hear(organization_id: int, ticket: Ticket, request: BookRequest, actor: Actor) -> Advice:
    """What the rules say; who gave no name is judged as somebody never seen, whose client others share."""
    with scope(organization_id):
        found = rules.load(ticket.location_id, (ticket.service_id,), booking=True)
        case = cases.of_booking(found, request, actor)
        nobody = ticket.client_id is None and not ticket.name
        seen = consulting.state(_shared(found) if nobody else case.client_id)
    return consulting.judged(case, seen)


def _items(ticket: Ticket, to_id: int | None) -> tuple[Item, ...]:
    who = to_id or ticket.to_id or ticket.resource_id
    return (Item(ticket.service_id, who, clock.from_minute(clock.minute())),)


def _request(ticket: Ticket, to_id: int | None, force: bool, pressed: Pressed) -> BookRequest:
    return BookRequest(
        _items(ticket, to_id), client=_named(ticket), client_id=ticket.client_id, location_id=ticket.location_id,
        staff=True, force=force, warned=pressed.warned, override=pressed.override, status=VisitStatus.ARRIVED,
        begins=True,
    )  # fmt: skip


def _named(ticket: Ticket) -> ClientDetails | None:
    """Of a name a new client."""
    first, _space, last = ticket.name.partition(" ")
    return ClientDetails(first, last) if ticket.name and ticket.client_id is None else None


def _book(ticket: Ticket, request: BookRequest, actor: Actor, turn: int, advice: Advice | None) -> int:
    who = replace(request, client=None, client_id=ticket.client_id or _client(ticket, request, actor))
    return book_within(who, actor, turn=turn, advice=advice, asks=True).visit_id


def _client(ticket: Ticket, request: BookRequest, actor: Actor) -> int:
    """Whom the name makes; people without one share the organization's walk-in client."""
    if request.client is not None:
        return clients.find_or_register.here(request.client, actor=actor, lenient=True).pk
    kept = _shared(rules.load(ticket.location_id, ()))
    if kept:
        return client_queries.present(kept)
    details = ClientDetails(_("Walk-in"), "")
    made = clients.find_or_register.here(details, actor=actor, lenient=True).pk
    tenancy.set_setting.here("walk_in_client", made, actor=actor)
    return made


def _shared(found: Rules) -> int | None:
    """The walk-in client, where there is one already."""
    kept = int(found.setting("walk_in_client"))
    return kept if kept and Client.objects.filter(pk=kept).exists() else None


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

"""Call somebody of the queue, and what may become of it short of a visit: no answer, gone, back, another place."""

from collections.abc import Callable

from visita.bookings import placing, queue, queue_errors, rules, verbs
from visita.bookings.models import Ticket, TicketState
from visita.bookings.queue_record import change
from visita.bookings.requests import Item, Search
from visita.bookings.retrying import retrying
from visita.bookings.rules import Rules
from visita.foundation import clock, text
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

_S = TicketState


def call_next(organization_id: int, location_id: int, to_id: int | None, actor: Actor) -> Ticket:
    """Call the first who waits and can go in now (to `to_id`, where a person or place calls).

    Whoever's service does not fit before the next booked visit is passed over. Two who call at once get two numbers:
    the second waits for the first. Refuses nobody_waits, no_queue.
    """

    def transaction() -> Ticket:
        with scope(organization_id, durable=True):
            found = rules.load(location_id, ())
            queue.require_queue(found)
            day = queue.local_day(found)
            queue.lock(location_id, day)
            waiting = queue.tickets(location_id, day, [_S.WAITING])
            found = rules.load(location_id, tuple({each.service_id for each in waiting}), archived=True)
            for ticket in waiting:
                if _goes(found, ticket, to_id):
                    return _call(ticket, to_id, actor)
            raise queue_errors.nobody_waits(len(waiting))

    return retrying(transaction)


def _goes(found: Rules, ticket: Ticket, to_id: int | None) -> bool:
    if to_id is not None and not queue.suits(found, ticket, to_id):
        return False
    if ticket.booked:
        return True
    item = Item(ticket.service_id, to_id or ticket.resource_id, clock.from_minute(clock.minute()))
    try:
        placing.look(found, [item], Search(staff=True, stays=True))
    except (placing.Taken, Refusal):
        return False
    return True


def _call(ticket: Ticket, to_id: int | None, actor: Actor) -> Ticket:
    payload = {"to": to_id}
    change(ticket, verbs.QUEUE_CALLED, actor, payload, state=_S.CALLED, to_id=to_id, called_at=clock.now())
    return ticket


def call_ticket(organization_id: int, ticket_id: int, to_id: int | None, actor: Actor) -> Ticket:
    """Call this one, or once more; refuses queue_moved_on."""

    def act(ticket: Ticket) -> Ticket:
        return _call(ticket, to_id or ticket.to_id or ticket.resource_id, actor)

    return _changed(organization_id, ticket_id, act, _S.WAITING, _S.CALLED, _S.NO_ANSWER)


def no_answer(organization_id: int, ticket_id: int, actor: Actor) -> Ticket:
    """Called, and nobody came."""
    return _become(organization_id, ticket_id, _S.NO_ANSWER, verbs.QUEUE_NO_ANSWER, actor, _S.CALLED)


def leave_queue(organization_id: int, ticket_id: int, actor: Actor) -> Ticket:
    """Gone without waiting to the end."""
    before = (_S.WAITING, _S.CALLED, _S.NO_ANSWER)
    return _become(organization_id, ticket_id, _S.LEFT, verbs.QUEUE_LEFT, actor, *before)


def wait_again(organization_id: int, ticket_id: int, actor: Actor) -> Ticket:
    """Back into the queue, at the old place."""
    before = (_S.CALLED, _S.NO_ANSWER, _S.LEFT)
    return _become(organization_id, ticket_id, _S.WAITING, verbs.QUEUE_WAITS, actor, *before)


def _become(
    organization_id: int, ticket_id: int, state: str, verb: str, actor: Actor, *before: str
) -> Ticket:
    def act(ticket: Ticket) -> Ticket:
        change(ticket, verb, actor, state=state)
        return ticket

    return _changed(organization_id, ticket_id, act, *before)


def put_before(
    organization_id: int, ticket_id: int, other_id: int | None, actor: Actor, *, reason: str
) -> Ticket:
    """Move somebody before another (None: to the end), for a reason that stays in the history. Refuses required."""
    reason = text.note(reason, field="reason", limit=200)

    def act(ticket: Ticket) -> Ticket:
        if not reason:
            raise queue_errors.reason_required()
        others = [
            each
            for each in queue.tickets(ticket.location_id, ticket.date, queue.OPEN)
            if each.pk != ticket.pk
        ]
        change(
            ticket,
            verbs.QUEUE_MOVED,
            actor,
            {"before": other_id},
            rank=_between(others, other_id),
            reason=reason,
        )
        return ticket

    return _changed(organization_id, ticket_id, act, _S.WAITING, _S.CALLED)


def _between(others: list[Ticket], before: int | None) -> float:
    """A rank just before the other's; after everybody where none is named."""
    at = next((place for place, each in enumerate(others) if each.pk == before), None)
    if before is not None and at is None:
        raise queue_errors.queue_moved_on("gone")
    if at is None:
        return (others[-1].rank if others else 0.0) + 1
    below = others[at - 1].rank if at else others[at].rank - 2
    return (below + others[at].rank) / 2


def _changed(organization_id: int, ticket_id: int, act: Callable[[Ticket], Ticket], *states: str) -> Ticket:
    def transaction() -> Ticket:
        with scope(organization_id, durable=True):
            return act(queue.locked(ticket_id, *states))

    return retrying(transaction)

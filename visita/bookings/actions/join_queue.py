"""Take a place in the queue: a walk-in takes a number, somebody with a booking checks in."""

from datetime import date, timedelta
from typing import Any

from visita.activity.record import record
from visita.bookings import errors, policies, queue, queue_errors, queue_estimate, rules, verbs
from visita.bookings.actions.settle import settle_within
from visita.bookings.locking import appointments
from visita.bookings.models import Ticket, TicketState, Visit, VisitStatus
from visita.bookings.queue import Joined, JoinRequest
from visita.bookings.queue_estimate import Wanted
from visita.bookings.queue_record import ring
from visita.bookings.retrying import retrying
from visita.bookings.rules import Rules
from visita.clients import queries as clients
from visita.foundation import clock, text
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.foundation.sequence import next_id


def join_queue(organization_id: int, location_id: int, request: JoinRequest, actor: Actor) -> Joined:
    """A number for somebody without a time, with what they are told about the wait.

    Refuses no_queue, not_found, staff_service_mismatch, not_offered (a class has dates of its own), and queue_full
    where the day has no place left, unless staff give the number.
    """

    def transaction() -> Joined:
        with scope(organization_id, durable=True):
            return _join(location_id, request, actor)

    return retrying(transaction)


def _join(location_id: int, request: JoinRequest, actor: Actor) -> Joined:
    found = rules.load(location_id, (request.service_id,))
    queue.require_queue(found)
    service = found.service(request.service_id)
    rules.require_bookable(found, service, 1, staff=True)
    service.candidates(request.resource_id, staff=True)
    if service.is_class or not service.who:
        raise errors.not_offered("service")
    day = queue.local_day(found)
    number = queue.lock(location_id, day, 1)
    client_id = None if request.client_id is None else clients.present(request.client_id)
    columns = {
        "service_id": request.service_id, "resource_id": request.resource_id, "client_id": client_id,
        "name": text.note(request.name, field="name", limit=120), "due": clock.minute(),
    }  # fmt: skip
    return _write(found, day, number, Wanted(request.service_id, request.resource_id), columns, actor)


def _write(
    found: Rules, day: date, number: int, wanted: Wanted, columns: dict[str, Any], actor: Actor
) -> Joined:
    """The ticket with the estimate it was given; whoever is due before stands before."""
    rank = columns["due"] + number / 1_000_000
    waiting = [each for each in queue.tickets(found.location_id, day, queue.OPEN) if each.rank < rank]
    estimate = queue_estimate.of_tickets(found.location_id, waiting, [wanted])[-1]
    if estimate is None and "visit_id" not in columns and not actor.is_staff:
        raise queue_errors.nothing_left()
    low, high = (estimate.low, estimate.high) if estimate else (None, None)
    ticket = next_id(Ticket)
    payload = {"number": number, "visit": columns.get("visit_id"), "service": columns["service_id"]}
    event = record(verbs.QUEUE_JOINED, "ticket", ticket, actor, payload, news=ring(found.location_id, day))
    Ticket.objects.create(
        pk=ticket, activity_id=event, location_id=found.location_id, date=day, number=number, rank=rank, low=low,
        high=high, source=actor.source, arrived_at=clock.now(), **columns,
    )  # fmt: skip
    return Joined(ticket, number, low, high)


def check_in(organization_id: int, visit_id: int, actor: Actor) -> Joined:
    """Somebody with a booking is here: the visit is marked as arrived, and they get a number where there is a queue.

    Again it gives the same number. Clients may do so on the day, from `check_in_minutes` before their time until its
    end (refuses not_found_here); staff whenever the visit can arrive.
    """

    def transaction() -> Joined:
        with scope(organization_id, durable=True):
            return _check_in(visit_id, actor)

    return retrying(transaction)


def _check_in(visit_id: int, actor: Actor) -> Joined:
    visit = Visit.objects.filter(pk=visit_id).first()
    if visit is None:
        raise errors.not_found()
    parts = appointments(visit_id)
    found = rules.load(visit.location_id, tuple(part.service_id for part in parts), archived=True)
    day = queue.local_day(found)
    has_queue = bool(found.setting("queue"))
    if has_queue:
        queue.lock(visit.location_id, day)
    known = Ticket.objects.filter(visit_id=visit_id, date=day).first()
    if known is not None and known.state != TicketState.LEFT:
        return Joined(known.pk, known.number, known.low, known.high)
    if not actor.is_staff and not may_check_in(visit, found):
        raise queue_errors.not_checked_in()
    if visit.status != VisitStatus.ARRIVED:
        try:
            settle_within(visit_id, VisitStatus.ARRIVED, actor)
        except Refusal as refusal:
            raise (refusal if actor.is_staff else queue_errors.not_checked_in()) from refusal
    if not has_queue:
        return Joined(None, None)
    first = min(parts, key=lambda part: part.s)
    number = queue.lock(visit.location_id, day, 1)
    columns = {
        "service_id": first.service_id, "resource_id": first.resource_id, "client_id": visit.client_id,
        "visit_id": visit.pk, "booked": True, "due": visit.s,
    }  # fmt: skip
    return _write(found, day, number, Wanted(first.service_id, first.resource_id, visit.s), columns, actor)


def may_check_in(visit: Visit, found: Rules) -> bool:
    """Whether it is the day, near enough to the time, and the visit is still to come."""
    early = timedelta(minutes=int(found.setting("check_in_minutes")))
    begin, end = clock.from_minute(visit.s), clock.from_minute(visit.e)
    today = found.local(visit.s).date() == queue.local_day(found)
    to_come = visit.status == VisitStatus.ARRIVED or policies.may_become(visit.status, VisitStatus.ARRIVED)
    return today and begin - early <= clock.now() <= end and to_come and visit.status != VisitStatus.NO_SHOW

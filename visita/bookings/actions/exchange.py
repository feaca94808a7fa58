"""Another service, person or length in a visit's place: the part stays, its claims and its price are made anew (VS-06)."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from visita.activity.record import record
from visita.bookings import errors, placing, policies, ports, pricing, rules, verbs, writing
from visita.bookings.attempts import attempts
from visita.bookings.locking import appointments, locked
from visita.bookings.models import Appointment, Visit
from visita.bookings.news import news
from visita.bookings.ports import Proposal
from visita.bookings.requests import Changed, Item, Placed, Search
from visita.bookings.wall import local
from visita.foundation import clock, scope
from visita.foundation.actor import Actor
from visita.scheduling.claims import Ignored

_GIVE_UP = "DELETE FROM scheduling_allocation WHERE organization_id = %s AND appointment_id = %s"


@dataclass(frozen=True, slots=True)
class Exchange:
    """Which part becomes which service; `resource_id` None keeps whoever can do it, `minutes` replaces the usual length."""

    appointment_id: int
    service_id: int
    resource_id: int | None = None
    minutes: int | None = None
    version: int | None = None
    force: bool = False


def exchange(organization_id: int, visit_id: int, wish: Exchange, actor: Actor) -> Changed:
    """The part at its time with another service. Refuses slot_taken with near times, not_offered (a class is another
    visit), staff_service_mismatch, invalid_transition, changed_meanwhile, not_found."""
    with scope.scope(organization_id):
        visit, part = _found(visit_id, wish)
    ignored = Ignored(appointments=(part.pk,))
    items = (_item(part, wish),)
    return attempts(
        organization_id,
        lambda turn: _write(visit_id, wish, actor, turn),
        items,
        visit.location_id,
        visit.seats,
        True,
        ignored,
    )


def _found(visit_id: int, wish: Exchange) -> tuple[Visit, Appointment]:
    visit = Visit.objects.filter(pk=visit_id).first()
    part = next((each for each in appointments(visit_id) if each.pk == wish.appointment_id), None)
    if visit is None or part is None:
        raise errors.not_found()
    return visit, part


def _item(part: Appointment, wish: Exchange) -> Item:
    return Item(wish.service_id, wish.resource_id, clock.from_minute(part.s), wish.minutes)


def _write(visit_id: int, wish: Exchange, actor: Actor, turn: int) -> Changed:
    visit = locked(visit_id, wish.version)
    part = _found(visit_id, wish)[1]
    if visit.status not in policies.MOVABLE:
        raise errors.invalid_transition(visit.status, visit.status)
    found = rules.load(visit.location_id, (wish.service_id,))
    if part.session_id is not None or found.service(wish.service_id).is_class:
        raise errors.not_offered()
    items = (_item(part, wish),)
    proposal = Proposal(found, items, visit.client_id, visit.subject_id, visit.seats, actor, True, visit.pk)
    for refuse in ports.refuse:
        refuse(proposal)
    [placed] = placing.place(found, items, _search(visit, part, wish, turn))
    event = _record(visit, part, wish, actor)
    _claim(visit, part, placed, event)
    _show(proposal, visit, part, placed, event)
    for reserve in ports.reserve:
        reserve(ports.Written(proposal, visit.pk, (placed,), moved=True))
    return Changed(visit.pk, visit.status, visit.version + 1)


def _search(visit: Visit, part: Appointment, wish: Exchange, turn: int) -> Search:
    prefer = () if part.resource_id is None else (part.resource_id,)
    ignored = Ignored(appointments=(part.pk,))
    return Search(
        visit.seats, True, wish.force, ignored=ignored, prefer=prefer, turn=turn, stays=True, apart=True
    )


def _record(visit: Visit, part: Appointment, wish: Exchange, actor: Actor) -> int:
    payload = {"part": part.pk, "service": [part.service_id, wish.service_id]}
    ring = news(visit.location_id, local(visit), visit.version + 1)
    return record(verbs.EXCHANGED, "visit", visit.pk, actor, payload, news=ring)


def _claim(visit: Visit, part: Appointment, placed: Placed, event: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_UP, [scope.current(), part.pk])
    writing.claim_again(visit.location_id, [placed], [(part.pk, 0)], event)


def _show(proposal: Proposal, visit: Visit, part: Appointment, placed: Placed, event: int) -> None:
    quote = pricing.quoted(proposal.found, placed.service_id, placed.resource_id, placed.s, visit.client_id)
    Appointment.objects.filter(pk=part.pk).update(
        service_id=placed.service_id,
        resource_id=placed.resource_id,
        s=placed.s,
        e=placed.e,
        price_minor=quote.price_minor,
        price_source=quote.source,
        activity_id=event,
    )
    end = Appointment.objects.filter(visit_id=visit.pk).aggregate(e=Max("e"))["e"]
    Visit.objects.filter(pk=visit.pk).update(e=end, version=visit.version + 1, activity_id=event)

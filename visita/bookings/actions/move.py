"""Move a visit, or one of its appointments: the visit stays, its claims are given up and made anew."""

from typing import Any

from django.db import connection
from django.db.models import Max, Min

from visita.activity.models import Activity
from visita.activity.record import record
from visita.bookings import (
    cases,
    consulting,
    discounts,
    errors,
    kinds,
    lengths,
    placing,
    policies,
    ports,
    pricing,
    rules,
    verbs,
    writing,
)
from visita.bookings.actions.hold import shown
from visita.bookings.attempts import attempts
from visita.bookings.consulting import Advice
from visita.bookings.locking import appointments, locked, require_in_time, require_moves_left
from visita.bookings.models import Appointment, Place, Visit, VisitStatus
from visita.bookings.news import news, ring_others, ring_strip
from visita.bookings.ports import Proposal
from visita.bookings.requests import Beside, Item, Moved, MoveItem, MoveRequest, Placed, Search
from visita.bookings.rules import Rules
from visita.bookings.wall import local
from visita.foundation import clock, scope
from visita.foundation.actor import Actor
from visita.scheduling.claims import Ignored

_GIVE_UP = "DELETE FROM scheduling_allocation WHERE organization_id = %s AND appointment_id = ANY(%s)"


def move(
    organization_id: int, visit_id: int, request: MoveRequest, actor: Actor, *, beside: Beside | None = None
) -> Moved:
    """Put the visit at `request.start`; without an appointment named all of them shift by the same minutes, or go where
    `request.items` says.

    A resource not named stays, if it can; a client's move is bound by the deadline and `moves_limit`, and where the
    service is booked on approval it waits for it again. Staff move what is archived too. Refuses slot_taken with
    alternatives, changed_meanwhile, invalid_transition, deadline_passed, moves_exhausted, and what booking refuses.
    """
    with scope.scope(organization_id):
        visit, known, items = wanted(visit_id, request)
    ignored = Ignored(appointments=tuple(each.pk for each in known))

    def hear() -> Advice:
        with scope.scope(organization_id):
            seen = consulting.state(visit.client_id)
            now, _known, there = wanted(visit_id, request)
            case = cases.of_move(rules_of(now, _known, request), now, there, request, actor)
        return consulting.judged(case, seen)

    def once(turn: int, advice: Advice | None) -> Moved:
        if beside is None:
            return move_within(visit_id, request, actor, turn=turn, advice=advice)
        beside.before()
        moved = move_within(visit_id, request, actor, turn=turn, advice=advice)
        beside.after(visit_id)
        return moved

    def run(advice: Advice | None) -> Moved:
        return attempts(
            organization_id,
            lambda turn: once(turn, advice),
            items,
            _place(visit, request),
            visit.seats,
            request.staff,
            ignored,
            apart=not request.items,
        )

    return consulting.advised(run, hear)


def wanted(visit_id: int, request: MoveRequest) -> tuple[Visit, list[Appointment], tuple[Item, ...]]:
    """The visit as it is now, which of its appointments move, and where to."""
    visit = Visit.objects.filter(pk=visit_id).first()
    if visit is None:
        raise errors.not_found()
    known = _named(appointments(visit_id), request)
    return visit, known, _items_for(rules_of(visit, known, request), visit, known, request)


def rules_of(visit: Visit, known: list[Appointment], request: MoveRequest) -> Rules:
    services = tuple(each.service_id for each in known)
    return rules.load(_place(visit, request), services, archived=request.staff)


def _place(visit: Visit, request: MoveRequest) -> int:
    """Where the visit goes. Only staff take a visit elsewhere, and only as a whole; refuses not_offered."""
    elsewhere = request.location_id not in (None, visit.location_id)
    if elsewhere and (not request.staff or request.appointment_id is not None):
        raise errors.not_offered()
    return request.location_id or visit.location_id


def move_within(
    visit_id: int,
    request: MoveRequest,
    actor: Actor,
    *,
    turn: int = 0,
    advice: Advice | None = None,
    alone: bool = True,
) -> Moved:
    """The same inside a running scope; not `alone` is a visit of a series whose client was looked at before.

    Raises placing.Taken and errors.Lost besides the refusals; after either the transaction must be rolled back.
    """
    if alone and advice is not None and advice.client_id is not None:
        consulting.require_fresh(advice, advice.client_id)
    visit = locked(visit_id, request.version, {"time": None} if request.merge else None)
    if visit.status not in policies.MOVABLE:
        raise errors.invalid_transition(visit.status, visit.status)
    known = _named(appointments(visit_id), request)
    found = rules_of(visit, known, request)
    if not request.staff:
        require_in_time(visit, found, actor)
        require_moves_left(visit, found)
    consulting.require(found, advice)
    items = _items_for(found, visit, known, request)
    proposal = Proposal(
        found, items, visit.client_id, visit.subject_id, visit.seats, actor, request.staff, visit.pk
    )
    for refuse in ports.refuse:
        refuse(proposal)
    placed = placing.place(found, items, _search(visit, known, request, turn))
    _require_price(proposal, known, placed, request)
    _write(proposal, visit, known, placed, advice)
    return Moved(
        visit.pk,
        visit.version + 1,
        found.local(min(each.s for each in placed)),
        found.local(max(each.e for each in placed)),
        shown(found, placed),
    )


def _require_price(
    proposal: Proposal, known: list[Appointment], placed: list[Placed], request: MoveRequest
) -> None:
    """Nobody moves into another price than the one they saw."""
    if not request.keeps_price:
        return
    was = sum(each.price_minor or 0 for each in known)
    prices = [
        pricing.moved(proposal.found, *pair, proposal.client_id) for pair in zip(known, placed, strict=True)
    ]
    now = sum(new.get("price_minor", each.price_minor) or 0 for each, new in zip(known, prices, strict=True))
    if now != (was if request.price_seen is None else request.price_seen):
        raise errors.move_changes_price(now, was)


def _write(
    proposal: Proposal, visit: Visit, known: list[Appointment], placed: list[Placed], advice: Advice | None
) -> None:
    found = proposal.found
    status = visit.status if proposal.staff else _status(visit, found)
    event = _record(visit, known, placed, proposal, advice, status)
    _claim(found, known, placed, event)
    _show(found, visit, known, placed, event, status)
    if found.location_id != visit.location_id:
        _ring(found, placed, visit)
    ring_others(visit, found.zone, [each.s for each in known] + [each.s for each in placed])
    for reserve in ports.reserve:
        reserve(ports.Written(proposal, visit.pk, tuple(placed), moved=True))


def _status(visit: Visit, found: Rules) -> str:
    """A client's move of what is booked on approval asks again."""
    asks = any(found.setting("approval", service) for service in found.services.values())
    return VisitStatus.REQUESTED if asks and visit.status == VisitStatus.CONFIRMED else visit.status


def _named(every: list[Appointment], request: MoveRequest) -> list[Appointment]:
    """The appointments that move, by time: one that was moved alone may start before the first booked."""
    if request.items:
        return _in_order(every, request)
    if request.appointment_id is None:
        return sorted(every, key=lambda each: (each.s, each.position))
    named = [each for each in every if each.pk == request.appointment_id]
    if not named:
        raise errors.not_found()
    return named


def _in_order(every: list[Appointment], request: MoveRequest) -> list[Appointment]:
    """The appointments as the request has them: all, once each."""
    known = {each.pk: each for each in every}
    wanted = [item.appointment_id for item in request.items]
    if len(wanted) != len(every) or set(wanted) != set(known):
        raise errors.not_found()
    return [known[one] for one in wanted]


def _items_for(
    found: Rules, visit: Visit, known: list[Appointment], request: MoveRequest
) -> tuple[Item, ...]:
    """The appointments at their new times; a client's go to those alone who are for the kind of whom they are for."""
    items = _items(found, known, request)
    return tuple(items) if request.staff else kinds.of_move(found, visit, known, items)


def _items(found: Rules, known: list[Appointment], request: MoveRequest) -> list[Item]:
    """The appointments at their new times; the first takes `request.start`, the others keep their distance."""
    if request.items:
        return [_to(found, each, one) for each, one in zip(known, request.items, strict=True)]
    shift = clock.to_minute(request.start) - known[0].s
    elsewhere = request.location_id is not None  # whoever did the further parts may not be there
    held = {each.pk for each in known if found.service(each.service_id).is_class}  # by whoever has that date
    items = []
    for at, each in enumerate(known):
        start = clock.from_minute(each.s + shift)
        resource = (
            request.resource_id if at == 0 else None if elsewhere or each.pk in held else each.resource_id
        )
        minutes = request.minutes if at == 0 else None
        minutes = minutes or lengths.kept(found.service(each.service_id), each)
        items.append(Item(each.service_id, resource, start, minutes))
    return items


def _to(found: Rules, each: Appointment, one: MoveItem) -> Item:
    minutes = lengths.kept(found.service(each.service_id), each)
    return Item(each.service_id, one.resource_id, one.start, minutes, one.subject)


def _search(visit: Visit, known: list[Appointment], request: MoveRequest, turn: int) -> Search:
    return Search(
        visit.seats,
        request.staff,
        request.force,
        ignored=Ignored(appointments=tuple(each.pk for each in known)),
        prefer=tuple(each.resource_id for each in known if each.resource_id is not None),
        turn=turn,
        stays=request.staff and clock.to_minute(request.start) in (known[0].s, *_came_from(visit, request)),
        apart=not request.items,
    )


def _came_from(visit: Visit, request: MoveRequest) -> tuple[int, ...]:
    """The minute at which the last move took the visit up, where that move is undone."""
    if not request.back:
        return ()
    moves = Activity.objects.filter(object_kind="visit", object_id=visit.pk, verb=verbs.MOVED)
    last = moves.order_by("-id").first()
    return () if last is None else tuple(part["s"] for part in last.payload["before"])


def _record(
    visit: Visit,
    known: list[Appointment],
    placed: list[Placed],
    proposal: Proposal,
    advice: Advice | None,
    status: str,
) -> int:
    parts = zip(known, placed, strict=True)
    before = [{"s": each.s, "e": each.e, "resource": each.resource_id, "part": each.pk} for each in known]
    after = [{"s": to.s, "e": to.e, "resource": to.resource_id, "part": each.pk} for each, to in parts]
    payload: dict[str, Any] = {"before": before, "after": after}
    if status != visit.status:
        payload["status"] = status
    if proposal.found.location_id != visit.location_id:
        payload["location"] = [visit.location_id, proposal.found.location_id]
    if advice is not None and advice.overridden:
        payload["overridden"] = list(advice.overridden)
    ring = news(visit.location_id, local(visit), visit.version + 1)
    return record(verbs.MOVED, "visit", visit.pk, proposal.actor, payload, news=ring)


def _claim(found: Rules, known: list[Appointment], placed: list[Placed], event: int) -> None:
    """Give up the old claims and places, make the new ones (never an UPDATE of a period, decision 17)."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_UP, [scope.current(), [each.pk for each in known]])
    Place.objects.filter(appointment_id__in=[each.pk for each in known]).delete()
    pairs = [(each.pk, at) for at, each in enumerate(known)]
    writing.claim_again(found.location_id, placed, pairs, event)


def _show(
    found: Rules, visit: Visit, known: list[Appointment], placed: list[Placed], event: int, status: str
) -> None:
    for each, at in zip(known, placed, strict=True):
        price = pricing.moved(found, each, at, visit.client_id)
        Appointment.objects.filter(pk=each.pk).update(
            s=at.s, e=at.e, resource_id=at.resource_id, session_id=at.session_id, activity_id=event, **price
        )
    if visit.discounts:
        discounts.spread(visit.pk, event)
    span = Appointment.objects.filter(visit_id=visit.pk).aggregate(s=Min("s"), e=Max("e"))
    wall = f"{clock.from_minute(span['s']).astimezone(found.zone):%Y-%m-%dT%H:%M}"
    Visit.objects.filter(pk=visit.pk).update(
        s=span["s"], e=span["e"], wall=wall, zone=found.zone_name, location_id=found.location_id,
        version=visit.version + 1, activity_id=event, status=status, parked_at=None, parked_by="",
    )  # fmt: skip
    if visit.parked_at is not None:
        ring_strip(visit)


def _ring(found: Rules, placed: list[Placed], visit: Visit) -> None:
    """The day it went to changed too."""
    first = found.local(min(each.s for each in placed))
    ring = news(found.location_id, first, visit.version + 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('visita', %s)", [ring])

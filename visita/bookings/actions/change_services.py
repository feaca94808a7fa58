"""Change what a visit consists of: services added, removed, replaced, longer, or with somebody else (VS-06).

The visit stays, with its code, version and history; only the parts that change are placed anew.
"""

from typing import Any

from django.db.models import Max, Min

from visita.activity.record import record
from visita.bookings import (
    alternatives,
    cases,
    consulting,
    discounts,
    errors,
    parting,
    placing,
    policies,
    ports,
    pricing,
    rules,
    services_change,
    verbs,
    writing,
)
from visita.bookings.actions.hold import shown
from visita.bookings.attempts import attempts
from visita.bookings.consulting import Advice
from visita.bookings.locking import appointments, locked
from visita.bookings.models import Appointment, Visit
from visita.bookings.news import news, ring_others
from visita.bookings.ports import Proposal
from visita.bookings.requests import Moved, Placed, Search, ServicesRequest
from visita.bookings.rules import Rules
from visita.bookings.services_change import Line, Plan
from visita.bookings.wall import local
from visita.foundation import clock, scope
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.scheduling.claims import Ignored


def change_services(organization_id: int, visit_id: int, request: ServicesRequest, actor: Actor) -> Moved:
    """The visit with these services. What is new, or given by another person, costs what it costs now; the rest keeps its
    price, and discounts follow.

    Refuses slot_taken with near times of all that is placed anew (each item with its `appointment`, null for a new one), not_offered (the same), class_date_required, no_services, bad_duration
    (a class has its own), staff_service_mismatch, invalid_transition, changed_meanwhile, not_found, and what own rules
    refuse.
    """
    with scope.scope(organization_id):
        visit, _found, plan = _wanted(visit_id, request)

    def hear() -> Advice:
        with scope.scope(organization_id):
            now, found, there = _wanted(visit_id, request)
            seen = consulting.state(now.client_id)
            case = cases.of_move(found, now, there.items, request, actor)
        return consulting.judged(case, seen)

    def run(advice: Advice | None) -> Moved:
        try:
            return attempts(
                organization_id,
                lambda turn: _once(visit_id, request, actor, turn, advice),
                plan.items,
                visit.location_id,
                visit.seats,
                True,
                Ignored(appointments=plan.given_up),
            )
        except Refusal as refusal:
            if refusal.code == "not_offered" and "alternatives" not in refusal.extra:
                with scope.scope(organization_id):
                    given_up = Ignored(appointments=plan.given_up)
                    found = alternatives.near(plan.items, visit.location_id, visit.seats, True, given_up)
                refusal.extra["alternatives"] = found
            for near in refusal.extra.get("alternatives") or []:
                _name(near["items"], plan)
            raise

    return consulting.advised(run, hear)


def _name(items: list[dict[str, Any]], plan: Plan) -> None:
    """Say of each service of a near time which of the visit's it is."""
    for item, line in zip(items, plan.lines, strict=True):
        item["appointment"] = None if line.part is None else line.part.pk


def _wanted(visit_id: int, request: ServicesRequest) -> tuple[Visit, Rules, Plan]:
    visit = Visit.objects.filter(pk=visit_id).first()
    if visit is None:
        raise errors.not_found()
    found, plan = _plan(visit, appointments(visit_id), request)
    return visit, found, plan


def _plan(visit: Visit, known: list[Appointment], request: ServicesRequest) -> tuple[Rules, Plan]:
    """What is given no more may stay in the visit, but nothing becomes it."""
    found = rules.load(visit.location_id, services_change.services(known, request), archived=True)
    plan = services_change.plan(found, known, request)
    new = tuple(
        {
            line.item.service_id
            for line in plan.lines
            if line.part is None or line.part.service_id != line.item.service_id
        }
    )
    if new:
        offered = rules.load(visit.location_id, new)
        for service in new:
            offered.service(service)
    return found, plan


def _once(visit_id: int, request: ServicesRequest, actor: Actor, turn: int, advice: Advice | None) -> Moved:
    if advice is not None and advice.client_id is not None:
        consulting.require_fresh(advice, advice.client_id)
    wanted = {"time": None, "services": None} if request.merge else None
    visit = locked(visit_id, request.version, wanted)  # type: ignore[arg-type]  # the parts of meanwhile
    if visit.status not in policies.MOVABLE:
        raise errors.invalid_transition(visit.status, visit.status)
    known = appointments(visit_id)
    found, plan = _plan(visit, known, request)
    placed: list[Placed] = []
    if plan.lines:
        consulting.require(found, advice)
        placed = _placed(visit, found, plan, known, request, actor, turn)
    if plan.lines or plan.gone:
        _write(visit, found, plan, known, placed, actor, advice)
    return _answer(visit_id, found)


def _placed(
    visit: Visit,
    found: Rules,
    plan: Plan,
    known: list[Appointment],
    request: ServicesRequest,
    actor: Actor,
    turn: int,
) -> list[Placed]:
    proposal = _proposal(visit, found, plan, actor)
    for refuse in ports.refuse:
        refuse(proposal)
    search = Search(
        visit.seats,
        staff=True,
        force=request.force,
        ignored=Ignored(appointments=plan.given_up),
        prefer=tuple(part.resource_id for part in known if part.resource_id is not None),
        turn=turn,
        stays=all(clock.to_minute(item.start) >= visit.s for item in plan.items),
        apart=True,
    )
    placed = placing.place(found, plan.items, search)
    _require_lengths(found, plan, placed)
    return placed


def _require_lengths(found: Rules, plan: Plan, placed: list[Placed]) -> None:
    """A class takes as long as it takes: nobody hears that another length was booked."""
    for item, there in zip(plan.items, placed, strict=True):
        if found.service(item.service_id).is_class and item.minutes not in (None, there.e - there.s):
            raise errors.bad_duration()


def _proposal(visit: Visit, found: Rules, plan: Plan, actor: Actor) -> Proposal:
    return Proposal(found, plan.items, visit.client_id, visit.subject_id, visit.seats, actor, True, visit.pk)


def _write(
    visit: Visit,
    found: Rules,
    plan: Plan,
    known: list[Appointment],
    placed: list[Placed],
    actor: Actor,
    advice: Advice | None,
) -> None:
    event = _record(visit, plan, known, placed, actor, advice)
    parting.remove([part.pk for part in plan.gone], event)
    parting.give_up([line.part.pk for line in plan.lines if line.part is not None])
    ids = [_row(visit, found, *pair, event) for pair in zip(plan.lines, placed, strict=True)]
    writing.claim_again(found.location_id, placed, [(pk, at) for at, pk in enumerate(ids)], event)
    if visit.discounts:
        discounts.spread(visit.pk, event)
    _span(visit, found, event)
    _ring(visit, found, plan, known, placed)
    if placed:
        for reserve in ports.reserve:
            written = ports.Written(_proposal(visit, found, plan, actor), visit.pk, tuple(placed), moved=True)
            reserve(written)


def _row(visit: Visit, found: Rules, line: Line, at: Placed, event: int) -> int:
    """Write the appointment of a line; its id."""
    values = {
        "s": at.s, "e": at.e, "resource_id": at.resource_id, "session_id": at.session_id, "activity_id": event,
    }  # fmt: skip
    quote = pricing.quoted(found, at.service_id, at.resource_id, at.s, visit.client_id)
    price = {"price_minor": quote.price_minor, "price_source": quote.source}
    if line.part is None:
        position = parting.next_position(visit.pk)
        made = Appointment.objects.create(
            visit_id=visit.pk, service_id=at.service_id, position=position, currency=found.currency,
            **values, **price,
        )  # fmt: skip
        return made.pk
    price = price if line.fresh else pricing.moved(found, line.part, at, visit.client_id)
    Appointment.objects.filter(pk=line.part.pk).update(service_id=at.service_id, **values, **price)
    return line.part.pk


def _span(visit: Visit, found: Rules, event: int) -> None:
    """The visit from its first part to its last."""
    span = Appointment.objects.filter(visit_id=visit.pk).aggregate(s=Min("s"), e=Max("e"))
    first = found.local(span["s"])
    Visit.objects.filter(pk=visit.pk).update(
        s=span["s"], e=span["e"], wall=f"{first:%Y-%m-%dT%H:%M}", version=visit.version + 1, activity_id=event
    )


def _ring(visit: Visit, found: Rules, plan: Plan, known: list[Appointment], placed: list[Placed]) -> None:
    """Every day that changed hears of it; that of the visit itself heard of it with the act."""
    touched = set(plan.given_up)
    minutes = [part.s for part in known if part.pk in touched] + [at.s for at in placed]
    ring_others(visit, found.zone, minutes)


def _record(
    visit: Visit,
    plan: Plan,
    known: list[Appointment],
    placed: list[Placed],
    actor: Actor,
    advice: Advice | None,
) -> int:
    touched = set(plan.given_up)
    payload: dict[str, Any] = {
        "before": [_told(part, part.pk) for part in known if part.pk in touched],
        "after": [
            _told(to, None if line.part is None else line.part.pk)
            for line, to in zip(plan.lines, placed, strict=True)
        ],
    }
    if advice is not None and advice.overridden:
        payload["overridden"] = list(advice.overridden)
    ring = news(visit.location_id, local(visit), visit.version + 1)
    return record(verbs.EXCHANGED, "visit", visit.pk, actor, payload, news=ring)


def _told(part: Appointment | Placed, pk: int | None) -> dict[str, Any]:
    return {"part": pk, "service": part.service_id, "s": part.s, "e": part.e, "resource": part.resource_id}


def _answer(visit_id: int, found: Rules) -> Moved:
    visit = Visit.objects.get(pk=visit_id)
    parts = sorted(appointments(visit_id), key=lambda part: (part.s, part.position))
    placed = [Placed(part.service_id, part.resource_id, part.s, part.e) for part in parts]
    return Moved(visit.pk, visit.version, found.local(visit.s), found.local(visit.e), shown(found, placed))

"""Bring a visit back: undo arrived, done or not shown, or claim a cancelled visit's time again."""

from collections.abc import Sequence
from typing import Any

from visita.activity.record import record
from visita.bookings import (
    cases,
    consulting,
    errors,
    lengths,
    placing,
    policies,
    ports,
    rules,
    verbs,
    writing,
)
from visita.bookings.actions.settle import change_status
from visita.bookings.attempts import attempts
from visita.bookings.consulting import Advice
from visita.bookings.locking import appointments, locked
from visita.bookings.models import Appointment, Visit, VisitStatus
from visita.bookings.news import news, ring_others
from visita.bookings.ports import Proposal
from visita.bookings.requests import Changed, Item, Pressed, Search
from visita.bookings.rules import Rules
from visita.bookings.wall import local
from visita.foundation import clock, scope
from visita.foundation.actor import Actor


def restore(
    organization_id: int,
    visit_id: int,
    actor: Actor,
    *,
    version: int | None = None,
    merge: bool = False,
    pressed: Pressed = Pressed(),  # noqa: B008 - frozen
) -> Changed:
    """Back to confirmed. A cancelled visit claims its time anew, so a taken one refuses with alternatives, and rules about
    the person are asked again; `pressed` goes over them."""
    with scope.scope(organization_id):
        visit = _found(visit_id)
        items = [_item(each, None) for each in appointments(visit_id)]

    def hear() -> Advice:
        with scope.scope(organization_id):
            now, found, there = _wanted(visit_id)
            seen = consulting.state(now.client_id)
            case = cases.of_move(found, now, there, pressed, actor)
        return consulting.judged(case, seen)

    def run(advice: Advice | None) -> Changed:
        return attempts(
            organization_id,
            lambda turn: _restore(visit_id, actor, version, turn, merge, advice),
            items,
            visit.location_id,
            visit.seats,
            True,
        )

    return consulting.advised(run, hear)


def _found(visit_id: int) -> Visit:
    visit = Visit.objects.filter(pk=visit_id).first()
    if visit is None:
        raise errors.not_found()
    return visit


def _wanted(visit_id: int) -> tuple[Visit, Rules, tuple[Item, ...]]:
    visit, known = _found(visit_id), appointments(visit_id)
    found = rules.load(visit.location_id, tuple(each.service_id for each in known), archived=True)
    return visit, found, _items(found, known)


def _items(found: Rules, known: Sequence[Appointment]) -> tuple[Item, ...]:
    """Each at its time, as long as it was."""
    return tuple(_item(each, lengths.kept(found.service(each.service_id), each)) for each in known)


def _item(appointment: Appointment, minutes: int | None) -> Item:
    start = clock.from_minute(appointment.s)
    return Item(appointment.service_id, appointment.resource_id, start, minutes)


def _restore(
    visit_id: int, actor: Actor, version: int | None, turn: int, merge: bool, advice: Advice | None
) -> Changed:
    if advice is not None and advice.client_id is not None:
        consulting.require_fresh(advice, advice.client_id)
    visit = locked(visit_id, version, {"status": None, "time": None} if merge else None)
    if visit.status not in policies.RESTORABLE:
        raise errors.invalid_transition(visit.status, VisitStatus.CONFIRMED)
    if visit.status != VisitStatus.CANCELLED:
        return change_status(visit, VisitStatus.CONFIRMED, verbs.RESTORED, actor)
    known = appointments(visit_id)
    found = rules.load(visit.location_id, tuple(each.service_id for each in known), archived=True)
    consulting.require(found, advice)
    items = _items(found, known)
    proposal = Proposal(found, items, visit.client_id, visit.subject_id, visit.seats, actor, True, visit.pk)
    for refuse in ports.refuse:
        refuse(proposal)
    placed = placing.place(found, items, Search(visit.seats, staff=True, turn=turn, stays=True))
    version = visit.version + 1
    payload: dict[str, Any] = {"before": visit.status, "after": VisitStatus.CONFIRMED}
    if advice is not None and advice.overridden:
        payload["overridden"] = list(advice.overridden)
    ring = news(visit.location_id, local(visit), version)
    event = record(verbs.RESTORED, "visit", visit.pk, actor, payload, news=ring)
    writing.claim_again(found.location_id, placed, [(each.pk, at) for at, each in enumerate(known)], event)
    for each, there in zip(known, placed, strict=True):
        if each.session_id != there.session_id:  # the class was put on that time anew
            Appointment.objects.filter(pk=each.pk).update(
                session_id=there.session_id, resource_id=there.resource_id, activity_id=event
            )
    Visit.objects.filter(pk=visit.pk).update(
        status=VisitStatus.CONFIRMED, version=version, cancel_reason="", activity_id=event
    )
    ring_others(visit, found.zone, (each.s for each in known))
    for reserve in ports.reserve:
        reserve(ports.Written(proposal, visit.pk, tuple(placed)))
    return Changed(visit.pk, VisitStatus.CONFIRMED, version)

"""Bring back an earlier state of a visit, or take one change back: its time is claimed anew like any booking's."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from visita.activity.record import record
from visita.bookings import (
    cases,
    consulting,
    discounts,
    errors,
    lengths,
    parting,
    placing,
    ports,
    restoring,
    rules,
    states,
    verbs,
    writing,
)
from visita.bookings.attempts import attempts
from visita.bookings.consulting import Advice
from visita.bookings.locking import appointments, locked
from visita.bookings.models import Appointment, Visit, VisitStatus
from visita.bookings.news import news, ring_others
from visita.bookings.ports import Proposal
from visita.bookings.requests import Changed, Item, Placed, Pressed, Search
from visita.bookings.rules import Rules
from visita.bookings.states import PART, PERSONAL, WHOLE, State
from visita.bookings.wall import local
from visita.foundation import clock, scope
from visita.foundation.actor import Actor
from visita.scheduling import claims
from visita.scheduling.claims import Ignored

Instead = Sequence[tuple[datetime, int | None]]
"""Another (start, resource) for each part whose time is gone, in the order of their times."""

_FREE = """UPDATE bookings_place SET live = false, activity_id = %s
WHERE organization_id = %s AND appointment_id = ANY(%s) AND live"""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which act: `alone` takes that one change back, else its whole state comes. `version` is what the reader saw.

    `instead` names other times where the old ones are gone; `force` overbooks, `warned` and `override` go over what rules
    about the person say; the door checks the rights.
    """

    act_id: int
    alone: bool = False
    version: int | None = None
    instead: Instead = ()
    force: bool = False
    warned: bool = False
    override: bool = False


@dataclass(slots=True)
class _Plan:
    """What is to be written: the state now and then, and which of the appointments claim their time anew."""

    visit: Visit
    known: dict[int, Appointment]
    now: State
    goal: State
    moving: list[int]

    @property
    def gone(self) -> list[int]:
        """The appointments that came since."""
        return sorted(self.now.parts.keys() - self.goal.parts.keys())

    @property
    def freed(self) -> bool:
        """Whether its time is given up."""
        was, becomes = self.now.whole["status"], self.goal.whole["status"]
        return bool(becomes == VisitStatus.CANCELLED != was)


def bring_back(organization_id: int, visit_id: int, wish: Wish, actor: Actor) -> Changed:
    """The state as it was, under the next version, with the services it had; code, client and history stay, the rooms and
    helpers are chosen anew.

    Where time is claimed, rules about the person are asked as for any booking. Refuses what they refuse, slot_taken with near
    times, not_offered, changed_meanwhile, not_found, and for one change alone nothing_to_undo and changed_since. A state the visit is in already changes nothing.
    """
    with scope.scope(organization_id):
        plan = _plan(_found(visit_id), wish)
        items = [_item(plan, pk, None) for pk in plan.moving]
        ignored = Ignored(appointments=tuple(plan.known))
    place, seats = plan.goal.whole["location_id"], plan.goal.whole["seats"]

    def run(advice: Advice | None) -> Changed:
        return attempts(
            organization_id, lambda turn: _write(visit_id, wish, actor, turn, advice), items, place, seats, True,
            ignored,
        )  # fmt: skip

    return consulting.advised(run, lambda: _hear(organization_id, visit_id, wish, actor))


def undo_last(
    organization_id: int,
    visit_id: int,
    actor: Actor,
    *,
    version: int | None = None,
    pressed: Pressed = Pressed(),  # noqa: B008 - frozen
) -> Changed:
    """Take back the change that made the visit what it is; the same refusals."""
    with scope.scope(organization_id):
        act = _found(visit_id).activity_id or 0
    wish = Wish(act, alone=True, version=version, warned=pressed.warned, override=pressed.override)
    return bring_back(organization_id, visit_id, wish, actor)


def _hear(organization_id: int, visit_id: int, wish: Wish, actor: Actor) -> Advice:
    with scope.scope(organization_id):
        plan = _plan(_found(visit_id), wish)
        found, items = _wanted(plan)
        seen = consulting.state(plan.visit.client_id)
        becomes = copy(plan.visit)  # with the note and whom it is about as they were
        for name in ("seats", "subject_id", *PERSONAL):
            setattr(becomes, name, plan.goal.whole[name])
        case = cases.of_move(found, becomes, items, Pressed(wish.warned, wish.override), actor)
    return consulting.judged(case, seen)


def _wanted(plan: _Plan) -> tuple[Rules, tuple[Item, ...]]:
    """The rules of the goal, and what claims its time anew."""
    services = tuple(part["service_id"] for part in plan.goal.parts.values())
    found = rules.load(plan.goal.whole["location_id"], services, archived=True)
    return found, tuple(_item(plan, pk, _minutes(found, plan, pk)) for pk in plan.moving)


def _found(visit_id: int) -> Visit:
    visit = Visit.objects.filter(pk=visit_id).first()
    if visit is None:
        raise errors.not_found()
    return visit


def _plan(visit: Visit, wish: Wish) -> _Plan:
    known = {part.pk: part for part in appointments(visit.pk)}
    now = states.current(visit, known.values())
    aim: Callable[..., State] = restoring.without if wish.alone else restoring.whole
    goal = aim(states.steps(visit.pk), wish.act_id, now, states.erased_since(visit.client_id))
    moving = restoring.to_claim(now, goal)
    return _Plan(visit, known, now, _elsewhere(goal, moving, wish.instead), moving)


def _elsewhere(goal: State, moving: Sequence[int], instead: Instead) -> State:
    """The goal at the other times that were chosen."""
    if not instead:
        return goal
    if len(instead) != len(moving):
        raise errors.not_offered()
    changes: dict[states.Key, Any] = {}
    for pk, (start, resource) in zip(moving, instead, strict=True):
        s = clock.to_minute(start)
        changes[pk, "when"] = (s, s + goal.parts[pk]["e"] - goal.parts[pk]["s"])
        changes[pk, "who"] = (resource, None)
    return goal.having(changes)


def _item(plan: _Plan, pk: int, minutes: int | None) -> Item:
    part = plan.goal.parts[pk]
    return Item(part["service_id"], part["resource_id"], clock.from_minute(part["s"]), minutes)


def _write(visit_id: int, wish: Wish, actor: Actor, turn: int, advice: Advice | None) -> Changed:
    if advice is not None and advice.client_id is not None:
        consulting.require_fresh(advice, advice.client_id)
    plan = _plan(locked(visit_id, wish.version), wish)
    if not states.differing(plan.now, plan.goal):
        return Changed(visit_id, plan.visit.status, plan.visit.version)
    found, items = _wanted(plan)
    if plan.moving:
        consulting.require(found, advice)
    visit = plan.visit
    proposal = Proposal(found, items, visit.client_id, plan.goal.whole["subject_id"],
                        plan.goal.whole["seats"], actor, True, visit_id)  # fmt: skip
    placed = _placed(plan, proposal, wish, turn)
    event = _record(plan, wish, proposal, placed, advice)
    _claim(plan, found, placed, event)
    _rows(plan, found, placed, event)
    _tell(plan, proposal, placed)
    return Changed(visit_id, plan.goal.whole["status"], visit.version + 1)


def _minutes(found: Rules, plan: _Plan, pk: int) -> int | None:
    """The length it had, where that is not what the service takes anyway."""
    part = plan.goal.parts[pk]
    return lengths.kept(found.service(part["service_id"]), Appointment(**part))


def _placed(plan: _Plan, proposal: Proposal, wish: Wish, turn: int) -> list[Placed]:
    if not plan.moving:
        return []
    for refuse in ports.refuse:
        refuse(proposal)
    prefer = tuple(plan.goal.parts[pk]["resource_id"] for pk in plan.moving)
    given_up = (*plan.moving, *plan.gone)
    search = Search(
        proposal.seats, staff=True, force=wish.force, ignored=Ignored(appointments=given_up),
        prefer=tuple(who for who in prefer if who), turn=turn, stays=True, apart=True,
    )  # fmt: skip
    return placing.place(proposal.found, proposal.items, search)


def _record(
    plan: _Plan, wish: Wish, proposal: Proposal, placed: Sequence[Placed], advice: Advice | None
) -> int:
    visit = plan.visit
    payload: dict[str, Any] = {"act": wish.act_id, "alone": wish.alone}
    if advice is not None and advice.overridden:
        payload["overridden"] = list(advice.overridden)
    ring = news(visit.location_id, local(visit), visit.version + 1)
    event = record(verbs.BROUGHT_BACK, "visit", visit.pk, proposal.actor, payload, news=ring)
    if placed and proposal.found.location_id != visit.location_id:  # the day it went to changed too
        there = proposal.found.local(min(each.s for each in placed))
        with connection.cursor() as cursor:
            ring = news(proposal.found.location_id, there, visit.version + 1)
            cursor.execute("SELECT pg_notify('visita', %s)", [ring])
    minutes = [part["s"] for part in (*plan.now.parts.values(), *plan.goal.parts.values())]
    ring_others(visit, proposal.found.zone, [*minutes, *(each.s for each in placed)])
    return event


def _claim(plan: _Plan, found: Rules, placed: Sequence[Placed], event: int) -> None:
    if plan.freed:
        claims.free(list(plan.known), event)
        with connection.cursor() as cursor:
            cursor.execute(_FREE, [event, scope.current(), list(plan.known)])
    parting.remove(plan.gone, event)
    for pk in plan.goal.parts.keys() - plan.now.parts.keys():
        part = plan.goal.parts[pk]
        Appointment.objects.create(pk=pk, visit_id=plan.visit.pk, **part, activity_id=event)
    if plan.moving:
        parting.give_up(plan.moving)
        pairs = [(pk, at) for at, pk in enumerate(plan.moving)]
        writing.claim_again(found.location_id, placed, pairs, event)


def _rows(plan: _Plan, found: Rules, placed: Sequence[Placed], event: int) -> None:
    """The columns of the goal, at the times that were got."""
    got = {
        pk: {"s": at.s, "e": at.e, "resource_id": at.resource_id, "session_id": at.session_id}
        for pk, at in zip(plan.moving, placed, strict=True)
    }
    parts = {pk: {**part, **got.get(pk, {})} for pk, part in plan.goal.parts.items()}
    for pk, part in parts.items():
        was = plan.now.parts.get(pk, plan.goal.parts[pk])
        if any(part[name] != was[name] for name in PART):
            Appointment.objects.filter(pk=pk).update(**part, activity_id=event)
    s, e = min(part["s"] for part in parts.values()), max(part["e"] for part in parts.values())
    Visit.objects.filter(pk=plan.visit.pk).update(
        **{name: plan.goal.whole[name] for name in WHOLE},
        s=s,
        e=e,
        wall=f"{found.local(s):%Y-%m-%dT%H:%M}",
        zone=found.zone_name,
        version=plan.visit.version + 1,
        activity_id=event,
    )
    if plan.goal.whole["discounts"] or plan.now.whole["discounts"]:
        discounts.spread(plan.visit.pk, event)


def _tell(plan: _Plan, proposal: Proposal, placed: list[Placed]) -> None:
    """What packages above took for the visit follows."""
    if plan.freed:
        for release in ports.release:
            release(ports.Freed(plan.visit.pk, plan.visit.client_id, proposal.actor))
    if placed:
        stood = plan.now.whole["status"] != VisitStatus.CANCELLED
        for reserve in ports.reserve:
            reserve(ports.Written(proposal, plan.visit.pk, tuple(placed), moved=stood))

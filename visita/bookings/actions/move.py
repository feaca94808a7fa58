"""Move a visit, or one of its appointments: the visit stays, its claims are given up and made anew."""

from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Max, Min

from visita.activity.models import Activity
from visita.activity.record import record
from visita.bookings import errors, lengths, placing, policies, rules, verbs, writing
from visita.bookings.actions.hold import shown
from visita.bookings.attempts import attempts
from visita.bookings.locking import appointments, locked, require_in_time
from visita.bookings.models import Appointment, Place, Visit
from visita.bookings.news import news
from visita.bookings.requests import Item, Moved, MoveRequest, Placed, Search
from visita.bookings.rules import Rules
from visita.bookings.wall import local
from visita.foundation import clock, scope
from visita.foundation.actor import Actor
from visita.scheduling.claims import Ignored

_GIVE_UP = "DELETE FROM scheduling_allocation WHERE organization_id = %s AND appointment_id = ANY(%s)"


def move(organization_id: int, visit_id: int, request: MoveRequest, actor: Actor) -> Moved:
    """Put the visit at `request.start`; without an appointment named all of them shift by the same minutes.

    A resource not named stays, if it can; a client's move is bound by the deadline and `moves_limit`. Refuses
    slot_taken with alternatives, changed_meanwhile, invalid_transition, deadline_passed, and what booking refuses.
    """
    with scope.scope(organization_id):
        visit = Visit.objects.filter(pk=visit_id).first()
        if visit is None:
            raise errors.not_found()
        every = appointments(visit_id)
        found = rules.load(visit.location_id, tuple(each.service_id for each in every))
        items = _items(found, _named(every, request), request)
        location, seats = visit.location_id, visit.seats
    return attempts(
        organization_id,
        lambda turn: _move(visit_id, request, actor, turn),
        items,
        location,
        seats,
        request.staff,
    )


def _move(visit_id: int, request: MoveRequest, actor: Actor, turn: int) -> Moved:
    visit = locked(visit_id, request.version)
    if visit.status not in policies.MOVABLE:
        raise errors.invalid_transition(visit.status, visit.status)
    known = _named(appointments(visit_id), request)
    found = rules.load(visit.location_id, tuple(each.service_id for each in known))
    if not request.staff:
        require_in_time(visit, found, actor)
        _require_moves_left(visit, found)
    placed = _place(found, visit, known, request, turn)
    event = _record(visit, known, placed, actor)
    _claim(found, known, placed, event)
    _show(visit, known, placed, event)
    if local(visit).date() != found.local(placed[0].s).date():
        _ring(found, placed, visit)
    return Moved(
        visit.pk,
        visit.version + 1,
        found.local(min(each.s for each in placed)),
        found.local(max(each.e for each in placed)),
        shown(found, placed),
    )


def _named(every: list[Appointment], request: MoveRequest) -> list[Appointment]:
    """The appointments that move, by time: one that was moved alone may start before the first booked."""
    if request.appointment_id is None:
        return sorted(every, key=lambda each: (each.s, each.position))
    named = [each for each in every if each.pk == request.appointment_id]
    if not named:
        raise errors.not_found()
    return named


def _items(found: Rules, known: list[Appointment], request: MoveRequest) -> list[Item]:
    """The appointments at their new times; the first takes `request.start`, the others keep their distance."""
    shift = clock.to_minute(request.start) - known[0].s
    items = []
    for at, each in enumerate(known):
        start = clock.from_minute(each.s + shift)
        resource = request.resource_id if at == 0 else each.resource_id
        minutes = request.minutes if at == 0 else None
        minutes = minutes or lengths.kept(found.service(each.service_id), each)
        items.append(Item(each.service_id, resource, start, minutes))
    return items


def _place(
    found: Rules, visit: Visit, known: list[Appointment], request: MoveRequest, turn: int
) -> list[Placed]:
    items = _items(found, known, request)
    search = Search(
        visit.seats,
        request.staff,
        request.force,
        ignored=Ignored(appointments=tuple(each.pk for each in known)),
        prefer=tuple(each.resource_id for each in known if each.resource_id is not None),
        turn=turn,
        stays=request.staff and clock.to_minute(request.start) == known[0].s,
        apart=True,
    )
    return placing.place(found, items, search)


def _require_moves_left(visit: Visit, found: Rules) -> None:
    limit = int(found.setting("moves_limit"))
    if limit:
        moved = Activity.objects.filter(
            object_kind="visit", object_id=visit.pk, verb=verbs.MOVED, actor_kind="client"
        ).count()
        if moved >= limit:
            raise errors.moves_exhausted(limit, found.phone)


def _record(visit: Visit, known: list[Appointment], placed: list[Placed], actor: Actor) -> int:
    before = [{"s": each.s, "e": each.e, "resource": each.resource_id} for each in known]
    after = [{"s": each.s, "e": each.e, "resource": each.resource_id} for each in placed]
    payload = {"before": before, "after": after}
    ring = news(visit.location_id, local(visit), visit.version + 1)
    return record(verbs.MOVED, "visit", visit.pk, actor, payload, news=ring)


def _claim(found: Rules, known: list[Appointment], placed: list[Placed], event: int) -> None:
    """Give up the old claims and places, make the new ones (never an UPDATE of a period, decision 17)."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_UP, [scope.current(), [each.pk for each in known]])
    Place.objects.filter(appointment_id__in=[each.pk for each in known]).delete()
    pairs = [(each.pk, at) for at, each in enumerate(known)]
    writing.claim_again(found.location_id, placed, pairs, event)


def _show(visit: Visit, known: list[Appointment], placed: list[Placed], event: int) -> None:
    for each, at in zip(known, placed, strict=True):
        Appointment.objects.filter(pk=each.pk).update(
            s=at.s, e=at.e, resource_id=at.resource_id, session_id=at.session_id, activity_id=event
        )
    span = Appointment.objects.filter(visit_id=visit.pk).aggregate(s=Min("s"), e=Max("e"))
    wall = f"{clock.from_minute(span['s']).astimezone(ZoneInfo(visit.zone)):%Y-%m-%dT%H:%M}"
    Visit.objects.filter(pk=visit.pk).update(
        s=span["s"], e=span["e"], wall=wall, version=visit.version + 1, activity_id=event
    )


def _ring(found: Rules, placed: list[Placed], visit: Visit) -> None:
    """The day it went to changed too."""
    ring = news(found.location_id, found.local(placed[0].s), visit.version + 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('visita', %s)", [ring])

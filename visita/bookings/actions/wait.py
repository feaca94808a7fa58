"""Join the waitlist, change or leave one's place on it; wish a visit earlier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from visita.activity.record import record
from visita.bookings import errors, kinds, lengths, rules, subjects, verbs
from visita.bookings.actions.end_offer import end_within
from visita.bookings.locking import appointments
from visita.bookings.models import Appointment, Visit, Waiting, WaitingStatus
from visita.bookings.policies import MOVABLE
from visita.bookings.requests import ClientDetails, SubjectDetails
from visita.bookings.rules import Rules, ServiceRule
from visita.bookings.waitlist import windows
from visita.bookings.waitlist.windows import Window
from visita.bookings.wall import local
from visita.clients import actions as clients
from visita.clients import queries as client_queries
from visita.clients.models import Subject
from visita.foundation import clock, ids, scope, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.identity import rate
from visita.identity.origin import network

_PER_NETWORK = rate.Limit(10, 60)


@dataclass(frozen=True, slots=True)
class WaitRequest:
    """`items` are (service, resource or None for anyone) in order; the client as typed, or by id for staff.

    `whose` tells for each item for which of those who come it is (none: all for the first). `kind` is the kind that was
    chosen for them (a dog); `subject` or `subject_id` names the first.
    """

    items: tuple[tuple[int, int | None], ...]
    window: Window
    client: ClientDetails | None = None
    client_id: int | None = None
    location_id: int | None = None
    seats: int = 1
    note: str = ""
    rank: int = 0
    staff: bool = False
    whose: tuple[int, ...] = ()
    kind: str = ""
    subject: SubjectDetails | None = None
    subject_id: int | None = None


@Action
def join(request: WaitRequest, actor: Actor) -> Waiting:
    """Put somebody on the waitlist; who waits for the same already has their place changed to the new times (`again`).

    Refuses waitlist_off, waitlist_full, bad_window, and what booking refuses about services, people and the client's form.
    """
    found = rules.load(request.location_id, tuple(service for service, _ in request.items))
    kind = _kind(found, request)
    _require_bookable(found, request, kind)
    window = windows.read(request.window, clock.now().astimezone(found.zone).date())
    client_id = _client(found, request, actor)
    client_queries.present(client_id)  # its lock: who presses twice at once waits once
    subject_id = subjects.named(request.subject_id, request.subject, client_id, actor)
    rows = _rows(request, kind)
    mine = _open(client_id).filter(location_id=found.location_id, visit_id=None, subject_id=subject_id)
    same = _lock(mine.filter(items=rows))
    if same is not None:
        same.again = True
        return _write(same, window, request.seats, request.note, actor)
    _require_room(found, client_id, request)
    return _add(
        found.location_id, client_id, rows, window, actor, seats=request.seats,
        note=text.line(request.note, field="note", limit=300), rank=request.rank, subject_id=subject_id,
    )  # fmt: skip


@Action
def wish_earlier(
    visit_id: int, actor: Actor, *, anyone: bool = False, weekdays: Sequence[int] = (),
    parts: Sequence[tuple[int, int]] = (), since: date | None = None,
) -> Waiting:  # fmt: skip
    """The visit's client would come earlier if a time came free, from `since` (today) on; `anyone`: with somebody else too.

    Refuses waitlist_off, not_found, not_waiting for a visit that cannot be moved any more, bad_window.
    """
    visit = Visit.objects.filter(pk=visit_id).first()
    if visit is None:
        raise errors.not_found()
    known = appointments(visit_id)
    found = rules.load(visit.location_id, tuple(each.service_id for each in known), archived=True)
    if visit.status not in MOVABLE or visit.s <= clock.minute():
        raise errors.not_waiting()
    _require_on(found)
    today, day = clock.now().astimezone(found.zone).date(), local(visit).date()
    window = windows.read(Window(since or today, day, tuple(weekdays), tuple(parts)), today)
    whose = kinds.of_visit(found, visit, known) if anyone else [""] * len(known)
    rows = [_kept(found, each, kind, anyone=anyone) for each, kind in zip(known, whose, strict=True)]
    same = _lock(Waiting.objects.filter(visit_id=visit_id, status=WaitingStatus.WAITING))
    if same is not None:
        same.items = rows
        return _write(same, window, visit.seats, "", actor)
    return _add(
        visit.location_id, visit.client_id, rows, window, actor, seats=visit.seats, visit_id=visit_id,
        subject_id=visit.subject_id,
    )  # fmt: skip


@Action
def change_waiting(
    waiting_id: int, window: Window, actor: Actor, *, seats: int | None = None, note: str | None = None,
    rank: int | None = None, anyone: bool = False,
) -> Waiting:  # fmt: skip
    """Other times, another number of people, staff's order; `anyone` gives up the names. Refuses not_waiting, bad_window."""
    waiting = _locked(waiting_id)
    found = rules.load(waiting.location_id, tuple(one["service"] for one in waiting.items), archived=True)
    window = windows.read(window, clock.now().astimezone(found.zone).date())
    if anyone:
        waiting.items = _with_anyone(waiting, found)
    if rank is not None:
        waiting.rank = max(-100, min(100, rank))
    for service in found.services.values():
        if not 1 <= (seats or waiting.seats) <= service.party:
            raise errors.party_too_large(service.party)
    return _write(waiting, window, seats or waiting.seats, waiting.note if note is None else note, actor)


@Action
def leave(waiting_id: int, actor: Actor) -> Waiting:
    """Wait no more. An open offer is given up with it. Leaving twice is no error; refuses not_found."""
    waiting = Waiting.objects.filter(pk=waiting_id).select_for_update(no_key=True).first()
    if waiting is None:
        raise errors.not_found()
    if waiting.status != WaitingStatus.WAITING:
        return waiting
    end_within(waiting, "declined", actor)
    waiting.status = WaitingStatus.LEFT if actor.kind == "client" else WaitingStatus.REMOVED
    waiting.activity_id = record(verbs.WAITING_LEFT, "waiting", waiting.pk, actor, {"status": waiting.status})
    waiting.save(update_fields=["status", "activity_id"])
    return waiting


def _with_anyone(waiting: Waiting, found: Rules) -> list[dict[str, Any]]:
    """Its items without names; of a visit wished earlier each with the kind that then narrows who may have it."""
    rows = [{**one, "resource": None} for one in waiting.items]
    visit = Visit.objects.filter(pk=waiting.visit_id).first() if waiting.visit_id else None
    whose = kinds.of_visit(found, visit, appointments(visit.pk)) if visit else []
    if len(whose) != len(rows):  # the visit has other services by now
        return rows
    return [{**one, "kind": kind} if kind else one for one, kind in zip(rows, whose, strict=True)]


def _kind(found: Rules, request: WaitRequest) -> str:
    """What kind the wait is for; empty where nobody tells, or a word that somebody typed narrows nothing."""
    told = request.subject.kind if request.subject else ""
    if request.subject_id is not None and not request.kind:
        told = next(iter(Subject.objects.filter(pk=request.subject_id).values_list("kind", flat=True)), "")
    return request.kind or (told if kinds.counts(found, told) else "")


def _rows(request: WaitRequest, kind: str) -> list[dict[str, Any]]:
    """The items as an entry keeps them."""
    whose = request.whose or (0,) * len(request.items)
    return [
        {"service": service, "resource": resource}
        | ({"subject": number} if number else {})
        | ({"kind": kind} if kind else {})
        for (service, resource), number in zip(request.items, whose, strict=True)
    ]


def _require_bookable(found: Rules, request: WaitRequest, kind: str) -> None:
    if not request.items:
        raise errors.not_found()
    for service_id, resource_id in request.items:
        service = found.service(service_id)
        rules.require_bookable(found, service, request.seats, request.staff)
        service.candidates(resource_id, request.staff)
        _require_kind(found, service, resource_id, kind)
    rules.require_party(found, request.whose or (0,), request.staff)
    _require_on(found)


def _require_kind(found: Rules, service: ServiceRule, resource_id: int | None, kind: str) -> None:
    """Refuse to let a dog wait for what is never given to dogs."""
    try:
        able = found.candidates(service, resource_id, kind, staff=True, binds=True)
    except Refusal as refusal:
        if refusal.code != "not_offered":
            raise
        able = ()
    if kind and not able:
        raise errors.not_for_kind()


def _require_on(found: Rules) -> None:
    if not all(found.setting("waitlist", service) for service in found.services.values()):
        raise errors.waitlist_off(found.phone)


def _client(found: Rules, request: WaitRequest, actor: Actor) -> int:
    if request.client_id is not None:
        return client_queries.present(request.client_id)
    if request.client is None:
        raise errors.client_required()
    if not request.staff and not request.client.reachable:
        raise text.missing("client.phone")
    if actor.kind == "client" and actor.id is None and actor.ip:
        _count(found, actor.ip)
    return clients.find_or_register.here(request.client, actor=actor, country=found.country).pk


def _count(found: Rules, ip: str) -> None:
    try:
        rate.hit(_PER_NETWORK, scope.current(), "waitlist", network(ip))
    except Refusal as refusal:
        raise errors.too_many_bookings(found.phone) from refusal


def _require_room(found: Rules, client_id: int, request: WaitRequest) -> None:
    most = int(found.setting("waitlist_most"))
    if not request.staff and _open(client_id).count() >= most:
        raise errors.waitlist_full(most)


def _open(client_id: int) -> Any:
    today = clock.now().date()
    return Waiting.objects.filter(client_id=client_id, status=WaitingStatus.WAITING, last_day__gte=today)


def _lock(found: Any) -> Waiting | None:
    """The first of them, locked: what is accepted or left at this moment is not written over."""
    locked: Waiting | None = found.order_by("id").select_for_update(no_key=True).first()
    return locked


def _locked(waiting_id: int) -> Waiting:
    waiting = Waiting.objects.filter(pk=waiting_id).select_for_update(no_key=True).first()
    if waiting is None:
        raise errors.not_found()
    if waiting.status != WaitingStatus.WAITING:
        raise errors.not_waiting()
    return waiting


def _kept(found: Rules, each: Appointment, kind: str, *, anyone: bool) -> dict[str, Any]:
    """An appointment as one who waits wants it: the same service, for as long as it was made to last."""
    row = {"service": each.service_id, "resource": None if anyone else each.resource_id}
    minutes = lengths.kept(found.service(each.service_id), each)
    return row | ({"minutes": minutes} if minutes else {}) | ({"kind": kind} if kind else {})


def _add(
    location_id: int, client_id: int, rows: list[dict[str, Any]], window: Window, actor: Actor, **more: Any
) -> Waiting:
    values: dict[str, Any] = {
        "code": ids.code(), "location_id": location_id, "client_id": client_id, "items": rows, "first_day": window.first,
        "last_day": window.last, "weekdays": list(window.weekdays), "parts": [list(part) for part in window.parts],
        "source": actor.source, **more,
    }  # fmt: skip
    if "visit_id" not in more:
        waiting = Waiting.objects.create(**values)
    else:  # one wish of a visit: who presses twice at once finds the first
        one = {"visit_id": values.pop("visit_id"), "status": WaitingStatus.WAITING}
        waiting, _new = Waiting.objects.get_or_create(**one, defaults=values)
    event = record(verbs.WAITING, "waiting", waiting.pk, actor, {"location": location_id})
    Waiting.objects.filter(pk=waiting.pk).update(activity_id=event)
    waiting.activity_id = event
    return waiting


def _write(waiting: Waiting, window: Window, seats: int, note: str, actor: Actor) -> Waiting:
    waiting.first_day, waiting.last_day, waiting.seats = window.first, window.last, seats
    waiting.weekdays, waiting.parts = list(window.weekdays), [list(part) for part in window.parts]
    waiting.note = text.line(note, field="note", limit=300)
    payload = {"location": waiting.location_id}
    waiting.activity_id = record(verbs.WAITING_CHANGED, "waiting", waiting.pk, actor, payload)
    waiting.save()
    return waiting

"""What the rules about the person are asked: a proposed booking or move, with all that is known of who comes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from visita.bookings import own_rules, papers
from visita.bookings.eligibility import Person
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import BookRequest, Item, MoveRequest, Pressed, ServicesRequest
from visita.bookings.rules import Rules
from visita.catalog import answers
from visita.catalog.models import Service
from visita.clients import queries as clients
from visita.clients.actions.find_or_register import known as client_known
from visita.clients.models import Client, Subject
from visita.foundation import clock, scope
from visita.foundation.actor import Actor

Whose = Sequence[tuple[own_rules.Subject | None, ...]]
"""For each item those whom it is for; None is the client."""

_HISTORY = """
SELECT v.code, v.status, v.s, v.zone, coalesce(j.name, ''), json_agg(a.service_id ORDER BY a.position)
FROM bookings_visit v
JOIN bookings_appointment a ON a.organization_id = v.organization_id AND a.visit_id = v.id
LEFT JOIN clients_subject j ON j.organization_id = v.organization_id AND j.id = v.subject_id
WHERE v.organization_id = %s AND v.client_id = %s AND v.id <> %s
GROUP BY v.id, v.code, v.status, v.s, v.zone, j.name ORDER BY v.s DESC, v.id LIMIT 200"""

# what counts as having been (or going to be) here
_COUNTS = {"requested", "confirmed", "arrived", "completed"}


@dataclass(frozen=True, slots=True)
class Case:
    """A proposal for own rules, the people for eligibility, and the door's rights. `client_id` None: never here.

    `people` are those whom each of the proposal's items is for; `kept` the services that a living visit has already.
    """

    found: Rules
    proposal: own_rules.Proposal
    people: tuple[tuple[Person, ...], ...]
    client_id: int | None
    staff: bool
    warned: bool
    override: bool
    kept: frozenset[int] = frozenset()

    def days(self) -> Iterator[tuple[int, date]]:
        """Each proposed service with its local date."""
        return ((item.service, item.start.date()) for item in self.proposal.items)

    def judged(self) -> Iterator[tuple[int, date, Person]]:
        """The same with each of the people it is for."""
        for (service, day), people in zip(self.days(), self.people, strict=True):
            for person in people:
                yield service, day, person


def of_booking(
    found: Rules, request: BookRequest, actor: Actor, before: tuple[own_rules.Past, ...] = ()
) -> Case:
    """A booking as asked for, by rules that were loaded with what it asks; inside a scope. `before`: visits of the same
    series that are booked together with it."""
    known = _client(found, request)
    client = _as_known(known) if known else _as_typed(request)
    subject = _subject(request, known)
    extra: dict[str, Any] = {"note": request.note, "seats": request.seats}
    extra["fields"] = papers.answered(found, request)
    proposal = _proposal(found, request.items, actor, request.staff, client, subject, known, **extra)
    proposal = replace(proposal, history=(*before, *proposal.history))
    return _case(found, proposal, known, request, _whose(request, subject))


def past(found: Rules, request: BookRequest, subject: str = "") -> own_rules.Past:
    """A visit that is about to be booked, as the rules hear of it when they judge the one after it."""
    start = min(item.start for item in request.items).astimezone(found.zone)
    services = tuple(item.service_id for item in request.items)
    return own_rules.Past("", "confirmed", start, services, subject)


def of_move(
    found: Rules,
    visit: Visit,
    items: tuple[Item, ...],
    request: MoveRequest | ServicesRequest | Pressed,
    actor: Actor,
    others: Mapping[str, datetime] | None = None,
) -> Case:
    """A move of a visit that exists, other services in it, or its time claimed again; inside a scope. `others`: where
    those that move with it will begin, by their codes."""
    known = Client.objects.get(pk=visit.client_id)
    row = Subject.objects.filter(pk=visit.subject_id).first() if visit.subject_id else None
    subject = None if row is None else _of(row.kind, row.name, row.details)
    extra: dict[str, Any] = {
        "fields": answers.values(visit.fields),
        "note": visit.note,
        "seats": visit.seats,
        "moving": visit,
    }
    proposal = _proposal(found, items, actor, request.staff, _as_known(known), subject, known, **extra)
    if others:
        there = (replace(past, start=others.get(past.code, past.start)) for past in proposal.history)
        proposal = replace(proposal, history=tuple(there))
    case = _case(found, proposal, known, request, [(subject,)] * len(items))
    return replace(case, kept=_kept(visit))


def _kept(visit: Visit) -> frozenset[int]:
    """What the visit consists of, while it lives: others that were booked since have seen it."""
    if visit.status not in _COUNTS:
        return frozenset()
    return frozenset(Appointment.objects.filter(visit_id=visit.pk).values_list("service_id", flat=True))


def _whose(request: BookRequest, first: own_rules.Subject | None) -> Whose:
    """Whom each item of a booking is for: by number where several come, all places of a party."""
    others = {number: _of(one.kind, one.name, one.details) for number, one in request.others.items()}
    if len({item.subject for item in request.items}) > 1:
        return [(first if item.subject == 0 else others.get(item.subject),) for item in request.items]
    return [(first, *others.values())] * len(request.items)


def _case(
    found: Rules,
    proposal: own_rules.Proposal,
    known: Client | None,
    request: BookRequest | MoveRequest | ServicesRequest | Pressed,
    whose: Whose,
) -> Case:
    people = tuple(tuple(_person(proposal, one) for one in each) for each in whose)
    client_id = known.pk if known else None
    return Case(found, proposal, people, client_id, request.staff, request.warned, request.override)


def _person(proposal: own_rules.Proposal, subject: own_rules.Subject | None) -> Person:
    """What is known of a subject, or of the client."""
    name = subject.name if subject else None
    visits = [
        (past.start.date(), frozenset(past.services))
        for past in proposal.history
        if past.status in _COUNTS and name in (None, past.subject)
    ]
    about = subject or proposal.client
    return Person(tuple(visits), about.born, subject.kind if subject else "", proposal.fields)


def _proposal(
    found: Rules,
    items: tuple[Item, ...],
    actor: Actor,
    staff: bool,
    client: own_rules.Client,
    subject: own_rules.Subject | None,
    known: Client | None,
    *,
    moving: Visit | None = None,
    **more: Any,
) -> own_rules.Proposal:
    names = dict(Service.objects.filter(pk__in=found.services).values_list("pk", "name"))
    return own_rules.Proposal(
        now=clock.now().astimezone(found.zone),
        door=actor.source,
        staff=staff,
        location=found.location_id,
        items=tuple(_item(found, item, names) for item in items),
        client=client,
        subject=subject,
        history=_history(known.pk, moving.pk if moving else 0) if known else (),
        moving=moving.code if moving else None,
        **more,
    )


def _item(found: Rules, item: Item, names: dict[int, Any]) -> own_rules.Item:
    service, start = found.service(item.service_id), item.start.astimezone(found.zone)
    own = {who.resource_id: who.minutes for who in service.who if who.minutes}
    minutes = item.minutes or own.get(item.resource_id or 0, service.minutes)
    end = (item.start + timedelta(minutes=minutes)).astimezone(found.zone)
    return own_rules.Item(service.id, names.get(service.id, {}), item.resource_id, start, end)


def _history(client_id: int, moving: int) -> tuple[own_rules.Past, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, [scope.current(), client_id, moving])
        return tuple(
            own_rules.Past(code, status, _local(s, zone), tuple(services), subject)
            for code, status, s, zone, subject, services in cursor.fetchall()
        )


def _local(minute: int, zone: str) -> datetime:
    return clock.from_minute(minute).astimezone(ZoneInfo(zone))


def _client(found: Rules, request: BookRequest) -> Client | None:
    if request.client_id is not None:
        return clients.client(request.client_id)
    return None if request.client is None else client_known(request.client, found.country)


def _as_known(client: Client) -> own_rules.Client:
    return own_rules.Client(
        client.pk, client.first_name, client.last_name, client.phone_e164 or client.phone, client.email,
        client.language, clients.personal_data(client.pk).birth_date,
    )  # fmt: skip


def _as_typed(request: BookRequest) -> own_rules.Client:
    typed = request.client
    if typed is None:
        return own_rules.Client(None, "", "", "", "", "")
    return own_rules.Client(None, typed.first_name, typed.last_name, typed.phone, typed.email, typed.language)


def _subject(request: BookRequest, known: Client | None) -> own_rules.Subject | None:
    if request.subject is not None:
        return _of(request.subject.kind, request.subject.name, request.subject.details)
    if request.subject_id is None or known is None:
        return None
    row = next((each for each in clients.subjects(known.pk) if each.pk == request.subject_id), None)
    return None if row is None else _of(row.kind, row.name, row.details)


def _of(kind: str, name: str, details: dict[str, Any]) -> own_rules.Subject:
    return own_rules.Subject(kind, name, details, _born(details.get("birth_date") or details.get("born")))


def _born(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None

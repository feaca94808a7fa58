"""Several who come with one visit, as the form of a new visit names them: mother and child, two dogs, a second service.

Each row is a service for somebody; together they are placed as the engine fits them best at the time that was typed, and
booked as one visit. Who is named twice is one of them, and a name that the client's record knows is that one.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visita.bookings import rules
from visita.bookings.availability import Start, availability
from visita.bookings.journal_offer import STEP
from visita.bookings.requests import Item, SubjectDetails
from visita.bookings.spans import Ask, AskItem
from visita.catalog import queries as catalog
from visita.clients import queries as clients
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.web.desk.frame import Frame
from visita.web.desk.reading import Body

MOST: Final = 4  # rows beside the first
NEAR: Final = 3  # times told where they do not fit together
KINDS: Final[dict[str, str | Promise]] = {
    "child": _("A child"),
    "person": _("Another person"),
    "pet": _("A pet"),
    "vehicle": _("A vehicle"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """Who the first service is for (None: the client), the others by number, and what is given to them."""

    subject: SubjectDetails | None
    others: dict[int, SubjectDetails]
    rest: tuple[AskItem, ...]


def read(sent: Body) -> Party:
    """`kind_0` and `name_0` of the first; `service_n`, `resource_n`, `kind_n` and `name_n` of each further one, 1 to MOST.

    Refuses a name without a service, and somebody else without a name. Inside a scope.
    """
    known = _known(sent.number("client"))
    whom = [_whom(sent, at, known) for at in range(MOST + 1)]
    numbers: dict[tuple[str, str] | None, int] = {_key(whom[0]): 0}
    rest, others = [], {}
    for at in range(1, MOST + 1):
        service, about = sent.number(f"service_{at}"), whom[at]
        if service is None and about is not None:
            raise Refusal("required", 422, _("Choose a service."), field=f"service_{at}")
        if service is None:
            continue
        number = numbers.setdefault(_key(about), len(numbers))
        if number and about is not None:
            others[number] = about
        kind = about.kind if about else ""
        rest.append(AskItem(service, sent.number(f"resource_{at}"), number, kind))
    return Party(whom[0], others, tuple(rest))


def items(sent: Body, place: Frame, first: Item, party: Party) -> tuple[Item, ...]:
    """All of them with their times, the first as it was typed; where staff force it, each begins when the one before for the
    same person ends. Refuses slot_taken with the times at which they fit. Inside a scope."""
    first = replace(first, kind=party.subject.kind if party.subject else "")
    if not party.rest:
        return (first,)
    head = AskItem(first.service_id, first.resource_id, 0, first.kind, first.minutes)
    every = (head, *party.rest)
    if sent.flag("force"):
        return _in_turn(place, first, every)
    found = starts(place, every, first.start.astimezone(place.zone).date())
    wanted = clock.to_minute(first.start)
    fit = next((each for each in found if each.start == wanted), None)
    if fit is None:
        raise _apart(place, found, wanted)
    return tuple(
        Item(ask.service_id, one.resource_id or None, clock.from_minute(one.start), ask.minutes, ask.subject, ask.kind)
        for ask, one in zip(every, fit.items, strict=True)
    )  # fmt: skip


def starts(place: Frame, every: tuple[AskItem, ...], day: date) -> list[Start]:
    """When these fit together on a day."""
    ask = Ask(place.location.pk, every, day, day, staff=True, every=STEP)
    return [each for day in availability(ask).days for each in day.starts if each.items]


def asked(sent: Body, first: AskItem) -> tuple[AskItem, ...]:
    """The same as a question, while somebody still types: rows that are not whole yet do not count."""
    try:
        rest = read(sent).rest
    except Refusal:
        rest = ()
    return (first, *rest)


def context(place: Frame, sent: Body, services: list[dict[str, Any]]) -> dict[str, Any]:
    """What the form shows: the kinds, and a row for each who comes along. Inside a scope."""
    found = {each.code: place.text(each.name) for each in catalog.kinds()}
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in services:
        groups.setdefault(each["group"], []).append({"id": each["id"], "name": each["name"]})
    rows = [_row(sent, at) for at in range(MOST + 1)]
    people = {code: str(word) for code, word in KINDS.items() if not found or code in ("child", "person")}
    return {
        "kinds": list((found | people).items()),
        "party": rows,
        "party_groups": [{"name": name, "services": given} for name, given in groups.items()],
        "party_open": any(any(row[name] for name in ("kind", "name", "service")) for row in rows[1:])
        or bool(rows[0]["kind"] or rows[0]["name"]),
    }


def _row(sent: Body, at: int) -> dict[str, Any]:
    text = {
        name: str(sent.values.get(f"{name}_{at}", "") or "")
        for name in ("kind", "name", "service", "resource")
    }
    return {"at": at, **text}


def _known(client_id: int | None) -> dict[str, tuple[str, str]]:
    """The client's own children, pets and vehicles by name."""
    rows = clients.subjects(client_id) if client_id else []
    return {each.name.casefold(): (each.kind, each.name) for each in rows}


def _whom(sent: Body, at: int, known: dict[str, tuple[str, str]]) -> SubjectDetails | None:
    """None is the client."""
    kind, name = sent.text(f"kind_{at}", 40), sent.text(f"name_{at}", 120)
    if not kind and not name:
        return None
    if not name:
        raise Refusal("required", 422, _("Write a name."), field=f"name_{at}")
    kind, name = known.get(name.casefold(), (kind or "person", name))
    return SubjectDetails(kind, name)


def _key(about: SubjectDetails | None) -> tuple[str, str] | None:
    return None if about is None else (about.kind, about.name.casefold())


def _in_turn(place: Frame, first: Item, every: tuple[AskItem, ...]) -> tuple[Item, ...]:
    known = rules.load(place.location.pk, tuple(each.service_id for each in every), archived=True)
    ends: dict[int, int] = {}
    made = []
    for each in every:
        start = ends.get(each.subject, clock.to_minute(first.start))
        length = each.minutes or known.service(each.service_id).need((), 1).length(each.resource_id or 0)
        ends[each.subject] = start + length
        made.append(
            Item(each.service_id, each.resource_id, clock.from_minute(start), each.minutes, each.subject, each.kind)
        )  # fmt: skip
    return tuple(made)


def _apart(place: Frame, found: list[Start], wanted: int) -> Refusal:
    near = sorted(
        sorted(found, key=lambda each: abs(each.start - wanted))[:NEAR], key=lambda each: each.start
    )
    local = [clock.from_minute(each.start).astimezone(place.zone) for each in near]
    if not local:
        return Refusal("slot_taken", 409, _("Together they fit at no time of this day."), field="date")
    times = ", ".join(place.formats.time(each) for each in local)
    message = _("Together they do not fit at this time. They fit at %(times)s.") % {"times": times}
    return Refusal("slot_taken", 409, message, field="time")

"""Book a visit: the path every door takes, from the client's phone to the import of old records."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from visita.activity.idempotency import Idempotency, StoredAnswer, question, store
from visita.bookings import (
    attendees,
    cases,
    consulting,
    dated,
    errors,
    holds,
    kinds,
    limits,
    papers,
    placing,
    ports,
    pricing,
    reaching,
    rules,
    schemes,
    subjects,
    writing,
)
from visita.bookings.actions.hold import shown
from visita.bookings.attempt import Attempt
from visita.bookings.attempts import attempts
from visita.bookings.consulting import Advice
from visita.bookings.models import VisitStatus
from visita.bookings.news import news
from visita.bookings.ports import Proposal
from visita.bookings.requests import Beside, Booked, BookRequest, Placed, Search
from visita.bookings.rules import Rules
from visita.clients import actions as clients
from visita.clients import queries as client_queries
from visita.clients.actions.find_or_register import Sought, id_of, seek
from visita.foundation import clock, ids, prepared, text
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.prepared import Question
from visita.foundation.scope import scope
from visita.scheduling.claims import NOTHING


@dataclass(frozen=True, slots=True)
class Early:
    """What was asked with a booking's first question: the id of its visit, and by the rules this process remembers (None
    where it does not) who its client is and whom anyone could be. With it the visit is written without waiting for what
    comes of it."""

    visit: Callable[[], int]
    sought: Sought | None
    attempt: Attempt | None


def book(
    organization_id: int,
    request: BookRequest,
    actor: Actor,
    *,
    idempotency: Idempotency | None = None,
    render: Callable[[Booked], bytes] | None = None,
    beside: Beside | None = None,
) -> Booked | StoredAnswer:
    """Book all items of the request as one visit, or nothing.

    With `idempotency` the answer `render` makes is kept in the same transaction, and the same request again gives
    it back as a StoredAnswer; `beside` is for bookings without a key. Refuses slot_taken (with alternatives), not_offered, too_late, notice_required,
    too_far, staff_service_mismatch, hold_expired, location_required, not_found,
    too_many_bookings, and what the client's form refuses.
    """

    def writing_once(turn: int, advice: Advice | None) -> Booked | StoredAnswer:
        if beside is not None:
            beside.before()
            booked = book_within(request, actor, turn=turn, advice=advice, asks=True)
            beside.after(booked.visit_id)
            return booked
        stored = None if idempotency is None else prepared.later(question(idempotency))
        found = prepared.later(_rules(request))
        early = _early(request, turn)
        if stored is not None and (answer := stored()) is not None:
            return answer
        booked = book_within(request, actor, turn=turn, found=found(), advice=advice, asks=True, early=early)
        if idempotency is not None and render is not None:
            store(idempotency, 201, render(booked))
        return booked

    def run(advice: Advice | None) -> Booked | StoredAnswer:
        try:
            return attempts(
                organization_id,
                lambda turn: writing_once(turn, advice),
                request.items,
                request.location_id,
                request.seats,
                request.staff,
            )
        except errors.LimitReached:
            with scope(organization_id):
                raise errors.too_many_bookings(prepared.ask(_rules(request)).phone) from None

    return consulting.advised(run, lambda: _hear(organization_id, request, actor))


_RESERVE = "SELECT nextval('bookings_visit_id_seq')"


def _early(request: BookRequest, turn: int) -> Early:
    reserved = prepared.later(Question(_RESERVE, (), lambda rows: int(rows[0][0])))
    known = rules.recalled(request.location_id, _services(request), booking=True)
    if known is None:
        return Early(reserved, None, None)
    sought = _sought(request, known)
    attempt = None if request.hold else placing.begin(known, request.items, _search(request, None, turn))
    return Early(reserved, sought, attempt)


def _sought(request: BookRequest, known: Rules) -> Sought | None:
    """The search for the client; what is wrong with what was typed is told when its turn comes."""
    if request.client is None or request.client_id is not None:
        return None
    try:
        return seek(request.client, known.country)
    except Refusal:
        return None


def _search(request: BookRequest, kept: holds.Kept | None, turn: int) -> Search:
    return Search(
        request.seats,
        request.staff,
        request.force,
        ignored=kept.ignored if kept else NOTHING,
        holds=(kept.hash,) if kept else (),
        prefer=kept.resources if kept else (),
        turn=turn,
        held=kept.made if kept and kept.covers(_wanted(request)) else None,
        stays=request.begins,
    )


def _hear(organization_id: int, request: BookRequest, actor: Actor) -> Advice:
    with scope(organization_id):
        found = prepared.ask(_rules(request))
        case = cases.of_booking(found, request, actor)
        seen = consulting.state(case.client_id)
    return consulting.judged(case, seen)


def book_within(
    request: BookRequest,
    actor: Actor,
    *,
    turn: int = 0,
    found: Rules | None = None,
    advice: Advice | None = None,
    asks: bool = False,
    alone: bool = True,
    early: Early | None = None,
) -> Booked:
    """The same inside a running scope: for an import that books and settles a row in one transaction.

    Raises placing.Taken and errors.Lost besides the refusals; after either the transaction must be rolled back. With
    `asks` rules about the person must have given their `advice` (consulting.Wanted); an import asks none. Not
    `alone` is a further visit of a series: it was counted and its client was looked at with the first.
    """
    found = found or prepared.ask(_rules(request))
    items = dated.arranged(found, kinds.of_booking(found, request))
    request = request if items is request.items else replace(request, items=items)
    brought = papers.check(found, request, actor)
    kept = None if request.hold is None else holds.read(request.hold)
    if asks:
        consulting.require(found, advice)
    client_id = registered(found, request, actor, early)
    if alone:
        limits.count_network(found, actor)
        consulting.require_fresh(advice, client_id)
    subject_id = subjects.named(request.subject_id, request.subject, client_id, actor)
    search = _search(request, kept, turn)
    proposal = Proposal(found, request.items, client_id, subject_id, request.seats, actor, request.staff)
    for refuse in ports.refuse:
        refuse(proposal)
    placed = placing.place(found, request.items, search, early.attempt if early else None)
    if kept:
        holds.drop(kept.hash)
    if not request.phone_confirmed:
        limits.require_share(found, placed, actor, booking=True)
    booked = _write(proposal, request, placed, brought, advice, alone, early)
    attendees.write(booked.visit_id, request, {0: subject_id, **_others(request, client_id, actor)})
    for reserve in ports.reserve:
        reserve(ports.Written(proposal, booked.visit_id, tuple(placed)))
    return booked


def _rules(request: BookRequest) -> Question[Rules]:
    return rules.question(request.location_id, _services(request), booking=True)


def _services(request: BookRequest) -> tuple[int, ...]:
    return tuple(item.service_id for item in request.items)


def _wanted(request: BookRequest) -> list[tuple[int | None, int]]:
    return [(item.resource_id, clock.to_minute(item.start)) for item in request.items]


def registered(found: Rules, request: BookRequest, actor: Actor, early: Early | None = None) -> int:
    """The client booked for, found or made anew and then locked; refuses required where nobody was named, and where who
    books for themselves can be told of nothing: with neither phone nor email only staff and own programs book."""
    if request.client_id is not None:
        return client_queries.present(request.client_id)
    if request.client is None:
        raise errors.client_required()
    if actor.kind == "client" and not request.vouched and not request.client.reachable:
        raise text.missing("client.phone")
    if early is not None and actor.kind != "import":
        return _registered_early(found, request, actor, early)
    return clients.find_or_register.here(
        request.client, actor=actor, country=found.country, lenient=actor.kind == "import"
    ).pk


def _registered_early(found: Rules, request: BookRequest, actor: Actor, early: Early) -> int:
    assert request.client is not None
    if early.sought is not None and early.sought.checked.country != found.country:
        raise errors.RulesChanged  # behind the locks of another phone; the next try knows the country
    return id_of(early.sought or seek(request.client, found.country), actor)


def _others(request: BookRequest, client_id: int, actor: Actor) -> dict[int, int]:
    """The subjects of the further ones who come, by their number."""
    found = {}
    for number, about in request.others.items():
        found[number] = subjects.kept(about, client_id, actor, client_queries.subjects(client_id))
    return found


def _write(
    proposal: Proposal,
    request: BookRequest,
    placed: list[Placed],
    brought: papers.Papers,
    advice: Advice | None,
    alone: bool,
    early: Early | None,
) -> Booked:
    found, actor, client_id = proposal.found, proposal.actor, proposal.client_id
    code, token = ids.code(), ids.token(found.public_id)
    s, e = min(each.s for each in placed), max(each.e for each in placed)
    status = _status(found, request)
    items = _items(found, placed, client_id)
    values = {
        "location": found.location_id,
        "client": client_id,
        "subject": proposal.subject_id,
        "visit": None if early is None else early.visit(),
        "code": code,
        "token_hash": ids.digest(token),
        "status": status,
        "s": s,
        "e": e,
        "zone": found.zone_name,
        "wall": f"{found.local(s):%Y-%m-%dT%H:%M}",
        "seats": request.seats,
        "visit_source": request.external.source if request.external else actor.source,
        "external": request.external.id if request.external else None,
        "note": text.note(request.note, field="note"),
        "scheme": schemes.chosen(found, request),
        **brought.columns(),
        "currency": found.currency,
        "items": json.dumps(items),
        "news": news(found.location_id, found.local(s), 1),
        "rules": found.version,
        **limits.of_contact(found, request, actor, counts=alone),
    }
    _require_price(request, items)
    payload: dict[str, Any] = {"status": status, "s": s, "location": found.location_id}
    payload |= reaching.kept(found, request, actor, early.sought if early else None)
    if advice is not None and advice.overridden:
        payload["overridden"] = list(advice.overridden)
    heard = not request.silent and any(hears(found, request, actor) for hears in ports.hears)
    visit_id = writing.book(values, placed, actor, payload, heard=heard)
    if visit_id is None:
        raise errors.too_many_bookings(found.phone)
    papers.accept(visit_id, brought, found, request, actor)
    return Booked(visit_id, code, token, status, found.local(s), found.local(e), shown(found, placed))


def _require_price(request: BookRequest, items: list[dict[str, Any]]) -> None:
    """Nobody books at another price than the one shown; refuses price_changed."""
    prices = [item["price"] for item in items]
    total = None if None in prices else sum(prices)
    if request.price_seen not in (None, total):
        raise errors.price_changed(total)


def _status(found: Rules, request: BookRequest) -> str:
    if request.status is not None:
        return request.status
    asked = (found.setting("approval", found.services[item.service_id]) for item in request.items)
    ask_first = not request.staff and any(asked)
    return VisitStatus.REQUESTED if ask_first else VisitStatus.CONFIRMED


def _items(found: Rules, placed: list[Placed], client_id: int) -> list[dict[str, Any]]:
    rows = []
    for position, each in enumerate(placed):
        quote = pricing.quoted(found, each.service_id, each.resource_id, each.s, client_id)
        rows.append(
            {"position": position, "service": each.service_id, "resource": each.resource_id,
             "session": each.session_id, "s": each.s, "e": each.e, "price": quote.price_minor,
             "price_source": quote.source}
        )  # fmt: skip
    return rows

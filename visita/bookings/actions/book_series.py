"""Book a series of visits as it was previewed: in one transaction, everything or nothing."""

from dataclasses import replace
from typing import Any

from visita.activity.record import record
from visita.bookings import (
    cases,
    consulting,
    errors,
    repeating,
    series_errors,
    series_locks,
    series_plan,
    verbs,
)
from visita.bookings.actions.book import book_within, registered
from visita.bookings.consulting import Advice
from visita.bookings.locking import locked
from visita.bookings.models import Series, Turn, Visit
from visita.bookings.own_rules import Past
from visita.bookings.placing import Taken
from visita.bookings.requests import Booked, BookRequest
from visita.bookings.retrying import retrying
from visita.bookings.rules import Rules
from visita.bookings.series_requests import BookedSeries, Chosen, SeriesRequest
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.foundation.sequence import next_id

Advices = dict[int, Advice]
Done = list[tuple[Chosen, Booked]]
Lost = list[tuple[Chosen, str]]
TURNS = 3  # whole attempts while faster writers win


def book_series(organization_id: int, request: SeriesRequest, actor: Actor) -> BookedSeries:
    """Book every chosen date with the people shown, each a visit with its own code.

    Refuses series_conflict with the dates that are not free any more (nothing is booked unless `skips`), bad_series,
    and what booking refuses for any of the visits.
    """

    def once(advices: Advices | None) -> BookedSeries:
        with scope(organization_id, durable=True):
            return _book(request, actor, advices)

    def run(advices: Advices | None) -> BookedSeries:
        for _turn in range(TURNS):
            try:
                return retrying(lambda: once(advices))
            except errors.Lost:
                continue
        raise errors.try_again()

    return consulting.advised(run, lambda: _hear(organization_id, request, actor))


def _hear(organization_id: int, request: SeriesRequest, actor: Actor) -> Advices:
    """What the rules say of each visit, the earlier ones of the series counted as booked."""
    with scope(organization_id):
        found = series_plan.load(request.visit)
        asked: list[tuple[int, cases.Case]] = []
        before: tuple[Past, ...] = ()
        for each in request.chosen:
            visit = replace(request.visit, items=each.items)
            asked.append((each.number, cases.of_booking(found, visit, actor, before)))
            name = visit.subject.name if visit.subject else ""
            before = (cases.past(found, visit, name), *before)
        seen = consulting.state(asked[0][1].client_id)
    return {number: consulting.judged(case, seen) for number, case in asked}


def _book(request: SeriesRequest, actor: Actor, advices: Advices | None) -> BookedSeries:
    found = series_plan.load(request.visit)
    _require_plan(found, request)
    if advices is None:
        consulting.require(found, None)
    visit = replace(request.visit, client_id=registered(found, request.visit, actor), hold=None, silent=True)
    first = None if request.first is None else _first(request.first)
    series_locks.lock(found, (item for each in request.chosen for item in each.items))
    done, lost = _each(found, request, visit, actor, advices)
    if lost and not (request.skips and done):
        raise series_errors.series_conflict([_lost(found, each, code) for each, code in lost])
    series = _write(found, request, visit.client_id or 0, first, done, actor)
    return BookedSeries(
        series, tuple(booked for _each, booked in done), tuple(each.items[0].start for each, _code in lost)
    )


def _each(
    found: Rules, request: SeriesRequest, visit: BookRequest, actor: Actor, advices: Advices | None
) -> tuple[Done, Lost]:
    """Book one after the other; a time that is gone spoils none of the others yet: nothing was written for it."""
    done: Done = []
    lost: Lost = []
    for each in request.chosen:
        wanted = replace(visit, items=each.items, price_seen=each.price_seen)
        advice = None if advices is None else advices[each.number]
        alone = each is request.chosen[0]
        try:
            booked = book_within(wanted, actor, found=found, advice=advice, asks=True, alone=alone)
            done.append((each, booked))
        except Taken:
            lost.append((each, "slot_taken"))
        except Refusal as refusal:
            if refusal.code not in series_plan.OF_TIME:
                raise
            lost.append((each, refusal.code))
    return done, lost


def _require_plan(found: Rules, request: SeriesRequest) -> None:
    """The chosen dates are dates of the rule, each once and in order; who may repeat so often was asked."""
    most = series_plan.most(found, request.visit)
    first = request.visit.items[0].start.astimezone(found.zone).date()
    days = repeating.dates(first, request.rule, most)
    numbers = [each.number for each in request.chosen]
    known = range(2 if request.first is not None else 1, len(days) + 1)
    if not numbers or sorted(set(numbers)) != numbers or not set(numbers) <= set(known):
        raise series_errors.bad_series("plan", len(days))
    services = [item.service_id for item in request.visit.items]
    if any([item.service_id for item in each.items] != services for each in request.chosen):
        raise series_errors.bad_series("plan", len(days))


def _lost(found: Rules, each: Chosen, code: str) -> dict[str, Any]:
    start = each.items[0].start.astimezone(found.zone)
    return {"number": each.number, "start": start.isoformat(), "code": code}


def _first(visit_id: int) -> Visit:
    """The visit that becomes the first of the series, locked; refuses in_series."""
    visit = locked(visit_id, None)
    if Turn.objects.filter(visit_id=visit.pk).exists():
        raise series_errors.bad_series("in_series", 1)
    return visit


def _write(
    found: Rules, request: SeriesRequest, client_id: int, first: Visit | None, done: Done, actor: Actor
) -> int:
    series = next_id(Series)
    turns = [] if first is None else [(first.pk, first.wall)]
    turns += [(booked.visit_id, planned(found, request, each)) for each, booked in done]
    payload: dict[str, Any] = {"visits": [visit for visit, _wall in turns], "rule": request.rule.as_json()}
    payload |= {"silent": True} if request.visit.silent else {}
    event = record(verbs.SERIES_BOOKED, "series", series, actor, payload)
    Series.objects.create(
        pk=series, activity_id=event, location_id=found.location_id, client_id=client_id,
        rule=request.rule.as_json(),
    )  # fmt: skip
    who = request.visit.items[0].resource_id
    Turn.objects.bulk_create(
        Turn(activity_id=event, series_id=series, visit_id=visit, number=number, wall=wall, resource_id=who)
        for number, (visit, wall) in enumerate(turns, 1)
    )
    return series


def planned(found: Rules, request: SeriesRequest, each: Chosen) -> str:
    """Where the rule has the date, which may have been put elsewhere because of a conflict."""
    first = request.visit.items[0].start.astimezone(found.zone).date()
    day = repeating.dates(first, request.rule)[each.number - 1]
    return f"{series_plan.on(found, request.visit.items, day)[0].start:%Y-%m-%dT%H:%M}"

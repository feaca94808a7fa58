"""Free times for every door: loads the rules, asks the engine, and gives starts or the reasons for their absence.

Four queries whatever the number of people and days: rules, working time, claims, and dated classes where asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from visita.bookings import calendars, dated, online, rules, sessions
from visita.bookings.combining import at_distances, beginnings, combinations
from visita.bookings.rules import Rules, ServiceRule
from visita.bookings.spans import Ask, AskItem, require_span
from visita.foundation import prepared
from visita.scheduling import engine
from visita.scheduling.claims import Ignored

__all__ = [
    "Answer",
    "Ask",
    "AskItem",
    "Day",
    "Start",
    "StartItem",
    "availability",
    "explain",
    "next_free_day",
]


@dataclass(frozen=True, slots=True)
class StartItem:
    """One service of a combination: epoch minutes of the shown time."""

    service_id: int
    resource_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Start:
    """An offered start: epoch minutes, who can take it, or the best combination where several services were asked.

    `places` counts what a dated class still has; None elsewhere.
    """

    start: int
    end: int
    resources: tuple[int, ...]
    items: tuple[StartItem, ...] = ()
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A local date and its starts, ascending."""

    date: date
    starts: list[Start]


@dataclass(frozen=True, slots=True)
class Answer:
    """Every asked date in order, also the empty ones; `zone` names the location's wall clock."""

    zone: str
    days: list[Day]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A question with everything that answers it."""

    rules: Rules
    window: engine.Window
    limits: engine.Limits
    services: tuple[ServiceRule, ...]
    needs: tuple[engine.Need, ...]
    calendars: dict[int, engine.Calendar]
    gap: int
    dates: dated.Dates | None = None


def availability(ask: Ask) -> Answer:
    """The offered starts for each local date. Refuses unknown ids, wrong pairs, and more than 92 days."""
    loaded = load(ask)
    return Answer(loaded.rules.zone_name, list(by_day(ask, loaded.rules, starts(ask, loaded))))


def next_free_day(ask: Ask) -> date | None:
    """The first local date from `ask.first` with an offered start; None within the horizon."""
    first = ask.first
    loaded = rules.load(ask.location_id, tuple(item.service_id for item in ask.items))
    last = first + timedelta(days=int(loaded.setting("horizon_days")) + 1)
    while first <= last:
        span = ask.within(first, min(last, first + timedelta(days=30)))
        day = next((day.date for day in availability(span).days if day.starts), None)
        if day is not None:
            return day
        first = span.last + timedelta(days=1)
    return None


def explain(ask: Ask, start: int) -> list[engine.Reason]:
    """Why a start (epoch minute) is not offered for the first service asked; empty when it is."""
    loaded = load(ask)
    found = engine.explain(start, engine.beside(loaded.needs)[0], loaded.calendars, loaded.limits)
    if {reason.code for reason in found} == {"leaves_gap"}:
        return [] if any(each.start == start for each in starts(ask, loaded)) else found
    return found


def load(ask: Ask) -> Loaded:
    """Everything the engine needs for the question, in three queries."""
    require_span(ask.first, ask.last)
    found = rules.load(ask.location_id, tuple(item.service_id for item in ask.items))
    services = tuple(found.service(item.service_id) for item in ask.items)
    for service in services:
        rules.require_bookable(found, service, ask.seats, ask.staff)
    rules.require_party(found, (item.subject for item in ask.items), ask.staff)
    needs = tuple(
        service.need(
            found.candidates(service, item.resource_id, item.kind, ask.staff, item.binds),
            ask.seats,
            ask.every,
            item.minutes or ask.minutes,
        )
        for service, item in zip(services, ask.items, strict=True)
    )
    if not ask.staff:
        needs = online.narrow(found, services, needs, ask.first, ask.last)
    window = engine.Window(found.day_start(ask.first), found.day_start(ask.last + timedelta(days=1)))
    gap = found.patience(services)
    return Loaded(
        found,
        window,
        engine.Limits() if ask.stays else found.limits(services, ask.staff),
        services,
        needs,
        known(ask, found, needs, window, gap),
        gap,
    )


def known(
    ask: Ask, found: Rules, needs: tuple[engine.Need, ...], window: engine.Window, gap: int
) -> dict[int, engine.Calendar]:
    """The calendars of everybody and everything these needs could take, in two queries."""
    main = {resource for need in needs for resource in need.candidates}
    extra = {resource for need in needs for group in need.groups for resource in group.candidates}
    resources = sorted(main | extra)
    work = calendars.working(found, resources, ask.first, ask.last, extra - main)
    groups = [group.before for need in needs for group in need.groups]
    before = max([*(need.before for need in needs), *groups], default=0)
    rest = max((minutes for need in needs for minutes in need.rests.values()), default=0)
    reach = engine.reach(needs, gap) + max(ask.apart, default=0)
    first, last = window.origin - before - rest, window.end + reach + rest
    if ask.ignored == Ignored() and all(need.lanes == 1 for need in needs):
        busy = prepared.ask(calendars.packed(resources, first, last))
    else:
        busy = prepared.ask(calendars.seated(resources, first, last, ask.ignored))
    return calendars.join(work, busy, staff=ask.staff)


def starts(ask: Ask, loaded: Loaded) -> Iterator[Start]:
    """The offered starts in ascending order."""
    if len(loaded.services) == 1 and loaded.services[0].is_class:
        yield from _classes(ask, loaded)
    else:
        loaded = with_dates(ask, loaded)
        found = list(_free(ask, loaded, loaded.needs))
        if online.strength(loaded.rules, loaded.services) == online.SOFT and _avoids(loaded):
            found = _softly(ask, loaded, found)
        yield from found


def with_dates(ask: Ask, loaded: Loaded) -> Loaded:
    """With the dates of the classes among several services."""
    if not dated.among(loaded.services):
        return loaded
    made = dated.dates(
        ask, loaded.rules, loaded.services, loaded.needs, loaded.calendars, loaded.limits.clip(loaded.window)
    )
    return replace(loaded, needs=made.needs, dates=made)


def _avoids(loaded: Loaded) -> bool:
    return any(need.rests for need in loaded.needs)


def _free(ask: Ask, loaded: Loaded, needs: tuple[engine.Need, ...]) -> Iterator[Start]:
    if len(needs) == 1:
        for start, able in engine.offers(loaded.window, needs[0], loaded.calendars, loaded.limits).items():
            yield Start(start, start + needs[0].length(able[0]), able)
        return
    for start, items in _together(ask, loaded, needs).items():
        parts = [
            StartItem(ask.items[at].service_id, item.resource, item.start, item.end)
            for at, item in enumerate(items)
        ]
        end = max(item.end for item in items)
        yield Start(start, end, tuple(item.resource for item in items), tuple(parts))


def _together(ask: Ask, loaded: Loaded, needs: tuple[engine.Need, ...]) -> dict[int, tuple[engine.Item, ...]]:
    """Several services at each start, in the order they were asked for."""
    window, limits, whose = loaded.window, loaded.limits, [item.subject for item in ask.items]
    if loaded.dates is not None:
        made = replace(loaded.dates, needs=needs)
        if ask.apart:
            return dated.at_distances(window, made, limits, ask.apart)
        return dated.combinations(window, made, limits, loaded.gap, whose)
    if ask.apart:
        return at_distances(window, needs, loaded.calendars, limits, ask.apart)
    return combinations(window, needs, loaded.calendars, limits, loaded.gap, whose)


def _softly(ask: Ask, loaded: Loaded, tidy: list[Start]) -> list[Start]:
    """The starts that leave no gap; on days that have none of them, all."""
    return _completed(loaded, tidy, _free(ask, loaded, tuple(map(engine.relaxed, loaded.needs))))


def _completed(loaded: Loaded, tidy: list[Start], every: Iterator[Start]) -> list[Start]:
    served = {loaded.rules.local(start.start).date() for start in tidy}
    rest = [start for start in every if loaded.rules.local(start.start).date() not in served]
    return sorted([*tidy, *rest], key=lambda start: start.start)


def any_starts(ask: Ask, loaded: Loaded) -> Iterator[Start]:
    """As `starts`, but of several services only the minute at which they begin: to count the days of a month."""
    if len(loaded.needs) == 1 or ask.apart or any(service.is_class for service in loaded.services):
        yield from starts(ask, loaded)
        return
    found = list(_beginnings(ask, loaded, loaded.needs))
    if online.strength(loaded.rules, loaded.services) == online.SOFT and _avoids(loaded):
        found = _completed(loaded, found, _beginnings(ask, loaded, tuple(map(engine.relaxed, loaded.needs))))
    yield from found


def _beginnings(ask: Ask, loaded: Loaded, needs: tuple[engine.Need, ...]) -> Iterator[Start]:
    whose = [item.subject for item in ask.items]
    for start in beginnings(loaded.window, needs, loaded.calendars, loaded.limits, loaded.gap, whose):
        yield Start(start, start, ())


def of_day(ask: Ask, loaded: Loaded, day: date) -> list[Start]:
    """The offered starts of one local date out of those loaded."""
    window = engine.Window(loaded.rules.day_start(day), loaded.rules.day_start(day + timedelta(days=1)))
    return list(starts(ask, replace(loaded, window=window)))


def _classes(ask: Ask, loaded: Loaded) -> Iterator[Start]:
    """Dated sessions with enough places."""
    window, wanted = loaded.window, ask.items[0]
    rows = sessions.between(
        loaded.rules.location_id, wanted.service_id, window.origin, window.end, ask.ignored.appointments
    )
    if not ask.staff:
        rows = online.sessions(loaded.rules, loaded.services[0], rows, ask.first, ask.last)
    for each in engine.session_offers(window, rows, ask.seats, loaded.limits):
        if wanted.resource_id is None or wanted.resource_id in each.resources:
            yield Start(each.start, each.end, each.resources, places=each.free)


def by_day(ask: Ask, found: Rules, offered: Iterator[Start]) -> Iterator[Day]:
    """Starts grouped under the local dates asked for."""
    queue = list(offered)
    at = 0
    day = ask.first
    while day <= ask.last:
        end = found.day_start(day + timedelta(days=1))
        begin = at
        while at < len(queue) and queue[at].start < end:
            at += 1
        yield Day(day, queue[begin:at])
        day += timedelta(days=1)

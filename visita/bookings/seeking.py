"""Find a time: for some services with these people, in a part of the day, over some days; ranked, and why.

A start that begins where other work ends, or ends where it begins, leaves no gap: among the starts of one resource it is
the first or the last of a run. What stays with its person and is soon comes before the rest. A class has its dates: each
with room is a time of its own, alone or with other services around it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from visita.bookings import journal_offer, rules, sessions
from visita.bookings.availability import Ask, AskItem, Start, availability
from visita.bookings.journal import LocalDay, local_day
from visita.bookings.journal_offer import STEP
from visita.bookings.lengths import kept
from visita.bookings.models import Appointment
from visita.bookings.spans import most_days
from visita.foundation import clock
from visita.scheduling.claims import Ignored

Why = Literal["same_person", "no_gap", "soonest", "nearest"]
MOST = 12
OF_A_DAY = 3  # at most so many of one resource and day, so that the list has a choice
_NOBODY = 0  # stands where a class has nobody who holds it
_FAR = 60  # minutes between the starts taken from inside a long free stretch
_PART = {"": (0, 1440), "morning": (0, 720), "afternoon": (720, 1020), "evening": (1020, 1440)}
PARTS = tuple(_PART)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. `people` empty: anyone. With `visit_id` that visit is moved: its services, at their distances."""

    location_id: int
    first: date
    days: int = 7
    services: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    part: str = ""
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One service of a proposal: epoch minutes; `part` is the appointment of a visit that is moved. `left`: the places a
    class still has, None elsewhere; a class that nobody holds has the resource 0."""

    service_id: int
    resource_id: int
    s: int
    e: int
    part: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A time that can be had, its services by time, with why it stands where it does."""

    places: tuple[Place, ...]
    why: tuple[Why, ...]

    @property
    def s(self) -> int:
        """Its first minute."""
        return min(place.s for place in self.places)


@dataclass(frozen=True, slots=True)
class _Found:
    places: tuple[Place, ...]
    same: bool
    tight: bool


def seek(wish: Wish) -> list[Proposal]:
    """The best proposals, best first. Refuses what availability refuses, and not_found. Inside a scope."""
    moving = journal_offer.moving(wish.visit_id, None) if wish.visit_id else None
    parts = sorted((moving.dragged, *moving.others), key=lambda each: each.s) if moving else []
    ask = _ask(wish, parts, moving.visit.seats if moving else 1)
    if not ask.items:
        return []
    known = rules.load(wish.location_id, tuple(item.service_id for item in ask.items), archived=True)
    found: dict[tuple[int, ...], _Found] = {}
    for each, same in _asks(ask, wish, parts):
        for day in availability(each).days:
            for one in _of_day(day.starts, local_day(known.zone, day.date), wish, each, parts, same):
                found.setdefault((one.places[0].s, *(place.resource_id for place in one.places)), one)
    best = _ranked(list(found.values()), parts[0].s if parts else None, known.day_start(wish.first))
    return _with_room(best, known, ask)


def _with_room(best: list[Proposal], known: rules.Rules, ask: Ask) -> list[Proposal]:
    """With the places that the classes among them still have; one statement for each class."""
    if not best:
        return best
    first, last = min(one.s for one in best), max(place.s for one in best for place in one.places) + 1
    left: dict[tuple[int, int], int] = {}
    for service in {item.service_id for item in ask.items if known.service(item.service_id).is_class}:
        for each in sessions.between(known.location_id, service, first, last, ask.ignored.appointments):
            left[service, each.start] = max(each.free, left.get((service, each.start), 0))
    return [
        replace(
            one,
            places=tuple(replace(place, left=left.get((place.service_id, place.s))) for place in one.places),
        )
        for one in best
    ]


def _ask(wish: Wish, parts: Sequence[Appointment], seats: int) -> Ask:
    services = tuple(part.service_id for part in parts) or wish.services
    last = wish.first + timedelta(days=max(1, min(wish.days, most_days(len(services)) - 1)) - 1)
    ignored = Ignored(appointments=tuple(part.pk for part in parts)) if parts else Ignored()
    items = tuple(AskItem(service, minutes=_minutes(wish, parts, at)) for at, service in enumerate(services))
    apart = tuple(part.s - parts[0].s for part in parts) if len(parts) > 1 else ()
    return Ask(
        wish.location_id, items, wish.first, last, seats, staff=True, every=STEP, ignored=ignored, apart=apart
    )


def _minutes(wish: Wish, parts: Sequence[Appointment], at: int) -> int | None:
    if not parts:
        return None
    part = parts[at]
    return kept(
        rules.load(wish.location_id, (part.service_id,), archived=True).service(part.service_id), part
    )


def _asks(ask: Ask, wish: Wish, parts: Sequence[Appointment]) -> Iterable[tuple[Ask, bool]]:
    """With the people it has, then with each of those wished for, then with anyone of them."""
    if len(ask.items) == 1:
        yield ask, False
        return
    if parts and all(part.resource_id for part in parts):
        items = [
            replace(item, resource_id=part.resource_id) for item, part in zip(ask.items, parts, strict=True)
        ]
        yield replace(ask, items=tuple(items)), True
    yield ask, False


def _of_day(
    starts: Sequence[Start], day: LocalDay, wish: Wish, ask: Ask, parts: Sequence[Appointment], same: bool
) -> Iterable[_Found]:
    """The starts of a day worth proposing: the ends of each free stretch, and some from its middle; every date of a class."""
    low, high = _PART[wish.part]
    stays = {part.resource_id for part in parts}
    for resources, run in _runs(starts, len(ask.items) == 1):
        if wish.people and not set(resources) - {_NOBODY} <= set(wish.people):
            continue
        if run[0].places is not None:
            yield from _dates(run, resources, day, wish, ask, parts)
            continue
        ends = [run[0], run[-1]]
        middle = [each for each in run[1:-1] if (each.start - run[0].start) % _FAR == 0]
        inside = [
            s for s in (*ends, *middle) if low <= day.minutes(s.start) < high and s.start >= clock.minute()
        ]
        for start in dict.fromkeys(inside[:OF_A_DAY]):
            places = _places(start, resources, ask, parts)
            stay = bool(parts) and set(resources) == stays
            if not (stay and places[0].s == parts[0].s):
                yield _Found(places, same or stay, start in ends)


def _dates(
    run: Sequence[Start],
    resources: tuple[int, ...],
    day: LocalDay,
    wish: Wish,
    ask: Ask,
    parts: Sequence[Appointment],
) -> Iterable[_Found]:
    """The dates of a class in that part of the day; a visit that has one is not proposed its own."""
    low, high = _PART[wish.part]
    for start in run:
        coming = low <= day.minutes(start.start) < high and start.start >= clock.minute()
        if coming and start.start not in {part.s for part in parts}:
            yield _Found(_places(start, resources, ask, parts), False, False)


def _runs(starts: Sequence[Start], single: bool) -> Iterable[tuple[tuple[int, ...], list[Start]]]:
    """Starts that follow each other by the step, for each resource (of several services, for each set of people)."""
    rows: dict[tuple[int, ...], list[Start]] = {}
    for start in starts:
        if start.places is not None:  # of those who hold a class, the first stands for it
            rows.setdefault(start.resources[:1] or (_NOBODY,), []).append(start)
            continue
        for key in [(each,) for each in start.resources] if single else [start.resources]:
            rows.setdefault(key, []).append(start)
    for key, found in rows.items():
        run: list[Start] = []
        for start in found:
            if run and start.start - run[-1].start > STEP and start.places is None:
                yield key, run
                run = []
            run.append(start)
        if run:
            yield key, run


def _places(
    start: Start, resources: tuple[int, ...], ask: Ask, parts: Sequence[Appointment]
) -> tuple[Place, ...]:
    pks: list[int | None] = [part.pk for part in parts] or [None] * len(ask.items)
    if not start.items:
        return (Place(ask.items[0].service_id, resources[0], start.start, start.end, pks[0]),)
    found = (
        Place(each.service_id, each.resource_id, each.start, each.end, pk)
        for each, pk in zip(start.items, pks, strict=True)
    )
    return tuple(sorted(found, key=lambda place: place.s))


def _ranked(found: list[_Found], now_at: int | None, origin: int) -> list[Proposal]:
    """A day later weighs as much as another person, a gap half of it."""
    if not found:
        return []

    def cost(one: _Found) -> tuple[int, int]:
        s = one.places[0].s
        away = abs(s - now_at) // 1440 if now_at is not None else (s - origin) // 1440
        return away * 2 + (0 if one.same or now_at is None else 2) + (0 if one.tight else 1), s

    best = sorted(found, key=cost)[:MOST]
    soonest = min(one.places[0].s for one in best)
    nearest = min(abs(one.places[0].s - now_at) for one in best) if now_at is not None else None
    return [Proposal(one.places, _why(one, soonest, nearest, now_at)) for one in best]


def _why(one: _Found, soonest: int, nearest: int | None, now_at: int | None) -> tuple[Why, ...]:
    s = one.places[0].s
    true: dict[Why, bool] = {
        "same_person": one.same,
        "no_gap": one.tight,
        "soonest": s == soonest,
        "nearest": now_at is not None and abs(s - now_at) == nearest,
    }
    return tuple(name for name, holds in true.items() if holds)

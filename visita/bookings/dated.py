"""Dated classes among the services of one visit: to the engine a class is a need that only its dates can meet.

Each date of a class stands for a resource of its own that is open just then; who holds the class is taken already, by
the class. Other services keep the order they were chosen in, a class comes where its time is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise, permutations, product

from visita.bookings import combining, online, sessions
from visita.bookings.requests import Item, Placed, Search
from visita.bookings.rules import Rules, ServiceRule
from visita.bookings.spans import Ask, AskItem
from visita.foundation import clock
from visita.scheduling import engine

_ORDERS = 24  # ways to put classes between other services that are looked at
_ITEMS = 8  # more than one visit has

Found = dict[int, tuple[engine.Item, ...]]


@dataclass(frozen=True)
class Dates:
    """Needs of which some are classes, with calendars of everybody and of the dates; `held` tells whose a date is:
    who holds the class, 0 for nobody."""

    needs: tuple[engine.Need, ...]
    calendars: Mapping[int, engine.Calendar]
    held: Mapping[int, int]
    classes: frozenset[int]

    def real(self, item: engine.Item) -> engine.Item:
        """An item as people see it: with who holds the class instead of its date."""
        return item._replace(resource=self.held.get(item.resource, item.resource))


def among(services: Sequence[ServiceRule]) -> bool:
    """Whether a class is one of several services."""
    return len(services) > 1 and any(service.is_class for service in services)


def dates(
    ask: Ask,
    found: Rules,
    services: Sequence[ServiceRule],
    needs: Sequence[engine.Need],
    calendars: Mapping[int, engine.Calendar],
    window: engine.Window,
) -> Dates:
    """The needs with the dates on which their classes have room. One query for each class."""
    end = window.end + engine.reach(tuple(needs), found.patience(services))
    known, made = dict(calendars), list(needs)
    held: dict[int, int] = {}
    for at, service in enumerate(services):
        if not service.is_class:
            continue
        rows = {-(one.id * _ITEMS + at + 1): one for one in _with_room(ask, found, services, at, window, end)}
        known |= {key: engine.Calendar(key, None) for key in rows}
        held |= {key: one.resources[0] if one.resources else 0 for key, one in rows.items()}
        made[at] = _need(rows)
    classes = frozenset(at for at, service in enumerate(services) if service.is_class)
    return Dates(tuple(made), known, held, classes)


def _with_room(
    ask: Ask, found: Rules, services: Sequence[ServiceRule], at: int, window: engine.Window, end: int
) -> list[engine.Session]:
    service, who = services[at], ask.items[at].resource_id
    rows = sessions.between(found.location_id, service.id, window.origin, end, ask.ignored.appointments)
    if not ask.staff:
        rows = online.sessions(found, service, rows, ask.first, ask.last)
    places = ask.seats * sum(other.id == service.id for other in services)
    return [one for one in rows if one.free >= places and who in (None, *one.resources)]


def _need(rows: Mapping[int, engine.Session]) -> engine.Need:
    lengths = {key: one.end - one.start for key, one in rows.items()}
    return engine.Need(
        minutes=max(lengths.values(), default=1),
        candidates=tuple(rows),
        starts=engine.ANY_MINUTE,
        minutes_of=lengths,
        online={key: ((one.start, one.end),) for key, one in rows.items()},
    )


def combinations(
    window: engine.Window, dated: Dates, limits: engine.Limits, gap: int, whose: Sequence[int]
) -> Found:
    """At each start the combination with the least waiting, over every order of the classes; items as they were asked."""
    best: Found = {}
    for order in orders(whose, dated.classes):
        needs = tuple(dated.needs[at] for at in order)
        tracks = [whose[at] for at in order]
        for start, items in combining.combinations(
            window, needs, dated.calendars, limits, gap, tracks
        ).items():
            asked = tuple(dated.real(items[order.index(at)]) for at in range(len(items)))
            if start not in best or _waiting(asked, whose) < _waiting(best[start], whose):
                best[start] = asked
    return dict(sorted(best.items()))


def at_distances(
    window: engine.Window, dated: Dates, limits: engine.Limits, distances: Sequence[int]
) -> Found:
    """Starts at which everything is free so many minutes after the first."""
    found = combining.at_distances(window, dated.needs, dated.calendars, limits, distances)
    return {start: tuple(map(dated.real, items)) for start, items in found.items()}


def relaxed(dated: Dates) -> Dates:
    """The same, whatever it leaves beside it."""
    return replace(dated, needs=tuple(map(engine.relaxed, dated.needs)))


def orders(whose: Sequence[int], classes: frozenset[int]) -> list[tuple[int, ...]]:
    """The orders worth a look, as indices: the chosen one first; those of one who comes stay together."""
    tracks = list(dict.fromkeys(whose))
    of = [[at for at, one in enumerate(whose) if one == track] for track in tracks]
    ways = product(*(_orders(track, classes) for track in of))
    return [tuple(at for track in way for at in track) for way in islice(ways, _ORDERS)]


def _orders(track: Sequence[int], classes: frozenset[int]) -> list[tuple[int, ...]]:
    """Everything but the classes in its order."""
    plain = [at for at in track if at not in classes]
    return [
        way for way in islice(permutations(track), 720) if [at for at in way if at not in classes] == plain
    ]


def _waiting(items: Sequence[engine.Item], whose: Sequence[int]) -> tuple[int, int]:
    """Minutes between the services of each who comes, then the end of it all."""
    waits = 0
    for track in set(whose):
        own = sorted(item[1:] for item, one in zip(items, whose, strict=True) if one == track)
        waits += sum(later[0] - one[1] for one, later in pairwise(own))
    return waits, max(item.end for item in items)


def in_time(items: Sequence[Item]) -> list[int]:
    """The items' indices by time, those of one who comes together; the first to come stays the first."""
    tracks = list(dict.fromkeys(item.subject for item in items))
    return sorted(
        range(len(items)), key=lambda at: (tracks.index(items[at].subject), clock.to_minute(items[at].start))
    )


def met(seat: Placed) -> engine.Need:
    """A place in a class as a need that is met already."""
    return engine.Need(seat.e - seat.s, (), engine.ANY_MINUTE)


def asked(found: Rules, items: Sequence[Item], day: date, search: Search) -> Ask:
    """The question about a day to which a booking is the answer."""
    wanted = tuple(AskItem(item.service_id, item.resource_id, item.subject, item.kind) for item in items)
    return Ask(found.location_id, wanted, day, day, search.seats, search.staff, ignored=search.ignored)


def arranged(found: Rules, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items in the order in which they happen, where a class is among them."""
    if not among([found.service(item.service_id) for item in items]):
        return items
    return tuple(items[at] for at in in_time(items))

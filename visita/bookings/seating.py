"""Places in dated classes: chosen under the class's lock, or only looked at."""

from collections.abc import Collection

from visita.bookings import errors, online, sessions
from visita.bookings.requests import Item, Placed, Search
from visita.bookings.rules import Rules, ServiceRule
from visita.foundation import clock
from visita.scheduling import engine


class Taken(Exception):
    """The wanted time is free for nobody who could give the service."""


def locked(
    found: Rules,
    service: ServiceRule,
    item: Item,
    search: Search,
    *,
    among: bool = False,
    sold: Collection[Placed] = (),
) -> Placed:
    """A place in the dated class that starts then, under its row's lock.

    `among` other services: the bounds are those of the visit. `sold`: places the same visit takes already. By right
    (`search.force`) the emptiest takes more than it has room for, which every screen counts: 4 of 3.
    """
    dated = _dated(found, service, item, search, among)
    for session in dated:
        seats = sessions.lock(session.id, search.holds, search.ignored.appointments)
        if seats is None:
            continue
        given = {seat for each in sold if each.session_id == session.id for seat in each.seats}
        free = tuple(seat for seat in seats.free if seat not in given)
        if len(free) < search.seats and search.force and search.staff and session is dated[-1]:
            session, seats, free = _beyond(dated[0], search, sold)
        if len(free) >= search.seats:
            main = session.resources[0] if session.resources else None
            return Placed(service.id, main, seats.s, seats.e, (), session.id, free[: search.seats])
    raise Taken


def _beyond(
    session: engine.Session, search: Search, sold: Collection[Placed]
) -> tuple[engine.Session, sessions.Seats, tuple[int, ...]]:
    """The places that are left, and as many more as are wanted."""
    seats = sessions.lock(session.id, search.holds, search.ignored.appointments)
    if seats is None:
        raise Taken
    given = {seat for each in sold if each.session_id == session.id for seat in each.seats}
    last = max(seats.last, *given) if given else seats.last
    free = tuple(seat for seat in seats.free if seat not in given)
    return session, seats, (*free, *range(last + 1, last + 1 + search.seats))


def seen(
    found: Rules,
    service: ServiceRule,
    item: Item,
    search: Search,
    *,
    among: bool = False,
    sold: Collection[Placed] = (),
) -> Placed:
    """The dated class that starts then and has room, by a look; its seats are not chosen."""
    for session in _dated(found, service, item, search, among):
        given = sum(each.session_id == session.id for each in sold)
        if session.free >= search.seats * (given + 1):
            main = session.resources[0] if session.resources else None
            return Placed(service.id, main, session.start, session.end, (), session.id)
    raise Taken


def _dated(
    found: Rules, service: ServiceRule, item: Item, search: Search, among: bool
) -> list[engine.Session]:
    """The classes that start then, the emptiest first; refuses what is not offered."""
    start = clock.to_minute(item.start)
    ignored = search.ignored.appointments
    dated = sessions.between(found.location_id, service.id, start, start + 1, ignored)
    dated = [each for each in dated if item.resource_id is None or item.resource_id in each.resources]
    if not dated or not service.is_class:
        raise errors.not_offered()
    outside = None if among else found.limits([service], search.staff, search.held).refusal(start)
    if outside is not None and not search.stays:
        raise errors.outside(outside[0], found.local(outside[1]), found.country)
    if not search.staff:
        day = found.local(start).date()
        dated = online.sessions(found, service, dated, day, day)
        if not dated:
            raise errors.not_offered()
    return sorted(dated, key=lambda each: (-each.free, each.id))  # two may begin at the same minute

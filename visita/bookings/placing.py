"""Finding and locking a place for appointments: look without locks, lock in id order, ask the engine again.

Whatever this decides, the exclusion constraint has the last word when the claims are inserted.
"""

from collections.abc import Sequence

from visita.bookings import dated, rules, seating
from visita.bookings.attempt import Attempt
from visita.bookings.requests import Item, Placed, Search
from visita.bookings.rules import Rules, ServiceRule
from visita.bookings.seating import Taken as Taken  # those who place know it by this name
from visita.foundation.errors import Refusal


def begin(found: Rules, items: Sequence[Item], search: Search) -> Attempt | None:
    """What can be done of `place` by rules that are only remembered: its attempt made ready, the first look at several asked.

    None where there is more to it, or something to refuse, which is told when its turn comes.
    """
    services = [found.services[item.service_id] for item in items if item.service_id in found.services]
    if len(services) < len(items) or any(service.is_class for service in services):
        return None
    try:
        return Attempt(found, services, items, search).begun()
    except Refusal:
        return None


def place(found: Rules, items: Sequence[Item], search: Search, begun: Attempt | None = None) -> list[Placed]:
    """Places for all items, their resources and sessions locked until the transaction ends.

    Raises Taken when somebody has the time, errors.Lost when a faster writer took the chosen one of several
    (try again in a new transaction), Refusal for what could never be booked. An attempt that has `begun` is gone on with,
    if the rules are those it was begun by.
    """
    services = _bookable(found, items, search)
    rules.require_party(found, (item.subject for item in items), search.staff)
    if dated.among(services):
        return _with_classes(found, items, search, lock=True)
    if services[0].is_class:
        return [seating.locked(found, services[0], items[0], search)]
    if begun is not None and begun.found is found and (begun.items, begun.search) == (items, search):
        return begun.run()
    return Attempt(found, services, items, search).run()


def look(found: Rules, items: Sequence[Item], search: Search) -> list[Placed]:
    """As `place`, but nothing is locked: what is free now, to be shown. Raises Taken or Refusal."""
    services = _bookable(found, items, search)
    if dated.among(services):
        return _with_classes(found, items, search, lock=False)
    if services[0].is_class:
        return [seating.seen(found, services[0], items[0], search)]
    return Attempt(found, services, items, search).look()


def _bookable(found: Rules, items: Sequence[Item], search: Search) -> list[ServiceRule]:
    services = [found.service(item.service_id) for item in items]
    for service in services:
        rules.require_bookable(found, service, search.seats, search.staff)
    return services


def _with_classes(found: Rules, items: Sequence[Item], search: Search, *, lock: bool) -> list[Placed]:
    """Classes and other services by time: places first (classes are locked before resources), then the rest around."""
    order = dated.in_time(items)
    arranged = [items[at] for at in order]
    services = [found.service(item.service_id) for item in arranged]
    seats: dict[int, Placed] = {}
    take = seating.locked if lock else seating.seen
    for at, service in enumerate(services):
        if service.is_class:
            seats[at] = take(found, service, arranged[at], search, among=True, sold=seats.values())
    around = Attempt(found, services, arranged, search, seats)
    placed = around.run() if lock else around.look()
    return [placed[order.index(at)] for at in range(len(items))]

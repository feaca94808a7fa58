"""On which days there is any free time at a place, whatever the service: for those who choose the day or place first.

The same engine with the same needs as `availability`, so that a day shown here is never empty there. Three queries
(and one for each dated class) whatever the number of services, people and days.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from visita.bookings import availability, online, rules
from visita.bookings.availability import Loaded
from visita.bookings.rules import Rules, ServiceRule
from visita.bookings.spans import Ask, AskItem, require_span
from visita.foundation.errors import Refusal
from visita.scheduling import engine

Asked = tuple[Ask, Loaded]


@dataclass(frozen=True, slots=True)
class Wish:
    """Any of the services at a location, with somebody in particular or anyone (None), for a kind of subject."""

    location_id: int
    services: tuple[int, ...]
    resource_id: int | None = None
    kind: str = ""


def open_days(wish: Wish, first: date, last: date) -> list[date]:
    """The local dates first..last on which at least one of the services has an offered start."""
    asked = _load(wish, first, last)
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [day for day in days if next(_starts(asked, day), None) is not None]


def offered(wish: Wish, day: date) -> set[int]:
    """Those of the services that have an offered start on a local date."""
    return {ask.items[0].service_id for ask, loaded in _load(wish, day, day) if _first(ask, loaded, day)}


def nearest(wish: Wish, first: date, last: date) -> int | None:
    """The first offered start of any of the services, in epoch minutes; None where these dates are full."""
    asked = _load(wish, first, last)
    for away in range((last - first).days + 1):
        found = min(_starts(asked, first + timedelta(days=away)), default=None)
        if found is not None:
            return found
    return None


def _starts(asked: list[Asked], day: date) -> Iterator[int]:
    """The first start of each service on a local date; services without one are left out."""
    for ask, loaded in asked:
        found = _first(ask, loaded, day)
        if found is not None:
            yield found


def _first(ask: Ask, loaded: Loaded, day: date) -> int | None:
    return next((each.start for each in availability.of_day(ask, loaded, day)), None)


def _load(wish: Wish, first: date, last: date) -> list[Asked]:
    require_span(first, last)
    found = rules.load(wish.location_id, wish.services)
    window = engine.Window(found.day_start(first), found.day_start(last + timedelta(days=1)))
    gap = int(found.setting("items_gap_minutes"))
    whole = Ask(wish.location_id, tuple(AskItem(one.id) for one in _able(found, wish)), first, last)
    needs = [_need(found, wish, item, first, last) for item in whole.items]
    calendars = availability.known(whole, found, tuple(needs), window, gap) if needs else {}
    return [
        (
            replace(whole, items=(replace(item, resource_id=wish.resource_id, kind=wish.kind),)),
            Loaded(found, window, found.limits([service], False), (service,), (need,), calendars, gap),
        )
        for item, need in zip(whole.items, needs, strict=True)
        for service in [found.service(item.service_id)]
    ]


def _able(found: Rules, wish: Wish) -> Iterable[ServiceRule]:
    """The services that a client may book here with this person."""
    for service_id in wish.services:
        try:
            service = found.service(service_id)
            rules.require_bookable(found, service, 1, staff=False)
            found.candidates(service, wish.resource_id, wish.kind, False)
        except Refusal:
            continue
        yield service


def _need(found: Rules, wish: Wish, item: AskItem, first: date, last: date) -> engine.Need:
    service = found.service(item.service_id)
    need = service.need(found.candidates(service, wish.resource_id, wish.kind, False), 1)
    return online.narrow(found, [service], [need], first, last)[0]

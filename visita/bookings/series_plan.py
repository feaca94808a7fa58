"""What a series would be: every date of its rule with who is free then, or why nobody is and what is near.

Nothing is written or locked; what is chosen from it goes to `actions.book_series` or `actions.change_series` as it was
shown, and is asked again there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from visita.bookings import alternatives, errors, kinds, placing, pricing, repeating, rules, series_errors
from visita.bookings.repeating import Repeat
from visita.bookings.requests import BookRequest, Item, Placed, Search
from visita.bookings.rules import Rules
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.scheduling.claims import NOTHING, Ignored
from visita.tenancy import settings

# how many visits a client may book at once by repeating the service; 0 = only staff repeat it
settings.declare("repeat_most", int, 0, 0, repeating.MOST)

NEAR = 3  # other times shown for a date that is not free
SEEN = 24  # near times looked through until enough suit


@dataclass(frozen=True, slots=True)
class Near:
    """Another time for a date: all its items, their price for one place, and whether it is with the same people."""

    start: datetime
    items: tuple[Item, ...]
    same: bool
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """One date of a series, its price for one place in minor units. `items` name who is free; where nobody is, `refusal` says why and `near` what else there is."""

    number: int
    start: datetime
    items: tuple[Item, ...]
    price: int | None = None
    refusal: Refusal | None = None
    near: tuple[Near, ...] = ()

    @property
    def free(self) -> bool:
        """Whether it can be booked as the rule has it."""
        return self.refusal is None


def load(request: BookRequest) -> Rules:
    """The rules of what is repeated."""
    return rules.load(request.location_id, tuple(item.service_id for item in request.items), booking=True)


def plan(request: BookRequest, rule: Repeat, *, booked: bool = False) -> list[Occasion]:
    """Every date of the rule from the request's own on; with `booked` the first is a visit already and left out.

    Inside a scope. Refuses bad_series, and not_allowed where clients may not repeat the service.
    """
    found = load(request)
    days = repeating.dates(_first(found, request), rule, most(found, request))
    request = replace(request, items=kinds.of_booking(found, request))
    seen: list[Occasion] = []
    prefer: tuple[int, ...] = ()
    for number, day in list(enumerate(days, 1))[booked:]:
        occasion = look(found, on(found, request.items, day), request, number, prefer=prefer)
        prefer = prefer or tuple(item.resource_id for item in occasion.items if item.resource_id)
        seen.append(occasion)
    return with_near(found, seen, request)


def most(found: Rules, request: BookRequest) -> int:
    """How many visits this door may book at once; refuses not_allowed."""
    if request.staff:
        return repeating.MOST
    allowed = min(int(found.setting("repeat_most", service)) for service in found.services.values())
    if allowed < 2:
        raise series_errors.bad_series("not_allowed", 0)
    return allowed


def _first(found: Rules, request: BookRequest) -> date:
    return request.items[0].start.astimezone(found.zone).date()


def on(found: Rules, items: Sequence[Item], day: date, wall: time | None = None) -> tuple[Item, ...]:
    """The items on another date at the same wall time (or another), keeping their distances."""
    first = min(item.start for item in items).astimezone(found.zone)
    start = clock.from_minute(repeating.minute(day, wall or first.time(), found.zone))
    return shifted(found, items, start)


def shifted(found: Rules, items: Sequence[Item], start: datetime) -> tuple[Item, ...]:
    """The items with the first at `start`, keeping their distances."""
    begin = min(item.start for item in items)
    return tuple(replace(item, start=(start + (item.start - begin)).astimezone(found.zone)) for item in items)


def look(
    found: Rules,
    items: tuple[Item, ...],
    request: BookRequest,
    number: int,
    *,
    ignored: Ignored = NOTHING,
    prefer: tuple[int, ...] = (),
    apart: bool = False,
) -> Occasion:
    """Whether the items are free as they stand, with whom."""
    search = Search(request.seats, request.staff, ignored=ignored, prefer=prefer, apart=apart)
    start = min(item.start for item in items).astimezone(found.zone)
    try:
        placed = placing.look(found, items, search)
    except placing.Taken:
        return Occasion(number, start, items, refusal=errors.slot_taken([]))
    except Refusal as refusal:
        if refusal.code not in OF_TIME:
            raise
        return Occasion(number, start, items, refusal=refusal)
    free = resolved(items, placed)
    return Occasion(number, start, free, price_of(found, free, request.client_id or 0))


# refusals that are about one date, not about the whole series
OF_TIME = {
    "slot_taken", "not_offered", "too_late", "notice_required", "too_far", "staff_service_mismatch", "not_found",
}  # fmt: skip


def price_of(found: Rules, items: Iterable[Item], client_id: int) -> int | None:
    """What one place of all items costs then; None where any of them has no price."""
    prices = [
        pricing.quoted(
            found, item.service_id, item.resource_id, clock.to_minute(item.start), client_id
        ).price_minor
        for item in items
    ]
    return None if None in prices else sum(price for price in prices if price is not None)


def resolved(items: Sequence[Item], placed: Iterable[Placed]) -> tuple[Item, ...]:
    """The items with the people that were found for them."""
    return tuple(replace(item, resource_id=at.resource_id) for item, at in zip(items, placed, strict=True))


def with_near(
    known: Rules, seen: list[Occasion], request: BookRequest, ignored: Ignored = NOTHING
) -> list[Occasion]:
    """Those that are not free with the nearest times that are, none of which meets another date of the series."""
    spans = [_span(known, each.items) for each in seen if each.free]
    found = []
    for each in seen:
        if each.free:
            found.append(each)
            continue
        near = [
            one for one in _near(known, each, request, ignored) if not _meets(_span(known, one.items), spans)
        ][:NEAR]
        spans += [_span(known, one.items) for one in near[:1]]
        found.append(replace(each, near=tuple(near)))
    return found


def _near(known: Rules, occasion: Occasion, request: BookRequest, ignored: Ignored) -> list[Near]:
    shown = alternatives.near(
        occasion.items, request.location_id, request.seats, request.staff, ignored, most=SEEN
    )
    near = [_one(known, occasion, row, request.client_id or 0) for row in shown]
    return sorted(near, key=lambda one: (not one.same, abs(one.start - occasion.start)))


def _one(known: Rules, occasion: Occasion, row: dict[str, Any], client_id: int) -> Near:
    items = tuple(
        replace(item, resource_id=part["resource"], start=datetime.fromisoformat(part["start"]))
        for item, part in zip(occasion.items, row["items"], strict=True)
    )
    wanted = [item.resource_id for item in occasion.items]
    same = all(mine in (None, item.resource_id) for mine, item in zip(wanted, items, strict=True))
    return Near(min(item.start for item in items), items, same, price_of(known, items, client_id))


Span = tuple[datetime, datetime]


def _span(known: Rules, items: Sequence[Item]) -> Span:
    """From the first start to the last end."""
    ends = [
        item.start + timedelta(minutes=item.minutes or known.service(item.service_id).minutes)
        for item in items
    ]
    return min(item.start for item in items), max(ends)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and begin < span[1] for begin, end in others)

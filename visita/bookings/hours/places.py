"""Where a visit could go instead: with the same person first, and moved as little as possible."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from visita.bookings import lengths, rules
from visita.bookings.availability import Ask, AskItem, availability
from visita.bookings.models import Appointment, Visit
from visita.bookings.requests import MoveItem, MoveRequest
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.scheduling.claims import Ignored

SAME, OTHER = 14, 3  # days looked through with the same people, and with somebody else
MOST = 3  # of each


@dataclass(frozen=True, slots=True)
class Place:
    """A free place for a whole visit: where it starts (epoch minutes), and with whom its first part is."""

    s: int
    e: int
    resource_id: int
    same: bool


@dataclass(frozen=True, slots=True)
class Moving:
    """A visit with its parts in order of time."""

    visit: Visit
    parts: tuple[Appointment, ...]

    @property
    def first(self) -> Appointment:
        """The part that comes first."""
        return self.parts[0]

    def request(self, s: int, resource_id: int | None) -> MoveRequest:
        """All of it, the distances kept; another person takes the first part."""
        start = clock.from_minute(s)
        if len(self.parts) == 1:
            return MoveRequest(start, resource_id, staff=True, version=self.visit.version)
        shift = s - self.first.s
        items = tuple(
            MoveItem(each.pk, clock.from_minute(each.s + shift), resource_id if at == 0 else each.resource_id)
            for at, each in enumerate(self.parts)
        )
        return MoveRequest(start, items=items, staff=True, version=self.visit.version)


def moving(visit: Visit) -> Moving:
    """With its parts; one that was moved alone may start before the first booked."""
    parts = Appointment.objects.filter(visit_id=visit.pk).order_by("s", "position", "id")
    return Moving(visit, tuple(parts))


def places(what: Moving, taken: list[tuple[int, int, int]], avoid: int | None = None) -> list[Place]:
    """Up to three places with the same people, the nearest first, then up to three with somebody else.

    `taken` are (resource, s, e) already proposed to others. `avoid`: who is away and shall not be asked.
    """
    found = rules.load(what.visit.location_id, tuple(each.service_id for each in what.parts), archived=True)
    day = found.local(what.first.s).date()
    same = _nearest(what, _free(found, what, day, SAME, what.first.resource_id), taken, True)
    others = _nearest(what, _free(found, what, day, OTHER, None), taken, False, avoid)
    return [*same, *others]


def _nearest(
    what: Moving, free: Iterator[tuple[int, int, int]], taken: list[tuple[int, int, int]], same: bool,
    avoid: int | None = None,
) -> list[Place]:  # fmt: skip
    own, was = what.first.resource_id, what.first.s
    found = [
        Place(s, e, resource, same)
        for s, e, resource in free
        if (resource == own) is same and resource != avoid and s != was
    ]
    chosen: list[Place] = []
    for place in sorted(found, key=lambda place: (abs(place.s - was), place.s)):
        apart = all(not _meet(place, other.resource_id, other.s, other.e) for other in chosen)
        if apart and not any(_meet(place, *other) for other in taken):
            chosen.append(place)
        if len(chosen) == MOST:
            break
    return chosen


def _meet(place: Place, resource: int, s: int, e: int) -> bool:
    return place.resource_id == resource and place.s < e and s < place.e


def _free(
    found: rules.Rules, what: Moving, day: date, days: int, resource_id: int | None
) -> Iterator[tuple[int, int, int]]:
    """(start, end, resource of the first part) of what is free around a day, not before today."""
    today = found.local(clock.minute()).date()
    span = what.parts[-1].e - what.first.s
    ask = _ask(found, what, max(today, day), max(today, day) + timedelta(days=days))
    ask = replace(ask, items=(replace(ask.items[0], resource_id=resource_id), *ask.items[1:]))
    try:
        answer = availability(ask)
    except Refusal:  # the service is given no more, or by nobody here: staff choose by hand
        return
    for each in answer.days:
        for start in each.starts:
            able = start.resources if len(what.parts) == 1 else start.resources[:1]
            yield from ((start.start, start.start + span, who) for who in able)


def _ask(found: rules.Rules, what: Moving, first: date, last: date) -> Ask:
    items = tuple(
        AskItem(each.service_id, each.resource_id, minutes=_kept(found, each)) for each in what.parts
    )
    apart = tuple(each.s - what.first.s for each in what.parts) if len(what.parts) > 1 else ()
    ignored = Ignored(appointments=tuple(each.pk for each in what.parts))
    seats = what.visit.seats
    return Ask(found.location_id, items, first, last, seats, staff=True, ignored=ignored, apart=apart)


def _kept(found: rules.Rules, part: Appointment) -> int | None:
    return lengths.kept(found.service(part.service_id), part)

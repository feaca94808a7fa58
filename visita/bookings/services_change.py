"""What changing the services of a visit comes to: which parts stay, which are placed anew and when, which go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from visita.bookings import errors, lengths
from visita.bookings.models import Appointment
from visita.bookings.requests import Item, PartWish, ServicesRequest
from visita.bookings.rules import Rules, ServiceRule
from visita.foundation import clock

MOST = 20  # services of one visit, as in a booking


@dataclass(frozen=True, slots=True)
class Line:
    """A service as it shall be. `part` is None for a new one; `fresh` asks its price anew."""

    part: Appointment | None
    item: Item
    fresh: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """`lines` are placed anew, by time; `gone` are removed; everything else stays as it is."""

    lines: tuple[Line, ...]
    gone: tuple[Appointment, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """What is to be placed."""
        return tuple(line.item for line in self.lines)

    @property
    def given_up(self) -> tuple[int, ...]:
        """The appointments whose claims are in nobody's way: those placed anew, and those that go."""
        kept = [line.part.pk for line in self.lines if line.part is not None]
        return (*kept, *(part.pk for part in self.gone))


def services(known: Sequence[Appointment], request: ServicesRequest) -> tuple[int, ...]:
    """All services that rules are needed of."""
    wanted = (wish.service_id for wish in request.parts)
    return tuple({*(part.service_id for part in known), *wanted})


def plan(found: Rules, known: Sequence[Appointment], request: ServicesRequest) -> Plan:
    """Refuses no_services, not_found for a part that is not the visit's, class_date_required for a class without its date."""
    by_id = {part.pk: part for part in known}
    named = [wish.appointment_id for wish in request.parts if wish.appointment_id is not None]
    if not request.parts:
        raise errors.no_services()
    if len(set(named)) < len(named) or not set(named) <= by_id.keys() or len(request.parts) > MOST:
        raise errors.not_found()
    gone = tuple(part for part in known if part.pk not in named)
    lines = [line for line in _lines(found, by_id, request) if line is not None]
    return Plan(tuple(sorted(lines, key=lambda line: line.item.start)), gone)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part on the line of time: when it ended, when it will end, its service and who gives it."""

    was: int
    end: int
    service: ServiceRule
    who: int | None

    def before(self, service: ServiceRule, who: int | None) -> int:
        """The first minute at which a service can follow: after the buffers, where both may need the same."""
        same = who is None or self.who in (None, who)
        groups = {one for group in self.service.groups for one in group}
        shared = same or any(groups.intersection(group) for group in service.groups)
        return self.end + (self.service.after + service.before if shared else 0)


def _lines(found: Rules, known: dict[int, Appointment], request: ServicesRequest) -> list[Line | None]:
    """In the order of time, the new ones last: each begins where it was, or when those that grew have ended. A class has
    its dates: it is not pushed, and pushes nobody."""
    kept = [(known[wish.appointment_id], wish) for wish in request.parts if wish.appointment_id is not None]
    kept.sort(key=lambda pair: (pair[0].s, pair[0].position))
    begin = min(part.s for part in known.values())
    placed: list[_Placed] = []
    lines: list[Line | None] = []
    for part, wish in kept:
        service, who = found.service(wish.service_id), wish.resource_id or part.resource_id
        if service.is_class:
            lines.append(line := _in_class(part, wish))
            placed += _beside(found, begin, line, part)
            continue
        grown = [one.before(service, who) for one in placed if one.was <= part.s and one.end > one.was]
        start = _minute(wish.start) or max([part.s, *grown])
        lines.append(line := _kept(found, part, wish, start))
        placed.append(_Placed(part.e, start + _length(found, line, part), service, who))
    for wish in request.parts:
        if wish.appointment_id is None:
            service, who = found.service(wish.service_id), wish.resource_id
            if service.is_class:
                lines.append(line := _in_class(None, wish))
                placed += _beside(found, begin, line, None)
                continue
            start = _minute(wish.start) or max([one.before(service, who) for one in placed] or [begin])
            item = Item(wish.service_id, who, clock.from_minute(start), wish.minutes)
            lines.append(Line(None, item, fresh=True))
            placed.append(_Placed(0, start + _minutes(found, item), service, who))
    return lines


def _minute(start: datetime | None) -> int | None:
    return None if start is None else clock.to_minute(start)


def _beside(found: Rules, begin: int, line: Line | None, part: Appointment | None) -> list[_Placed]:
    """A class as what a new service comes after; nothing where it is on another day than the visit."""
    if line is not None:
        start, service = clock.to_minute(line.item.start), found.service(line.item.service_id)
        end, who = start + service.minutes, line.item.resource_id
    elif part is not None:
        start, end, service, who = part.s, part.e, found.service(part.service_id), part.resource_id
    same_day = found.local(start).date() == found.local(begin).date()
    return [_Placed(end, end, service, who)] if same_day else []


def _in_class(part: Appointment | None, wish: PartWish) -> Line | None:
    """A place in the class of a date, with whoever holds it; None where the visit has just that place."""
    known = part if part is not None and part.service_id == wish.service_id else None
    start = wish.start or (None if known is None else clock.from_minute(known.s))
    if start is None:
        raise errors.class_date_required()
    stays = known is not None and (
        clock.to_minute(start) == known.s
        and wish.resource_id in (None, known.resource_id)
        and wish.minutes in (None, known.e - known.s)
    )
    item = Item(wish.service_id, wish.resource_id, start, wish.minutes)
    return None if stays else Line(part, item, fresh=known is None)


def _kept(found: Rules, part: Appointment, wish: PartWish, start: int) -> Line | None:
    """The part as it shall be; None where nothing of it changes."""
    same = wish.service_id == part.service_id
    service = found.service(wish.service_id)
    who = wish.resource_id or (part.resource_id if _gives(service, part.resource_id) else None)
    other = wish.resource_id not in (None, part.resource_id)
    resized = wish.minutes not in (None, part.e - part.s)
    if same and start == part.s and not (other or resized):
        return None
    minutes = wish.minutes or (lengths.kept(service, part) if same else None)
    item = Item(wish.service_id, who, clock.from_minute(start), minutes)
    return Line(part, item, fresh=not same or other)


def _gives(service: ServiceRule, resource_id: int | None) -> bool:
    return resource_id in {who.resource_id for who in service.who}


def _length(found: Rules, line: Line | None, part: Appointment) -> int:
    return part.e - part.s if line is None else _minutes(found, line.item)


def _minutes(found: Rules, item: Item) -> int:
    """How long a service will take, as far as is known before anybody is chosen for it."""
    service = found.service(item.service_id)
    own = {who.resource_id: who.minutes for who in service.who if who.minutes}
    return item.minutes or own.get(item.resource_id or 0, service.minutes)

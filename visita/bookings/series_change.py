"""What a change of a series would do: where each of its visits would go, and whether that is free."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from visita.bookings import lengths, repeating, rules, series_plan
from visita.bookings.models import Appointment
from visita.bookings.requests import BookRequest, Item
from visita.bookings.series_lookup import Place, Whole
from visita.bookings.series_plan import Occasion
from visita.bookings.series_requests import Span
from visita.foundation import clock
from visita.scheduling.claims import Ignored


@dataclass(frozen=True, slots=True)
class Wish:
    """A change: later (or earlier) by days, at another wall time, with another person; None leaves it as it is."""

    days: int = 0
    wall: time | None = None
    resource_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One visit of the change: where it stands, and where it would go."""

    place: Place
    was: datetime
    to: Occasion


def plan(whole: Whole, visit_id: int, span: Span, wish: Wish, *, looks: bool = True) -> list[Change]:
    """Every visit the change means, by time. Those that move together are in nobody's way, the others are.

    Inside a scope. Without `looks` nothing moves (they are to be cancelled), so nothing is asked.
    """
    places = sorted(whole.within(visit_id, span), key=lambda place: place.visit.s)
    parts = _parts(places)
    if not looks:
        return [Change(each, each.start, _as_it_is(each, parts[each.visit.pk])) for each in places]
    moved = [place for place in places if not place.apart or place.visit.pk == visit_id]
    ignored = Ignored(appointments=tuple(part.pk for place in moved for part in parts[place.visit.pk]))
    changes = [_change(place, parts[place.visit.pk], wish, ignored) for place in places]
    return _with_near(changes, ignored)


def _as_it_is(place: Place, parts: list[Appointment]) -> Occasion:
    return Occasion(place.turn.number, place.start, request_of(place, parts).items)


def own_claims(places: list[Place]) -> Ignored:
    """The claims of visits that move."""
    parts = _parts(places)
    return Ignored(appointments=tuple(part.pk for place in places for part in parts[place.visit.pk]))


def _parts(places: list[Place]) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = {place.visit.pk: [] for place in places}
    for part in Appointment.objects.filter(visit_id__in=found).order_by("s", "position"):
        found[part.visit_id].append(part)
    return found


def _change(place: Place, parts: list[Appointment], wish: Wish, ignored: Ignored) -> Change:
    request = request_of(place, parts)
    known = rules.load(request.location_id, tuple(part.service_id for part in parts), archived=True)
    start = place.start
    day = start.date() + timedelta(days=wish.days)
    minute = repeating.minute(day, wish.wall or start.time(), known.zone)
    items = series_plan.shifted(known, request.items, clock.from_minute(minute))
    if wish.resource_id is not None:
        items = (replace(items[0], resource_id=wish.resource_id), *items[1:])
    own = Ignored(appointments=(*ignored.appointments, *(part.pk for part in parts)))
    seen = series_plan.look(known, items, request, place.turn.number, ignored=own, apart=True)
    return Change(place, start, seen)


def request_of(place: Place, parts: list[Appointment]) -> BookRequest:
    """The visit as if it were booked by staff: its services with their people, lengths and distances. A class has whoever
    holds it on its date."""
    known = rules.load(place.visit.location_id, tuple(part.service_id for part in parts), archived=True)
    items = tuple(
        Item(
            part.service_id, None if known.service(part.service_id).is_class else part.resource_id,
            clock.from_minute(part.s).astimezone(known.zone),
            lengths.kept(known.service(part.service_id), part),
        )
        for part in parts
    )  # fmt: skip
    visit = place.visit
    return BookRequest(
        items, client_id=visit.client_id, location_id=visit.location_id, seats=visit.seats, staff=True
    )


def _with_near(changes: list[Change], ignored: Ignored) -> list[Change]:
    if not changes:
        return []
    first = changes[0].place.visit
    services = tuple({item.service_id for change in changes for item in change.to.items})
    known = rules.load(first.location_id, services, archived=True)
    request = BookRequest((), location_id=first.location_id, seats=first.seats, staff=True)
    seen = series_plan.with_near(known, [change.to for change in changes], request, ignored)
    return [replace(change, to=to) for change, to in zip(changes, seen, strict=True)]

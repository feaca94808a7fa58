"""Reads of series: which a visit belongs to, its place there, and what of it is still to come. All inside a scope."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from visita.bookings import repeating
from visita.bookings.models import Appointment, Series, Turn, Visit, VisitStatus
from visita.bookings.repeating import Repeat
from visita.bookings.series_requests import Span
from visita.bookings.wall import local
from visita.foundation import clock


@dataclass(frozen=True, slots=True)
class Place:
    """One visit of a series; `apart` where it stands elsewhere, or with somebody else, than the series has it."""

    turn: Turn
    visit: Visit
    resource_id: int | None

    @property
    def start(self) -> datetime:
        """On the location's wall clock."""
        return local(self.visit)

    @property
    def apart(self) -> bool:
        """Whether it was changed by itself."""
        return self.visit.wall != self.turn.wall or self.turn.resource_id not in (None, self.resource_id)

    @property
    def changes(self) -> bool:
        """Whether it can still be moved or cancelled: to come, and neither cancelled nor begun."""
        return self.visit.s > clock.minute() and self.visit.status in (
            VisitStatus.REQUESTED, VisitStatus.CONFIRMED,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Whole:
    """A series with all its visits by number."""

    series: Series
    places: tuple[Place, ...]

    @property
    def rule(self) -> Repeat:
        """By which it repeats."""
        return repeating.read(self.series.rule)

    @property
    def zone(self) -> ZoneInfo:
        """The wall clock of its visits."""
        return ZoneInfo(self.places[0].visit.zone)

    @property
    def count(self) -> int:
        """How many visits it has that are not cancelled."""
        return sum(place.visit.status != VisitStatus.CANCELLED for place in self.places)

    def number(self, visit_id: int) -> int:
        """The number of a visit among those that are not cancelled; a cancelled one has that of its place."""
        before = [place for place in self.places if place.turn.number <= self.place(visit_id).turn.number]
        here = self.place(visit_id).visit.status == VisitStatus.CANCELLED
        return sum(place.visit.status != VisitStatus.CANCELLED for place in before) + here

    def place(self, visit_id: int) -> Place:
        """The visit's own."""
        return next(place for place in self.places if place.visit.pk == visit_id)

    def following(self, visit_id: int) -> Place | None:
        """The next visit to come after one."""
        own = self.place(visit_id).visit.s
        return next((place for place in self.by_time if place.changes and place.visit.s > own), None)

    @property
    def by_time(self) -> list[Place]:
        """As they come."""
        return sorted(self.places, key=lambda place: (place.visit.s, place.turn.number))

    def within(self, visit_id: int, span: Span) -> list[Place]:
        """The visits a change means that can still be changed."""
        number = self.place(visit_id).turn.number
        first = 0 if span == "all" else number
        last = number if span == "this" else repeating.MOST
        return [place for place in self.places if first <= place.turn.number <= last and place.changes]


def of_visit(visit_id: int) -> Whole | None:
    """The series a visit belongs to, None for a visit of its own; four queries."""
    turn = Turn.objects.filter(visit_id=visit_id).first()
    return None if turn is None else whole(turn.series_id)


def whole(series_id: int) -> Whole | None:
    """A series with its visits; None where it is unknown."""
    series = Series.objects.filter(pk=series_id).first()
    if series is None:
        return None
    turns = list(Turn.objects.filter(series_id=series_id).order_by("number"))
    visits = Visit.objects.in_bulk([turn.visit_id for turn in turns])
    first = Appointment.objects.filter(visit_id__in=visits, position=0)
    who = dict(first.values_list("visit_id", "resource_id"))
    places = [Place(turn, visits[turn.visit_id], who.get(turn.visit_id)) for turn in turns]
    return Whole(series, tuple(places))


def of_client(client_id: int) -> list[Whole]:
    """The client's series, the newest first, those that still have visits to come."""
    rows = Series.objects.filter(client_id=client_id).order_by("-pk")[:20]
    found = [one for row in rows if (one := whole(row.pk)) is not None]
    return [one for one in found if any(place.changes for place in one.places)]

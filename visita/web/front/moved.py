"""How a visit is moved by its client: its services in their order, as combinations or with the distances staff gave them."""

from dataclasses import dataclass, replace

from visita.bookings import lengths, rules, tracks
from visita.bookings.models import Appointment
from visita.bookings.requests import MoveItem, MoveRequest
from visita.foundation import clock
from visita.scheduling.claims import Ignored
from visita.web.front.choice import Choice, Wanted
from visita.web.front.offer import Offer
from visita.web.front.slots import Slot
from visita.web.front.summary import Part, Subject
from visita.web.front.visit import Booking
from visita.web.front.when import Way


@dataclass(frozen=True)
class Appointments:
    """A visit's appointments in the order they are moved in, for whom each is, how long (None = as its service), and
    the minutes at which they begin where these stay."""

    rows: tuple[Appointment, ...]
    whose: tuple[int, ...]
    lengths: tuple[int | None, ...]
    apart: tuple[int, ...]


@dataclass(frozen=True)
class Move:
    """The page's subject, choice and way for a visit that is moved."""

    booking: Booking
    offer: Offer
    own: Appointments

    def choice(self, asked: Choice) -> Choice:
        """What the address says, of this visit's services only."""
        seats = self.booking.visit.seats
        bare = replace(asked, seats=seats, location=None, service=None, also=(), kind=self._kind())
        people = self._people(asked)
        if len(people) == 1:
            return replace(bare, resource=people[0])
        rows = zip(self.own.rows, people, self.own.whose, strict=True)
        return bare.chosen(Wanted(row.service_id, who, whose) for row, who, whose in rows)

    def subject(self, asked: Choice) -> Subject:
        """The visit's services with the people asked for."""
        booking, people = self.booking, self._people(asked)
        rows = zip(self.own.rows, people, self.own.whose, strict=True)
        first, *rest = [Part(self.offer.services[row.service_id], who, whose) for row, who, whose in rows]
        return Subject(
            booking.place, self.offer, booking.location.pk, first.service, first.resource,
            booking.visit.seats, tuple(rest),
        )  # fmt: skip

    def way(self) -> Way:
        """Where the page's links lead; the visit's own claims stand in nobody's way."""
        ignored = Ignored(appointments=tuple(row.pk for row in self.own.rows))
        return Way(
            base="move", target="to", parts=self.booking.link, ignored=ignored, lengths=self.own.lengths,
            apart=self.own.apart,
        )  # fmt: skip

    def _people(self, asked: Choice) -> list[int | None]:
        """Whom each service is asked for: those it has where distances stay, else as the address says (None = anyone)."""
        if self.own.apart:
            return [row.resource_id for row in self.own.rows]
        if len(self.own.rows) == 1:
            return [self._able(self.own.rows[0], asked.resource)]
        wanted = {(one.service, one.subject): one.resource for one in asked.wanted}
        rows = zip(self.own.rows, self.own.whose, strict=True)
        return [self._able(row, wanted.get((row.service_id, whose))) for row, whose in rows]

    def _able(self, row: Appointment, resource: int | None) -> int | None:
        known = [one.pk for one in self.offer.people(row.service_id, self.booking.location.pk)]
        return resource if resource in known else None

    def _kind(self) -> str:
        about = self.booking.subject
        return about.kind if about and about.kind in self.offer.kinds else ""


def load(booking: Booking, offer: Offer) -> Move | None:
    """How it is moved; None where a service, its place or a person that stays is not offered any more."""
    own = _own(booking)
    given = all(row.service_id in offer.services for row in own.rows)
    stay = not own.apart or all(row.resource_id in offer.resources for row in own.rows)
    return Move(booking, offer, own) if given and stay and booking.location.pk in offer.locations else None


def request(booking: Booking, tapped: tuple[Slot, ...], version: int | None) -> MoveRequest:
    """What the move action is asked for by a pressed time."""
    own = _own(booking)
    start = clock.from_minute(min(slot.minute for slot in tapped))
    if len(tapped) == 1 or own.apart:
        who = own.rows[0].resource_id if own.apart else tapped[0].resource
        return MoveRequest(start, who, version=version)
    items = tuple(
        MoveItem(row.pk, clock.from_minute(slot.minute), slot.resource, whose)
        for row, slot, whose in zip(own.rows, tapped, own.whose, strict=True)
    )
    return MoveRequest(start, version=version, items=items)


def after(booking: Booking, tapped: tuple[Slot, ...]) -> Choice:
    """What was asked for, to go on from when the time is gone."""
    own, bare = _own(booking), Choice(location=booking.location.pk)
    if len(tapped) == 1:
        return replace(bare, resource=tapped[0].resource)
    rows = zip(own.rows, own.whose, strict=True)
    return bare.chosen(
        Wanted(row.service_id, row.resource_id if own.apart else None, whose) for row, whose in rows
    )


def _own(booking: Booking) -> Appointments:
    known = list(Appointment.objects.filter(visit_id=booking.visit.pk).order_by("position"))
    found = rules.load(booking.location.pk, tuple(row.service_id for row in known))
    apart: tuple[int, ...] = ()
    if not tracks.as_offered(found, known):
        known.sort(key=lambda row: (row.s, row.position))
        apart = tuple(row.s - known[0].s for row in known)
    kept = tuple(lengths.kept(found.service(row.service_id), row) for row in known)
    return Appointments(tuple(known), tuple(tracks.tracks(known)), kept, apart)

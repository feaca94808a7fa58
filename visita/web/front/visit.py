"""A booked visit as its client sees it through the manage link: what, when, where, and what may still be done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from visita.bookings import attendees
from visita.bookings.models import Visit
from visita.bookings.queries import VisitView, moves_made
from visita.bookings.terms import Terms
from visita.catalog.models import Service
from visita.clients.models import Client, Subject
from visita.foundation import clock, phones
from visita.integrations.video.rooms import by_video
from visita.scheduling.models import Resource
from visita.tenancy.models import Location
from visita.web.front import changing
from visita.web.front.me.passes import open_visit
from visita.web.front.me.reader import Reader, reader
from visita.web.front.place import Place


@dataclass(frozen=True)
class Part:
    """One appointment of the visit; `whose` are those it is for, where several come and were named."""

    service: Service
    resource: Resource | None
    start: datetime
    end: datetime
    price_minor: int | None
    discount_minor: int = 0
    whose: tuple[str, ...] = ()


@dataclass(frozen=True)
class Booking:
    """A visit with everything its page shows; loaded inside a scope."""

    place: Place
    visit: Visit
    client: Client
    location: Location
    parts: list[Part]
    subject: Subject | None
    terms: Terms
    moved: int
    moves_limit: int
    link: dict[str, str]
    reader: Reader

    @property
    def start(self) -> datetime:
        """Its start on the location's wall clock."""
        return self.parts[0].start

    @property
    def end(self) -> datetime:
        """Its end on the location's wall clock."""
        return max(part.end for part in self.parts)

    @property
    def remote(self) -> bool:
        """Whether all of it is held by video, so that nobody comes to the place."""
        rows, at = self.place.rows, self.location.pk
        people = ((part.service, part.resource.pk if part.resource else None) for part in self.parts)
        return all(by_video(rows, at, service, resource) for service, resource in people)

    @property
    def until(self) -> datetime:
        """The last instant for a change, as it was agreed when booking."""
        return changing.until(self.visit, self.terms, self.start.tzinfo)

    @property
    def open(self) -> bool:
        """Whether it is still to come."""
        return self.visit.status in changing.CHANGEABLE and self.end > clock.now()

    @property
    def movable(self) -> bool:
        """Whether the client may still put it to another time here."""
        return self.changeable and self.place.bookable and not 0 < self.moves_limit <= self.moved

    @property
    def person(self) -> int | None:
        """Who gives it, where it is one service by a person: whom a client who moves it most likely wants again."""
        given = [part.resource for part in self.parts]
        return given[0].pk if len(given) == 1 and given[0] and given[0].kind == "person" else None

    @property
    def phone(self) -> str:
        """Whom to call about it, fit for a sentence."""
        return phones.unbroken(self.location.phone or self.place.profile.phone)

    @property
    def changeable(self) -> bool:
        """Whether the client may still move or cancel it here."""
        return changing.changeable(self.visit, self.terms)

    @property
    def names(self) -> str:
        """Its services in one line."""
        return ", ".join(self.place.text(part.service.name) for part in self.parts)

    @property
    def whom(self) -> list[str]:
        """Everybody it is for by name, where that is not the client alone."""
        apart = (name or self.reader.name for part in self.parts for name in part.whose)
        return list(dict.fromkeys(apart)) or ([self.subject.name] if self.subject else [])

    def url(self, name: str, **query: Any) -> str:
        """One of the manage link's addresses."""
        return self.place.url(name, query, **self.link)


def load(place: Place, code: str, token: str) -> Booking:
    """The visit of a manage link; refuses link_invalid for wrong, expired and unknown ones alike."""
    view = open_visit(code, token)
    visit = view.visit
    location = Location.objects.get(pk=visit.location_id)
    parts = _parts(view)
    limits = changing.limits(place.rows, location.pk, [part.service for part in parts])
    return Booking(
        place=place,
        visit=visit,
        client=view.client,
        location=location,
        parts=parts,
        subject=view.subject,
        terms=changing.agreed(visit, limits),
        moved=moves_made([visit.pk]).get(visit.pk, 0) if limits.moves else 0,
        moves_limit=limits.moves,
        link={"code": visit.code, "token": token},
        reader=reader(view, token),
    )


def _parts(view: VisitView) -> list[Part]:
    whose = attendees.whose(view.visit.pk)
    rows = sorted(view.appointments, key=lambda row: (row.s, row.position))
    services = Service.objects.in_bulk([row.service_id for row in rows])
    resources = Resource.objects.in_bulk([row.resource_id for row in rows if row.resource_id])
    return [
        Part(
            services[row.service_id],
            resources.get(row.resource_id or 0),
            view.local(row.s),
            view.local(row.e),
            row.price_minor,
            row.discount_minor,
            tuple(whose.get(row.position, ())),
        )
        for row in rows
    ]

"""A booked visit as its client sees it through the manage link: what, when, where, and what may still be done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from visita.bookings import errors, policies
from visita.bookings.models import Visit
from visita.bookings.queries import VisitView, visit_by_token
from visita.catalog.models import Service
from visita.clients.models import Client
from visita.foundation import clock, ids
from visita.scheduling.models import Resource
from visita.tenancy import queries, settings
from visita.tenancy.models import Location
from visita.web.front.people import Face, face
from visita.web.front.place import Place

CHANGEABLE = ("requested", "confirmed")


@dataclass(frozen=True)
class Part:
    """One appointment of the visit."""

    service: Service
    resource: Resource | None
    start: datetime
    end: datetime
    price_minor: int | None


@dataclass(frozen=True)
class Booking:
    """A visit with everything its page shows; loaded inside a scope."""

    place: Place
    visit: Visit
    client: Client
    location: Location
    parts: list[Part]
    until: datetime
    link: dict[str, str]

    @property
    def start(self) -> datetime:
        """Its start on the location's wall clock."""
        return self.parts[0].start

    @property
    def end(self) -> datetime:
        """Its end on the location's wall clock."""
        return max(part.end for part in self.parts)

    @property
    def changeable(self) -> bool:
        """Whether the client may still move or cancel it here."""
        return self.visit.status in CHANGEABLE and clock.now() <= self.until

    @property
    def names(self) -> str:
        """Its services in one line."""
        return ", ".join(self.place.text(part.service.name) for part in self.parts)

    def url(self, name: str, **query: Any) -> str:
        """One of the manage link's addresses."""
        return self.place.url(name, query, **self.link)

    def context(self) -> dict[str, Any]:
        """What `front/visit.html` shows."""
        formats, visit = self.place.formats, self.visit
        prices = [
            part.price_minor
            for part in self.parts
            if part.price_minor is not None and part.service.price_shown
        ]
        return {
            "booking": self,
            "status": visit.status,
            "past": self.end <= clock.now(),
            "first_name": self.client.first_name,
            "code": ids.shown(visit.code),
            "leaf_month": formats.short_month(self.start.date()),
            "leaf_day": self.start.day,
            "when": f"{formats.weekday_full(self.start.date())}, {formats.span(self.start, self.end)}",
            "span": formats.span(self.start, self.end),
            "day": formats.full_day(self.start.date()),
            "about": " · ".join(
                filter(None, [self.names, formats.price(sum(prices) or None, self.place.profile.currency)])
            ),
            "rows": [self._row(part) for part in self.parts if part.resource],
            "where": ", ".join(
                filter(None, [self.location.address or self.location.name, self.location.city])
            ),
            "directions": _directions(self.location),
            "preparation": [
                text for part in self.parts if (text := self.place.text(part.service.preparation))
            ],
            "policy": self._policy(),
            "move_url": self.url("move") if self.changeable and len(self.parts) == 1 else "",
            "cancel_url": self.url("cancellation") if self.changeable else "",
            "calendar_url": self.url("calendar"),
            "again_url": self.place.url(
                "home", {"service": self.parts[0].service.pk, "location": self.location.pk}
            ),
        }

    def _row(self, part: Part) -> dict[str, Any]:
        assert part.resource is not None
        several = len(self.parts) > 1
        text = self.place.text(part.service.name)
        formats = self.place.formats
        found: Face = face(part.resource)
        second = (
            f"{formats.span(part.start, part.end)} · {text}"
            if several
            else self.place.text(part.resource.occupation)
        )
        return {"name": str(part.resource), "second": second, "face": found}

    def _policy(self) -> str:
        if self.visit.status not in CHANGEABLE or self.end <= clock.now():
            return ""
        if self.changeable:
            return _("Free to move or cancel until %(moment)s.") % {
                "moment": self.place.formats.moment(self.until)
            }
        phone = self.location.phone or self.place.profile.phone
        return _("It is too late to change this online. Call %(phone)s.") % {"phone": phone}


def load(place: Place, code: str, token: str) -> Booking:
    """The visit of a manage link; refuses link_invalid for wrong, expired and unknown ones alike."""
    if not code.isascii() or "\x00" in code + token:  # nothing of ours, and PostgreSQL takes no NUL
        raise errors.link_invalid()
    view = visit_by_token(code, token)
    visit = view.visit
    location = Location.objects.get(pk=visit.location_id)
    parts = _parts(view)
    minutes = settings.value(queries.setting_rows(), "cancel_until_minutes", location=location.pk)
    until = clock.from_minute(policies.deadline(visit.s, int(minutes))).astimezone(parts[0].start.tzinfo)
    return Booking(place, visit, view.client, location, parts, until, {"code": visit.code, "token": token})


def _parts(view: VisitView) -> list[Part]:
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
        )
        for row in rows
    ]


def _directions(location: Location) -> str:
    where = ", ".join(filter(None, [location.address, location.city]))
    if location.map_url or not where:
        return location.map_url
    return f"https://www.openstreetmap.org/search?query={quote(where)}"

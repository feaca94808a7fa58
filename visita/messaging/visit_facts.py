"""What a letter says of a visit: when, what, who, where, how much, and the way back to it. Inside a scope, in the letter's
language.

It says nothing that only the client's record knows: who books beside a record reads it too (CB-06).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visita.bookings.models import Appointment
from visita.bookings.ports import Port
from visita.bookings.queries import VisitView, letter_token
from visita.catalog.models import Service
from visita.foundation import ids, scope
from visita.foundation.formats import Formats, formats_for
from visita.foundation.words import text
from visita.messaging import letters
from visita.scheduling.models import Resource
from visita.tenancy import queries as tenancy
from visita.tenancy import settings
from visita.tenancy.models import Location, Organization, Profile

rooms: Final[Port[Callable[[VisitView], str]]] = Port()
"""Where a visit is held otherwise than in person: the path of its room below the manage link, or empty. Packages above
register here."""


@dataclass(frozen=True)
class House:
    """The organization as its letters present it, in their language; loaded once for a letter."""

    organization: Organization
    profile: Profile
    rows: tuple[settings.Row, ...]
    language: str

    @property
    def formats(self) -> Formats:
        """How times, dates and prices are written."""
        return formats_for(self.language, self.profile.country)

    def text(self, value: dict[str, str]) -> str:
        """A text of the organization in the letter's language."""
        return text(value, self.language, self.profile.language)


def house() -> House:
    """Of the running scope, in the language that is active."""
    profile = tenancy.profile()
    own = Organization.objects.get(pk=scope.current())
    return House(own, profile, tuple(tenancy.setting_rows()), get_language() or profile.language)


@dataclass(frozen=True)
class Facts:
    """A visit in words; `link` leads to its page, `room` to its video room."""

    house: House
    view: VisitView
    location: Location
    services: dict[int, Service]
    people: dict[int, Resource]
    room: str

    @cached_property
    def parts(self) -> list[Appointment]:
        """Its services by time."""
        return sorted(self.view.appointments, key=lambda each: (each.s, each.position))

    @property
    def start(self) -> datetime:
        """On the location's wall clock."""
        return self.view.local(self.view.visit.s)

    @property
    def end(self) -> datetime:
        """On the location's wall clock; of what is on the first day, as a class may be on a later one."""
        ends = [self.view.local(each.e) for each in self.parts if self._day(each) == self.start.date()]
        return max(ends, default=self.view.local(self.view.visit.e))

    @cached_property
    def when(self) -> str:
        """Monday, 23 November, 9:00–9:30; with the zone's city where the organization itself is in another zone."""
        formats = self.house.formats
        day = formats.full_day(self.start.date())
        return self._here(f"{day}, {formats.span(self.start, self.end)}")

    @cached_property
    def moment(self) -> str:
        """Mon 23 Nov, 9:00: the same for a title."""
        return self._here(self.house.formats.moment(self.start))

    @cached_property
    def names(self) -> str:
        """The services in one line, each once."""
        return ", ".join(dict.fromkeys(self._name(each) for each in self.parts))

    @cached_property
    def lines(self) -> list[str]:
        """The services, a line each; of several with the time and, where they may be told, the person."""
        if len(self.parts) == 1:
            return [self._name(self.parts[0])]
        return [
            " · ".join(filter(None, (self._time(each), self._name(each), self._who(each))))
            for each in self.parts
        ]

    @cached_property
    def who(self) -> str:
        """With whom, where that may be told; of several services their lines tell it."""
        return self._who(self.parts[0]) if len(self.parts) == 1 else ""

    @cached_property
    def where(self) -> str:
        """The address, else the name of the location, with its city."""
        street = self.location.address or self.location.name
        city = self.location.city if self.location.city not in street else ""
        return ", ".join(filter(None, (street, city)))

    @property
    def price(self) -> str:
        """For all places, less what was taken off; empty where it is not shown."""
        shown = [each for each in self.parts if each.price_minor is not None]
        shown = [each for each in shown if self.services[each.service_id].price_shown]
        gross = sum(each.price_minor or 0 for each in shown) * self.view.visit.seats
        off = sum(each.discount_minor for each in shown)
        return self.house.formats.fee(gross - off if gross else None, self.house.profile.currency)

    @property
    def code(self) -> str:
        """As people read it."""
        return ids.shown(self.view.visit.code)

    @cached_property
    def link(self) -> str:
        """The manage link."""
        return letters.linked(self._path)

    @cached_property
    def short_link(self) -> str:
        """The same for an SMS."""
        return letters.linked(self._path, short=True)

    @cached_property
    def room_link(self) -> str:
        """Where a visit by video is held; empty for others."""
        return letters.linked(f"{self._path}{self.room}") if self.room else ""

    @property
    def phone(self) -> str:
        """Whom to call about it."""
        return self.location.phone or self.house.profile.phone

    @property
    def preparation(self) -> list[str]:
        """What to do before coming, a line each (SV-10)."""
        texts = dict.fromkeys(
            self.house.text(self.services[each.service_id].preparation) for each in self.parts
        )
        return [line.strip() for one in texts for line in one.splitlines() if line.strip()]

    @property
    def _path(self) -> str:
        code = self.view.visit.code
        return f"v/{code}/{letter_token(code)}/"

    def _here(self, told: str) -> str:
        zone = self.view.visit.zone
        if zone == self.house.organization.zone:
            return told
        return _("%(when)s, local time of %(city)s") % {"when": told, "city": self.house.formats.city(zone)}

    def _day(self, part: Appointment) -> object:
        return self.view.local(part.s).date()

    def _time(self, part: Appointment) -> str:
        start = self.view.local(part.s)
        formats = self.house.formats
        return formats.time(start) if start.date() == self.start.date() else formats.moment(start)

    def _name(self, part: Appointment) -> str:
        return self.house.text(self.services[part.service_id].name)

    def _who(self, part: Appointment) -> str:
        service = self.services[part.service_id]
        shown = settings.value(
            self.house.rows, "show_person", location=self.location.pk, specialty=service.specialty_id, service=service.pk
        )  # fmt: skip
        found = self.people.get(part.resource_id or 0)
        return str(found) if shown and found is not None else ""


def facts(house: House, view: VisitView) -> Facts:
    """Of a visit; three queries, and what its room asks."""
    services = Service.objects.in_bulk({each.service_id for each in view.appointments})
    resources = Resource.objects.filter(
        pk__in=[each.resource_id for each in view.appointments if each.resource_id]
    )
    return Facts(
        house,
        view,
        Location.objects.get(pk=view.visit.location_id),
        services,
        {each.pk: each for each in resources if each.kind == "person"},
        next(filter(None, (room(view) for room in rooms)), ""),
    )

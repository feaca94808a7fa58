"""The visit in words: the lines of the summary, the head of the page, the sentence about cancelling."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.catalog.models import Service
from visita.foundation import clock
from visita.web.front.offer import Offer
from visita.web.front.place import Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the summary: an icon, a text, a second line, a price."""

    icon: str
    text: str
    second: str = ""
    price: str = ""


@dataclass(frozen=True)
class Subject:
    """What a summary is about: a service at a place, with a person (None = anyone), for so many."""

    place: Place
    offer: Offer
    location: int
    service: Service
    resource: int | None = None
    seats: int = 1

    @property
    def name(self) -> str:
        """The service's name."""
        return self.place.text(self.service.name)

    @property
    def who(self) -> str:
        """The person's name; empty for anyone."""
        found = self.offer.resources.get(self.resource or 0)
        return str(found) if found else ""

    @property
    def length(self) -> str:
        """How long it takes."""
        return self.place.formats.length(self.offer.minutes(self.service, self.resource))

    @property
    def price(self) -> str:
        """What it costs for all places; empty where prices are not shown."""
        minor = self.offer.price(self.service, self.resource)
        total = None if minor is None else minor * self.seats
        return self.place.formats.price(total, self.place.profile.currency)

    @property
    def where(self) -> str:
        """The location as people name it."""
        location = self.offer.locations[self.location]
        return location.address or location.name

    @property
    def about(self) -> str:
        """Length, price and place in one line."""
        several = len(self.offer.locations) > 1 or bool(self.where)
        return " · ".join(filter(None, [self.length, self.price, self.where if several else ""]))

    def lines(self) -> list[Line]:
        """The card's lines."""
        lines = [Line("person", self.who)] if self.who else []
        lines.append(Line("list", self.name, self._second(), self.price))
        location = self.offer.locations[self.location]
        lines.append(Line("pin", self.where, location.city if location.city not in self.where else ""))
        return lines

    def _second(self) -> str:
        if self.seats == 1:
            return self.length
        places = ngettext("%(count)d place", "%(count)d places", self.seats) % {"count": self.seats}
        return f"{self.length} · {places}"

    def policy(self, start: datetime | None = None) -> str:
        """Until when the visit can be changed without calling, as a date once the time is known."""
        minutes = self.offer.setting("cancel_until_minutes", self.location, self.service)
        formats = self.place.formats
        if start is None:
            return (
                _("Free to cancel until %(time)s before.") % {"time": formats.length(minutes)}
                if minutes
                else ""
            )
        until = start - timedelta(minutes=minutes)
        if until <= clock.now():
            return _("So close to the time it can only be cancelled by phone: %(phone)s.") % {
                "phone": self.place.profile.phone
            }
        return _("Free to cancel until %(moment)s.") % {"moment": formats.moment(until)}

"""The visit in words: the lines of the summary, the head of the page, the sentence about cancelling."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.catalog.models import Service
from visita.foundation import clock, phones
from visita.integrations.video.rooms import by_video
from visita.web.front.offer import Offer
from visita.web.front.place import Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the summary: an icon, a text, a second line, a price, and what it was before a promotion."""

    icon: str
    text: str
    second: str = ""
    price: str = ""
    was: str = ""


def _total(prices: Iterable[int | None]) -> int | None:
    """All prices added up; None where one is not known."""
    known = list(prices)
    minor = [each for each in known if each is not None]
    return sum(minor) if len(minor) == len(known) else None


def fee(place: Place, minor: int | None, more: bool = False) -> str:
    """A price as people read it; with `more` it is the lowest of several."""
    shown = place.formats.fee(minor, place.profile.currency)
    return _("from %(value)s") % {"value": shown} if minor and more else shown


class Part(NamedTuple):
    """One service of a visit, with a person (None = anyone); `subject` tells for which of those who come.
    `minute` is when it starts, once that is known."""

    service: Service
    resource: int | None = None
    subject: int = 0
    minute: int = 0


@dataclass(frozen=True)
class Subject:
    """What a summary is about: a service at a place, with a person (None = anyone), for so many.

    `also` are the further services of the same visit.
    """

    place: Place
    offer: Offer
    location: int
    service: Service
    resource: int | None = None
    seats: int = 1
    also: tuple[Part, ...] = ()
    minute: int = 0
    show_length: bool = True
    show_person: bool = True

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every service of the visit, in order."""
        return (Part(self.service, self.resource, minute=self.minute), *self.also)

    @property
    def several(self) -> bool:
        """Whether it is more than one service."""
        return bool(self.also)

    @property
    def name(self) -> str:
        """The services' names; one that several people come for stands once, with how often."""
        many = Counter(self.place.text(part.service.name) for part in self.parts)
        return " + ".join(f"{count} × {name}" if count > 1 else name for name, count in many.items())

    @property
    def who(self) -> str:
        """The people's names, each once; empty for anyone."""
        known = [self.offer.resources.get(part.resource or 0) for part in self.parts]
        return ", ".join(dict.fromkeys(str(one) for one in known if one))

    @property
    def shown_who(self) -> str:
        """The people's names where the organization wants them told before booking."""
        return self.who if self.show_person else ""

    @property
    def length(self) -> str:
        """How long it takes, empty where it is not to be told.

        From the first start to the last end once times are chosen; before that what each who comes needs, the longest.
        """
        if not self.show_length:
            return ""
        if self.several and all(part.minute for part in self.parts):
            ends = (part.minute + self.offer.minutes(part.service, part.resource) for part in self.parts)
            return self.place.formats.length(max(ends) - min(part.minute for part in self.parts))
        needed: dict[int, int] = {}
        for part in self.parts:
            minutes = self.offer.minutes(part.service, part.resource)
            needed[part.subject] = needed.get(part.subject, 0) + minutes
        return self.place.formats.length(max(needed.values()))

    @property
    def price_minor(self) -> int | None:
        """The prices of one place added up, in minor units; None where one of them is not shown."""
        return _total(
            self.offer.price(part.service, part.resource, self._at(part.minute)) for part in self.parts
        )

    @property
    def was(self) -> str:
        """What it costs without a promotion, where one makes it cheaper; else empty."""
        now = self.price_minor
        listed = _total(self.offer.list_price(part.service, part.resource) for part in self.parts)
        if now is None or listed is None or now >= listed:
            return ""
        return self.place.formats.fee(listed * self.seats, self.place.profile.currency)

    def _at(self, minute: int) -> datetime | None:
        return clock.from_minute(minute).astimezone(self.offer.zone(self.location)) if minute else None

    @property
    def price(self) -> str:
        """What it costs for all places, from the lowest on while it depends on who gives it; empty where prices are
        not shown."""
        prices = [self._lowest(part) for part in self.parts]
        minor = _total(price for price, _more in prices)
        total = None if minor is None else minor * self.seats
        return fee(self.place, total, any(more for _price, more in prices))

    def _lowest(self, part: Part) -> tuple[int | None, bool]:
        if part.resource is None and not part.minute:
            return self.offer.lowest(part.service, self.location or None)
        return self.offer.price(part.service, part.resource, self._at(part.minute)), False

    @property
    def where(self) -> str:
        """The location as people name it."""
        location = self.offer.locations[self.location]
        return location.address or location.name

    @property
    def about(self) -> str:
        """Length, price and place in one line."""
        where = _("By video") if self.remote else self.where
        return " · ".join(filter(None, [self.length, self.price, where]))

    @property
    def remote(self) -> bool:
        """Whether all of it is held by video, so that nobody comes to the place."""
        rows = self.place.rows
        return all(by_video(rows, self.location, part.service, part.resource) for part in self.parts)

    def lines(self) -> list[Line]:
        """The card's lines."""
        lines = self._services() if self.several else self._service()
        if self.remote:
            return [*lines, Line("video", _("By video"))]
        location = self.offer.locations[self.location]
        lines.append(Line("pin", self.where, location.city if location.city not in self.where else ""))
        return lines

    def _service(self) -> list[Line]:
        lines = [Line("person", self.shown_who)] if self.shown_who else []
        return [*lines, Line("list", self.name, self._second(), self.price, self.was)]

    def _services(self) -> list[Line]:
        lines = [self._line(part) for part in self.parts]
        return [*lines, Line("clock", _("Together"), self.length, self.price, self.was)]

    def _line(self, part: Part) -> Line:
        alone = replace(self, service=part.service, resource=part.resource, also=(), minute=part.minute)
        return Line(
            "list",
            alone.name,
            " · ".join(filter(None, [alone.length, alone.shown_who])),
            alone.price,
            alone.was,
        )

    def _second(self) -> str:
        if self.seats == 1:
            return self.length
        places = ngettext("%(count)d place", "%(count)d places", self.seats) % {"count": self.seats}
        return " · ".join(filter(None, [self.length, places]))

    def policy(self, start: datetime | None = None) -> str:
        """Until when the visit can be changed without calling, as a date once the time is known."""
        asked = (
            self.offer.setting("cancel_until_minutes", self.location, part.service) for part in self.parts
        )
        minutes = max(asked)
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
                "phone": phones.unbroken(
                    self.offer.locations[self.location].phone or self.place.profile.phone
                )
            }
        return _("Free to cancel until %(moment)s.") % {"moment": formats.moment(until)}

"""Builds the page "Who and when": people with their nearest times, days, and the times of the chosen day."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from visita.bookings.availability import AskItem, Start
from visita.foundation import clock, phones
from visita.scheduling.claims import NOTHING, Ignored
from visita.web.front import clocks, days, parts, times, together
from visita.web.front.choice import Choice
from visita.web.front.people import Card, Cards
from visita.web.front.promoted import Deal, Deals, running
from visita.web.front.summary import Subject
from visita.web.front.together import Together
from visita.web.front.waitlist import link as waitlist

_SESSIONS = 8  # dates of a class in the list


@dataclass(frozen=True)
class Way:
    """Where the page's links and times lead.

    `base` is the address (name and parts) of the page itself, `target` that of the form; `typed` is what the visitor
    typed so far (then links are buttons of the form, so that it is carried along); `ignored` claims do not count, `lengths`
    are those of the services as they are kept (None = the service's own), `apart` the minutes at which they begin where the
    distances between them stay, `held` the minute shown as chosen and `release` the hold that is given up when
    another time is taken. `people_last`: the person is chosen after the time.
    """

    base: str = "home"
    target: str = "hold"
    parts: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    ignored: Ignored = NOTHING
    lengths: tuple[int | None, ...] = ()
    apart: tuple[int, ...] = ()
    held: int | None = None
    release: str = ""
    people_last: bool = False


class WhenPage:
    """The context of `front/when.html` for a subject and a choice."""

    def __init__(self, subject: Subject, choice: Choice, way: Way) -> None:
        self.subject, self.choice, self.way = subject, choice, way
        self.place, self.offer, self.formats = subject.place, subject.offer, subject.place.formats
        self.together = Together(subject, choice, self._elsewhere, self._fixed())
        zone = self.offer.zone(subject.location)
        self.free = times.find(self._question(), zone, self._until(zone), whole=self.is_class)
        self.day = choice.day or self.free.first_day() or self.free.today
        self.month = choice.month or days.month_of(self.day)
        if days.grid(self.month, self.formats.first_weekday)[1] > max(self.free.starts, default=date.max):
            self.free.look_further()

    @property
    def people_last(self) -> bool:
        """Whether a time is chosen for anyone and who is free then is asked on the next page; several services show whom
        they are with, a class has whom it has."""
        return self.way.people_last and not self.subject.several and not self.is_class

    @property
    def is_class(self) -> bool:
        """Whether it is about a dated class alone."""
        return not self.subject.several and self.subject.service.kind == "class"

    def _question(self) -> times.Question:
        subject = self.subject
        items = tuple(
            AskItem(part.service.pk, part.resource, part.subject, self.choice.kind, length)
            for part, length in zip_longest(subject.parts, self.way.lengths)
        )
        return times.Question(subject.location, items, subject.seats, self.way.ignored, self.way.apart)

    def _fixed(self) -> str:
        """What of several services stays as it is while a visit is moved."""
        return "" if self.way.base == "home" else "people" if self.way.apart else "services"

    def _until(self, zone: ZoneInfo) -> date:
        """The last date that may be shown: of the month or day that the address names, else of this month."""
        shown = [found for found in (self.choice.month, self.choice.day) if found]
        month = days.month_of(max(shown, default=clock.now().astimezone(zone).date()))
        return days.grid(month, self.formats.first_weekday)[1]

    def context(self) -> dict[str, Any]:
        """Everything the template shows."""
        starts = self.free.shown(self.day)
        words = self._words()
        shown = parts.parts(self.free, starts, words, self.way.held)
        chosen_part = self.choice.part if any(part.key == self.choice.part for part in shown) else ""
        return {
            "step": 2,
            "subject": self.subject,
            "lines": self.subject.lines(),
            "policy": self.subject.policy(),
            "cards": self._cards(),
            **self._several(starts, words),
            "calendar": days.Calendar(self.free, self.formats, self.to_day, self._to_month).days(
                self.day, self.month
            ),
            "month_open": self.choice.view == "month",
            "whole_month": self._link(view="" if self.choice.view else "month", day=self.day),
            "day_title": self.formats.full_day(self.day),
            "clocks": clocks.told(self.day, starts, self.free.zone, self.formats),
            "parts": [part for part in shown if chosen_part in ("", part.key)],
            "filters": self._filters(shown, len(starts), chosen_part),
            "count": len(starts),
            "deals": self._running(),
            "empty": None if starts else self._empty(),
            "parties": self._parties(),
            "waitlist_url": waitlist.url(self),
            "services_url": self._services(),
            "target": self.place.url(self.way.target, None, **self.way.parts),
            "typed": self.way.typed,
            "kept": self.choice.kept(),
            "anyone_goes": self.way.people_last and not self.people_last,
            "sessions": self._sessions(words),
            "heading": self._heading(),
            "release": self.way.release,
            "zone": self.offer.locations[self.subject.location].zone,
            "zone_words": self._zone_words(),
        }

    def _words(self) -> parts.Words:
        who = "" if self.subject.several else self.subject.who
        return parts.Words(
            self.formats,
            self.subject.resource,
            who,
            self.together.combined,
            self.people_last,
            lambda start: self._deal(start, self.subject.resource),
        )

    @cached_property
    def _deals(self) -> dict[int, Deals]:
        """The promotions of each service; none while a visit is moved, for then what was agreed may hold."""
        if self.way.base != "home":
            return {}
        asked = {part.service.pk: part.service for part in self.subject.parts}
        return {
            key: Deals(self.place, self.offer, one, self.subject.seats)
            for key, one in asked.items()
            if self.offer.promotions.get(key)
        }

    def _deal(self, start: Start, resource: int | None) -> Deal | None:
        """The promotion of a time, with somebody or (None) whoever is free. Of several services its name alone: what they cost is told with who gives them."""
        if start.items:
            held = [
                deals.at(self.free.local(one.start), [one.resource_id])
                for one in start.items
                if (deals := self._deals.get(one.service_id))
            ]
            names = dict.fromkeys(deal.name for deal in held if deal)
            return Deal(", ".join(names), "") if names else None
        deals = self._deals.get(self.subject.service.pk)
        who = [resource] if resource else start.resources
        return deals.at(self.free.local(start.start), who) if deals else None

    def _running(self) -> list[str]:
        """What the promotions of the shown day cost and when they hold."""
        found = (
            running(self.place, self.offer, part.service, self.day, part.resource)
            for part in self.subject.parts
            if part.service.pk in self._deals
        )
        return list(dict.fromkeys(line for lines in found for line in lines))

    def _several(self, starts: list[Start], words: parts.Words) -> dict[str, Any]:
        """What only a page about several services shows, and the ways to more of them."""
        own = self.way.base == "home"
        found: dict[str, Any] = {
            "add_url": self.together.add() if own else "",
            "somebody_url": self.together.somebody() if own and not self.is_class else "",
        }
        if self.subject.several:
            nearest = self.free.soonest()
            top = together.best(starts, self.together.whose)
            found["also"] = self.choice.query()["also"]
            found["wanted"] = self.choice.resource
            found["groups"] = self.together.groups()
            found["services_title"] = self.together.title()
            found["best"] = [parts.time(self.free, start, words) for start in top]
            found["soonest"] = parts.time(self.free, nearest, words) if nearest else None
            found["soonest_day"] = self.formats.moment(self.free.local(nearest.start)) if nearest else ""
        return found

    def _elsewhere(self, choice: Choice) -> str:
        """The address of another choice of services; the day stays."""
        name = "when" if self.way.typed else self.way.base
        query = replace(choice, month=None, part="").query(location=self.subject.location)
        return self.place.url(name, query, **self.way.parts)

    def _heading(self) -> str:
        """ "Who" only where somebody can be chosen."""
        if self.is_class:
            return _("Which class?")
        several = not self.people_last and any(
            len(self.offer.people(part.service.pk, self.subject.location)) > 1 for part in self.subject.parts
        )
        return _("Who and when") if several else _("When")

    def _sessions(self, words: parts.Words) -> list[dict[str, Any]]:
        """The next dates of a class with who gives it and the places left."""
        if not self.is_class:
            return []
        starts = [start for day in sorted(self.free.starts) for start in self.free.starts[day]][:_SESSIONS]
        return [self._session(start, words) for start in starts]

    def _session(self, start: Start, words: parts.Words) -> dict[str, Any]:
        begin, end = self.free.local(start.start), self.free.local(start.end)
        known = [self.offer.resources.get(one) for one in start.resources]
        names = ", ".join(str(one) for one in known if one and one.kind == "person")
        return {
            "time": parts.time(self.free, start, words),
            "day": self.formats.full_day(begin.date()),
            "span": self.formats.span(begin, end),
            "who": names,
        }

    @cached_property
    def _days(self) -> str:
        """The address of the page without a day: a month shows it fifty times over."""
        return _open_ended(self._link(day=None, month=None, part=""))

    @cached_property
    def _people(self) -> str:
        """The same without a person."""
        return _open_ended(self._link(resource=None, day=None, month=None, part=""))

    def _link(self, **changes: Any) -> str:
        name = "when" if self.way.typed else self.way.base
        query = self.choice.query(
            location=self.subject.location, service=self.subject.service.pk, at=None, **changes
        )
        if self.way.base != "home":
            query |= {"location": None} if self.subject.several else {"location": None, "service": None}
        return self.place.url(name, query, **self.way.parts)

    def to_day(self, day: date) -> str:
        """The address of the same page on another day."""
        return f"{self._days}date={day.isoformat()}"

    def _to_month(self, month: date) -> str:
        return self._link(month=month)

    def _services(self) -> str:
        if self.way.base != "home" or len(self.offer.services_for(self.subject.location, None)) < 2:
            return ""
        if self.subject.several:
            return self.together.add()
        bare = replace(
            self.choice.chosen(()), resource=None, day=None, month=None, seats=1, part="", view="", at=None
        )
        where = self.subject.location if len(self.offer.locations) > 1 else None
        return self.place.url("when" if self.way.typed else "home", bare.query(location=where))

    def _cards(self) -> list[Card]:
        people = self.offer.people(self.subject.service.pk, self.subject.location)
        if len(people) < 2 or self.is_class or self.subject.several or self.people_last:
            return []
        cards = Cards(self.free, self.formats, people, self.subject.place.photo, self._deal)
        found = [
            cards.anyone(
                self._link(resource=None, day=None, month=None, part=""), self.subject.resource is None
            )
        ]
        for one in people:
            url = f"{self._people}resource={one.pk}"
            found.append(
                cards.one(one, self.place.text(one.occupation), url, self.subject.resource == one.pk)
            )
        return found

    def _filters(self, shown: list[parts.Part], count: int, chosen: str) -> list[dict[str, Any]]:
        if len(shown) < 2:
            return []
        every = {
            "name": _("All day"),
            "count": count,
            "url": self._link(day=self.day, part=""),
            "chosen": not chosen,
        }
        return [every] + [
            {
                "name": part.name,
                "count": len(part.times),
                "url": self._link(day=self.day, part=part.key),
                "chosen": part.key == chosen,
            }
            for part in shown
        ]

    def _empty(self) -> dict[str, str]:
        """What to say of a day without times, with the nearest way on."""
        following = self.free.first_day(self.day) or self.free.first_day()
        if following is None:
            return {
                "title": _("There is no free time online in the next %(days)d days.") % {"days": times.AHEAD},
                "phone": phones.unbroken(self.place.profile.phone),
                "anyone": self._link(resource=None, day=None) if self.subject.resource else "",
            }
        first = self.free.on(following)[0]
        moment = self.formats.moment(self.free.local(first.start))
        titles = {
            "full": _("%(day)s is full"),
            "off": "%(day)s" if self.free.dated else _("%(day)s is closed"),
            "soon": _("%(day)s can no longer be booked online"),
            "far": _("%(day)s cannot be booked yet"),
        }
        return {
            "title": titles[self.free.state(self.day)] % {"day": self.formats.full_day(self.day)},
            "next": _("Next free: %(moment)s.") % {"moment": moment},
            "url": self.to_day(following),
            "go": _("Go to %(day)s") % {"day": self.formats.day(following)},
        }

    def _parties(self) -> list[dict[str, Any]]:
        most = min(self.subject.service.max_party, 12)
        if most < 2 or self.subject.several:
            return []
        return [
            {"count": n, "url": self._link(seats=n), "chosen": n == self.subject.seats}
            for n in range(1, most + 1)
        ]

    def _zone_words(self) -> str:
        city = self.formats.city(self.offer.locations[self.subject.location].zone)
        return _("Times are in %(city)s time.") % {"city": city}


def _open_ended(address: str) -> str:
    """An address to which a parameter can be added."""
    return f"{address}&" if "?" in address else f"{address}?"

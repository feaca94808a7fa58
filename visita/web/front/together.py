"""Several services in one visit: what is chosen for whom, whom each is with, and which combinations fit best."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.bookings.availability import Start, StartItem
from visita.scheduling.models import Resource
from visita.web.front.choice import MOST, Choice, Wanted
from visita.web.front.people import anyone
from visita.web.front.summary import Part, Subject

_BEST = 3  # combinations shown on top


@dataclass(frozen=True)
class Fit:
    """How well a combination fits: minutes of waiting, changes of person, minutes it takes in all."""

    waiting: int
    changes: int
    length: int

    def key(self) -> tuple[int, int, int]:
        """The smaller, the better."""
        return self.waiting, self.changes, self.length


def fit(start: Start, whose: tuple[int, ...]) -> Fit:
    """How well a start fits; `whose` tells for which of those who come each of its items is."""
    waiting = changes = 0
    for subject in set(whose):
        own = sorted(
            (item for item, one in zip(start.items, whose, strict=True) if one == subject),
            key=lambda item: item.start,
        )
        waiting += sum(later.start - one.end for one, later in pairwise(own))
        changes += sum(later.resource_id != one.resource_id for one, later in pairwise(own))
    return Fit(waiting, changes, start.end - start.start)


def best(starts: list[Start], whose: tuple[int, ...]) -> list[Start]:
    """The starts that fit best, earliest first; none where all fit alike."""
    fits = {start.start: fit(start, whose).key() for start in starts}
    least = min(fits.values(), default=None)
    top = [start for start in starts if fits[start.start] == least]
    return top[:_BEST] if len(top) < len(starts) else []


class Together:
    """Words and links about the services of one visit.

    `fixed`: "services" that stay while a visit is moved, "people" where they stay as well; empty while booking.
    """

    def __init__(self, subject: Subject, choice: Choice, link: Any, fixed: str = "") -> None:
        self.subject, self.choice, self.link, self.fixed = subject, choice, link, fixed
        self.offer, self.place = subject.offer, subject.place
        self.whose = tuple(part.subject for part in subject.parts)

    def combined(self, start: Start) -> str:
        """Who gives a combination, how long one waits between, and what it costs where that is not what stands above."""
        waiting = fit(start, self.whose).waiting
        names = (" + " if self._beside(start) else " → ").join(self._names(start.items))
        wait = self.place.formats.length(waiting)
        words = _("%(length)s wait") % {"length": wait} if waiting else ""
        return " · ".join(filter(None, [names, words, self._other_price(start.items)]))

    def _other_price(self, items: tuple[StartItem, ...]) -> str:
        pairs = zip(self.subject.parts, items, strict=True)
        given = tuple(part._replace(resource=item.resource_id, minute=item.start) for part, item in pairs)
        own = replace(
            self.subject,
            service=given[0].service,
            resource=given[0].resource,
            minute=given[0].minute,
            also=given[1:],
        )
        return "" if self.fixed or own.price == self.subject.price else own.price

    def _beside(self, start: Start) -> bool:
        return any(later.start < one.end for one, later in pairwise(_by_time(start.items)))

    def _names(self, items: tuple[StartItem, ...]) -> list[str]:
        """Who gives them, by time; where a class is among them, what comes first says more."""
        services = [self.offer.services[item.service_id] for item in _by_time(items)]
        if any(service.kind == "class" for service in services):
            return [self.place.text(service.name) for service in services]
        known = [self.offer.resources.get(item.resource_id) for item in _by_time(items)]
        return list(dict.fromkeys(one.name for one in known if one))

    def groups(self) -> list[dict[str, Any]]:
        """Those who come with the services chosen for each."""
        numbers = sorted(set(self.whose))
        return [
            {
                "name": self._called(number) if len(numbers) > 1 else "",
                "rows": [self._row(part) for part in self.subject.parts if part.subject == number],
                "add": self.add(number),
            }
            for number in numbers
        ]

    def _called(self, number: int) -> str:
        return _("Person %(number)d") % {"number": number + 1}

    def _row(self, part: Part) -> dict[str, Any]:
        alone = replace(self.subject, service=part.service, resource=part.resource, also=())
        people = self.offer.people(part.service.pk, self.subject.location)
        return {
            "name": alone.name,
            "second": " · ".join(filter(None, [alone.length, alone.price])),
            "who": alone.who or ("" if part.service.kind == "class" else anyone(people)),
            "people": self._people(part, people) if self._may_choose(part, people) else [],
            "remove": "" if self.fixed else self.link(self.choice.without(_wanted(part))),
            "remove_words": _("Remove %(service)s") % {"service": alone.name},
        }

    def _may_choose(self, part: Part, people: list[Resource]) -> bool:
        """A class has whom it has."""
        return len(people) > 1 and self.fixed != "people" and part.service.kind != "class"

    def _people(self, part: Part, people: list[Resource]) -> list[dict[str, Any]]:
        rows: list[tuple[int | None, str, str]] = [(None, anyone(people), "")]
        rows += [(one.pk, str(one), self.place.text(one.occupation)) for one in people]
        return [
            {"name": name, "second": second, "url": self._with(part, key), "chosen": key == part.resource}
            for key, name, second in rows
        ]

    def _with(self, part: Part, resource: int | None) -> str:
        old = _wanted(part)
        return str(
            self.link(
                self.choice.chosen(
                    one._replace(resource=resource) if one[::2] == old[::2] else one
                    for one in self.choice.wanted
                )
            )
        )

    def add(self, number: int = 0) -> str:
        """Where a further service is chosen for one of them; empty where there is none."""
        return self.link(replace(self.choice, whose=number, view="several")) if self._more() else ""

    def somebody(self) -> str:
        """The first service once more, for somebody else who comes along; empty where nobody may."""
        used = len(set(self.whose))
        most = self.offer.setting("subjects_most", self.subject.location, self.subject.service)
        if used >= most or len(self.choice.wanted) >= MOST:
            return ""
        more = Wanted(self.subject.service.pk, None, used)
        return str(self.link(self.choice.chosen((*self.choice.wanted, more))))

    def _more(self) -> bool:
        if self.fixed or len(self.choice.wanted) >= MOST:
            return False
        return self._combines() and len(able(self.subject)) > 1

    def _combines(self) -> bool:
        return self.offer.combines(self.subject.location, self.subject.service)

    def title(self) -> str:
        """How many services are chosen."""
        count = len(self.subject.parts)
        return ngettext("%(count)d service", "%(count)d services", count) % {"count": count}


def able(subject: Subject) -> list[Any]:
    """The services that can be put together in one visit at the place."""
    offer, place = subject.offer, subject.location
    return [each for each in offer.services_for(place, None) if offer.combines(place, each)]


def _by_time(items: tuple[StartItem, ...]) -> list[StartItem]:
    return sorted(items, key=lambda item: item.start)


def _wanted(part: Part) -> Wanted:
    return Wanted(part.service.pk, part.resource, part.subject)

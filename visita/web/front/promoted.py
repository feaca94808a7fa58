"""A promotion on the pages: on the services its price, name and hours beside the old price, then at each time it holds for."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from visita.catalog.models import Service
from visita.catalog.promotions import PromotionRule
from visita.web.front.offer import Offer
from visita.web.front.place import Place
from visita.web.front.summary import fee

_MONDAY = date(2024, 1, 1)  # any Monday: weekdays are named by their dates


class Deal(NamedTuple):
    """A time that costs less: by which promotion, and how much, from the lowest on where it depends on who is free."""

    name: str
    price: str

    @property
    def short(self) -> str:
        """What stands on the time."""
        return self.price or self.name

    @property
    def words(self) -> str:
        """All of it, for who hears the page."""
        return " · ".join(filter(None, self[::-1]))


class Deals:
    """Which times of a service cost less, and how much for all its places."""

    def __init__(self, place: Place, found: Offer, service: Service, seats: int = 1) -> None:
        self.place, self.seats, self.listed = place, seats, service.price_minor
        self.rules = found.promotions.get(service.pk, ()) if service.price_shown else ()
        self.own = {pair.resource_id: pair.price_minor for pair in found.givers.get(service.pk, ())}

    def at(self, moment: datetime, people: Iterable[int]) -> Deal | None:
        """What holds at a local time with those who are free then; None where it is the list price for one of them."""
        holding = [rule for rule in self.rules if rule.holds(moment)]
        if not holding:
            return None
        own = {self.own[one] for one in people if one in self.own} or {None}
        listed = {self.listed if price is None else price for price in own}
        best = [_cheapest(holding, price) for price in listed]
        known = [each for each in best if each is not None]
        if len(known) < len(best):
            return None
        price, at = min(known)
        name = self.place.text(dict(holding[at].name))
        return Deal(name, fee(self.place, price * self.seats, more=len({each for each, _at in known}) > 1))


def _cheapest(rules: Iterable[PromotionRule], listed: int | None) -> tuple[int, int] | None:
    """The lowest price below the listed one and which rule gives it."""
    priced = [(rule.price(listed), at) for at, rule in enumerate(rules)]
    return min(
        ((price, at) for price, at in priced if price is not None and (listed is None or price < listed)),
        default=None,
    )


def promoted(place: Place, found: Offer, service: Service, resource: int | None) -> dict[str, str] | None:
    """The cheapest promotion of the service that is cheaper than its list price; None where there is none."""
    rules = found.promotions.get(service.pk, ())
    if not rules or not service.price_shown:
        return None
    listed, more = _listed(found, service, resource)
    best = _cheapest(rules, listed)
    if best is None:
        return None
    price, rule = best[0], rules[best[1]]
    return {
        "price": fee(place, price, more=more and rule.percent is not None),
        "words": " · ".join(filter(None, [place.text(dict(rule.name)), *_when(place, rule)])),
    }


def running(
    place: Place, found: Offer, service: Service, today: date, resource: int | None = None
) -> list[str]:
    """The service's promotions of a date, each with its price, its name and when it holds."""
    rules = found.promotions.get(service.pk, ())
    listed, more = _listed(found, service, resource) if rules else (None, False)
    lines = []
    for rule in rules:
        if rule.valid_from <= today and (rule.valid_to is None or today <= rule.valid_to):
            price = rule.price(listed) if service.price_shown else None
            told = fee(place, price, more=more and rule.percent is not None)
            lines.append(" · ".join(filter(None, [told, place.text(dict(rule.name)), *_when(place, rule)])))
    return lines


def _listed(found: Offer, service: Service, resource: int | None) -> tuple[int | None, bool]:
    """The list price, of whoever asks least where nobody is chosen, and whether it is more with somebody."""
    return (found.list_price(service, resource), False) if resource else found.lowest(service, None)


def _when(place: Place, rule: PromotionRule) -> list[str]:
    """Weekdays, hours and the last day, as far as they say something."""
    formats = place.formats
    days = _days(place, rule.weekdays)
    hours = "" if (rule.start, rule.end) == (0, 1440) else formats.span(_clock(rule.start), _clock(rule.end))
    last = _("until %(day)s") % {"day": formats.day(rule.valid_to)} if rule.valid_to else ""
    return [days, hours, last]


def _days(place: Place, weekdays: tuple[int, ...]) -> str:
    """Days in a row as first and last, others one by one."""
    names = [place.formats.weekday(_MONDAY + timedelta(days=day)) for day in weekdays]
    in_a_row = len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1
    return f"{names[0]}–{names[-1]}" if in_a_row else ", ".join(names)


def _clock(minute: int) -> datetime:
    return datetime.combine(_MONDAY, time(), UTC) + timedelta(minutes=minute)

"""Where the day is chosen before anything else: only days on which something can be had, then only what can be had then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from visita.bookings import openings
from visita.bookings.openings import Wish
from visita.foundation import clock
from visita.web.front.choice import Choice
from visita.web.front.offer import Offer

_DAYS, _LOOKS = 28, 3  # dates looked at in one go, and how often further ones where all of these are full
_ASKED_AHEAD = 92


def days(offer: Offer, choice: Choice) -> list[date]:
    """The free dates of the next four weeks; where these are full, of the four after them, and once more."""
    for look in range(_LOOKS):
        found: set[date] = set()
        for wish in _wishes(offer, choice):
            first = _today(offer, wish.location_id) + timedelta(days=look * _DAYS)
            found |= set(openings.open_days(wish, first, first + timedelta(days=_DAYS - 1)))
        if found:
            return sorted(found)
    return []


def only(offer: Offer, choice: Choice) -> Offer:
    """What can be had on the chosen day; everything where that is nothing, so that the page can say so."""
    day, found = choice.day, set[int]()
    for wish in _wishes(offer, choice):
        ahead = (day - _today(offer, wish.location_id)).days if day else -1
        if day and 0 <= ahead <= _ASKED_AHEAD:
            found |= openings.offered(wish, day)
    if not found:
        return offer
    return replace(offer, services={key: one for key, one in offer.services.items() if key in found})


def nothing() -> str:
    """What to say where no day is free."""
    return _("There is no free time online in the next %(days)d days.") % {"days": _DAYS * _LOOKS}


def _wishes(offer: Offer, choice: Choice) -> Iterator[Wish]:
    """What is looked for in each place that is still to choose from."""
    known = choice.location if choice.location in offer.locations else None
    for location in offer.locations if known is None else (known,):
        services = tuple(one.pk for one in offer.services_for(location, choice.resource))
        if services:
            yield Wish(location, services, choice.resource, choice.kind)


def _today(offer: Offer, location: int) -> date:
    return clock.now().astimezone(offer.zone(location)).date()

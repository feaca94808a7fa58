"""The branches to choose from, each with its first free time, so that nobody has to look into one after the other."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from visita.bookings import openings
from visita.bookings.openings import Wish
from visita.foundation import clock
from visita.web.front.choice import Choice
from visita.web.front.offer import Offer
from visita.web.front.place import Place

_DAYS = 14  # looked at in each branch
_MOST = 8  # branches that are looked at; a longer list is asked by city first


def rows(place: Place, offer: Offer, choice: Choice, keys: list[int], name: str) -> list[dict[str, Any]]:
    """A row for each location of `keys`; `name` is the page they lead to."""
    looked = len(keys) <= _MOST
    return [
        {
            "name": one.name,
            "second": ", ".join(filter(None, [one.address, one.city])),
            "url": place.url(name, choice.query(location=one.pk)),
            "nearest": _nearest(place, offer, choice, one.pk) if looked else "",
        }
        for one in map(offer.locations.__getitem__, keys)
    ]


def _nearest(place: Place, offer: Offer, choice: Choice, location: int) -> str:
    able = tuple(one.pk for one in offer.services_for(location, choice.resource))
    wanted = (choice.service,) if choice.service in able and choice.service else able
    if not wanted:
        return ""
    today = clock.now().astimezone(offer.zone(location)).date()
    wish = Wish(location, wanted, choice.resource, choice.kind)
    minute = openings.nearest(wish, today, today + timedelta(days=_DAYS - 1))
    if minute is None:
        return _("No free time in the next %(days)d days") % {"days": _DAYS}
    moment = clock.from_minute(minute).astimezone(offer.zone(location))
    return _("Next free: %(moment)s.") % {"moment": place.formats.moment(moment)}

"""A promotion on the services page: its price, its name, and when it holds, in one line beside the old price."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _

from visita.catalog.models import Service
from visita.catalog.promotions import PromotionRule
from visita.web.front.offer import Offer
from visita.web.front.place import Place

_MONDAY = date(2024, 1, 1)  # any Monday: weekdays are named by their dates


def promoted(place: Place, found: Offer, service: Service, resource: int | None) -> dict[str, str] | None:
    """The cheapest promotion of the service that is cheaper than its list price; None where there is none."""
    listed = found.list_price(service, resource)
    if not service.price_shown:
        return None
    priced = [(each.price(listed), at) for at, each in enumerate(found.promotions.get(service.pk, ()))]
    known = [(price, at) for price, at in priced if price is not None and (listed is None or price < listed)]
    if not known:
        return None
    price, at = min(known)
    rule = found.promotions[service.pk][at]
    return {
        "price": place.formats.fee(price, place.profile.currency),
        "words": " · ".join(filter(None, [place.text(dict(rule.name)), *_when(place, rule)])),
    }


def running(place: Place, found: Offer, service: Service, today: date) -> list[str]:
    """The service's promotions of today, each with its price, its name and when it holds."""
    listed = found.list_price(service, None)
    lines = []
    for rule in found.promotions.get(service.pk, ()):
        if rule.valid_from <= today and (rule.valid_to is None or today <= rule.valid_to):
            price = rule.price(listed) if service.price_shown else None
            fee = place.formats.fee(price, place.profile.currency)
            lines.append(" · ".join(filter(None, [fee, place.text(dict(rule.name)), *_when(place, rule)])))
    return lines


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

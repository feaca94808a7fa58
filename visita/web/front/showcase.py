"""What an organization offers, as a list to read: groups of services with length, price, people and a way to book."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from visita.catalog.models import Service
from visita.foundation import clock
from visita.web.front.offer import Offer
from visita.web.front.place import Place
from visita.web.front.promoted import running
from visita.web.front.summary import fee


def groups(place: Place, found: Offer) -> list[dict[str, Any]]:
    """Services that clients see, by specialty, in the organization's order."""
    parted: dict[int, list[Service]] = {}
    for service in found.services_for(None, None):
        parted.setdefault(service.specialty_id or 0, []).append(service)
    order = [key for key in (*found.specialties, 0) if key in parted]
    order += [key for key in parted if key not in order]
    today = clock.now().astimezone(ZoneInfo(place.organization.zone)).date()
    return [
        {
            "name": place.text(found.specialties[key].name) if key in found.specialties else "",
            "rows": [_row(place, found, each, today) for each in parted[key]],
        }
        for key in order
    ]


def _row(place: Place, found: Offer, service: Service, today: date) -> dict[str, Any]:
    people = [str(one) for one in found.people(service.pk, None) if one.kind == "person"]
    return {
        "name": place.text(service.name),
        "about": place.text(service.description),
        "length": place.formats.length(found.minutes(service)),
        "price": fee(place, *found.lowest(service, None)),
        "promotions": running(place, found, service, today),
        "people": ", ".join(people),
        "url": place.url("home", {"service": service.pk}) if place.bookable else "",
    }

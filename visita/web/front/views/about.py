"""Two pages about the organization: its services with its own words, and where and how to reach it.

They show even when clients may not book online (ORG-06); then every step of booking leads here.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse

from visita.tenancy import maps, settings
from visita.tenancy.actions.set_services_page import KEY
from visita.tenancy.models import Location
from visita.web.components.markup import tree
from visita.web.front import offer
from visita.web.front.choice import number
from visita.web.front.embed.policy import allow_frame
from visita.web.front.hours import hours
from visita.web.front.offer import Offer
from visita.web.front.page import reading, show
from visita.web.front.place import Place
from visita.web.front.showcase import groups


@reading
def services(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the organization's own words, then what it offers now, each with a way to book it."""
    found = offer.load()
    context = {"words": tree(place.text(place.setting(KEY))), "groups": groups(place, found)}
    return show(request, place, "front/about_services.html", context)


@reading
def contact(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: phone, email, address, hours, the way there. A map of others is a link, or shown here once `?map=` asks for it;
    before that nothing of theirs is loaded."""
    return contact_page(request, place)


def contact_page(request: HttpRequest, place: Place, status: int = 200) -> HttpResponse:
    """The page of `contact`, also shown in place of booking where clients may not book; call it inside a scope."""
    found = offer.load()
    rows = [_place(place, found, one) for one in found.locations.values()]
    asked = number(request.GET.get("map", ""))
    shown = next((row["map_here"] for row in rows if row["id"] == asked and row["map_here"]), "")
    context = {
        "rows": rows,
        "map_shown": asked if shown else None,
        "closed": not place.bookable,
        "email": place.profile.email,
    }
    response = show(request, place, "front/contact.html", context, status)
    if shown:
        allow_frame(response, maps.origin(shown))
    return response


def _place(place: Place, found: Offer, location: Location) -> dict[str, Any]:
    here = settings.value(place.rows, maps.KEY, location=location.pk)
    people = [key for key in found.resources if location.pk in found.where.get(key, ())]
    return {
        "id": location.pk,
        "name": location.name,
        "map_here": here,
        "map_of": maps.provider(here),
        "map_url": place.url("contact", {"map": location.pk}),
        "address": ", ".join(filter(None, [location.address, location.city])),
        "phone": location.phone or place.profile.phone,
        "call": (location.phone or place.profile.phone).replace(" ", ""),
        "email": location.email,
        "map": location.map_url,
        "hours": hours(place, location, people) if people else [],
    }

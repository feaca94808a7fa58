"""Visits as rows of a list: when, what, with whom, for whom, and what may still be done."""

from typing import Any

from django.utils.translation import gettext as _

from visita.bookings import attendees
from visita.bookings.queries import VisitView, moves_made
from visita.catalog.models import Service
from visita.foundation import clock, ids, phones
from visita.scheduling.models import Resource
from visita.tenancy.models import Location
from visita.web.front import changing
from visita.web.front.place import Place


def rows(place: Place, found: list[VisitView], *, named: bool = False, own: str = "") -> list[dict[str, Any]]:
    """The rows in the order given, six queries for any number; `named` says which client each is of, `own` what the client
    is called among others."""
    parts = [part for view in found for part in view.appointments]
    services = Service.objects.in_bulk({part.service_id for part in parts})
    resources = Resource.objects.in_bulk({part.resource_id for part in parts if part.resource_id})
    places = Location.objects.in_bulk({view.visit.location_id for view in found})
    whose = attendees.named(found, own)
    moved = moves_made([view.visit.pk for view in found])
    return [
        _row(place, view, services, resources, places, whose[view.visit.pk], named=named)
        | _ways(place, view, services, places[view.visit.location_id], moved[view.visit.pk])
        for view in found
    ]


def _row(
    place: Place,
    view: VisitView,
    services: dict[int, Service],
    resources: dict[int, Resource],
    places: dict[int, Location],
    whose: list[str],
    *,
    named: bool,
) -> dict[str, Any]:
    visit = view.visit
    start, end = view.local(visit.s), view.local(visit.e)
    names = [place.text(services[part.service_id].name) for part in view.appointments]
    who = [str(resources[part.resource_id]) for part in view.appointments if part.resource_id in resources]
    location = places[visit.location_id]
    person = str(view.client) if named else ""
    return {
        "code": ids.shown(visit.code),
        "leaf_month": place.formats.short_month(start.date()),
        "leaf_day": start.day,
        "day": place.formats.full_day(start.date()),
        "span": place.formats.span(start, end),
        "year": start.year,
        "names": ", ".join(dict.fromkeys(names)),
        "second": " · ".join(filter(None, [", ".join(dict.fromkeys(who)), location.name, person, *whose])),
        "status": status_words(visit.status),
        "bad": visit.status in ("cancelled", "no_show"),
        "url": place.outside("me-visit", code=visit.code),
        "again_url": _again(place, view, location),
    }


def _ways(
    place: Place, view: VisitView, services: dict[int, Service], location: Location, moved: int
) -> dict[str, Any]:
    """What the client may still do; where it is too late, since when and whom to call."""
    visit = view.visit
    found = changing.limits(
        place.rows, location.pk, [services[part.service_id] for part in view.appointments]
    )
    kept = changing.agreed(visit, found)
    may = changing.changeable(visit, kept)
    movable = may and place.bookable and not 0 < found.moves <= moved
    late = not may and visit.status in changing.CHANGEABLE and view.local(visit.e) > clock.now()
    moment = place.formats.moment(changing.until(visit, kept, view.zone))
    phone = phones.unbroken(location.phone or place.profile.phone)
    return {
        "move_url": place.outside("me-visit", {"to": "move"}, code=visit.code) if movable else "",
        "cancel_url": place.outside("me-visit", {"to": "cancel"}, code=visit.code) if may else "",
        "late": changing.late(moment, phone) if late else "",
    }


def status_words(status: str) -> str:
    """What is worth saying of a visit's state; confirmed and completed go without saying."""
    return {
        "requested": _("waits for confirmation"),
        "arrived": _("arrived"),
        "cancelled": _("cancelled"),
        "no_show": _("missed"),
    }.get(status, "")


def _again(place: Place, view: VisitView, location: Location) -> str:
    """The booking pages with place, service and person chosen, for a visit of one service."""
    if not view.appointments:
        return place.outside("home")
    part = view.appointments[0]
    chosen = {"location": location.pk, "service": part.service_id, "resource": part.resource_id}
    return place.outside("home", chosen)

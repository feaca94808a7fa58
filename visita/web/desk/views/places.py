"""All locations of a chain side by side on one day, each on its own clock; a press leads to the location's day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from visita.bookings import journal_places
from visita.bookings.journal_places import PlaceDay
from visita.foundation.scope import scope
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.reading import query
from visita.web.desk.views import liked
from visita.web.desk.views.choice import Choice, allowed, read
from visita.web.desk.views.tools import day as one_day
from visita.web.desk.views.tools import tools
from visita.web.desk.views.week import items

Fields = dict[str, Any]


@page
def places(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?date=&service=`: the day at every location; with a service, only those who give it."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        choice = read(request, "places")
        liked.remember(guest, choice)
        words = (guest.language, place.profile.language)
        found = journal_places.places(place.locations, place.day, words, allowed(choice.ids(), seen))
        context = {**place.context(), **tools(place, choice, one_day(place, None, None))}
        context |= {"columns": [_column(each, place, choice) for each in found], **_totals(found, place)}
        template = (
            "desk/views/places_board.html" if request.headers.get("X-Part") else "desk/views/places.html"
        )
        return render(request, template, context)


def _column(found: PlaceDay, place: Frame, choice: Choice) -> Fields:
    there = Frame(place.guest, place.profile, place.locations, found.location, place.day)
    day = Choice("day", None, choice.service, choice.finds)
    new = reverse("desk:new", kwargs={"organization": place.guest.organization.slug})
    return {
        "location": found.location,
        "url": day.url(there, place.day),
        "new": f"{new}?location={found.location.pk}&date={place.day.isoformat()}",
        "stats": found.stats,
        "free": place.formats.length(found.stats["free"]),
        "people": [_person(each, found, there) for each in found.columns],
    }


def _person(column: Fields, found: PlaceDay, there: Frame) -> Fields:
    taken = column["hours"] - column["free"]
    return {
        **column,
        "free": there.formats.length(column["free"]),
        "filled": round(100 * taken / column["hours"]) if column["hours"] else 0,
        "items": items(found.blocks[column["id"]], there),
    }


def _totals(found: list[PlaceDay], place: Frame) -> Fields:
    total: Fields = {
        name: sum(each.stats[name] for each in found) for name in ("visits", "done", "cancelled", "free")
    }
    hours = sum(sum(c["hours"] for c in each.columns if c["kind"] == "person") for each in found)
    total["filled"] = round(100 * max(0, hours - total["free"]) / hours) if hours else 0
    return {"stats": total, "free": place.formats.length(total["free"])}

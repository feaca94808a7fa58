"""The locations of a chain side by side on one day, each on its own clock; a press leads to the location's day.

A page of them shows every visit; the others show their figures, and are one press away.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from visita.bookings import journal_places
from visita.bookings.journal_places import PlaceDay
from visita.foundation.scope import scope
from visita.web.desk.door import Guest, page
from visita.web.desk.figures import bar, figures
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.reading import query
from visita.web.desk.views import chain, liked
from visita.web.desk.views.chain import Pages
from visita.web.desk.views.choice import Choice, allowed, read
from visita.web.desk.views.tools import day as one_day
from visita.web.desk.views.tools import tools
from visita.web.desk.views.week import items

Fields = dict[str, Any]


@page
def places(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?date=&service=&page=&show=`: the day at every location; with a service, only those who give it."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        cut = chain.pages(request, place)
        choice = replace(read(request, "places"), page=cut.page)
        liked.remember(guest, choice)
        words = (guest.language, place.profile.language)
        ids = allowed(choice.ids(), seen)
        found = journal_places.places(place.locations, place.day, words, ids, cut.ids)
        context = {
            **place.context(),
            **tools(place, choice, one_day(place, *_near(found))),
            **_cut(cut, place, choice),
        }
        context |= {**_columns(found, cut, place, choice), **_totals(found, place)}
        context["bar"] = bar(context)
        part = request.headers.get("X-Part")
        return render(request, "desk/views/places_board.html" if part else "desk/views/places.html", context)


def _near(found: Sequence[PlaceDay]) -> tuple[str | None, str | None]:
    """The dates the arrows lead to: past those on which every location is closed."""
    before = max((each.previous for each in found if each.previous), default=None)
    after = min((each.next for each in found if each.next), default=None)
    return before.isoformat() if before else None, after.isoformat() if after else None


def _columns(found: Sequence[PlaceDay], cut: Pages, place: Frame, choice: Choice) -> Fields:
    """Those of the page in its order, then what the others have, by their place in the organization."""
    by_id = {each.location.pk: each for each in found}
    others = [each for each in found if each.location.pk not in cut.ids]
    return {
        "columns": [_column(by_id[each.pk], place, choice) for each in cut.shown],
        "others": [
            {**_figures(each, place, choice), "show": _shown(cut.with_(each.location.pk), place, choice)}
            for each in others
        ],
        "others_visits": sum(each.stats["visits"] for each in others),
    }


def _figures(found: PlaceDay, place: Frame, choice: Choice) -> Fields:
    there = Frame(place.guest, place.profile, place.locations, found.location, place.day)
    return {
        "location": found.location,
        "url": Choice("day", None, choice.service, choice.finds).url(there, place.day),
        "stats": found.stats,
        "free": place.formats.length(found.stats["free"]),
        "open": bool(found.columns),
    }


def _column(found: PlaceDay, place: Frame, choice: Choice) -> Fields:
    there = Frame(place.guest, place.profile, place.locations, found.location, place.day)
    new = reverse("desk:new", kwargs={"organization": place.guest.organization.slug})
    return {
        **_figures(found, place, choice),
        "new": f"{new}?location={found.location.pk}&date={place.day.isoformat()}",
        "people": [_person(each, found, there) for each in found.columns],
    }


def _person(column: Fields, found: PlaceDay, there: Frame) -> Fields:
    taken = column["hours"] - column["free"]
    return {
        **column,
        "free": there.formats.length(column["free"]),
        "filled": round(100 * taken / column["hours"]) if column["hours"] else 0,
        "items": items(found.blocks[column["id"]], there, there.day),
    }


def _cut(cut: Pages, place: Frame, choice: Choice) -> Fields:
    """Where the reader is among the locations, and the way to the others."""
    mine = cut.chosen

    def turned(page: int) -> str:
        return replace(choice, page=page).url(place, place.day) if 1 <= page <= len(cut.pages) else ""

    return {
        "cut": cut,
        "earlier": turned(cut.page - 1),
        "later": turned(cut.page + 1),
        "choose": [(each.pk, each.name, each.pk in (mine or cut.ids)) for each in place.locations],
        "usual": _shown([""], place, choice) if mine else "",
    }


def _shown(locations: Sequence[object], place: Frame, choice: Choice) -> str:
    """The address that chooses these locations; an empty one goes back to the usual ones."""
    here = replace(choice, page=1).url(place, place.day)
    return f"{here}&{urlencode({'show': locations}, doseq=True)}"


def _totals(found: Sequence[PlaceDay], place: Frame) -> Fields:
    """The bar above: every location, whichever are looked at."""
    names = ("visits", "done", "cancelled", "free", "revenue", "booked")
    total: Fields = {name: sum(each.stats[name] for each in found) for name in names}
    total["currency"] = next((each.stats["currency"] for each in found if each.stats["currency"]), "")
    hours = sum(sum(c["hours"] for c in each.columns if c["kind"] == "person") for each in found)
    total["filled"] = round(100 * max(0, hours - total["free"]) / hours) if hours else 0
    return figures(place, total, place.day, place.day, everywhere=True)

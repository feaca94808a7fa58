"""Free times of one day in every location side by side: whoever answers the phone books anywhere from anywhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.bookings import journal_offer, queries
from visita.bookings.availability import Ask, AskItem, Start, availability, next_free_day
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import rights
from visita.tenancy.models import Location
from visita.web.desk import class_dates
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.reading import query
from visita.web.desk.views import chain
from visita.web.desk.views.chain import Pages

Fields = dict[str, Any]
SHOWN = 24  # times of a location before "all of this day"
AHEAD = 60  # days looked through for the next free one


@dataclass(frozen=True, slots=True)
class Moving:
    """The visit that looks for another place: its first service stands for it; all who come need room."""

    visit: int
    version: int
    client: str
    service: int
    seats: int


@dataclass(frozen=True, slots=True)
class Here:
    """What the page shows besides the day, for the links that lead to another one."""

    service: int | None
    moving: Moving | None
    page: int

    def on(self, day: date, page: int | None = None) -> str:
        """The same on a day: the same page of locations, or another one."""
        what = {"visit": self.moving.visit} if self.moving else {"service": self.service or ""}
        number = page or self.page
        return f"?{urlencode({**what, 'date': day, **({'page': number} if number > 1 else {})})}"


@page
def branches(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?service=&date=&page=&show=`: a column per location with its free times, or the next day that has one.

    A chain stands in pages of those that give the service, the person's own first (`views.chain`).

    With `&visit=` the times move that visit instead of booking a new one.
    """
    guest.require(rights.VISITS_BOOK)
    values = query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        moving = _moving(guest, values.number("visit"))
        offers = _offers(place)
        options = _options(offers)
        service = moving.service if moving else _wanted(options, values.number("service"))
        giving = (
            None if len(place.locations) <= chain.PAGE else {pk for pk in offers if service in offers[pk]}
        )
        cut = chain.pages(request, place, giving)
        here = Here(service, moving, cut.page)
        columns = [_column(each, offers[each.pk], place, here) for each in cut.shown]
        context = {
            **place.context(),
            "section": "branches",
            "groups": _grouped(options),
            "service": service,
            "moving": moving,
            "columns": columns,
            **_others(cut, place, here),
            "title": place.formats.full_day(place.day),
            "previous": here.on(place.day - timedelta(days=1)),
            "next": here.on(place.day + timedelta(days=1)),
            "today": here.on(place.today),
        }
        return render(request, "desk/branches.html", context)


def _moving(guest: Guest, visit_id: int | None) -> Moving | None:
    """The visit to be moved; refuses not_found."""
    if visit_id is None:
        return None
    guest.require(rights.VISITS_CHANGE)
    view = queries.visit(visit_id)
    first = view.appointments[0].service_id
    return Moving(view.visit.pk, view.visit.version, str(view.client), first, view.visit.seats)


def _offers(place: Frame) -> dict[int, dict[int, Fields]]:
    """By location what is given there, by service."""
    locations = [each.pk for each in place.locations]
    found = journal_offer.services_of(locations, place.guest.language, place.profile.language)
    return {pk: {service["id"]: service for service in given} for pk, given in found.items()}


def _others(cut: Pages, place: Frame, here: Here) -> Fields:
    """The locations whose times are a press away, in their order; then those that do not give the service."""
    behind = [each for page in cut.pages for each in page if each.pk not in cut.ids]
    given = {each.pk for page in cut.pages for each in page}
    first = here.on(place.day, 1)  # what is put in front stands on the first page
    return {
        "cut": cut,
        "earlier": here.on(place.day, cut.page - 1) if cut.page > 1 else "",
        "later": here.on(place.day, cut.page + 1) if cut.page < len(cut.pages) else "",
        "others": [
            {"location": each, "url": f"{first}&{urlencode({'show': cut.with_(each.pk)}, doseq=True)}"}
            for each in behind
        ],
        "without": [each for each in place.locations if each.pk not in given],
    }


def _options(offers: dict[int, dict[int, Fields]]) -> dict[int, Fields]:
    """Everything given anywhere, each once."""
    return {key: service for given in offers.values() for key, service in given.items()}


def _wanted(options: dict[int, Fields], asked: int | None) -> int | None:
    if asked in options:
        return asked
    return next((key for key, each in options.items() if each["default"]), next(iter(options), None))


def _grouped(options: dict[int, Fields]) -> list[Fields]:
    groups: dict[str, list[Fields]] = {}
    for service in options.values():
        groups.setdefault(service["group"], []).append(service)
    return [{"name": name, "services": services} for name, services in groups.items()]


def _column(location: Location, given: dict[int, Fields], place: Frame, here: Here) -> Fields:
    service = here.service
    column: Fields = {"location": location, "times": [], "more": 0, "next": None, "given": service in given}
    if service is None or service not in given:
        return column
    ask = _ask(location, service, here, place.day, place.day)
    now = clock.minute()
    starts = [each for day in availability(ask).days for each in day.starts if each.start >= now]
    column["times"] = [_time(location, service, each, place) for each in starts[:SHOWN]]
    column["more"] = max(0, len(starts) - SHOWN)
    column["journal"] = f"{place.url('day')}?{urlencode({'location': location.pk, 'date': place.day})}"
    if not starts:
        column["next"] = _next(location, service, place, here)
    return column


def _ask(location: Location, service: int, here: Here, first: date, last: date) -> Ask:
    seats = here.moving.seats if here.moving else 1
    return Ask(location.pk, (AskItem(service),), first, last, seats, staff=True)


def _time(location: Location, service: int, start: Start, place: Frame) -> Fields:
    """A free time; of a class its date, with the places left."""
    at = clock.from_minute(start.start).astimezone(place.zone_of(location))
    values = {"location": location.pk, "service": service, "date": at.date(), "time": f"{at:%H:%M}"}
    url = f"{place.url('new')}?{urlencode(values)}"
    shown = place.formats.time(at)
    if start.places is not None:
        shown = f"{shown} · {class_dates.room(start.places)}"
    return {"shown": shown, "url": url, "start": at.isoformat()}


def _next(location: Location, service: int, place: Frame, here: Here) -> Fields | None:
    """The next day on which something is free there."""
    first = max(place.day, place.today) + timedelta(days=1)
    found = next_free_day(_ask(location, service, here, first, first + timedelta(days=AHEAD - 1)))
    return {"day": place.formats.full_day(found), "url": here.on(found)} if found else None

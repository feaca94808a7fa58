"""The search of the journal: a page of what was found, and for the picture which of its visits are hits."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.bookings import table, table_ways
from visita.bookings.table import Row
from visita.bookings.table_wanted import CHANGED, Wanted
from visita.clients.matching import fold
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.web.desk import search, search_visits
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data, page
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.labels import statuses
from visita.web.desk.reading import query
from visita.web.desk.search import ANY, Asked
from visita.web.desk.table_names import Names
from visita.web.desk.table_query import minute_of

JOURNAL = "visits"  # the name under which past searches are kept
_MORE = ("length", "booked", "price", "places")  # columns beside what a visit is called by
_SIDES = (("coming", False), ("past", True))


@page
def show(request: HttpRequest, guest: Guest) -> HttpResponse:
    """What was found, the coming first; every value leads to a search with it as well."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        names = Names.load(place)
        asked = search.read(request.GET, search_visits.fields(place, names), written=place.written)
        found = _found(asked, place, names, seen)
        context = {**place.context(), **search.context(asked, guest, JOURNAL, place.profile.country)}
        many = len(names.locations) > 1
        context |= {
            **found,
            "many": many,
            "phones": names.phones,
            "abouts": names.subjects,
            "section": "search",
            "more": [(each.code, each.label) for each in asked.fields if each.code in _MORE],
        }
        return render(request, "desk/search.html", context, status=422 if asked.wrong else 200)


def _found(asked: Asked, place: Frame, names: Names, seen: int | None) -> dict[str, Any]:
    if not asked.finds or asked.unknown or asked.wrong:
        return {"sides": [], "count": 0}
    wanted = search_visits.wanted(asked, place, names, seen)
    count = table_ways.counted(wanted)
    sides = []
    for side, down in _SIDES if any(count) else ():
        rows = table_ways.page(_half(wanted, down)).rows
        sides.append((side, [_row(row, asked, place, names) for row in rows]))
    return {"sides": sides, "count": count.number, "too_many": count.more}


def _half(wanted: Wanted, past: bool) -> Wanted:
    """What is over, the latest first, or what is coming, the next first."""
    now = clock.minute()
    if past:
        return replace(wanted, last=min(wanted.last or now, now), down=True)
    return replace(wanted, first=max(wanted.first or now, now))


def _row(row: Row, asked: Asked, place: Frame, names: Names) -> dict[str, Any]:
    """A found appointment; `hits` are the columns in which it was found."""
    start, end = names.wall(row, row.s), names.wall(row, row.e)
    address = {"location": row.location, "date": start.date().isoformat()}
    texts = {
        "client": row.client,
        "subject": row.about or "",
        "service": names.services.get(row.service, ""),
        "resource": names.resources.get(row.resource or 0, ""),
        "status": str(statuses()[row.status]),
        "location": names.locations.get(row.location, ""),
        "length": place.formats.length(row.e - row.s),
        "price": place.formats.price(row.price_minor, row.currency),
        "places": place.formats.number(row.seats),
        "booked": place.formats.moment(names.local(row, row.booked)),
    }
    links = _links(row, start.date(), names.local(row, row.booked).date(), asked)
    return {
        **texts,
        "more": [
            (each.code, texts[each.code], links.get(each.code)) for each in asked.fields if each.code in _MORE
        ],
        "visit": row.visit,
        "state": row.status,
        "phone": row.phone if names.phones else "",
        "when": f"{place.formats.dated(start.date(), place.today)}, {place.formats.span(start, end)}",
        "day": start.date().isoformat(),
        "journal": f"{place.url('day')}?{urlencode(address)}&{asked.query}#visit-{row.visit}",
        "links": links,
        "changed": row.changed,
        "hits": {code for code, _value in asked.finds} | _matched(texts, asked),
    }


def _links(row: Row, day: date, booked: date, asked: Asked) -> dict[str, str]:
    """For each value of the row the search that asks for it too."""
    values: dict[str, str | None] = {
        "client": row.client,
        "subject": "" if ", " in (row.about or ", ") else row.about,  # of several each is searched by itself
        "service": str(row.service),
        "resource": str(row.resource or ""),
        "status": row.status,
        "location": str(row.location),
        "day": day.isoformat(),
        "changed": CHANGED,
        "length": str(row.e - row.s),
        "price": None if row.price_minor is None else str(row.price_minor),
        "places": str(row.seats),
        "booked": booked.isoformat(),
    }
    fields = {"changed": "status"}
    known = {each.code: each for each in asked.fields}
    return {
        code: asked.adding(fields.get(code, code), value)
        for code, value in values.items()
        if value and (field := known.get(fields.get(code, code))) and field.fits(value)
    }


def _matched(texts: dict[str, str], asked: Asked) -> set[str]:
    """The columns a word of "anything" stands in; where in none, it is in the client's phone or email."""
    words = [fold(value) for value in asked.values(ANY)]
    found = {code for code, text in texts.items() if any(word in fold(text) for word in words)}
    return found or ({"client", "phone"} if words else set())


@data
def hits(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=&days=1&find=…`: the visits of these days that are hits, and the nearest days before and after with one."""
    seen = only(guest)
    with scope(guest.organization.pk):
        values = query(request)
        place = frame(request, guest, values)
        names = Names.load(place)
        asked = search.read(request.GET, search_visits.fields(place, names))
        wanted = search_visits.wanted(asked, place, names, seen)
        days = values.number("days", high=42) or 1
        first, last = minute_of(place.day, place), minute_of(place.day + timedelta(days), place)
        here = replace(wanted, locations=(place.location.pk,))
        return answer(
            {
                "visits": table.visits(here, first, last),
                "before": _nearest(replace(here, last=min(first, here.last or first), down=True), names),
                "after": _nearest(replace(here, first=max(last, here.first or last)), names),
            }
        )


def _nearest(wanted: Wanted, names: Names) -> str | None:
    rows = table_ways.page(wanted, size=1).rows
    return names.wall(rows[0], rows[0].s).date().isoformat() if rows else None

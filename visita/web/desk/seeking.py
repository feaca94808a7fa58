"""Find a time: the wish as a form in the panel, the proposals with why they stand there, each one press from done."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.bookings import journal_offer, seeking
from visita.bookings.seeking import Proposal, Wish, seek
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.models import Resource
from visita.web.desk import class_dates
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.reading import Body, number, query
from visita.web.desk.visit import PART, seen_card

DAYS = (1, 3, 7, 14, 30)
_SERVICES = 6  # in one visit
Fields = dict[str, Any]


@page
def finding(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=&days=&part=&service=…&who=…` for somebody new, or `?visit=` to move that visit."""
    values = query(request)
    visit = values.number("visit")
    guest.require(rights.VISITS_CHANGE if visit else rights.VISITS_BOOK)
    with scope(guest.organization.pk):
        moved = _moved(guest, visit) if visit else {}
        place = frame(request, guest, Body({"location": moved.get("location"), **values.values}))
        offers = {
            row["id"]: row
            for row in journal_offer.services(place.location.pk, guest.language, place.profile.language)
        }
        wish = _wish(request, values, place, offers, visit)
        found, refusal = _found(wish)
        people = _people(offers, moved.get("services") or wish.services)
        names = {row.pk: str(row) for row in Resource.objects.filter(pk__in=_used(found))}
        context = {
            **place.context(),
            **moved,
            "wish": wish,
            "offers": list(offers.values()),
            "people": people,
            "parts": _parts(),
            "spans": [(days, _span(days)) for days in DAYS],
            "found": [_row(each, wish, place, names, offers) for each in found],
            "refusal": refusal,
            "later": _later(request, wish),
            "in_panel": (in_panel := bool(request.headers.get(PART))),
        }
        template = "desk/parts/finding.html" if in_panel else "desk/finding.html"
        return render(request, template, context)


def _moved(guest: Guest, visit: int) -> Fields:
    """The visit to be moved, as the form names it; 404 for one the guest may not see."""
    card = seen_card(guest, visit)
    what = ", ".join(dict.fromkeys(line.service for line in card.lines))
    return {
        "location": card.visit.location_id,
        "visit": card.visit.pk,
        "version": card.visit.version,
        "client": str(card.client),
        "what": what,
        "services": tuple(line.service_id for line in card.lines),
    }


def _wish(
    request: HttpRequest, values: Body, place: Frame, offers: dict[int, Fields], visit: int | None
) -> Wish:
    services = tuple(pk for pk in map(number, request.GET.getlist("service")) if pk in offers)[:_SERVICES]
    people = tuple(pk for pk in map(number, request.GET.getlist("who")) if pk)[:30]
    days, part = values.number("days", high=31) or 7, values.text("part", 10)
    first = max(place.day, place.today)
    return Wish(
        place.location.pk,
        first,
        days,
        () if visit else services,
        people,
        part if part in seeking.PARTS else "",
        visit,
    )


def _found(wish: Wish) -> tuple[list[Proposal], Refusal | None]:
    try:
        return seek(wish), None
    except Refusal as refusal:
        return [], refusal


def _used(found: list[Proposal]) -> set[int]:
    return {place.resource_id for each in found for place in each.places}


def _people(offers: dict[int, Fields], services: tuple[int, ...]) -> list[Resource]:
    """Who gives any of the services."""
    ids = {who for pk in services for who in offers.get(pk, {}).get("by", {})}
    return list(Resource.objects.filter(pk__in=ids))


def _row(
    each: Proposal, wish: Wish, place: Frame, names: dict[int, str], offers: dict[int, Fields]
) -> Fields:
    first = each.places[0]
    start, end = (
        clock.from_minute(m).astimezone(place.zone) for m in (each.s, max(one.e for one in each.places))
    )
    items = [
        {
            "service": one.service_id,
            "appointment": one.part,
            "resource": one.resource_id or None,
            "start": clock.from_minute(one.s).isoformat(),
            "s": one.s,
            "e": one.e,
        }
        for one in each.places
    ]
    known = {"location": wish.location_id, "service": first.service_id, "resource": _whom(first) or ""}
    rest = [{**item, "resource": _whom(one)} for item, one in zip(items[1:], each.places[1:], strict=True)]
    more = {"further": json.dumps(rest)} if rest else {}
    values = {**known, "date": start.date().isoformat(), "time": f"{start:%H:%M}", **more}
    return {
        "start": start.isoformat(),
        "date": start.date().isoformat(),
        "day": place.formats.day(start.date()),
        "span": place.formats.span_on(start.date(), start, end),
        "who": " · ".join([*filter(None, [_people_of(each, names)]), *_room_of(each)]),
        "why": [_why(name) for name in each.why],
        "items": json.dumps(items),
        "resource": first.resource_id,
        "book": f"{place.url('new')}?{urlencode(values)}",
    }


def _whom(one: seeking.Place) -> int | None:
    """Whom a booking names: a class has whoever holds it on its date."""
    return one.resource_id if one.left is None else None


def _people_of(each: Proposal, names: dict[int, str]) -> str:
    known = (names[one.resource_id] for one in each.places if one.resource_id in names)
    return ", ".join(dict.fromkeys(known))


def _room_of(each: Proposal) -> list[str]:
    """The places that the fullest class among them still has."""
    left = [one.left for one in each.places if one.left is not None]
    return [class_dates.room(min(left))] if left else []


def _why(name: str) -> str:
    return {
        "same_person": _("same person"),
        "no_gap": _("leaves no gap"),
        "soonest": _("soonest"),
        "nearest": _("least moved"),
    }[name]


def _parts() -> list[tuple[str, str]]:
    return [
        ("", _("All day")),
        ("morning", _("Morning")),
        ("afternoon", _("Afternoon")),
        ("evening", _("Evening")),
    ]


def _span(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _later(request: HttpRequest, wish: Wish) -> str:
    """The same wish after the days looked through."""
    asked = request.GET.copy()
    asked["date"] = (wish.first + timedelta(days=wish.days)).isoformat()
    return asked.urlencode()

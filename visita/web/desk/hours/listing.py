"""The page that lists the visits a change would leave without their time, a part of them at once, with a place for each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from visita.bookings.hours.ahead import MOST_PLACED, Ahead, Stranded, ahead
from visita.bookings.hours.places import Place
from visita.bookings.models import Appointment
from visita.catalog.models import Service
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.scheduling import queries
from visita.scheduling.changes import Block, Change, Day
from visita.scheduling.models import Resource
from visita.web.desk.door import Guest
from visita.web.desk.frame import Frame, frame
from visita.web.desk.hours import choosing, coding, rights, words
from visita.web.desk.hours.choosing import Typed
from visita.web.desk.reading import Body

Fields = dict[str, Any]


def show(
    request: HttpRequest, guest: Guest, changes: Sequence[Change], *, sick: bool = False, page: int = 0,
    typed: Typed | None = None, reason: str = "", refusal: Refusal | None = None, found: Ahead | None = None,
    seen: Mapping[int, int] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page; in a scope. What was typed on it or on another stands in it again."""
    known = typed or {}
    found = found or ahead(changes, page=page, taken=list(choosing.taken(known)))
    last = max(0, (len(found.stranded) - 1) // MOST_PLACED)
    if page > last:  # fewer than before: somebody moved or cancelled some meanwhile
        page, found = last, ahead(changes, page=last)
    here = found.stranded[page * MOST_PLACED : (page + 1) * MOST_PLACED]
    elsewhere = {key: row for key, row in known.items() if key not in {each.visit.pk for each in here}}
    place = frame(request, guest, Body({"location": location(changes)}))
    context = {
        **place.context(), "section": "journal" if any_block(changes) else "hours", "changes": coding.dumped(changes), "token": found.token, "sick": sick,
        "summary": summary(changes, place), "rows": _rows(here, place, guest, sick, known), "refusal": refusal,
        "people": _people(place), "min_day": place.today, "reason": reason,
        "seen": " ".join(f"{resource}:{version}" for resource, version in (seen or {}).items()), "blocks": any_block(changes),
        "decided": coding.packed({str(key): row for key, row in elsewhere.items()}) if elsewhere else "",
        **_pages(found, page, last, known),
    }  # fmt: skip
    return render(request, "desk/hours/stranded.html", context, status=refusal.status if refusal else 200)


def along(guest: Guest, found: Ahead, changes: Sequence[Change], to: date) -> Typed:
    """Every visit the guest may move at its own hour of the date its hours were moved to."""
    who = next((change.resource_id for change in changes), None)
    rows: dict[int, Mapping[str, Any]] = {}
    for each in found.stranded:
        if guest.may("visits.change") or rights.is_own(guest, each.visit.pk):
            start = clock.from_minute(each.parts[0].s).astimezone(ZoneInfo(each.visit.zone))
            rows[each.visit.pk] = {
                "do": "move", "version": str(each.visit.version), "place": "other", "date": to.isoformat(),
                "time": f"{start:%H:%M}", "resource": str(who),
            }  # fmt: skip
    return rows


def _pages(found: Ahead, page: int, last: int, known: Typed) -> Fields:
    """Where in the list the page stands, and how many visits nobody has looked at yet."""
    total, first = len(found.stranded), page * MOST_PLACED
    later = [each for each in found.stranded[first + MOST_PLACED :] if each.visit.pk not in known]
    return {
        "page": page, "total": total, "first": first + 1, "last_here": min(total, first + MOST_PLACED),
        "back": page > 0, "next": page < last, "later": len(later),
    }  # fmt: skip


def location(changes: Sequence[Change]) -> int | None:
    """The first location the changes name."""
    return next((change.location_id for change in changes if change.location_id is not None), None)


def any_block(changes: Sequence[Change]) -> bool:
    """Whether time is blocked, rather than hours changed."""
    return any(isinstance(change, Block) for change in changes)


def days(changes: Sequence[Change], place: Frame) -> list[date]:
    """The dates that are named, ascending."""
    blocks = [change for change in changes if isinstance(change, Block)]
    named = {change.date for change in changes if isinstance(change, Day)}
    return sorted(named | {clock.from_minute(each.s).astimezone(place.zone).date() for each in blocks})


def summary(changes: Sequence[Change], place: Frame) -> str:
    """Whom and when it is about, in one line."""
    names = dict(Resource.objects.values_list("id", "name"))
    who = ", ".join(sorted({names.get(change.resource_id or 0, place.location.name) for change in changes}))
    block = next((change for change in changes if isinstance(change, Block)), None)
    if block is not None:
        start, end = (clock.from_minute(minute).astimezone(place.zone) for minute in (block.s, block.e))
        span = f"{place.formats.moment(start)} – {place.formats.moment(end)}"
        return " · ".join(each for each in (who, span, words.kind("blocked"), block.note) if each)
    dates = days(changes, place)
    if not dates:
        return _("%(who)s: weekly hours") % {"who": who}
    span = place.formats.day(dates[0])
    if len(dates) > 1:
        span = f"{span} – {place.formats.day(dates[-1])}"
    kinds = {words.kind(change.reason) for change in changes if isinstance(change, Day)}
    return f"{who} · {span} · {', '.join(sorted(kinds))}"


def _people(place: Frame) -> list[Resource]:
    return [each for each in queries.resources(place.location.pk) if each.kind == "person"]


def _rows(here: Sequence[Stranded], place: Frame, guest: Guest, sick: bool, known: Typed) -> list[Fields]:
    """The visits with their clients, services and places; four statements whatever their number."""
    clients = Client.objects.in_bulk([each.visit.client_id for each in here])
    parts = Appointment.objects.filter(pk__in=[part.appointment_id for each in here for part in each.parts])
    service_of = dict(parts.values_list("id", "service_id"))
    services = {each.pk: place.text(each.name) for each in Service.objects.filter(pk__in=service_of.values())}
    told = {part: services[service] for part, service in service_of.items()}
    names = dict(Resource.objects.values_list("id", "name"))
    return [
        _row(each, place, guest, sick, known.get(each.visit.pk, {}), clients, told, names) for each in here
    ]


def _row(
    each: Stranded, place: Frame, guest: Guest, sick: bool, typed: Mapping[str, Any], clients: Mapping[int, Client],
    told: Mapping[int, str], names: Mapping[int, str],
) -> Fields:  # fmt: skip
    visit, all_ = each.visit, guest.may("visits.change")
    may = all_ or rights.is_own(guest, visit.pk)
    places = [option for option in each.places if all_ or option.resource_id == guest.resource_id]
    default = "choose" if sick and places else "move" if places else "keep"
    parts = dict.fromkeys(part.appointment_id for part in each.parts)
    return {
        "visit": visit, "client": clients[visit.client_id], "typed": typed, "do": typed.get("do") or default,
        "when": place.formats.moment(clock.from_minute(each.parts[0].s).astimezone(place.zone)),
        "services": ", ".join(told[part] for part in parts),
        "places": [_place(at, option, names, place, typed) for at, option in enumerate(places)],
        "may": {do: may and rights.may_decide(guest, do) for do in ("move", "choose", "keep", "cancel")},
        "url": place.url("visit", visit=visit.pk),
    }  # fmt: skip


def _place(
    at: int, option: Place, names: Mapping[int, str], place: Frame, typed: Mapping[str, Any]
) -> Fields:
    start = clock.from_minute(option.s).astimezone(place.zone)
    value = f"{option.s}:{option.resource_id}"
    return {
        "value": value, "same": option.same, "chosen": value == typed.get("place"),
        "ticked": value in (typed["option"] or ()) if typed.get("option") is not None else at < 3,
        "text": f"{place.formats.moment(start)} · {names.get(option.resource_id, '')}",
    }  # fmt: skip

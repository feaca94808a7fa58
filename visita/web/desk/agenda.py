"""My day: one calendar as a list that is read on a phone, with the next visit open and what can be done with it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from visita.bookings import agenda as days_of
from visita.bookings import journal_visit
from visita.bookings.agenda import Line
from visita.bookings.journal_days import WEEK, Day, days
from visita.bookings.journal_month import team
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.models import Resource
from visita.web.desk.day import photos
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame, only, remember
from visita.web.desk.labels import SIGNS, statuses
from visita.web.desk.reading import query
from visita.web.desk.visit import steps

Fields = dict[str, Any]
_FACTS = {
    "online": "globe",
    "new": "person-add",
    "series": "repeat",
    "note": "note",
    "overbooked": "alert",
    "outside": "moon",
}
_STEP = {"requested": "confirm", "confirmed": "arrive", "arrived": "complete"}


@page
def agenda(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=&resource=`: the day of one calendar, one's own unless another is asked for and may be seen."""
    seen = only(guest)
    with scope(guest.organization.pk):
        values = query(request)
        place = frame(request, guest, values)
        remember(request, guest, place.location)
        people = team(place.location.pk, None if seen is None else {seen})
        whose = _whose(people, values.number("resource"), guest)
        context = {**place.context(), "section": "agenda", "people": people, "whose": whose}
        if whose is not None:
            context |= _day(place, whose)
        return render(request, "desk/agenda.html", context)


def _whose(people: Sequence[Resource], wanted: int | None, guest: Guest) -> Resource | None:
    """The calendar asked for, else one's own, else the first; 404 for one that may not be seen."""
    found = {each.pk: each for each in people}
    if wanted is not None and wanted not in found:
        raise Http404
    return found.get(wanted or guest.resource_id or 0) or next(iter(people), None)


def _day(place: Frame, whose: Resource) -> Fields:
    monday = place.day - timedelta(days=place.day.weekday())
    week = days(place.location.pk, monday, WEEK, place.guest.language, {whose.pk})
    day = next(each for each in week.days if each.date == place.day)
    now = clock.minute()
    found = days_of.lines(day, whose.pk, now)
    ahead = days_of.next_visit(found, now) if place.day == place.today else None
    rows = [{**_row(line, place, whose), "open": line is ahead} for line in found]
    return {
        "title": _("My day") if whose.pk == place.guest.resource_id else str(whose),
        "day": place.formats.full_day(place.day),
        "summary": _summary(day, whose.pk, place),
        "photo": photos(place).get(whose.pk, ""),
        "initials": "".join(part[:1] for part in whose.name.split()[:2]).upper(),
        "week": [_strip(each, place, whose) for each in week.days],
        "before": _address(place, whose, monday - timedelta(days=WEEK)),
        "after": _address(place, whose, monday + timedelta(days=WEEK)),
        "today": _address(place, whose, place.today),
        "is_today": place.day == place.today,
        "works": bool(day.columns.get(whose.pk, {}).get("work")),
        "rows": _with_now(rows, now, place) if place.day == place.today else rows,
        "card": _card(ahead, place) if ahead else None,
        "journal_url": f"{place.url('day')}?{urlencode({'location': place.location.pk, 'date': place.day})}",
        "live": place.live,
    }


def _summary(day: Day, resource: int, place: Frame) -> Fields:
    column = day.columns.get(resource, {})
    visits = {
        each["visit"]
        for each in day.blocks.get(resource, ())
        if each["state"] in SIGNS and each["state"] != "cancelled"
    }
    return {
        "visits": len(visits),
        "free": place.formats.length(column.get("free", 0)) if column.get("free") else "",
    }


def _strip(day: Day, place: Frame, whose: Resource) -> Fields:
    """A day of the week's strip: how much of its working time is taken, in quarters."""
    column = day.columns.get(whose.pk, {})
    hours, used = column.get("hours", 0), column.get("used", 0)
    return {
        "date": day.date,
        "weekday": place.formats.weekday(day.date),
        "name": place.formats.full_day(day.date),
        "works": bool(hours) or bool(used),
        "load": min(4, -(-4 * used // hours)) if hours else 4 * bool(used),
        "chosen": day.date == place.day,
        "url": _address(place, whose, day.date),
    }


def _address(place: Frame, whose: Resource, when: date) -> str:
    return f"?{urlencode({'location': place.location.pk, 'date': when.isoformat(), 'resource': whose.pk})}"


def _row(line: Line, place: Frame, whose: Resource) -> Fields:
    start, end = (clock.from_minute(minute).astimezone(place.zone) for minute in (line.s, line.e))
    row: Fields = {
        "s": line.s,
        "e": line.e,
        "time": place.formats.time(start),
        "begun": place.formats.weekday(start.date()) if start.date() < place.day else "",
        "span": place.formats.span(start, end),
        "length": place.formats.length(line.minutes),
    }
    if line.block is None:
        values = {
            "location": place.location.pk,
            "date": start.date().isoformat(),
            "resource": whose.pk,
            "time": f"{start:%H:%M}",
        }
        may = place.guest.may(rights.VISITS_BOOK)
        return row | {"kind": "free", "url": f"{place.url('new')}?{urlencode(values)}" if may else ""}
    block = line.block
    kind = (
        "visit"
        if "visit" in block and block["state"] != "elsewhere"
        else "session"
        if "session" in block
        else "other"
    )
    return row | {
        "kind": kind,
        "block": block,
        "word": statuses()[block["state"]],
        "sign": SIGNS.get(block["state"], "lock"),
        "facts": [_FACTS[fact] for fact in block["facts"] if fact in _FACTS],
    }


def _with_now(rows: list[Fields], now: int, place: Frame) -> list[Fields]:
    """The line that says what time it is, and when the next visit begins."""
    at = next((index for index, row in enumerate(rows) if row["s"] > now or row.get("open")), len(rows))
    ahead = next((row["s"] - now for row in rows if row["kind"] == "visit" and row["s"] > now), None)
    line = {
        "kind": "now",
        "time": place.formats.time(clock.from_minute(now).astimezone(place.zone)),
        "ahead": place.formats.length(ahead) if ahead else "",
    }
    return [*rows[:at], line, *rows[at:]]


def _card(line: Line, place: Frame) -> Fields:
    """The next visit: what one wants to know before it, and the one step that comes next."""
    guest = place.guest
    assert line.block is not None
    card = journal_visit.card(line.block["visit"], guest.language, place.profile.language)
    visit, step = card.visit, _STEP[card.visit.status]
    calls = guest.may(rights.CLIENTS_PHONES)
    return {
        "visit": visit,
        "subject": card.subject,
        "client": card.client,
        "note": visit.note,
        "reliability": card.reliability,
        "hint": card.hint,
        "phone": card.client.phone if calls else "",
        "email": card.client.email if calls else "",
        "services": ", ".join(dict.fromkeys(line.service for line in card.lines)),
        "step": step if step in steps(visit, guest) else "",
    }

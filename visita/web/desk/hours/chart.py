"""The chart of the staff's time: a row for each person, a cell for each day, planned and booked as bars."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.foundation import clock, scope
from visita.foundation.formats import Formats
from visita.scheduling import daily, queries
from visita.scheduling.daily import DayHours, Hours
from visita.scheduling.models import Resource
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame, remember
from visita.web.desk.hours import rights, typed, words
from visita.web.desk.reading import Body, query

SPANS = (7, 14, 28)

_CLAIMS = """
SELECT resource_id, s, e, kind FROM scheduling_allocation
WHERE organization_id = %s AND resource_id = ANY(%s) AND live AND kind <> 'hold' AND s >= %s - 2880 AND s < %s AND e > %s
  AND location_id = %s ORDER BY resource_id, s"""

Claims = dict[tuple[int, date], list[tuple[int, int, str]]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a person: minutes of the wall clock; `booked` are (start, end, visit|session|block)."""

    day: date
    hours: DayHours
    booked: Sequence[tuple[int, int, str]]
    formats: Formats

    @property
    def text(self) -> str:
        """The intervals as the script takes them."""
        return typed.shown(self.hours.intervals)

    @property
    def told(self) -> str:
        """The intervals as the reader writes them."""
        return typed.told(self.hours.intervals, self.formats)

    @property
    def kind(self) -> str:
        """What was changed about the day, in words; empty where the weekly plan holds."""
        if self.hours.by == "pattern":
            return ""
        return (
            words.kind("holiday")
            if self.hours.by == "closed" and not self.hours.intervals
            else words.kind(self.hours.reason)
        )

    @property
    def minutes(self) -> int:
        """Planned."""
        return sum(end - start for start, end in self.hours.intervals)

    @property
    def bars(self) -> list[tuple[int, int]]:
        """(from, width) of what is planned."""
        return [(start, end - start) for start, end in self.hours.intervals]

    @property
    def taken(self) -> list[tuple[int, int, str]]:
        """(from, width, kind) of what stands in it."""
        return [(start, end - start, kind) for start, end, kind in self.booked]


@page
def chart(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=&days=7|14|28`: planned, booked and changed time of everybody there."""
    only = rights.seen(guest)
    with scope.scope(guest.organization.pk):
        values = query(request)
        place = frame(request, guest, values)
        remember(request, guest, place.location)
        days = values.number("days", high=28)
        return render(
            request, "desk/hours/chart.html", _context(place, only, days if days in SPANS else 7, values)
        )


def _context(place: Frame, only: int | None, days: int, values: Body) -> dict[str, Any]:
    first = place.day - timedelta(days=(place.day.weekday() - place.formats.first_weekday) % 7)
    last = first + timedelta(days=days - 1)
    people = [
        each for each in queries.resources(place.location.pk)
        if each.in_journal and only in (None, each.pk)
    ]  # fmt: skip
    ids = [each.pk for each in people]
    hours, claims = daily.hours(ids, place.location.pk, first, last), booked(place, ids, first, last)
    low, high = _extent(hours)
    return {
        **place.context(), "section": "hours", "locale": place.formats.locale.replace("_", "-"),
        "low": low, "width": high - low, "span": days,
        "hour_marks": [(minute, place.formats.wall(minute)) for minute in range(low, high + 1, 180)],
        "heads": [_head(place, first + timedelta(days=at)) for at in range(days)],
        "rows": [_row(place, each, hours, claims, first, days) for each in people],
        "title": f"{place.formats.day(first)} – {place.formats.day(last)}",
        "previous": _link(place, first - timedelta(days=days), days), "next": _link(place, last + timedelta(days=1), days),
        "spans": [(each, _link(place, place.day, each)) for each in SPANS],
        "today_link": _link(place, place.today, days), "first": first,
        "saved": values.number("saved"), "undo": values.text("undo", 8), "may_all": rights.may_change(place.guest, None), "kinds": words.KINDS,
    }  # fmt: skip


def _link(place: Frame, day: date, days: int) -> str:
    return f"?{urlencode({'location': place.location.pk, 'date': day.isoformat(), 'days': days})}"


def _head(place: Frame, day: date) -> dict[str, Any]:
    journal = f"{place.url('day')}?{urlencode({'location': place.location.pk, 'date': day.isoformat()})}"
    return {"day": day, "text": place.formats.day(day), "today": day == place.today, "url": journal}


def _row(place: Frame, who: Resource, hours: Hours, claims: Claims, first: date, days: int) -> dict[str, Any]:
    dates = [first + timedelta(days=at) for at in range(days)]
    cells = [Cell(day, hours[who.pk, day], claims.get((who.pk, day), ()), place.formats) for day in dates]
    planned = sum(cell.minutes for cell in cells)
    return {
        "who": who, "cells": cells, "may": rights.may_change(place.guest, who.pk),
        "planned": place.formats.length(planned),
    }  # fmt: skip


def _extent(hours: Hours) -> tuple[int, int]:
    """The hours the bars stand on: whole, and at least from eight to eighteen."""
    spans = [span for each in hours.values() for span in each.intervals]
    low = min([480, *(start for start, _end in spans)])
    high = max([1080, *(end for _start, end in spans)])
    return low // 60 * 60, -(-high // 60) * 60


def booked(place: Frame, resources: Sequence[int], first: date, last: date) -> Claims:
    """What stands in the calendars at the location, cut by local days into minutes of the wall clock."""
    start, end = (
        clock.to_minute(datetime.combine(day, datetime.min.time(), place.zone))
        for day in (first, last + timedelta(days=1))
    )
    found: Claims = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMS, [scope.current(), list(resources), start, end, start, place.location.pk])
        for resource, s, e, kind in cursor.fetchall():
            for day, low, high in _days(place, s, e):
                found[resource, day].append((low, high, kind))
    return found


def _days(place: Frame, s: int, e: int) -> list[tuple[date, int, int]]:
    since, until = (clock.from_minute(minute).astimezone(place.zone) for minute in (s, e))
    low, high = since.hour * 60 + since.minute, until.hour * 60 + until.minute
    if since.date() == until.date():
        return [(since.date(), low, high)]
    return [(since.date(), low, 1440), *([(until.date(), 0, high)] if high else [])]

"""The week: of everybody as a board of resources by days, or of one as the grid whose columns are dates."""

import json
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from visita.bookings import journal_days
from visita.bookings.journal_days import Day, Days
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.models import Resource
from visita.web.desk.answers import tagged
from visita.web.desk.day import script_config
from visita.web.desk.door import Guest, data, page
from visita.web.desk.figures import bar, figures
from visita.web.desk.frame import Frame, frame, only, remember
from visita.web.desk.hours.rights import may_change
from visita.web.desk.labels import icons, statuses
from visita.web.desk.reading import query
from visita.web.desk.views import liked
from visita.web.desk.views.choice import Choice, allowed, read
from visita.web.desk.views.marks import search_context
from visita.web.desk.views.tools import Period, tools
from visita.web.desk.views.tools import week as week_of

Fields = dict[str, Any]
MOST = 6  # visits of one cell shown at once
MOVES = ("requested", "confirmed", "arrived")


@page
def week(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=&resource=&service=`: the week that holds the date."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        remember(request, guest, place.location)
        choice, period = read(request, "week"), week_of(place)
        kept = liked.remember(guest, choice)
        ids = allowed(choice.ids(), seen)
        found = journal_days.days(place.location.pk, period.first, 7, guest.language, ids)
        context = {**place.context(), **tools(place, choice, period), **search_context(request, place)}
        if ids is not None and len(ids) == 1:
            return _one(request, found, place, context, kept, period)
        return _board(request, found, place, choice, context, period)


def _one(
    request: HttpRequest, found: Days, place: Frame, context: Fields, kept: Fields, period: Period
) -> HttpResponse:
    if not found.resources:
        raise Http404
    [resource] = found.resources
    journal = dressed(journal_days.week_of_one(found, resource), found, place)
    asking = {"source": "week.json", "ask": {"resource": resource.pk}}
    context |= {
        **figures(place, journal["stats"], period.first, period.last),
        "config": {**script_config(place, kept), **asking},
        "journal": journal,
        "icons": icons(),
        "who": resource,
        "here": request.get_full_path(),
        "dates": [_by_day(day, resource, place) for day in found.days],
    }
    template = "desk/views/by_day.html" if request.headers.get("X-Part") else "desk/views/week_of_one.html"
    return render(request, template, context)


def dressed(journal: Fields, found: Days, place: Frame) -> Fields:
    """The data with the names of its columns: weekday and date, and a word where nobody works."""
    columns = [
        {**column, "name": place.formats.day(day.date), "occupation": ""}
        for column, day in zip(journal["resources"], found.days, strict=True)
    ]
    return {**journal, "resources": columns}


@data
def week_data(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=&resource=`: the week of one as JSON; an unchanged one answers 304 to its ETag."""
    seen = only(guest)
    with scope(guest.organization.pk):
        values = query(request)
        place = frame(request, guest, values)
        ids = allowed({values.required("resource")}, seen)
        period = week_of(place)
        found = journal_days.days(place.location.pk, period.first, 7, guest.language, ids)
        if not found.resources:
            raise Http404
        body = dressed(journal_days.week_of_one(found, found.resources[0]), found, place)
    response = tagged(request, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())
    response["X-Title"] = quote(period.title)
    return response


def _by_day(day: Day, resource: Resource, place: Frame) -> Fields:
    """One date of the list by day: its visits by time."""
    column = day.columns[resource.pk]
    return {
        "date": day.date,
        "title": place.formats.full_day(day.date),
        "today": day.date == place.today,
        "hours": place.formats.length(column["hours"]) if column["hours"] else "",
        "free": place.formats.length(column["free"]),
        "items": items(day.blocks[resource.pk], place, day.date),
    }


def items(blocks: list[Fields], place: Frame, day: date, *, helpers: bool = True) -> list[Fields]:
    """The blocks of a day's cell by time, each with its clock, title and word of status; cancelled ones are left out.

    What began on another day names it.
    """
    words, made = statuses(), []
    for block in sorted(blocks, key=lambda block: (block["s"], block["id"])):
        if block["state"] == "cancelled" or (block["role"] and not helpers):
            continue
        start, end = (clock.from_minute(block[edge]).astimezone(place.zone) for edge in ("s", "e"))
        word = words[block["state"]]
        made.append(
            {
                **block,
                "time": place.formats.time(start) if start.date() == day else place.formats.day(start.date()),
                "span": place.formats.span_on(day, start, end),
                "day": start.date().isoformat(),
                "word": word,
                "shown": block["title"] if block.get("visit") else block["title"] or block["service"] or word,
            }
        )
    return made


def _board(
    request: HttpRequest, found: Days, place: Frame, choice: Choice, context: Fields, period: Period
) -> HttpResponse:
    stats = [day.stats() for day in found.days]
    hours = sum(sum(c["hours"] for c in day.columns.values()) for day in found.days)
    free = sum(each["free"] for each in stats)
    total = {name: sum(each[name] for each in stats) for name in ("visits", "done", "cancelled")}
    total |= {"free": free, "filled": round(100 * (hours - free) / hours) if hours else 0}
    context |= {
        **(above := figures(place, total, period.first, period.last)),
        "bar": bar(above),
        "heads": [_head(day, place, choice) for day in found.days],
        "rows": [_row(resource, found, place, choice) for resource in found.resources],
        "may_book": place.guest.may("visits.book"),
        "config": script_config(place),
        "icons": icons(),
    }
    template = "desk/views/week_board.html" if request.headers.get("X-Part") else "desk/views/week.html"
    return render(request, template, context)


def _head(day: Day, place: Frame, choice: Choice) -> Fields:
    open_ = any(column["work"] for column in day.columns.values())
    url = choice.url(place, day.date, view="day")
    return {
        "text": place.formats.day(day.date),
        "url": url,
        "open": open_,
        "today": day.date == place.today,
        "stats": day.stats(),
    }


def _row(resource: Resource, found: Days, place: Frame, choice: Choice) -> Fields:
    return {
        "resource": resource,
        "occupation": place.text(resource.occupation),
        "url": choice.url(place, place.day, resource=resource.pk, service=None),
        "cells": [_cell(resource, day, place, choice) for day in found.days],
    }


def _cell(resource: Resource, day: Day, place: Frame, choice: Choice) -> Fields:
    column, made = day.columns[resource.pk], items(day.blocks[resource.pk], place, day.date)
    taken = column["hours"] - column["free"]
    return {
        "resource": resource.pk,
        "date": day.date.isoformat(),
        "day": place.formats.day(day.date),
        "today": day.date == place.today,
        "may_open": day.date >= place.today and may_change(place.guest, resource.pk),
        "works": bool(column["work"]),
        "hours": place.formats.length(column["hours"]) if column["hours"] else "",
        "free": place.formats.length(column["free"]),
        "filled": round(100 * taken / column["hours"]) if column["hours"] else 0,
        "items": _movable(made[:MOST], place),
        "more": _movable(made[MOST:], place),
        "day_url": choice.url(place, day.date, view="day"),
    }


def _movable(found: list[Fields], place: Frame) -> list[Fields]:
    """Each visit that this person may move with what the script needs to do it."""
    may = place.guest.may(rights.VISITS_CHANGE) or place.guest.may(rights.VISITS_CHANGE_OWN)
    names = ("visit", "appointment", "version", "resource", "s")
    return [
        {**item, "moves": json.dumps({**{name: item[name] for name in names}, "name": item["shown"]})}
        if may and item.get("visit") and not item["role"] and item["state"] in MOVES
        else item
        for item in found
    ]

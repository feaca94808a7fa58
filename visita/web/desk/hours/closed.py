"""Closed days of a location: the ones said, public holidays of its country to choose from, and days opened again."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import public_holidays
from visita.scheduling.changes import Day
from visita.scheduling.models import WorkingException
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.hours import making, rights, typed, words
from visita.web.desk.reading import Body, body, day, query


@page
def closed(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET `?location=&year=`; POST: `date` with `hours` (none: closed), ticked `holiday`s, or `open` (a date) again."""
    guest.require("working_time.see")
    sent = body(request) if request.method == "POST" else query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        year = sent.number("year", low=2000, high=2199) or place.today.year
        if request.method != "POST":
            return _page(request, place, year)
        if not rights.may_change(guest, None):
            guest.require("working_time.change")
        try:
            changes = _changes(sent, place, request.POST.getlist("holiday")[:60])
        except Refusal as refusal:
            return _page(request, place, year, refusal)
    if not changes:
        with scope(guest.organization.pk):
            return _page(request, place, year)
    return making.look(request, guest, changes)


def _changes(sent: Body, place: Frame, holidays: list[str]) -> list[Day]:
    location = place.location.pk
    if reopened := day(sent.text("open", 10)):
        return [Day(None, location, reopened, None)]
    if holidays:
        return [Day(None, location, when, (), "holiday") for text in holidays if (when := day(text))]
    when = day(sent.text("date", 10))
    if when is None:
        raise Refusal("required", 422, words.WRITE_A_DATE, field="date")
    hours = typed.read(sent.text("hours", typed.LONGEST))
    return [Day(None, location, when, hours, "shortened" if hours else sent.text("reason", 40) or "holiday")]


def _page(request: HttpRequest, place: Frame, year: int, refusal: Refusal | None = None) -> HttpResponse:
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = WorkingException.objects.filter(
        resource_id=None, location_id=place.location.pk, date__gte=first, date__lte=last
    ).order_by("date")
    said = {row.date for row in rows}
    country = place.profile.country
    offered = [
        {"date": when, "text": place.formats.day(when), "name": name, "closed": when in said}
        for when, name in public_holidays.of(country, year, place.guest.language)
        if when >= place.today
    ]
    context: dict[str, Any] = {
        **place.context(), "section": "hours", "refusal": refusal, "year": year, "holidays": offered,
        "rows": [
            {"date": row.date, "text": place.formats.full_day(row.date), "kind": words.kind(row.reason),
             "hours": typed.told(row.intervals, place.formats), "past": row.date < place.today}
            for row in rows
        ],
        "may": rights.may_change(place.guest, None), "today": place.today, "years": (year - 1, year + 1),
    }  # fmt: skip
    return render(request, "desk/hours/closed.html", context, status=422 if refusal else 200)

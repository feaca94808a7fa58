"""Going to a date: the calendar behind the title, with year, month, weeks and hours; closed days are grey (WT-05)."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.bookings.journal_month import open_days
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.reading import Body, query
from visita.web.desk.views.choice import NAMES, Choice, of_week, read
from visita.web.desk.views.month import closed_word

Fields = dict[str, Any]
DAYS = 42


@page
def calendar(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=&view=` and the view's filters: the month of the date. `month` (YYYY-MM) and `year` turn its pages."""
    only(guest)
    with scope(guest.organization.pk):
        values = query(request)
        place = frame(request, guest, values)
        view = values.text("view", 8) or "day"
        if view not in NAMES:
            raise Refusal("bad_choice", 404, "", field="view")
        choice = read(request, view)
        context = {**place.context(), **_page(place, choice, _turned(values, place))}
        template = (
            "desk/views/calendar_part.html" if request.headers.get("X-Part") else "desk/views/calendar.html"
        )
        return render(request, template, {**context, "view": view})


def _turned(values: Body, place: Frame) -> date:
    """The first of the month shown: `month`, with `year` in place of its own."""
    text, year = values.text("month", 7), values.number("year", low=2000, high=2199)
    if not text:
        return place.day.replace(day=1, year=year or place.day.year)
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Refusal("bad_date", 404, "", field="month") from error
    if not 2000 <= found.year <= 2199:
        raise Refusal("bad_date", 404, "", field="month")
    return found.replace(year=year or found.year)


def _page(place: Frame, choice: Choice, shown: date) -> Fields:
    first = shown - timedelta((shown.weekday() - place.formats.first_weekday) % 7)
    dates = [first + timedelta(at) for at in range(DAYS)]
    open_, reasons = open_days(place.location.pk, dates[0], dates[-1])
    kept = _kept(place, choice)
    days = [_day(when, place, choice, shown, when in open_, reasons.get(when, "")) for when in dates]
    return {
        "shown": shown,
        "title": place.formats.month(shown),
        "weeks": [
            {
                "number": (dates[at] + timedelta(3)).isocalendar().week,
                "url": choice.url(place, of_week(dates[at], place), view="week"),
                "days": days[at : at + 7],
            }
            for at in range(0, DAYS, 7)
        ],
        "weekdays": [place.formats.weekday(when) for when in dates[:7]],
        "months": [
            (f"{shown.year}-{m:02d}", place.formats.short_month(date(shown.year, m, 1)), m == shown.month)
            for m in range(1, 13)
        ],
        "years": [
            (year, year == shown.year)
            for year in range(shown.year - 5, shown.year + 6)
            if 2000 <= year <= 2199
        ],
        "earlier": _step(shown, -1),
        "later": _step(shown, 1),
        "hours": [(hour, _clock(hour, place)) for hour in _hours(place)],
        "today_url": choice.url(place, None),
        "this_url": choice.url(place, place.day),
        "kept": kept,
        "turn": "?" + urlencode(kept),
    }


def _kept(place: Frame, choice: Choice) -> list[tuple[str, Any]]:
    """What every page of the calendar carries on."""
    here = {"view": choice.view, "location": place.location.pk, "date": place.day.isoformat()}
    filters = {name: value for name, value in choice.values.items() if name != "find"}
    return [*here.items(), *filters.items(), *(("find", find) for find in choice.finds)]


def _step(shown: date, by: int) -> str:
    there = (shown - timedelta(1)) if by < 0 else shown + timedelta(31)
    return f"{there:%Y-%m}"


def _hours(place: Frame) -> range:
    return range(place.location.journal_start // 60, -(-place.location.journal_end // 60))


def _clock(hour: int, place: Frame) -> str:
    return place.formats.time(datetime.combine(place.day, time(hour % 24)))


def _day(when: date, place: Frame, choice: Choice, shown: date, open_: bool, reason: str) -> Fields:
    title = place.formats.full_day(when)
    return {
        "number": when.day,
        "title": title if open_ else f"{title}, {closed_word(reason)}",
        "url": choice.url(place, when, view=choice.view if choice.view != "month" else "day"),
        "open": open_,
        "inside": when.month == shown.month,
        "today": when == place.today,
        "chosen": when == place.day,
    }

"""The month at a glance: visits, load and free hours of each day, for everybody or one; a press leads to the day."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from visita.bookings import journal_month
from visita.bookings.journal_month import Figures
from visita.foundation.scope import scope
from visita.web.desk.door import Guest, page
from visita.web.desk.figures import bar, figures
from visita.web.desk.frame import Frame, frame, only, remember
from visita.web.desk.reading import query
from visita.web.desk.views import liked
from visita.web.desk.views.choice import Choice, allowed, of_week, read
from visita.web.desk.views.tools import Period, tools
from visita.web.desk.views.tools import month as month_of

Fields = dict[str, Any]


@page
def month(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&date=&resource=&service=`: the month that holds the date."""
    seen = only(guest)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        remember(request, guest, place.location)
        choice, period = read(request, "month"), month_of(place)
        liked.remember(guest, choice)
        weeks = _weeks(place, choice, period, allowed(choice.ids(), seen))
        inside = [day["figures"] for week in weeks for day in week["days"] if day["inside"]]
        context = {**place.context(), **tools(place, choice, period), **_totals(inside, place, period)}
        context |= {"weeks": weeks, "weekdays": _weekdays(place)}
        template = "desk/views/month_grid.html" if request.headers.get("X-Part") else "desk/views/month.html"
        return render(request, template, context)


def _weeks(place: Frame, choice: Choice, period: Period, ids: set[int] | None) -> list[Fields]:
    first = period.first - timedelta((period.first.weekday() - place.formats.first_weekday) % 7)
    count = -(-((period.last - first).days + 1) // 7) * 7
    days = journal_month.figures(place.location.pk, first, count, ids)
    made = [_day(each, place, choice, period) for each in days]
    return [
        {
            "number": (days[at].date + timedelta(3)).isocalendar().week,
            "url": choice.url(place, of_week(days[at].date, place), view="week"),
            "days": made[at : at + 7],
        }
        for at in range(0, count, 7)
    ]


def _day(figures: Figures, place: Frame, choice: Choice, period: Period) -> Fields:
    return {
        "figures": figures,
        "number": figures.date.day,
        "title": place.formats.full_day(figures.date),
        "inside": period.first <= figures.date <= period.last,
        "today": figures.date == place.today,
        "past": figures.date < place.today,
        "free": place.formats.length(figures.free),
        "closed": "" if figures.open else closed_word(figures.reason),
        "heat": min(5, -(-figures.filled // 20)),
        "url": choice.url(place, figures.date, view="day"),
    }


def closed_word(reason: str) -> str:
    """Why nobody works, as far as it is known."""
    return _("Public holiday") if reason == "holiday" else _("Closed")


def _weekdays(place: Frame) -> list[str]:
    monday = place.day - timedelta(place.day.weekday()) + timedelta(place.formats.first_weekday)
    return [place.formats.weekday(monday + timedelta(at)) for at in range(7)]


def _totals(days: list[Figures], place: Frame, period: Period) -> Fields:
    hours, free = sum(day.hours for day in days), sum(day.free for day in days)
    stats = {
        "visits": sum(day.visits for day in days),
        "done": sum(day.done for day in days),
        "cancelled": sum(day.cancelled for day in days),
        "free": free,
        "filled": round(100 * (hours - free) / hours) if hours else 0,
    }
    above = figures(place, stats, period.first, period.last)
    return {**above, "bar": bar(above)}

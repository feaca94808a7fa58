"""What the toolbar above every view shows: title, arrows, the switch of views, filters, the way to the calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_interval
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visita.bookings.journal_month import team
from visita.catalog.models import Service
from visita.identity import rights
from visita.scheduling.models import Resource
from visita.web.desk.frame import Frame
from visita.web.desk.views.choice import PEOPLE, Choice

Fields = dict[str, Any]
KEYS = {"day": "d", "week": "w", "month": "o", "rooms": "r", "list": "l", "places": "b", "table": "v"}


@dataclass(frozen=True, slots=True)
class Period:
    """The dates a view shows, and those its arrows lead to."""

    first: date
    last: date
    previous: date
    next: date
    title: str
    short: str


def day(place: Frame, previous: str | None, following: str | None) -> Period:
    """One day; arrows skip closed days, and go by one where nothing is open for a month."""

    def to(when: str | None, shift: int) -> date:
        return date.fromisoformat(when) if when else place.day + timedelta(shift)

    when, formats = place.day, place.formats
    return Period(when, when, to(previous, -1), to(following, 1), formats.full_day(when), formats.day(when))


def week(place: Frame) -> Period:
    """The week that holds the date, beginning as the reader's weeks do; arrows keep the day of the week."""
    first = place.day - timedelta((place.day.weekday() - place.formats.first_weekday) % 7)
    last = first + timedelta(6)
    title = format_interval(first, last, "yMMMd", locale=place.formats.locale)
    number = (first + timedelta(3)).isocalendar().week
    short = pgettext("a week of the year", "Week %(number)d") % {"number": number}
    return Period(first, last, place.day - timedelta(7), place.day + timedelta(7), title, short)


def month(place: Frame) -> Period:
    """The month of the date; arrows keep the day as far as the other month has it."""
    first = place.day.replace(day=1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    title = place.formats.month(first)
    earlier, later = _day_in(first - timedelta(1), place.day), _day_in(last + timedelta(1), place.day)
    return Period(first, last, earlier, later, title, title)


def _day_in(month: date, day: date) -> date:
    """The same day of another month, or its last one."""
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))


def tools(place: Frame, choice: Choice, period: Period) -> Fields:
    """What `desk/parts/tools.html` reads besides the figures."""
    here = team(place.location.pk)
    words = _words(period.previous, period.next, choice.view)
    return {
        "view": choice.view,
        "choice": choice,
        "title": period.title,
        "period": period,
        "previous": choice.url(place, period.previous),
        "next": choice.url(place, period.next),
        **words,
        "today": choice.url(place, None),
        "is_today": period.first <= place.today <= period.last,
        "views": _views(place, choice, period, here),
        "calendar_url": f"{place.url('calendar')}?{urlencode(_here(place, choice), doseq=True)}",
        "chosen": _chosen(place, choice, here),
        "print_url": _print(place, choice),
        "people": [(each.pk, str(each), each.pk == choice.resource) for each in _seen(place, here)],
        "services": _services(place, choice),
        "day_url": choice.url(place, place.day, view="day"),
        "list_url": choice.url(place, place.day, view="list"),
    }


def _seen(place: Frame, here: list[Resource]) -> list[Resource]:
    """Whose calendars the reader may choose from."""
    if place.guest.may(rights.VISITS_SEE):
        return here
    return [each for each in here if each.pk == place.guest.resource_id]


def _here(place: Frame, choice: Choice) -> Fields:
    return {
        "view": choice.view,
        "location": place.location.pk,
        "date": place.day.isoformat(),
        **choice.values,
    }


def _words(previous: date, following: date, view: str) -> Fields:
    if view == "month":
        return {"previous_word": _("Previous month"), "next_word": _("Next month")}
    if view == "week":
        return {"previous_word": _("Previous week"), "next_word": _("Next week")}
    return {"previous_word": _("Previous open day"), "next_word": _("Next open day")}


def _views(place: Frame, choice: Choice, period: Period, here: list[Resource]) -> list[Fields]:
    """The switch: code, word, key, address and whether it is the one shown."""
    words = {"day": _("Day"), "week": _("Week"), "month": _("Month")}
    if any(each.kind not in PEOPLE for each in here):
        words["rooms"] = _("Rooms")
    if len(place.locations) > 1:
        words["places"] = _("Locations")
    words["list"] = _("List")
    plain = {"rooms": {"resource": None, "service": None}, "places": {"resource": None}}
    made = [
        {"code": code, "word": word, "url": choice.url(place, place.day, view=code, **plain.get(code, {}))}
        for code, word in words.items()
    ]
    made.append({"code": "table", "word": _("Table"), "url": _table(place, choice, period)})
    return [{**each, "key": KEYS[each["code"]], "on": each["code"] == choice.view} for each in made]


def _print(place: Frame, choice: Choice) -> str:
    """Where what is shown is printed; a month and locations side by side are for the screen."""
    if choice.view not in ("day", "rooms", "week", "list"):
        return ""
    values = {**_here(place, choice), "view": "day" if choice.view == "list" else choice.view}
    values.pop("find", None)
    return f"{place.url('print')}?{urlencode(values)}"


def _chosen(place: Frame, choice: Choice, here: list[Resource]) -> str:
    """Whom the filter leaves, for its button; empty where nothing narrows."""
    who = next((str(each) for each in here if each.pk == choice.resource), "")
    service = Service.objects.filter(pk=choice.service).first() if choice.service else None
    return ", ".join(part for part in (who, place.text(service.name) if service else "") if part)


def _table(place: Frame, choice: Choice, period: Period) -> str:
    values = {"from": period.first.isoformat(), "to": period.last.isoformat(), "location": place.location.pk}
    narrowing = {name: value for name, value in choice.values.items() if name != "find"}
    return f"{place.url('table')}?{urlencode({**values, **narrowing})}"


def _services(place: Frame, choice: Choice) -> list[tuple[int, str, bool]]:
    found = Service.objects.filter(archived_at=None)
    return [(each.pk, place.text(each.name), each.pk == choice.service) for each in found]

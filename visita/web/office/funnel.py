"""The funnel: how many came, how far they went, by door, device, language, channel and day."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from visita.foundation import clock
from visita.foundation.scope import scope
from visita.marketing import queries
from visita.marketing.funnel import STEPS
from visita.marketing.queries import Counted
from visita.web.desk import door
from visita.web.desk.door import Guest
from visita.web.front.place import name_of
from visita.web.office.room import FIGURES, Room, enter, show

PERIODS = (7, 30, 90)
FIELDS = ("door", "device", "language", "channel")


@door.page
def page(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET `?days=7|30|90&by=door|device|language|channel`: bars of the steps, and the same as tables."""
    days = next((each for each in PERIODS if request.GET.get("days") == str(each)), PERIODS[1])
    field = next((each for each in FIELDS if request.GET.get("by") == each), FIELDS[0])
    with scope(guest.organization.pk):
        room = enter(guest, FIGURES)
        last = clock.now().astimezone(ZoneInfo(guest.organization.zone)).date()
        first = last - timedelta(days=days - 1)
        parted, daily = queries.by(field, first, last), queries.by("day", first, last)
        context = {
            "bars": _bars(queries.total(parted)),
            "steps": [step_names()[step] for step in STEPS],
            "parted": [_row(_named(field, one.name), one) for one in parted],
            "daily": [_row(_day(room, one.name), one) for one in reversed(daily)],
            "periods": [(each, each == days) for each in PERIODS],
            "fields": [(each, field_names()[each], each == field) for each in FIELDS],
            "days": days,
            "field": field,
            "field_name": field_names()[field],
        }
        return show(request, room, "office/funnel.html", context)


def step_names() -> dict[str, str]:
    """The steps in the reader's words."""
    return {
        "view": _("Came in"),
        "place": _("Saw the places"),
        "service": _("Saw the services"),
        "time": _("Saw the times"),
        "details": _("Chose a time"),
        "booked": _("Finished the booking"),
    }


def field_names() -> dict[str, str]:
    """By what the sums can be parted."""
    return {"door": _("Door"), "device": _("Device"), "language": _("Language"), "channel": _("Sent by")}


def _named(field: str, name: str) -> str:
    doors = {"page": _("Own page"), "widget": _("In another page"), "popup": _("Window"), "link": _("Link")}
    devices = {"phone": _("Phone"), "tablet": _("Tablet"), "desktop": _("Computer")}
    if field == "language":
        return name_of(name)
    known = {"door": {**doors, "qr": _("QR code")}, "device": devices}.get(field, {"": _("nobody named")})
    return known.get(name, name.capitalize())


def _bars(counted: Counted) -> list[dict[str, Any]]:
    """Each step with its share of the highest, and of the step that was reached before."""
    highest, before, bars = max(counted.steps, default=0), 0, []
    for step, count in zip(STEPS, counted.steps, strict=True):
        share = _percent(count, before) if before and 0 < count <= before else ""
        bars.append(
            {
                "name": step_names()[step],
                "count": count,
                "share": share,
                "width": 100 * count // max(highest, 1),
            }
        )
        before = count or before
    return bars


def _row(name: str, counted: Counted) -> dict[str, Any]:
    came, booked = counted.steps[0], counted.steps[-1]
    return {"name": name, "steps": counted.steps, "share": _percent(booked, came) if came else "–"}


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %"


def _day(room: Room, name: str) -> str:
    return room.formats.day(date.fromisoformat(name))

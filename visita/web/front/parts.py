"""The times of a day, grouped into morning, afternoon and evening with their counts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.bookings.availability import Start
from visita.web.components.formats import Formats
from visita.web.front.times import Free

NOON, EVENING = 12, 17  # the hours at which the parts begin


@dataclass(frozen=True, slots=True)
class Time:
    """A time to press. `minute` is its epoch minute, `label` its full name, `places` what a class still has."""

    minute: int
    text: str
    label: str
    places: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day with its times."""

    key: str
    name: str
    icon: str
    count: str
    times: list[Time]


_ICONS = {"morning": "sunrise", "afternoon": "sun", "evening": "moon"}


def names() -> dict[str, str]:
    """The parts' names in the page's language."""
    return {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}


def part_of(hour: int) -> str:
    """The part of the day an hour belongs to."""
    if hour < NOON:
        return "morning"
    return "afternoon" if hour < EVENING else "evening"


def parts(
    free: Free, starts: list[Start], formats: Formats, who: str, chosen: int | None = None
) -> list[Part]:
    """The day's starts by part, empty parts left out."""
    found: dict[str, list[Time]] = {}
    for start in starts:
        key = part_of(free.local(start.start).hour)
        found.setdefault(key, []).append(_time(free, start, formats, who, chosen))
    return [
        Part(key, names()[key], _ICONS[key], _counted(len(times)), times)
        for key, times in sorted(found.items(), key=lambda item: list(_ICONS).index(item[0]))
    ]


def _counted(count: int) -> str:
    return ngettext("%(count)d time", "%(count)d times", count) % {"count": count}


def _time(free: Free, start: Start, formats: Formats, who: str, chosen: int | None) -> Time:
    moment = free.local(start.start)
    text, places = formats.time(moment), _places(start.places)
    label = ", ".join(filter(None, [formats.full_day(moment.date()), text, who, places]))
    return Time(start.start, text, label, places, start.start == chosen)


def _places(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("%(count)d place", "%(count)d places", count) % {"count": count}

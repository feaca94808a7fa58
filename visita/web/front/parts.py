"""The times of a day, grouped into morning, afternoon and evening with their counts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import ngettext

from visita.bookings.availability import Start
from visita.web.components.formats import Formats
from visita.web.components.windows import EVENING, NOON, part_names
from visita.web.front.promoted import Deal
from visita.web.front.slots import value
from visita.web.front.times import Free


@dataclass(frozen=True, slots=True)
class Time:
    """A time to press. `minute` is its epoch minute, `value` what the button sends, `label` its full name, `second`
    what a class still has or who gives a combination, `deal` what a promotion makes it cost."""

    minute: int
    value: str
    text: str
    label: str
    second: str
    chosen: bool
    deal: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day with its times."""

    key: str
    name: str
    icon: str
    count: str
    times: list[Time]


_ICONS = {"morning": "sunrise", "afternoon": "sun", "evening": "moon"}


def part_of(hour: int) -> str:
    """The part of the day an hour belongs to."""
    if hour < NOON:
        return "morning"
    return "afternoon" if hour < EVENING else "evening"


@dataclass(frozen=True)
class Words:
    """What is said of a time: whom the visitor asked for (None = anyone) by name, and how combinations are told.

    `people_last`: who is free at it is asked next, unless only one is. `deal`: the promotion that holds for a start.
    """

    formats: Formats
    resource: int | None = None
    who: str = ""
    combined: Callable[[Start], str] | None = None
    people_last: bool = False
    deal: Callable[[Start], Deal | None] | None = None


def parts(free: Free, starts: list[Start], words: Words, chosen: int | None = None) -> list[Part]:
    """The day's starts by part, empty parts left out."""
    found: dict[str, list[Time]] = {}
    for start in starts:
        key = part_of(free.local(start.start).hour)
        found.setdefault(key, []).append(time(free, start, words, chosen))
    return [
        Part(key, part_names()[key], _ICONS[key], _counted(len(times)), times)
        for key, times in sorted(found.items(), key=lambda item: list(_ICONS).index(item[0]))
    ]


def _counted(count: int) -> str:
    return ngettext("%(count)d time", "%(count)d times", count) % {"count": count}


def time(free: Free, start: Start, words: Words, chosen: int | None = None) -> Time:
    """A start as a button."""
    moment, formats = free.local(start.start), words.formats
    text = formats.time(moment)
    if start.items:
        text = formats.span(moment, free.local(start.end))
    second = words.combined(start) if words.combined and start.items else _places(start.places)
    deal = words.deal(start) if words.deal else None
    told = [formats.full_day(moment.date()), text, words.who, second, deal.words if deal else ""]
    label = ", ".join(filter(None, told))
    pairs: list[tuple[int | None, int]] = [(item.resource_id, item.start) for item in start.items]
    alone = start.resources[0] if words.people_last and len(start.resources) == 1 else words.resource
    pairs = pairs or [(alone, start.start)]
    return Time(
        start.start, value(pairs), text, label, second, start.start == chosen, deal.short if deal else ""
    )


def _places(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("%(count)d place", "%(count)d places", count) % {"count": count}

"""When somebody is at work at a location in the coming week: what a client takes for its opening hours."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from visita.foundation import clock
from visita.scheduling import queries
from visita.scheduling.models import WorkingPattern
from visita.tenancy.models import Location
from visita.web.front.place import Place

Span = tuple[int, int]


def hours(place: Place, location: Location, people: Iterable[int]) -> list[dict[str, Any]]:
    """Seven rows from today on: the day's name and its spans; `people` are the resources that clients may see."""
    today = clock.now().astimezone(ZoneInfo(location.zone)).date()
    days = [today + timedelta(days=away) for away in range(7)]
    weekly = queries.patterns(list(people), location.pk)
    special = {
        one.date: [(start, end) for start, end in one.intervals]
        for one in queries.exceptions(days[0], days[-1], [], location.pk)
        if one.resource_id is None
    }
    return [_row(place, day, special.get(day) if day in special else _worked(weekly, day)) for day in days]


def _row(place: Place, day: date, spans: list[Span] | None) -> dict[str, Any]:
    written = [place.formats.span(_at(start), _at(end)) for start, end in spans or []]
    return {"day": place.formats.weekday_full(day), "spans": written or [_("Closed")]}


def _worked(weekly: list[WorkingPattern], day: date) -> list[Span]:
    """The patterns of a date put together."""
    spans = sorted((each.start, each.end) for each in weekly if _holds(each, day))
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _holds(pattern: WorkingPattern, day: date) -> bool:
    if (
        pattern.weekday != day.weekday()
        or day < pattern.valid_from
        or (pattern.valid_to and day > pattern.valid_to)
    ):
        return False
    weeks = (_monday(day) - _monday(pattern.valid_from)).days // 7
    return weeks % pattern.every_weeks == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _at(minutes: int) -> datetime:
    return datetime.combine(date(2026, 1, 5), time(minutes // 60 % 24, minutes % 60))

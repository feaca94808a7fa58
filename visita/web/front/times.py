"""Free times of a service for the page: one question answers the days, the parts of a day and everyone's nearest time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from visita.bookings import availability
from visita.bookings.availability import Ask, AskItem, Start
from visita.foundation import clock
from visita.scheduling import engine
from visita.scheduling.claims import NOTHING, Ignored

AHEAD = 60  # days looked at for the first free time of everyone
_MOST = 92


@dataclass(frozen=True, slots=True)
class Question:
    """A service at a location, for somebody or anyone (None), so many places; `ignored` claims do not count.

    `minutes` is the length of a visit that staff resized; None is the service's own.
    """

    location_id: int
    service_id: int
    resource_id: int | None = None
    seats: int = 1
    ignored: Ignored = NOTHING
    minutes: int | None = None


@dataclass
class Free:
    """What is free. `starts` by local date for the person asked for, `nearest` for everyone (None = anyone).

    `working` are the dates on which the person works at all, so that "full" can be told from "off"; `first` and
    `last` bound what may be booked (lead time, horizon).
    """

    zone: ZoneInfo
    today: date
    starts: dict[date, list[Start]] = field(default_factory=dict)
    nearest: dict[int | None, Start] = field(default_factory=dict)
    working: set[date] = field(default_factory=set)
    first: date = date.min
    last: date = date.max

    def on(self, day: date) -> list[Start]:
        """The starts of a local date."""
        return self.starts.get(day, [])

    def first_day(self, after: date | None = None) -> date | None:
        """The first free date, at or after a given one."""
        days = (
            day for day, found in sorted(self.starts.items()) if found and (after is None or day >= after)
        )
        return next(days, None)

    def local(self, minute: int) -> datetime:
        """An epoch minute on the location's wall clock."""
        return clock.from_minute(minute).astimezone(self.zone)


def find(question: Question, zone: ZoneInfo, until: date | None = None) -> Free:
    """Free times from today on, and also for the weeks around `until` where that lies further ahead."""
    today = clock.now().astimezone(zone).date()
    last = today + timedelta(days=AHEAD)
    free = Free(zone, today)
    _add(free, question, today, last)
    if until is not None and until > last:
        _add(free, question, max(last, until - timedelta(days=_MOST // 2)) + timedelta(days=1), until)
    return free


def _add(free: Free, question: Question, first: date, last: date) -> None:
    ask = Ask(
        question.location_id,
        (AskItem(question.service_id),),
        first,
        last,
        question.seats,
        minutes=question.minutes,
        ignored=question.ignored,
    )
    loaded = availability.load(ask)
    for day in availability.by_day(ask, loaded.rules, availability.starts(ask, loaded)):
        _note_nearest(free.nearest, day.starts)
        free.starts[day.date] = [each for each in day.starts if _suits(each, question.resource_id)]
    spans = [
        span
        for resource in loaded.needs[0].candidates
        if question.resource_id in (None, resource) and (work := loaded.calendars[resource].work)
        for span in work.spans
    ]
    free.working.update(_dates(free.zone, spans))
    _note_bounds(free, loaded.limits, spans)


def _note_bounds(free: Free, limits: engine.Limits, spans: list[tuple[int, int]]) -> None:
    """A day whose work ends before the first possible start is too soon, not full."""
    if limits.earliest is not None:
        free.first = free.local(limits.earliest).date()
        ahead = [span for span in spans if span[1] > limits.earliest]
        if free.first in free.working and free.first not in set(_dates(free.zone, ahead)):
            free.first += timedelta(days=1)
    if limits.latest is not None:
        free.last = free.local(limits.latest).date()


def _suits(start: Start, resource: int | None) -> bool:
    return resource is None or resource in start.resources


def _note_nearest(nearest: dict[int | None, Start], starts: Iterable[Start]) -> None:
    for start in starts:
        nearest.setdefault(None, start)
        for resource in start.resources:
            nearest.setdefault(resource, start)


def _dates(zone: ZoneInfo, spans: Iterable[tuple[int, int]]) -> Iterable[date]:
    for begin, end in spans:
        yield clock.from_minute(begin).astimezone(zone).date()
        yield clock.from_minute(end - 1).astimezone(zone).date()

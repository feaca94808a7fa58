"""Free times of a service for the page: one question answers the days, the parts of a day and everyone's nearest time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from visita.bookings import availability, sessions
from visita.bookings.availability import Ask, AskItem, Start
from visita.foundation import clock
from visita.scheduling import engine
from visita.scheduling.claims import NOTHING, Ignored

AHEAD = 60  # days looked at for the first free time of everyone
_SOON = (
    34  # the days that are looked at first; the further ones only where these leave somebody without a time
)
_MOST = 92


@dataclass(frozen=True, slots=True)
class Question:
    """Services at a location, each for somebody or anyone (None), so many places; `ignored` claims do not count.

    `apart`: at which minutes of the visit its services begin, where a move keeps the distances between them.
    """

    location_id: int
    items: tuple[AskItem, ...]
    seats: int = 1
    ignored: Ignored = NOTHING
    apart: tuple[int, ...] = ()

    @property
    def resource_id(self) -> int | None:
        """Whom a single service is asked for; several look for combinations of people."""
        return self.items[0].resource_id if len(self.items) == 1 else None

    def asked(self) -> tuple[AskItem, ...]:
        """What the engine is asked: a single service for everybody, so that each has a nearest time."""
        return self.items if len(self.items) > 1 else (replace(self.items[0], resource_id=None),)


@dataclass
class Free:
    """What is free. `starts` by local date for the person asked for, `nearest` for everyone (None = anyone).

    `working` are the dates on which the person works for clients at all, so that "full" can be told from "off"; of a
    class, or of what a promotion's days bind (`dated`), those it is held on: the house may be open on others. `first` and `last` bound what may be booked (lead time, horizon). `further` looks at
    the days that were left out at first.
    """

    zone: ZoneInfo
    today: date
    starts: dict[date, list[Start]] = field(default_factory=dict)
    nearest: dict[int | None, Start] = field(default_factory=dict)
    working: set[date] = field(default_factory=set)
    dated: bool = False
    first: date = date.min
    last: date = date.max
    exact: dict[date, Callable[[], list[Start]]] = field(default_factory=dict)
    further: Callable[[], object] | None = None

    def on(self, day: date) -> list[Start]:
        """The starts of a local date; of several services only when they begin."""
        return self.starts.get(day, [])

    def shown(self, day: date) -> list[Start]:
        """The starts of a local date with everything that is shown of them."""
        if day in self.exact and self.starts[day]:
            self.starts[day] = self.exact.pop(day)()
        return self.on(day)

    def soonest(self) -> Start | None:
        """The first start for anyone, with everything that is shown of it."""
        day = self.first_day()
        return self.shown(day)[0] if day else None

    def first_day(self, after: date | None = None) -> date | None:
        """The first free date, at or after a given one; further days are looked at where it takes them."""
        days = (
            day for day, found in sorted(self.starts.items()) if found and (after is None or day >= after)
        )
        found = next(days, None)
        return self.first_day(after) if found is None and self.look_further() else found

    def look_further(self) -> bool:
        """Looks at the days that were left out at first, once; False where there are none."""
        further, self.further = self.further, None
        if further:
            further()
        return further is not None

    def state(self, day: date) -> str:
        """free, full, off, soon (nothing can start any more) or far (beyond the horizon)."""
        if self.on(day):
            return "free"
        if not self.first <= day <= self.last:
            return "soon" if day < self.first else "far"
        return "full" if day in self.working else "off"

    def local(self, minute: int) -> datetime:
        """An epoch minute on the location's wall clock."""
        return clock.from_minute(minute).astimezone(self.zone)


def find(question: Question, zone: ZoneInfo, until: date | None = None, *, whole: bool = False) -> Free:
    """Free times from today on, and also for the weeks around `until` where that lies further ahead.

    `whole`: all the days at once, for a class whose dates are listed.
    """
    today = clock.now().astimezone(zone).date()
    last = today + timedelta(days=AHEAD)
    far = until is not None and until > last
    soon = last if whole or far else max(today + timedelta(days=_SOON), until or today)
    free = Free(zone, today)
    missing = _add(free, question, today, soon)
    if soon < min(last, free.last):
        free.further = partial(_add, free, question, soon + timedelta(days=1), last)
        if missing:
            free.look_further()
    if until is not None and far:
        _add(free, question, max(last, until - timedelta(days=_MOST // 2)) + timedelta(days=1), until)
    return free


def _add(free: Free, question: Question, first: date, last: date) -> set[int | None]:
    """What these dates add; gives those who have no time yet."""
    ask = Ask(
        question.location_id,
        question.asked(),
        first,
        last,
        question.seats,
        ignored=question.ignored,
        apart=question.apart,
    )
    loaded = availability.load(ask)
    known = {who for need in loaded.needs for who in need.candidates} if len(ask.items) == 1 else ()
    missing: set[int | None] = {None, *known} - free.nearest.keys()
    for day in availability.by_day(ask, loaded.rules, availability.any_starts(ask, loaded)):
        _note_nearest(free.nearest, day.starts, missing)
        free.starts[day.date] = [each for each in day.starts if _suits(each, question.resource_id)]
        if len(ask.items) > 1:
            free.exact[day.date] = partial(availability.of_day, ask, loaded, day.date)
    classes = len(loaded.services) == 1 and loaded.services[0].is_class
    free.dated = classes or any(need.limited is not None for need in loaded.needs)
    free.working |= _worked(free, loaded, question.resource_id)
    _note_bounds(free, loaded, ask)
    return missing


def _worked(free: Free, loaded: availability.Loaded, resource_id: int | None) -> set[date]:
    """The dates on which there is somebody at work for every need, and every class is held."""
    pairs = zip(loaded.services, loaded.needs, strict=True)
    return set.intersection(
        *(
            _held(free, loaded, service.id)
            if service.is_class
            else _kept(free.zone, need, resource_id, _dates(free.zone, _spans(loaded, need, resource_id)))
            for service, need in pairs
        )
    )


def _kept(zone: ZoneInfo, need: engine.Need, resource_id: int | None, worked: set[date]) -> set[date]:
    """Those of the dates on which clients may start it: in a promotion's hours where they bind, else in hours not kept for staff."""
    if need.limited is not None:
        return worked & _dates(zone, need.limited)
    asked = [one for one in need.candidates if resource_id in (None, one)]
    if any(one not in need.online for one in asked):
        return worked
    return worked & _dates(zone, (span for one in asked for span in need.online[one]))


def _held(free: Free, loaded: availability.Loaded, service: int) -> set[date]:
    """The dates a class is held on, with places left or without."""
    window = loaded.window
    held = sessions.between(loaded.rules.location_id, service, window.origin, window.end)
    return {free.local(each.start).date() for each in held}


def _spans(
    loaded: availability.Loaded, need: engine.Need, resource_id: int | None
) -> Iterable[tuple[int, int]]:
    """The working time of those who could take a need."""
    for resource in need.candidates:
        work = loaded.calendars[resource].work
        if work and resource_id in (None, resource):
            yield from work.spans


def _note_bounds(free: Free, loaded: availability.Loaded, ask: Ask) -> None:
    """A day on which nothing could start any more, were it empty, is too soon and not full."""
    limits = loaded.limits
    if limits.earliest is not None and free.first == date.min:
        free.first = free.local(limits.earliest).date()
        known = ask.first <= free.first <= ask.last
        if known and not free.on(free.first) and not _could_start(free.first, loaded, ask):
            free.first += timedelta(days=1)
    if limits.latest is not None:
        free.last = free.local(limits.latest).date()


def _could_start(day: date, loaded: availability.Loaded, ask: Ask) -> bool:
    window = engine.Window(loaded.rules.day_start(day), loaded.rules.day_start(day + timedelta(days=1)))
    empty = {key: replace(one, claims=engine.Claims()) for key, one in loaded.calendars.items()}
    return any(availability.any_starts(ask, replace(loaded, window=window, calendars=empty)))


def _suits(start: Start, resource: int | None) -> bool:
    return resource is None or resource in start.resources


def _note_nearest(
    nearest: dict[int | None, Start], starts: Iterable[Start], missing: set[int | None]
) -> None:
    """Each one's first start; `missing` are those who have none yet."""
    for start in starts if missing else ():
        found = missing & {None, *(() if start.items else start.resources)}
        nearest.update(dict.fromkeys(found, start))
        missing -= found


def _dates(zone: ZoneInfo, spans: Iterable[tuple[int, int]]) -> set[date]:
    """The local dates on which spans begin or end; most people keep the same hours, so each edge is turned once."""
    edges = {edge for begin, end in set(spans) for edge in (begin, end - 1)}
    return {clock.from_minute(edge).astimezone(zone).date() for edge in edges}

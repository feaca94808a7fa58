"""Random worlds for the oracle: zones whose clocks change in every known way, hours and claims near the changes."""

import itertools
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from visita.scheduling.engine import Calendar, Claims, Group, Limits, Need, Rule, StartRule, Window, open_time
from visita.scheduling.tests.engine.oracle import Person, Wall, World

ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "Europe/Bucharest",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Havana",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Asia/Kolkata",
)
CONTROL = "Asia/Kolkata"
_EDGES = (0, 15, 30, 60, 90, 105, 120, 135, 150, 165, 180, 210, 240, 540, 720, 1020, 1380, 1410, 1440)


@cache
def change_days(zone: str) -> tuple[date, ...]:
    """The local dates of 2026–2030 on which a zone changes its clocks."""
    info, found = ZoneInfo(zone), []
    day = datetime(2026, 1, 1, tzinfo=UTC)
    while day.year < 2031:
        after = day + timedelta(days=1)
        if day.astimezone(info).utcoffset() != after.astimezone(info).utcoffset():
            hours = [day + timedelta(hours=h) for h in range(25)]
            pairs = itertools.pairwise(hours)
            late = next(
                b for a, b in pairs if a.astimezone(info).utcoffset() != b.astimezone(info).utcoffset()
            )
            found.append(late.astimezone(info).date())
        day = after
    return tuple(found)


def midnight(day: date) -> int:
    """00:00 UTC of a date as an epoch minute."""
    return (day - date(1970, 1, 1)).days * 1440


def every_day(wall: Wall, since: date = date(2020, 1, 1)) -> list[Rule]:
    """The same intervals on all weekdays."""
    return [Rule(weekday, s, e, since) for weekday in range(7) for s, e in wall]


def calendars(world: World) -> dict[int, Calendar]:
    """The world as the engine wants it."""
    first, last = world.first - timedelta(days=2), world.first + timedelta(days=world.days + 2)
    made = {}
    for who, person in world.people.items():
        work = open_time(person.rules, person.exceptions, world.closed, first, last, ZoneInfo(world.zone))
        made[who] = Calendar(who, work, Claims.rows(person.rows))
    return made


def walls() -> st.SearchStrategy[Wall]:
    """Disjoint intervals of a day, some touching."""
    cuts = st.lists(st.sampled_from(_EDGES) | st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(
        sorted
    )
    return st.builds(_intervals, cuts, st.lists(st.booleans(), min_size=5, max_size=5))


def _intervals(cuts: list[int], kept: list[bool]) -> Wall:
    pieces = list(itertools.pairwise(cuts))
    return [piece for piece, keep in zip(pieces, [True, *kept], strict=False) if keep]


@st.composite
def people(draw: st.DrawFn, first: date, days: int, seats: int) -> Person:
    """Somebody with hours, exceptions and claims near the window."""
    since = first - timedelta(days=draw(st.integers(0, 15)))
    until = draw(st.none() | st.just(first + timedelta(days=1)))
    weeks = draw(st.sampled_from((1, 1, 1, 2)))
    wall = draw(walls())
    rules = [Rule(weekday, s, e, since, until, weeks) for weekday in range(7) for s, e in wall]
    dates = st.integers(0, days - 1).map(lambda n: first + timedelta(days=n))
    exceptions = draw(st.dictionaries(dates, st.just([]) | walls(), max_size=1))
    rows = draw(st.lists(_row(midnight(first), days, seats), max_size=8))
    return Person(rules, exceptions, rows)


def _open(origin: int, days: int) -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    """Some spans of the window, apart from each other."""
    edges = st.lists(st.integers(origin, origin + days * 1440), min_size=2, max_size=6, unique=True)
    return edges.map(sorted).map(lambda at: tuple(zip(at[::2], at[1::2], strict=False)))


def _row(origin: int, days: int, seats: int) -> st.SearchStrategy[tuple[int, int, int, int | None]]:
    taken: list[tuple[int, int | None]] = [
        (1, None),
        (0, 1),
        (-1, 0),
        *((n, n + 1) for n in range(1, seats + 1)),
    ]
    start, length = st.integers(origin - 600, origin + days * 1440 + 600), st.integers(1, 400)
    return st.builds(lambda s, n, seat: (s, s + n, *seat), start, length, st.sampled_from(taken))


_HOLES = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 20)), max_size=2).map(tuple)


@st.composite
def needs(draw: st.DrawFn, who: list[int], lanes: int, origin: int, days: int) -> Need:
    """A service of any shape, some of it kept for staff."""
    some = st.lists(st.sampled_from(who), min_size=1, max_size=3, unique=True).map(tuple)
    minutes = draw(st.sampled_from((1, 10, 20, 30, 45, 60, 90)))
    hours = st.lists(st.sampled_from(_EDGES[:-1]), min_size=1, max_size=4, unique=True).map(tuple)
    grid = st.sampled_from((0, 5, 10, 15, 20, 25, 30, 45, 60, 75)).map(StartRule)
    aligned = st.sampled_from((20, 30, 60)).map(lambda step: StartRule(step, aligned=True))
    spans = _open(origin, days)
    plain: Any = st.just({})
    buffers: Any = st.sampled_from((0, 0, 5, 15))
    groups = st.lists(st.builds(Group, some, buffers, buffers), max_size=2).map(tuple)
    return Need(
        minutes=minutes,
        candidates=draw(some),
        starts=draw(grid | aligned | st.builds(StartRule, st.just(15), hours)),
        before=draw(buffers),
        after=draw(buffers),
        holes=draw(st.just(()) | _HOLES),
        groups=draw(st.just(()) | groups),
        lanes=lanes,
        seats=draw(st.integers(1, min(lanes, 3))),
        minutes_of=draw(plain | st.just({who[0]: 25})),
        online=draw(plain | plain | st.fixed_dictionaries({who[0]: spans})),
        limited=draw(st.none() | st.none() | spans),
        rests=draw(plain | st.fixed_dictionaries({each: st.sampled_from((1, 15, 30, 61)) for each in who})),
    )


@st.composite
def worlds(draw: st.DrawFn, zone: str | None = None, services: int = 1, days: int = 2) -> World:
    """A world of `days` days, mostly around a change of the clocks."""
    zone = zone or draw(st.sampled_from(ZONES))
    near = st.sampled_from(change_days(zone) or (date(2027, 3, 28),))
    first = draw(near) - timedelta(days=draw(st.integers(0, 1)))
    lanes = draw(st.sampled_from((1, 1, 2, 4))) if services == 1 else 1
    ids = list(range(1, draw(st.integers(1, 3)) + 1))
    cast = {who: draw(people(first, days, lanes)) for who in ids}
    asked = tuple(draw(needs(ids, lanes, midnight(first), days)) for _ in range(services))
    closed = draw(st.dictionaries(st.just(first), st.just([]) | walls(), max_size=1))
    origin = midnight(first) - draw(st.integers(0, 300))
    bounds = st.none() | st.integers(origin, origin + days * 1440)
    limits = draw(st.just(Limits()) | st.builds(Limits, bounds, bounds, bounds))
    window = Window(origin, origin + days * 1440)
    return World(zone, first, days, cast, closed, asked, limits, window, draw(st.sampled_from((0, 0, 10))))

"""From which side a narrowed table is read, so that what hardly any visit has is as quick to ask as what all have.

What is frequent fills a page along the dates at once. Where it does not, the rarest of what is asked for is found by counting
along the indexes, and all of it is looked through. Where nothing is rare by itself, a page looks through SEEN visits, says how far
it came, and the next goes on. Nothing here depends on how fast the machine is. Values stand in the words of these statements: one
plan serves all values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from psycopg import sql

from visita.bookings import table
from visita.bookings import table_orders as orders
from visita.bookings.table import Page
from visita.bookings.table_wanted import CHANGED, ONLINE, Wanted
from visita.catalog.models import Service

RARE: Final = 100_000
"""Of so many or fewer all are looked through for a page."""
SEEN: Final = 50_000
"""Visits that a page looks through at most where nothing is rare."""
AT_FIRST: Final = 4_000
"""The same before anything is counted: what is frequent fills a page of these."""
_DENSE: Final = 1_000
"""So many among SEEN visits fill a page soon along any index."""

_VISITS = "SELECT {what} FROM bookings_visit y WHERE y.organization_id = %(o)s AND {test}"
_PARTS = "SELECT {what} FROM bookings_appointment x WHERE x.organization_id = %(o)s AND {test}"
# How many of each kind, as far as they are of interest
_COUNT = "(SELECT count(*) FROM ({found} LIMIT {most}) c)"
_KINDS = """
WITH RECURSIVE k(source) AS (
  (SELECT y.source FROM bookings_visit y WHERE y.organization_id = %(o)s ORDER BY y.source LIMIT 1)
  UNION ALL SELECT (SELECT y.source FROM bookings_visit y WHERE y.organization_id = %(o)s AND y.source > k.source
    ORDER BY y.source LIMIT 1) FROM k WHERE k.source IS NOT NULL)
SELECT source FROM k WHERE source IS NOT NULL"""
_EDGES = """
SELECT (SELECT y.s FROM bookings_visit y WHERE {test} ORDER BY y.s {way} LIMIT 1),
  (SELECT y.s FROM bookings_visit y WHERE {test} ORDER BY y.s {way} OFFSET {seen} LIMIT 1)"""


class Counted(NamedTuple):
    """How many rows there are; `more` than that where not all were looked at."""

    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """One thing asked for that an index leads to: rows of visits or of appointments, one test for each value.

    `dated` where that index has the rows of one value in the order of their dates.
    """

    rows: str
    tests: Sequence[str]
    dated: bool = False

    def begin(self, wanted: Wanted) -> str:
        order = ""
        if self.dated and wanted.sort == "when":  # then no more is read than a page
            order = f" ORDER BY s {'DESC' if wanted.down else 'ASC'}"
        found = " UNION ALL ".join(f"({each}{order})" for each in self._found("*"))
        found += order if len(self.tests) > 1 else ""
        return (orders.FROM_PARTS if self.rows == _PARTS else orders.FROM_VISITS).format(found=found)

    def count(self, most: int) -> str:
        return _COUNT.format(found=" UNION ALL ".join(f"({each})" for each in self._found("1")), most=most)

    def _found(self, what: str) -> Iterator[str]:
        return (self.rows.format(what=what, test=test) for test in self.tests)


def page(wanted: Wanted, after: tuple[Any, int] | None = None, size: int | None = None) -> Page:
    """`table.page`, whatever it is narrowed to; `until` is set where it ends before the rows do and before it is full."""
    size = size or table.PAGE
    if not _narrowed(wanted) or _only_booked(wanted):
        return table.page(wanted, after, size)
    if wanted.sort == "when" and (full := _some(wanted, after, size, AT_FIRST)).until is None:
        return full
    way = rarest(wanted)
    if wanted.sort != "when":
        return _ordered(wanted, after, size, way)
    return (
        _some(wanted, after, size, SEEN)
        if way is None
        else table.along(replace(wanted, way=way), after, size)
    )


def keys(wanted: Wanted, most: int) -> list[tuple[int, int]] | None:
    """`table.all_keys` from the rarest side; None where they are more than `most`, or cannot be told in one statement."""
    way = rarest(wanted) if _narrowed(wanted) and not _only_booked(wanted) else ""
    found = None if way is None else table.all_keys(replace(wanted, way=way), most + 1)
    return None if found is None or len(found) > most else found


def piece(wanted: Wanted, after: tuple[Any, int] | None) -> Page:
    """The next rows by date, as a file takes them; there may be none, and more after them."""
    seen = SEEN if _narrowed(wanted) else AT_FIRST
    return _some(replace(wanted, sort="when", down=False), after, table.AT_ONCE, seen)


def rarest(wanted: Wanted) -> str | None:
    """Where the statement begins when it begins at the fewest; None where all are too many, or nothing has an index."""
    sides = [*_sides(wanted)]
    if not sides:
        return None
    values = _dates(wanted)
    [found] = table.asking(f"SELECT {', '.join(each.count(RARE + 1) for each in sides)}", values)
    fewest, at = min((number, at) for at, number in enumerate(found))
    return sides[at].begin(wanted) if fewest <= RARE else None


def counted(wanted: Wanted) -> Counted:
    """How many rows there are: looked for among the fewest, or among the first SEEN visits."""
    edge = None
    if _narrowed(wanted) and not _only_booked(wanted):
        way = rarest(wanted)
        wanted, edge = (wanted, None) if way else _before(wanted, None, SEEN)
        wanted = replace(wanted, way=way or orders.VISITS)
    found = table.count(wanted)
    return Counted(min(found, table.COUNTED), found > table.COUNTED or edge is not None)


def _narrowed(wanted: Wanted) -> bool:
    """Whether it asks for what may be rare, and for nothing that leads to few visits by itself."""
    own = (wanted.resources, wanted.codes, wanted.notes, wanted.spans, wanted.any_of, wanted.changed)
    if any(own) or CHANGED in wanted.statuses or wanted.parts is not None:
        return False
    if any(each is not None for each in (wanted.clients, wanted.about, wanted.either)):
        return False
    by_visit = wanted.statuses or wanted.schemes or wanted.sources or wanted.online is not None
    dated = wanted.booked_first or wanted.booked_last
    return bool(by_visit or wanted.specialties or wanted.services or wanted.measured or dated)


def _only_booked(wanted: Wanted) -> bool:
    """Whether it is narrowed by the dates of booking alone, which have an order of their own."""
    plain = replace(wanted, booked_first=None, booked_last=None)
    return not (_narrowed(plain) or table.dated(wanted))


def _some(wanted: Wanted, after: tuple[Any, int] | None, size: int, seen: int) -> Page:
    """A page of the next `seen` visits by date."""
    near, edge = _before(wanted, after, seen)
    found = table.along(near, after, size)
    if edge is None or found.after is not None:
        return found
    return replace(found, after=(edge, 0), until=edge)


def _before(wanted: Wanted, after: tuple[Any, int] | None, seen: int) -> tuple[Wanted, int | None]:
    """Only what begins before so many visits have passed, and that minute; None where it is all."""
    tests, values, down = ["y.organization_id = %(o)s", "true"], _dates(wanted), wanted.down
    if len(wanted.locations) == 1:
        tests[1] = f"y.location_id = {int(wanted.locations[0])}"
    if after is not None:
        values["after"] = after[0]
        tests.append(f"y.s {'<=' if down else '>='} %(after)s")
    test = " AND ".join(tests) + _span(wanted)
    statement = _EDGES.format(test=test, way="DESC" if down else "ASC", seen=int(seen))
    [(begin, edge)] = table.asking(statement, values)
    if edge is None:
        return wanted, None
    if down:  # the rest begins at `edge` and goes back
        first = min(edge, begin - 1) + 1
        return replace(wanted, first=first), first
    last = max(edge, begin + 1)
    return replace(wanted, last=last), last


def _ordered(wanted: Wanted, after: tuple[Any, int] | None, size: int, way: str | None) -> Page:
    """Another order than by date: where all that it may be is few, or an index has that order and is soon full; else by date."""
    near, edge = (wanted, None) if way else _before(replace(wanted, down=False), None, SEEN)
    near = replace(near, way=way or orders.VISITS, down=wanted.down)
    if edge is None and (found := table.gathered(near, after, size)) is not None:
        return found
    if table.walks(wanted) and (edge is None or table.count(near, _DENSE) > _DENSE):
        return table.along(wanted, after, size)
    return page(replace(wanted, sort="when", down=False), None, size)


def _dates(wanted: Wanted) -> dict[str, Any]:
    names = ("first", "last", "booked_first", "booked_last")
    return {name: value for name in names if (value := getattr(wanted, name)) is not None}


def _span(wanted: Wanted, of: str = "y") -> str:
    first = "" if wanted.first is None else f" AND {of}.s >= %(first)s"
    return first + ("" if wanted.last is None or of == "x" else " AND y.s < %(last)s")


def _sides(wanted: Wanted) -> Iterator[_Side]:
    """What an index leads to of all that is asked for."""
    span, online = _span(wanted), [] if wanted.online is None else [*_online(wanted.online)]
    for column, values, dated in (
        ("location_id", wanted.locations, True),
        ("status", wanted.statuses, True),
        ("scheme", wanted.schemes, True),
        ("source", wanted.sources, False),
        ("source", online, False),
    ):
        if values or (values is online and wanted.online is not None):
            used = " AND y.scheme <> ''" if column == "scheme" else ""  # the index is of these
            yield _Side(_VISITS, _each(f"y.{column}", values, f"{used}{span}"), dated)
    yield from _parties(wanted)
    for services in _services(wanted):
        yield _Side(_PARTS, _each("x.service_id", services, _span(wanted, "x")))
    booked = ["y.booked_at >= %(booked_first)s"] if wanted.booked_first else []
    booked += ["y.booked_at < %(booked_last)s"] if wanted.booked_last else []
    if booked:
        yield _Side(_VISITS, [" AND ".join(booked)])


def _services(wanted: Wanted) -> Iterator[Sequence[int]]:
    if wanted.services:
        yield wanted.services
    if wanted.specialties:
        yield [*Service.objects.filter(specialty_id__in=wanted.specialties).values_list("pk", flat=True)]


def _parties(wanted: Wanted) -> Iterator[_Side]:
    """Visits of several places, which most do not have."""
    for name, ranges in wanted.measured:
        low = min((low or 0 for low, _high in ranges), default=0)
        if name == "places" and low > 1:
            yield _Side(_VISITS, [f"y.seats <> 1 AND y.seats >= {int(low)}{_span(wanted)}"])


def _online(online: bool) -> Sequence[str]:
    """The sources that are meant, of those that visits have."""
    if online:
        return ONLINE
    return [source for [source] in table.asking(_KINDS, {}) if source not in ONLINE]


def _each(column: str, values: Sequence[int] | Sequence[str], more: str) -> list[str]:
    """A test for each value, quoted; `false` where there is none."""
    words = [sql.quote(each).replace("%", "%%") for each in values]
    return [f"{column} = {word}{more}" for word in words] or ["false"]

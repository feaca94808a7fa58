"""Appointments as a table: filtered, sorted and read page by page, for the desk's list and its exports.

One row is one service of a visit. Pages continue after the last row's key (decision 39), so that a list being booked
into meanwhile neither repeats nor skips. Only plain comparisons reach an index behind the tenant wall.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from visita.bookings import table_orders as orders
from visita.bookings import table_ranges, verbs
from visita.bookings.table_orders import SORTS as SORTS
from visita.bookings.table_wanted import CHANGED as CHANGED
from visita.bookings.table_wanted import Wanted, asked
from visita.foundation import scope

PAGE = 50
COUNTED = 10_000  # rows counted before "more than"
AT_ONCE = 1000  # rows of a file

_COLUMNS = f"""
SELECT a.id, v.id, v.code, v.status, v.booked_at, v.source, v.zone, v.seats, v.location_id, v.note <> '', c.id,
  trim(c.first_name || ' ' || c.last_name), c.phone, c.email, a.s, a.e, s.specialty_id, a.service_id, a.resource_id,
  a.price_minor, a.currency, a.discount_minor, v.scheme,
  EXISTS (SELECT 1 FROM activity_activity m WHERE m.organization_id = %(o)s AND m.object_kind = 'visit'
    AND m.object_id = v.id AND m.verb = %(moved)s),
  {orders.OF_WHOM}"""
# Each row's parts by their ids: joined, all appointments of its service might be read
_PARTS = f"""
CROSS JOIN LATERAL (SELECT x.* FROM bookings_appointment x WHERE x.organization_id = %(o)s AND x.id = k.a OFFSET 0) a
CROSS JOIN LATERAL (SELECT y.* FROM bookings_visit y WHERE y.organization_id = %(o)s AND y.id = k.v OFFSET 0) v
{orders.CLIENTS}
CROSS JOIN LATERAL (SELECT w.* FROM catalog_service w WHERE w.organization_id = %(o)s AND w.id = a.service_id OFFSET 0) s"""
_JOINED = f"""{_PARTS}
ORDER BY k.key {{order}}, k.a {{order}}"""
# Along an index, so that it ends as soon as a page is full
_WALK = f"""{{columns}}, k.key FROM (
SELECT a.id AS a, v.id AS v, {{key}} AS key{{found}}
ORDER BY {{by}} LIMIT {{size}}) k{_JOINED}"""
# Put in order here; with how many there were
_SORT = f"""{{columns}}, k.key, k.many FROM (
SELECT x.*, count(*) OVER () AS many FROM (
  SELECT a.id AS a, v.id AS v, {{key}} AS key{{found}} LIMIT {{most}}) x
ORDER BY x.key {{order}}, x.a {{order}} LIMIT {{size}}) k{_JOINED}"""

_THESE = f"""{_COLUMNS}, k.n
FROM unnest(%(appointments)s::bigint[], %(visits)s::bigint[]) WITH ORDINALITY AS k(a, v, n){_PARTS}
ORDER BY k.n"""

_FEW = 50_000  # of so many of one length or price each is looked up
_MEASURED = (
    f"SELECT x.id FROM bookings_appointment x WHERE x.organization_id = %(o)s AND {{tests}} LIMIT {_FEW + 1}"
)


class Row(NamedTuple):
    """One service of a visit. `s`/`e` are epoch minutes of the shown time, `changed` whether it was ever moved.

    The price is that of one place, the discount falls on all. `about` names whom or what it is for, where that is not
    the client.
    """

    id: int
    visit: int
    code: str
    status: str
    booked: datetime
    source: str
    zone: str
    seats: int
    location: int
    has_note: bool
    client_id: int
    client: str
    phone: str
    email: str
    s: int
    e: int
    specialty: int | None
    service: int
    resource: int | None
    price_minor: int | None
    currency: str
    discount_minor: int
    scheme: str
    changed: bool
    about: str | None
    key: Any

    @property
    def due_minor(self) -> int | None:
        """What the service brings: its price for all places, less its share of the visit's discounts."""
        return None if self.price_minor is None else self.price_minor * self.seats - self.discount_minor


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, the order they stand in, and the key to go on after (None at the end).

    `until` is the minute up to which all were looked at (from which, backwards), where the page ended there.
    """

    rows: list[Row]
    after: tuple[Any, int] | None
    sort: str = "when"
    until: int | None = None


def page(wanted: Wanted, after: tuple[Any, int] | None = None, size: int = PAGE) -> Page:
    """The next `size` rows after a key; inside a scope. By date where they are too many for the order asked for."""
    known = bool(wanted.resources) or wanted.parts is not None
    plain = wanted.sort == "when" and (known or not _gathers(wanted))
    found = None if plain else gathered(wanted, after, size)
    if found is not None:
        return found
    if not (plain or walks(wanted)):
        near = "when" if dated(wanted) or not _booked(wanted) else "booked"
        return page(replace(wanted, sort=near, down=False), None, size)
    return along(wanted, after, size)


def gathered(wanted: Wanted, after: tuple[Any, int] | None, size: int) -> Page | None:
    """The next `size` rows out of all of them; None where they are more than are put in order."""
    rows = _sorted(wanted, after, size)
    return None if rows is None else _paged(rows, size, wanted)


def along(wanted: Wanted, after: tuple[Any, int] | None, size: int) -> Page:
    """The next `size` rows along an index that has their order; inside a scope."""
    return _paged(_walked(wanted, after, size), size, wanted)


def _paged(rows: list[Row], size: int, wanted: Wanted) -> Page:
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], None if last is None else (last.key, last.id), wanted.sort)


def dated(wanted: Wanted) -> bool:
    """Whether it is narrowed by the dates of the visits."""
    return wanted.first is not None or wanted.last is not None


def _booked(wanted: Wanted) -> bool:
    return wanted.booked_first is not None or wanted.booked_last is not None


def _moved(wanted: Wanted) -> bool:
    return wanted.changed or wanted.statuses == (CHANGED,)


def _gathers(wanted: Wanted) -> bool:
    """Whether the visits come from an index of their own, in another order than by date."""
    return _moved(wanted) or _booked(wanted)


def walks(wanted: Wanted) -> bool:
    """Whether an index has the order asked for, and soon fills a page with it."""
    if wanted.sort == "booked":
        return not dated(wanted)
    return wanted.sort == "client" or (wanted.sort == "when" and (dated(wanted) or not _booked(wanted)))


def _sorted(wanted: Wanted, after: tuple[Any, int] | None, size: int) -> list[Row] | None:
    """The next rows out of all of them; None where they are more than are put in order."""
    order, (tests, values) = SORTS[wanted.sort], asked(wanted)
    found = f"{_visits(wanted)}{_reads(wanted, order.reads)}{tests}{_more(wanted, after, values)}"
    statement = _SORT.format(
        columns=_COLUMNS,
        key=order.key,
        found=found,
        most=order.most + 1,
        size=size + 1,
        order="DESC" if wanted.down else "ASC",
    )
    rows = asking(statement, values)
    if rows and rows[0][-1] > order.most:
        return None
    return [Row(*row[:-1]) for row in rows]


def _walked(wanted: Wanted, after: tuple[Any, int] | None, size: int) -> list[Row]:
    """The next rows along the index that has their order."""
    order, (tests, values) = SORTS[wanted.sort], asked(wanted)
    begin, reads = orders.VISITS, order.reads
    if wanted.resources or wanted.way or (wanted.parts is not None and wanted.sort == "when"):
        begin = _visits(wanted)
    elif wanted.sort == "client":
        begin, reads = orders.BY_NAME.format(span=_span(wanted)), ""
        tests += " AND c.organization_id = %(o)s" + (_named_after(wanted, after, values) if after else "")
    found = f"{begin}{_reads(wanted, reads)}{tests}{_more(wanted, after, values)}"
    statement = _WALK.format(
        columns=_COLUMNS,
        key=order.key,
        by=order.by(wanted.down),
        found=found,
        size=size + 1,
        order="DESC" if wanted.down else "ASC",
    )
    return [Row(*row) for row in asking(statement, values)]


def asking(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """A statement's rows. Whose they are stands in the words too: among many tenants a plan for anyone takes each to have one row."""
    statement = statement.replace("%(o)s", str(scope.current()))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _reads(wanted: Wanted, order: str) -> str:
    """What is read besides visits and appointments, for the order and for the tests."""
    return order if not wanted.specialties or orders.SERVICES in order else order + orders.SERVICES


def _more(wanted: Wanted, after: tuple[Any, int] | None, values: dict[str, Any]) -> str:
    if after is None:
        return ""
    values |= {"after_key": after[0], "after_id": after[1]}
    return SORTS[wanted.sort].after(wanted.down)


def _named_after(wanted: Wanted, after: tuple[Any, int], values: dict[str, Any]) -> str:
    """The same for the client's name alone, which the index can begin at."""
    values["after_name"] = after[0][0]
    return f" AND c.last_name {'<=' if wanted.down else '>='} %(after_name)s"


def _span(wanted: Wanted) -> str:
    """The dates asked for, where a client's visits are looked up."""
    first = "" if wanted.first is None else " AND y.s >= %(first)s"
    return first + ("" if wanted.last is None else " AND y.s < %(last)s")


def count(wanted: Wanted, most: int | None = None) -> int:
    """How many rows there are, at most `most` (COUNTED) + 1; reads no table that no filter names."""
    most = COUNTED if most is None else most
    tests, values = asked(wanted)
    [[found]] = asking(
        f"SELECT count(*) FROM (SELECT 1 {_visits(wanted)}{_reads(wanted, '')}{tests} LIMIT {most + 1}) x",
        values,
    )
    return int(found)


def all_keys(wanted: Wanted, most: int) -> list[tuple[int, int]]:
    """(appointment, visit) of every row in order, up to `most`: what a file is made of."""
    order, (tests, values) = SORTS[wanted.sort], asked(wanted)
    found = f"{_visits(wanted)}{_reads(wanted, order.reads)}{tests}"
    way = "DESC" if wanted.down else "ASC"
    statement = f"""SELECT x.a, x.v FROM (SELECT a.id AS a, v.id AS v, {order.key} AS key{found} LIMIT {most}) x
      ORDER BY x.key {way}, x.a {way}"""
    return [(appointment, visit) for appointment, visit in asking(statement, values)]


def all_rows(keys: Sequence[tuple[int, int]]) -> Iterator[Row]:
    """These rows, read a thousand at a time."""
    values: dict[str, Any] = {"o": scope.current(), "moved": verbs.MOVED}
    for at in range(0, len(keys), AT_ONCE):
        appointments, visits = zip(*keys[at : at + AT_ONCE], strict=True)
        values |= {"appointments": list(appointments), "visits": list(visits)}
        yield from (Row(*row) for row in asking(_THESE, values))


def looked_up(wanted: Wanted) -> Wanted:
    """The same with the appointments of a rare length or price by their ids: in the order of visits all would be read to
    find these. One statement, where any is asked for."""
    own = table_ranges.own(dict(wanted.measured))
    if own is None or wanted.resources:
        return wanted
    tests = f"{own[1]}{_since(wanted)}"
    rows = asking(_MEASURED.format(tests=tests), {**own[0], "first": wanted.first})
    return wanted if len(rows) > _FEW else replace(wanted, parts=tuple(row[0] for row in rows))


def _since(wanted: Wanted) -> str:
    return "" if wanted.first is None else " AND x.s >= %(first)s"  # none begins before its visit


def _visits(wanted: Wanted) -> str:
    """Where the look begins: at the visits in their order, or at the few that an index of its own leads to."""
    if wanted.way:
        return wanted.way
    if wanted.parts is not None:
        return orders.OF_PARTS
    if wanted.resources:
        return orders.OF_RESOURCES.format(since=_since(wanted))
    if _moved(wanted):
        return orders.MOVED
    if not _gathers(wanted):
        return orders.VISITS
    first = "" if wanted.booked_first is None else " AND y.booked_at >= %(booked_first)s"
    last = "" if wanted.booked_last is None else " AND y.booked_at < %(booked_last)s"
    return orders.BOOKED.format(booked=first + last)


def visits(wanted: Wanted, first: int, last: int) -> list[int]:
    """The visits asked for that begin in minutes [first, last)."""
    tests, values = asked(wanted)
    sql = f"{orders.VISITS}{orders.SERVICES}{tests} AND v.s >= %(from_minute)s AND v.s < %(to_minute)s"
    rows = asking(f"SELECT DISTINCT v.id {sql}", {**values, "from_minute": first, "to_minute": last})
    return [row[0] for row in rows]

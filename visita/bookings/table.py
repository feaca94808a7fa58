"""Appointments as a table: filtered, sorted and read page by page, for the desk's list and its exports.

One row is one service of a visit. Pages continue after the last row's key (decision 39), so that a list being booked
into meanwhile neither repeats nor skips. Only plain comparisons reach an index behind the tenant wall.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from visita.bookings import table_ranges, verbs
from visita.bookings.table_ranges import Bounds, Instants
from visita.foundation import scope

PAGE = 50
CHANGED = "changed"  # beside the statuses: whatever status it has, it was moved
COUNTED = 10_000  # rows counted before "more than"

_OF_WHOM = """(SELECT string_agg(b.name, ', ' ORDER BY b.name, b.id) FROM clients_subject b WHERE b.organization_id = %(o)s
    AND b.id = ANY(coalesce(nullif(ARRAY(SELECT t.subject_id FROM bookings_attendee t WHERE t.organization_id = %(o)s
      AND t.visit_id = v.id AND t.position = a.position AND t.subject_id IS NOT NULL), '{}'), ARRAY[v.subject_id])))"""

# Phones and emails have no order here: the last row's key stands in the address of the next page.
SORTS: Final[dict[str, str]] = {
    "when": "v.s",  # the services of one visit follow by id; the index on visits gives this order
    "booked": "v.booked_at",
    "client": "(c.last_name || ' ' || c.first_name) COLLATE \"C\"",
    "service": "coalesce(s.position, 0)",
    "who": "coalesce(r.position, 0)",
    "status": "v.status",
    "specialty": "coalesce(t.position, 0)",
    "location": "l.position",
    "length": "a.e - a.s",
    "price": "coalesce(a.price_minor, 0)",
    "source": "v.source",
    "seats": "v.seats",
    "scheme": "v.scheme",
    "code": "v.code",
    "discount": "a.discount_minor",
    "due": "coalesce(a.price_minor, 0)::bigint * v.seats - a.discount_minor",
    "about": f"coalesce({_OF_WHOM}, '') COLLATE \"C\"",
}

_COLUMNS = f"""
SELECT a.id, v.id, v.code, v.status, v.booked_at, v.source, v.zone, v.seats, v.location_id, v.note <> '', c.id,
  trim(c.first_name || ' ' || c.last_name), c.phone, c.email, a.s, a.e, s.specialty_id, a.service_id, a.resource_id,
  a.price_minor, a.currency, a.discount_minor, v.scheme,
  EXISTS (SELECT 1 FROM activity_activity m WHERE m.organization_id = %(o)s AND m.object_kind = 'visit'
    AND m.object_id = v.id AND m.verb = %(moved)s),
  {_OF_WHOM}"""
# Behind the wall the server guesses few rows for any tenant, and would join tables whole. `OFFSET 0` keeps each part of a
# row a look-up by its own index, so that a page ends as soon as it is full; how full stands in the words of the statement,
# since one plan serves all values.
_VISITS = """
FROM bookings_visit v
CROSS JOIN LATERAL (SELECT x.* FROM bookings_appointment x
  WHERE x.organization_id = %(o)s AND x.visit_id = v.id OFFSET 0) a"""
_OF_RESOURCES = """
FROM (SELECT x.* FROM bookings_appointment x
  WHERE x.organization_id = %(o)s AND x.resource_id = ANY(%(resources)s){since} OFFSET 0) a
CROSS JOIN LATERAL (SELECT y.* FROM bookings_visit y WHERE y.organization_id = %(o)s AND y.id = a.visit_id OFFSET 0) v"""
_OF_PARTS = """
FROM (SELECT x.* FROM bookings_appointment x WHERE x.organization_id = %(o)s AND x.id = ANY(%(parts)s) OFFSET 0) a
CROSS JOIN LATERAL (SELECT y.* FROM bookings_visit y WHERE y.organization_id = %(o)s AND y.id = a.visit_id OFFSET 0) v"""
_FEW = 50_000  # of so many of one length or price each is looked up
_MEASURED = f"SELECT x.id FROM bookings_appointment x WHERE x.organization_id = %(o)s AND {{tests}}{{since}} LIMIT {_FEW + 1}"
_SERVICES = """
JOIN catalog_service s ON s.organization_id = %(o)s AND s.id = a.service_id"""
_RESOURCES = """
LEFT JOIN scheduling_resource r ON r.organization_id = %(o)s AND r.id = a.resource_id"""
_CLIENTS = """
CROSS JOIN LATERAL (SELECT z.* FROM clients_client z WHERE z.organization_id = %(o)s AND z.id = v.client_id OFFSET 0) c"""
_SPECIALTIES = f"""{_SERVICES}
LEFT JOIN catalog_specialty t ON t.organization_id = %(o)s AND t.id = s.specialty_id"""
_LOCATIONS = """
JOIN tenancy_location l ON l.organization_id = %(o)s AND l.id = v.location_id"""
_SORTING = {
    "client": _CLIENTS,
    "service": _SERVICES,
    "who": _RESOURCES,
    "specialty": _SPECIALTIES,
    "location": _LOCATIONS,
}  # what an order reads besides the visits
_ROWS = f"""{{columns}}, k.key FROM (
SELECT a.id AS a, v.id AS v, {{sort}} AS key{{found}}
ORDER BY {{sort}} {{order}}, a.id {{order}} LIMIT {{size}}) k
JOIN bookings_appointment a ON a.organization_id = %(o)s AND a.id = k.a
JOIN bookings_visit v ON v.organization_id = %(o)s AND v.id = k.v{_CLIENTS}{_SERVICES}
ORDER BY k.key {{order}}, a.id {{order}}"""


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
class About:
    """Whom or what a visit is for: `subjects`, and the clients they come with, by whose visits they are looked up."""

    subjects: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()

    @classmethod
    def of(cls, called: Mapping[int, int]) -> "About":
        """Of `{subject: client}`, as clients are asked for them."""
        return cls(tuple(called), tuple(set(called.values())))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One word that may mean several things: an appointment fits where one of them does."""

    clients: tuple[int, ...]
    services: tuple[int, ...]
    resources: tuple[int, ...]
    code: str
    note: str
    about: About = About()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; empty tuples and None ask for everything. Minutes and instants are UTC, ends exclusive.

    `either` are clients or what visits are for, whichever fits. `statuses` may name CHANGED beside them; `measured` are
    ranges of `table_ranges.MEASURES`, `booked` spans of the booking, of each any; `parts` is set by `looked_up`.
    """

    first: int | None = None
    last: int | None = None
    booked_first: datetime | None = None
    booked_last: datetime | None = None
    statuses: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    locations: tuple[int, ...] = ()
    specialties: tuple[int, ...] = ()
    services: tuple[int, ...] = ()
    resources: tuple[int, ...] = ()
    clients: tuple[int, ...] | None = None
    about: About | None = None
    either: tuple[tuple[int, ...], About] | None = None
    sources: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    any_of: tuple[AnyOf, ...] = ()
    measured: tuple[tuple[str, tuple[Bounds, ...]], ...] = ()
    parts: tuple[int, ...] | None = None
    booked: tuple[Instants, ...] = ()
    changed: bool = False
    online: bool | None = None
    sort: str = "when"
    down: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the key to go on after (None at the end)."""

    rows: list[Row]
    after: tuple[Any, int] | None


_TESTS: Final = {
    "first": "v.s >= %(first)s",
    "last": "v.s < %(last)s",
    "booked_first": "v.booked_at >= %(booked_first)s",
    "booked_last": "v.booked_at < %(booked_last)s",
    "statuses": "v.status = ANY(%(statuses)s)",
    "schemes": "v.scheme = ANY(%(schemes)s)",
    "locations": "v.location_id = ANY(%(locations)s)",
    "specialties": "s.specialty_id = ANY(%(specialties)s)",
    "services": "a.service_id = ANY(%(services)s)",
    "resources": "a.resource_id = ANY(%(resources)s)",
    "clients": "v.client_id = ANY(%(clients)s)",
    "sources": "v.source = ANY(%(sources)s)",
    "codes": "v.code = ANY(%(codes)s)",
}
# A subject's visits are its client's: these have an index
_ABOUT = """(v.client_id = ANY(%({0}_owners)s) AND (v.subject_id = ANY(%({0}_subjects)s) OR EXISTS (
  SELECT 1 FROM bookings_attendee t WHERE t.organization_id = %(o)s AND t.visit_id = v.id AND t.position = a.position
    AND t.subject_id = ANY(%({0}_subjects)s))))"""
_ANY_OF = """(v.client_id = ANY(%({0}_clients)s) OR a.service_id = ANY(%({0}_services)s)
  OR a.resource_id = ANY(%({0}_resources)s) OR v.code = %({0}_code)s OR strpos(lower(v.note), %({0}_note)s) > 0
  {about})"""
# The visits such a word can mean by themselves, each kind by its own index; the test above alone reads them all
_NEAR = """v.id IN (
  SELECT n.id FROM bookings_visit n WHERE n.organization_id = %(o)s AND n.client_id = ANY(%({0}_people)s)
  UNION ALL SELECT n.visit_id FROM bookings_appointment n
  WHERE n.organization_id = %(o)s AND n.resource_id = ANY(%({0}_resources)s)
  UNION ALL SELECT n.id FROM bookings_visit n WHERE n.organization_id = %(o)s AND n.code = %({0}_code)s
  UNION ALL SELECT n.id FROM bookings_visit n
  WHERE n.organization_id = %(o)s AND n.note <> '' AND strpos(lower(n.note), %({0}_note)s) > 0)"""
_CHANGED = """EXISTS (SELECT 1 FROM activity_activity n WHERE n.organization_id = %(o)s AND n.object_kind = 'visit'
  AND n.object_id = v.id AND n.verb = %(moved)s)"""
_ONLINE = ("web", "widget", "popup", "link", "qr", "api")


def page(wanted: Wanted, after: tuple[Any, int] | None = None, size: int = PAGE) -> Page:
    """The next `size` rows after a key; inside a scope."""
    tests, values = _asked(wanted)
    sort, order = SORTS[wanted.sort], "DESC" if wanted.down else "ASC"
    more = ""
    if after is not None:
        more = f" AND ({sort}, a.id) {'<' if wanted.down else '>'} (%(after_key)s, %(after_id)s)"
        values |= {"after_key": after[0], "after_id": after[1]}
    reads = {_SORTING.get(wanted.sort, "")}
    reads |= {_SERVICES} if wanted.specialties and wanted.sort != "specialty" else set()
    found = f"{_visits(wanted)}{''.join(sorted(reads))}{tests}{more}"
    statement = _ROWS.format(columns=_COLUMNS, sort=sort, order=order, found=found, size=size + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = [Row(*row) for row in cursor.fetchall()]
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], None if last is None else (last.key, last.id))


def count(wanted: Wanted) -> int:
    """How many rows there are, at most COUNTED + 1; reads no table that no filter names."""
    tests, values = _asked(wanted)
    services = _SERVICES if wanted.specialties else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 {_visits(wanted)}{services}{tests} LIMIT {COUNTED + 1}) x",
            values,
        )
        return int(cursor.fetchone()[0])


def all_rows(wanted: Wanted, most: int) -> Iterator[Row]:
    """Every row in order, read a thousand at a time, up to `most`."""
    after, left = None, most
    while left > 0:
        found = page(wanted, after, min(1000, left))
        yield from found.rows
        left -= len(found.rows)
        after = found.after
        if after is None:
            return


def seen_by(wanted: Wanted, resource_id: int | None) -> Wanted:
    """The same, narrowed to one calendar for those who see only their own."""
    return wanted if resource_id is None else replace(wanted, resources=(resource_id,))


def looked_up(wanted: Wanted) -> Wanted:
    """The same with the appointments of a rare length or price by their ids: in the order of visits all would be read to
    find these. One statement, where any is asked for."""
    own = table_ranges.own(dict(wanted.measured))
    if own is None or wanted.resources:
        return wanted
    with connection.cursor() as cursor:
        asked = {**own[0], "o": scope.current(), "first": wanted.first}
        cursor.execute(_MEASURED.format(tests=own[1], since=_since(wanted)), asked)
        found = tuple(row[0] for row in cursor.fetchall())
    return wanted if len(found) > _FEW else replace(wanted, parts=found)


def _since(wanted: Wanted) -> str:
    return "" if wanted.first is None else " AND x.s >= %(first)s"  # none begins before its visit


def _visits(wanted: Wanted) -> str:
    """Where the look begins: at the visits in their order, at what few calendars have, at appointments that are known."""
    if wanted.parts is not None:
        return _OF_PARTS
    return _OF_RESOURCES.format(since=_since(wanted)) if wanted.resources else _VISITS


def _asked(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"o": scope.current(), "moved": verbs.MOVED}
    tests = []
    for name, test in _TESTS.items():
        value = getattr(wanted, name)
        if name == "statuses" and CHANGED in value:
            test = f"({test} OR {_CHANGED})"
        if value is not None and value != ():
            tests.append(test)
            values[name] = list(value) if isinstance(value, tuple) else value
        elif name == "clients" and value == ():
            tests.append("false")
    if wanted.parts is not None:
        values["parts"] = list(wanted.parts)
    if wanted.changed:
        tests.append(_CHANGED)
    if wanted.online is not None:
        tests.append(
            f"v.source {'=' if wanted.online else '<>'} {'ANY' if wanted.online else 'ALL'}(%(online)s)"
        )
        values["online"] = list(_ONLINE)
    for named, test in (*_repeated(wanted),):
        tests.append(test)
        values |= named
    return "\nWHERE v.organization_id = %(o)s" + "".join(f" AND {test}" for test in tests), values


def _repeated(wanted: Wanted) -> Iterator[tuple[dict[str, Any], str]]:
    """Tests that come once for each value, with the values they name."""
    yield from table_ranges.tests(dict(wanted.measured))
    yield from table_ranges.booked(wanted.booked)
    for at, note in enumerate(wanted.notes):
        yield {f"note{at}": note}, f"strpos(lower(v.note), %(note{at})s) > 0"
    for at, word in enumerate(wanted.any_of):
        lists = {
            f"any{at}_{name}": list(getattr(word, name)) for name in ("clients", "services", "resources")
        }
        own = f"OR {_ABOUT.format(f'any{at}')}" if word.about.subjects else ""
        test = _ANY_OF.format(f"any{at}", about=own)
        if not word.services:  # a service is of so many visits that the first pages are soon full
            test += f" AND {_NEAR.format(f'any{at}')}"
        lists |= _named(f"any{at}", word.about)
        lists[f"any{at}_people"] = [*word.clients, *word.about.owners]
        yield {**lists, f"any{at}_code": word.code, f"any{at}_note": word.note}, test
    if wanted.about:
        yield _named("about", wanted.about), _ABOUT.format("about")
    if wanted.either:
        clients, about = wanted.either
        test = f"v.client_id = ANY(%(either)s) AND (v.client_id = ANY(%(either_clients)s) OR {_ABOUT.format('either')})"
        all_ = {"either": [*clients, *about.owners], "either_clients": list(clients)}
        yield {**all_, **_named("either", about)}, test
    if wanted.spans:
        named = {
            f"span{at}_{edge}": minute
            for at, span in enumerate(wanted.spans)
            for edge, minute in zip("se", span, strict=True)
        }
        either = (f"v.s >= %(span{at}_s)s AND v.s < %(span{at}_e)s" for at in range(len(wanted.spans)))
        yield named, f"({' OR '.join(either)})"


def _named(name: str, about: About) -> dict[str, Any]:
    return {f"{name}_subjects": list(about.subjects), f"{name}_owners": list(about.owners)}


def visits(wanted: Wanted, first: int, last: int) -> list[int]:
    """The visits asked for that begin in minutes [first, last)."""
    tests, values = _asked(wanted)
    sql = f"{_VISITS}{_SERVICES}{tests} AND v.s >= %(from_minute)s AND v.s < %(to_minute)s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT v.id {sql}", {**values, "from_minute": first, "to_minute": last})
        return [row[0] for row in cursor.fetchall()]

"""What is asked of the table of appointments, and the tests that say so in its statements.

Only plain comparisons reach an index behind the tenant wall.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from visita.bookings import table_ranges, verbs
from visita.bookings.table_ranges import Bounds, Instants
from visita.foundation import scope

CHANGED: Final = "changed"  # beside the statuses: whatever status it has, it was moved


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
    ranges of `table_ranges.MEASURES`, `booked` spans of the booking, of each any; `parts` is set by `table.looked_up`,
    `way` (where its statement begins) by `table_ways`.
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
    way: str = ""
    booked: tuple[Instants, ...] = ()
    changed: bool = False
    online: bool | None = None
    sort: str = "when"
    down: bool = False


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
# The visits of one place have an index in the order of their dates; those of several are found in that of all visits
_ONE_PLACE = "v.location_id = (%(locations)s::bigint[])[1]"
_CHANGED = """EXISTS (SELECT 1 FROM activity_activity n WHERE n.organization_id = %(o)s AND n.object_kind = 'visit'
  AND n.object_id = v.id AND n.verb = %(moved)s)"""
ONLINE = ("web", "widget", "popup", "link", "qr", "api")


def seen_by(wanted: Wanted, resource_id: int | None) -> Wanted:
    """The same, narrowed to one calendar for those who see only their own."""
    return wanted if resource_id is None else replace(wanted, resources=(resource_id,))


def asked(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The tests as they stand in a statement, and the values they name; inside a scope."""
    values: dict[str, Any] = {"o": scope.current(), "moved": verbs.MOVED}
    tests = []
    for name, test in _TESTS.items():
        value = getattr(wanted, name)
        if name == "statuses" and CHANGED in value:
            test = f"({test} OR {_CHANGED})"
        if name == "locations" and len(value) == 1:
            test = _ONE_PLACE
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
        values["online"] = list(ONLINE)
    for named, test in (*_repeated(wanted),):
        tests.append(test)
        values |= named
    return "\nWHERE v.organization_id = %(o)s" + "".join(f" AND {test}" for test in tests), values


def _repeated(wanted: Wanted) -> Iterator[tuple[dict[str, Any], str]]:
    """Tests that come once for each value, with the values they name."""
    yield from table_ranges.tests(dict(wanted.measured))
    yield from table_ranges.booked(wanted.booked)
    for at, note in enumerate(wanted.notes):
        yield {f"note{at}": note}, f"v.note <> '' AND strpos(lower(v.note), %(note{at})s) > 0"
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

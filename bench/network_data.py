"""A network of branches with years of visits behind it (JR-14), and the hundred thousand clients the search is timed on.

Past and coming visits of half an hour, six a day for each person at 9:00, 10:15 … 15:15; names in Latin and Cyrillic
letters. Written by COPY and INSERT as the tables' owner, without history, into the bench's own database.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connections, transaction

from bench.dataset import ACTOR, ZONE
from bench.network_more import more
from visita.bookings.models import Visit
from visita.catalog import actions as catalog
from visita.catalog.models import Service, ServiceResource
from visita.catalog.policies import Offer
from visita.clients.matching import search_keys
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.models import Resource
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy
from visita.tenancy.models import Location, Organization

A_DAY, COMING, SERVICES = 6, 30, 20  # visits of a person and day, days ahead that are booked
_TABLES = (
    "bookings_visit",
    "bookings_appointment",
    "scheduling_allocation",
    "clients_client",
    "clients_searchkey",
)
_FIRST = (
    "Ana",
    "Maria",
    "Mihai",
    "Ion",
    "Elena",
    "Ștefan",
    "Giulia",
    "Aino",
    "Ольга",
    "Иван",
    "Мария",
    "Дмитрий",
)
_PARTS = (
    ("Pop", "Ion", "Mar", "Rus", "Cal", "Dum", "Ferr", "Laht", "Mäk", "Vas", "Sto", "Bal"),
    ("escu", "eanu", "iu", "ari", "onen", "ini", "aru", "elli", "oiu", "an"),
)
_CYRILLIC = (
    ("Иван", "Петр", "Кузнец", "Смирн", "Волк", "Соловь", "Зайц", "Орл", "Лебед", "Морозк", "Никит", "Щерб"),
    ("ов", "ева", "енко", "ин", "ская", "ук", "ова", "ев", "ько", "ян"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it; `base` keeps ids of several networks apart."""

    slug: str
    branches: int
    people: int
    clients: int
    visits: int
    base: int


SMALL = Size("bench-clients", 12, 96, 100_000, 200_000, 10_000_000)
LARGE = Size("bench-network", 60, 480, 500_000, 2_000_000, 20_000_000)
TENTH = Size(
    "bench-network-tenth", 60, 480, 50_000, 200_000, 30_000_000
)  # the way tried before it is gone in full


@dataclass(frozen=True, slots=True)
class Network:
    """The organization; `branch` and `person` are the second, `client` one with visits, `day` a busy date to come."""

    size: Size
    organization: int
    branch: int
    person: int
    client: int
    day: date
    service: int  # given at the branch


def network(size: Size) -> Network:
    """The network, made first where it is missing."""
    found = Organization.objects.filter(slug=size.slug).first()
    if found is not None and not _whole(found.pk):
        delete(size)
        found = None
    found = found or _made(size)
    with scope(found.pk):
        branch = Location.objects.order_by("id").values_list("pk", flat=True)[1]
        person = Resource.objects.order_by("id").values_list("pk", flat=True)[1]
        service = ServiceResource.objects.filter(resource_id=person).values_list("service_id", flat=True)[0]
        people = list(Resource.objects.order_by("id").values_list("pk", flat=True))
        services = list(Service.objects.order_by("id").values_list("pk", flat=True))
    if size.branches == LARGE.branches:  # the hundred thousand clients are for the search alone
        more(found.pk, size, people, services)
    day = datetime.now(UTC).date() + timedelta(days=7)
    return Network(size, found.pk, branch, person, size.base + 1, day, service)


def _whole(organization: int) -> bool:
    """Whether the making came to its end, which is one transaction."""
    with scope(organization):
        return Visit.objects.exists()


def _made(size: Size) -> Organization:
    print(
        f"Making {size.visits:,} visits of {size.clients:,} clients in {size.branches} branches.", flush=True
    )
    made = tenancy.create_organization(
        size.slug, name="Network", trade="clinic", language="en", languages=["en"], zone=ZONE.key, currency="RON",
        country="RO", phone="+40215550143", actor=ACTOR,
    )  # fmt: skip
    places = [
        tenancy.add_location(made.pk, name=f"Branch {number}", zone=ZONE.key, actor=ACTOR).pk
        for number in range(size.branches)
    ]
    people = [_person(made.pk, places[number % len(places)], number) for number in range(size.people)]
    services = [_service(made.pk, number, people) for number in range(SERVICES)]
    _fill(made.pk, size, list(zip(people, places * (size.people // size.branches), strict=True)), services)
    return made


def _person(org: int, place: int, number: int) -> int:
    made = scheduling.add_resource(
        org, name=f"Person {number}", kind="person", location_ids=[place], actor=ACTOR
    ).pk
    week = [Pattern(day, 540, 1080, date(2020, 1, 1)) for day in range(7)]
    scheduling.set_working_time(org, made, place, week, actor=ACTOR)
    return made


def _service(org: int, number: int, people: list[int]) -> int:
    offers = [Offer(each) for each in people[number::SERVICES]]
    name = {"en": f"Service {number}"}
    return catalog.add_service(org, name, resources=offers, minutes=30, price_minor=9000, actor=ACTOR).pk


def _clients(size: Size) -> Iterator[tuple[int, str, str, str, str, list[str]]]:
    dice = random.Random(20261123)  # noqa: S311  # no secret
    for number in range(1, size.clients + 1):
        first, parts = dice.choice(_FIRST), _PARTS
        if first > "А":
            parts = _CYRILLIC
        last = dice.choice(parts[0]) + dice.choice(parts[1])
        if number % 5 == 0:
            last += "-" + dice.choice(parts[0]) + dice.choice(parts[1])
        phone, email = f"+4074{dice.randrange(10**7):07}", f"c{number}@example.test"
        yield size.base + number, first, last, phone, email, search_keys(first, last, phone, email, "RO")


def _fill(org: int, size: Size, people: list[tuple[int, int]], services: list[int]) -> None:
    with connections["owner"].cursor() as owner, transaction.atomic("owner"), _unguarded(owner):
        owner.execute("CREATE TEMP TABLE person (number bigint, r bigint, l bigint) ON COMMIT DROP")
        with owner.copy("COPY person FROM STDIN") as copy:
            for number, (person, place) in enumerate(people):
                copy.write_row((number, person, place))
        owner.execute(
            "CREATE TEMP TABLE one (id bigint, f text, l text, p text, e text, keys text[]) ON COMMIT DROP"
        )
        with owner.copy("COPY one FROM STDIN") as copy:
            for row in _clients(size):
                copy.write_row(row)
        days = -(-size.visits // (len(people) * A_DAY))
        values: dict[str, Any] = {
            "o": org,
            "base": size.base,
            "people": len(people),
            "visits": size.visits,
            "clients": size.clients,
        }
        values |= {"services": services, "zone": ZONE.key, "a_day": A_DAY}
        values |= {"begin": datetime.now(UTC).date() - timedelta(days=days - COMING)}
        for statement in _FILL:
            owner.execute(statement, values)
    with connections["owner"].cursor() as owner:
        owner.execute("VACUUM ANALYZE")


@contextmanager
def _unguarded(owner: Any) -> Iterator[None]:
    """The tables without triggers, foreign keys and what indexes no constraint is; all comes back, and is checked then."""
    names = list(_TABLES)
    owner.execute(_CONSTRAINTS, [names])
    constraints = owner.fetchall()
    owner.execute(_INDEXES, [names])
    indexes = owner.fetchall()
    for table in names:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for table, name, _definition in constraints:
        owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        owner.execute(f'DROP INDEX "{name}"')
    yield
    for _name, definition in indexes:
        owner.execute(definition)
    for table, name, definition in constraints:
        owner.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for table in names:
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s::text[]::regclass[]) AND contype IN ('f', 'x')"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = ANY(%s::text[]::regclass[])
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)"""
# A visit's person, day and turn follow from its number g.n
_FILL = (
    """INSERT INTO clients_client (id, organization_id, first_name, last_name, phone, phone_e164, email, language, note,
      source, version, created) SELECT id, %(o)s, f, l, p, p, e, 'en', '', '', 1, now() FROM one""",
    """INSERT INTO clients_searchkey (id, organization_id, client_id, key)
      SELECT %(base)s + row_number() OVER (), %(o)s, k.id, k.key FROM (SELECT id, unnest(keys) AS key FROM one) k""",
    """CREATE TEMP TABLE laid ON COMMIT DROP AS
      SELECT g.n, p.r, p.l, (g.n::bigint * 7919) %% %(clients)s + 1 AS c, (g.n + g.n / %(people)s) %% 20 AS luck,
        (%(services)s::bigint[])[g.n %% cardinality(%(services)s::bigint[]) + 1] AS v,
        %(begin)s::date + make_interval(days => (g.n / (%(people)s * %(a_day)s))::int,
          mins => (540 + 75 * (g.n / %(people)s %% %(a_day)s))::int) AS at
      FROM generate_series(0, %(visits)s - 1) AS g(n) JOIN person p ON p.number = g.n %% %(people)s""",
    """CREATE TEMP TABLE fill ON COMMIT DROP AS
      SELECT *, (extract(epoch FROM at AT TIME ZONE %(zone)s) / 60)::int AS s,
        CASE WHEN luck = 0 THEN 'cancelled' WHEN at > now() THEN 'confirmed' WHEN luck = 1 THEN 'no_show'
          ELSE 'completed' END AS status FROM laid""",
    """INSERT INTO bookings_visit (id, organization_id, location_id, client_id, code, token_hash, status, version, s, e,
      zone, wall, seats, source, note, fields, consents, terms, cancel_reason, booked_at)
    SELECT %(base)s + n, %(o)s, l, %(base)s + c, 'n' || lpad(to_hex(%(base)s + n), 7, '0'), '', status, 1, s, s + 30, %(zone)s,
      to_char(at, 'YYYY-MM-DD"T"HH24:MI'), 1, 'desk', '', '{}', '[]', '{}', '', at - interval '9 days' FROM fill""",
    """INSERT INTO bookings_appointment (id, organization_id, visit_id, service_id, resource_id, position, s, e,
      price_minor, currency, price_source)
    SELECT %(base)s + n, %(o)s, %(base)s + n, v, r, 0, s, s + 30, 9000, 'RON', '' FROM fill""",
    """INSERT INTO scheduling_allocation (id, organization_id, resource_id, location_id, kind, s, e, seats, live, hold,
      appointment_id, role, overbooked, note)
    SELECT %(base)s + n, %(o)s, r, l, 'visit', s, s + 30, int4range(1, NULL), status <> 'cancelled', '',
      %(base)s + n, 0, false, '' FROM fill""",
)


def delete(size: Size) -> None:
    """Take a network's visits and clients out again and give the room back."""
    found = Organization.objects.filter(slug=size.slug).first()
    if found is None:
        return
    with connections["owner"].cursor() as owner:
        with transaction.atomic("owner"), _unguarded(owner):
            for table in _TABLES:
                owner.execute(f"DELETE FROM {table} WHERE organization_id = %s", [found.pk])
        for table in _TABLES:
            owner.execute(f"VACUUM FULL ANALYZE {table}")
        owner.execute("UPDATE tenancy_organization SET slug = slug || '-' || id WHERE id = %s", [found.pk])

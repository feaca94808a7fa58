"""The data set every figure is measured on: 50 people × 365 days, 289,140 bookings, 71 % of the time booked.

Shift 9:00-12:30 and 13:00-17:30 on seven days a week, visits of 15, 20 and 30 minutes on a grid of five. Written by
COPY as the tables' owner, without history, into a database of its own that is kept between runs.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connections, transaction

from visita.catalog import actions as catalog
from visita.catalog.policies import Offer
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.messaging import wishes
from visita.scheduling import actions as scheduling
from visita.scheduling.models import Allocation, Resource
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy
from visita.tenancy import queries, settings
from visita.tenancy.models import Organization

PEOPLE, DAYS, BOOKINGS, REGULARS = 50, 365, 289_140, 20_000
SHIFTS = ((540, 750), (780, 1050))
ZONE = ZoneInfo("Europe/Bucharest")
ACTOR = Actor("system", None, "Bench", source="bench")
SLUG = "bench"
_BOOKED = (
    0.402  # chance that a free five minutes begin a visit; makes a few more than BOOKINGS, which are dropped
)
_TABLES = ("bookings_visit", "bookings_appointment", "scheduling_allocation")


@dataclass(frozen=True, slots=True)
class World:
    """The organization of the data set. `services`: how many people give it → its id; `first`: the first day asked."""

    organization: int
    location: int
    people: list[int]
    services: dict[int, int]
    first: date

    def last(self, days: int) -> date:
        """The last local date of a question over so many days."""
        return self.first + timedelta(days=days - 1)

    def minute(self, day: date) -> int:
        """The epoch minute at which a local day begins."""
        return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp()) // 60


def world() -> World:
    """The data set, made first where it is missing."""
    found = Organization.objects.filter(slug=SLUG).first()
    if found is None:
        found = _make()
    _write_to_nobody(found.pk)
    first = datetime.now(UTC).date() + timedelta(days=8)
    with scope(found.pk), connections["default"].cursor() as cursor:
        cursor.execute("SELECT id FROM tenancy_location")
        location = cursor.fetchone()[0]
        cursor.execute("SELECT count(*), s.service_id FROM catalog_serviceresource s GROUP BY 2")
        services = dict(cursor.fetchall())
        people = list(Resource.objects.order_by("id").values_list("id", flat=True))
        last = Allocation.objects.order_by("-s").values_list("s", flat=True).first() or 0
    made = World(found.pk, location, people, services, first)
    if made.minute(made.last(60)) > last:
        raise SystemExit("The data set is old or half made: `rm -r .data/bench` and run again.")
    return made


def _write_to_nobody(organization: int) -> None:
    """Bookings are measured without the letters that follow them: the worker beside the server composes those in its time."""
    with scope(organization):
        rows = list(queries.setting_rows())
    keys = [wishes.key(event, "email") for event in wishes.EVENTS]
    for key in keys:
        if settings.value(rows, key):
            tenancy.set_setting(organization, key, False, actor=ACTOR)


def _make() -> Organization:
    print(f"Making the data set of {BOOKINGS:,} bookings; it is kept for the next time.")
    organization = tenancy.create_organization(
        SLUG, name="Bench", trade="clinic", language="en", languages=["en"], zone=ZONE.key, currency="RON",
        country="RO", phone="+40215550142", actor=ACTOR,
    )  # fmt: skip
    org = organization.pk
    place = tenancy.add_location(org, name="Bench", zone=ZONE.key, actor=ACTOR).pk
    tenancy.set_setting(org, "horizon_days", 365, actor=ACTOR)
    people = [_person(org, place, number) for number in range(PEOPLE)]
    for able in (PEOPLE, 10, 1):
        offers = [Offer(each) for each in people[:able]]
        service = catalog.add_service(
            org,
            {"en": f"One of {able}"},
            resources=offers,
            minutes=30,
            start_step=15,
            price_minor=30000,
            actor=ACTOR,
        )
    _fill(org, place, service.pk, people)
    return organization


def _person(org: int, place: int, number: int) -> int:
    made = scheduling.add_resource(
        org, name=f"Person {number}", kind="person", location_ids=[place], actor=ACTOR
    ).pk
    week = [Pattern(day, start, end, date(2020, 1, 1)) for day in range(7) for start, end in SHIFTS]
    scheduling.set_working_time(org, made, place, week, actor=ACTOR)
    return made


def _visits(people: list[int]) -> list[tuple[int, int, int]]:
    """(person, start, end) in epoch minutes of every booking, from 60 days ago on; the same at every making."""
    dice, found = random.Random(20261122), []  # noqa: S311  # no secret
    begin = datetime.now(UTC).date() - timedelta(days=60)
    for person in people:
        for number in range(DAYS):
            day = begin + timedelta(days=number)
            midnight = int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp()) // 60
            found += [(person, midnight + s, midnight + e) for s, e in _day(dice)]
    dice.shuffle(found)
    return sorted(found[:BOOKINGS])


def _day(dice: random.Random) -> Iterator[tuple[int, int]]:
    for at, end in SHIFTS:
        while at < end:
            length = dice.choice((15, 20, 30))
            if dice.random() < _BOOKED and at + length <= end:
                yield at, at + length
                at += length
            else:
                at += 5


def _fill(org: int, place: int, service: int, people: list[int]) -> None:
    visits = _visits(people)
    print(
        f"  {len(visits):,} bookings, {sum(e - s for _, s, e in visits) / (PEOPLE * DAYS * 480):.1%} booked"
    )
    with transaction.atomic("owner"), connections["owner"].cursor() as owner:
        for table in (*_TABLES, "clients_client"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(_CLIENTS, [org])
        owner.execute("CREATE TEMP TABLE fill (n bigint, r bigint, s int, e int) ON COMMIT DROP")
        with owner.copy("COPY fill FROM STDIN") as copy:
            for number, visit in enumerate(visits):
                copy.write_row((number + 1, *visit))
        owner.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'allocation_no_overlap'"
        )
        definition = owner.fetchone()[
            0
        ]  # adding it at the end takes a fifth of the time, and checks just as much
        owner.execute("ALTER TABLE scheduling_allocation DROP CONSTRAINT allocation_no_overlap")
        for statement in _FILL:
            owner.execute(statement, {"o": org, "l": place, "v": service})
        owner.execute(f"ALTER TABLE scheduling_allocation ADD CONSTRAINT allocation_no_overlap {definition}")
        for table in (*_TABLES, "clients_client"):
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connections["owner"].cursor() as owner:
        owner.execute("VACUUM ANALYZE")


_CLIENTS = f"""
INSERT INTO clients_client (id, organization_id, first_name, last_name, phone, phone_e164, email, language, note, source,
  version, created)
SELECT -n, %s, 'First' || n, 'Last' || n, '', '', 'client' || n || '@example.test', 'en', '', '', 1, now()
FROM generate_series(1, {REGULARS}) AS n"""
_FILL = (
    """INSERT INTO bookings_visit (id, organization_id, location_id, client_id, code, token_hash, status, version, s, e,
      zone, wall, seats, source, note, fields, consents, terms, cancel_reason, booked_at)
    SELECT -n, %(o)s, %(l)s, -(n %% 20000) - 1, lpad(n::text, 8, 'b'), '', 'confirmed', 1, s, e, 'Europe/Bucharest', '', 1,
      'bench', '', '{}', '[]', '{}', '', now() FROM fill""",
    """INSERT INTO bookings_appointment (id, organization_id, visit_id, service_id, resource_id, position, s, e, currency,
      price_source) SELECT -n, %(o)s, -n, %(v)s, r, 0, s, e, 'RON', '' FROM fill""",
    """INSERT INTO scheduling_allocation (id, organization_id, resource_id, location_id, kind, s, e, seats, live, hold,
      appointment_id, role, overbooked, note)
    SELECT -n, %(o)s, r, %(l)s, 'visit', s, e, int4range(1, NULL), true, '', -n, 0, false, '' FROM fill""",
)

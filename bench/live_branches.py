"""Truth on many screens of a network: two hundred desks in sixty branches, each on its own branch's day.

A change is told to every desk of the organization; those of its branch ask for the day again. One change in each branch after the
other; beside the times what the open desks cost the server: memory, and connections of the database.
"""

import asyncio
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import quantiles

from django.db import connections

from bench import tables
from bench.dataset import ACTOR, ZONE
from bench.live import DESKS, House, Taken, desk, p95, signed_in
from bench.serving import served
from visita.bookings import actions
from visita.bookings.models import Visit
from visita.bookings.requests import BookRequest, ClientDetails, Item
from visita.catalog import actions as catalog
from visita.catalog.models import Service, ServiceResource
from visita.catalog.policies import Offer
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy
from visita.tenancy.models import Location, Organization

BRANCHES, ROUNDS = 60, 2
SLUG = "bench-live-branches"
_GOAL = 1.0  # seconds, p95 (ux.md)
_OPEN = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'visita_app'"


def run() -> None:
    """Print how long a change takes to the desks of its branch while all branches listen."""
    houses = _houses()
    with served() as client:
        taken, before, after, lines = asyncio.run(_measured(houses, client.port, client.process))
    row = (
        DESKS,
        BRANCHES,
        p95(taken.heard),
        quantiles(taken.seen)[1],
        p95(taken.seen),
        max(taken.seen),
        before,
        after,
        lines,
    )
    head = (
        "desks open",
        "branches",
        "heard p95 s",
        "seen p50 s",
        "seen p95 s",
        "slowest s",
        "MB before",
        "MB open",
        "connections",
    )
    tables.show("A change in one of many branches until each of its desks has it", head, [row])
    print(f"  {tables.met(row[4], _GOAL)}")


def _houses() -> list[House]:
    """One for each branch, with its share of the desks."""
    day = datetime.now(ZONE).date() + timedelta(days=3)
    found = Organization.objects.filter(slug=SLUG).first() or _made()
    with scope(found.pk):
        places = list(Location.objects.order_by("id").values_list("pk", flat=True))
    cookies = [signed_in(found.pk, number, "branch") for number in range(DESKS)]
    return [
        House(found.pk, place, day, _visit(found.pk, place, at, day), cookies[at::BRANCHES], SLUG)
        for at, place in enumerate(places)
    ]


def _made() -> Organization:
    made = tenancy.create_organization(
        SLUG, name="Branches", trade="clinic", language="en", languages=["en"], zone=ZONE.key, currency="RON",
        country="RO", phone="+40215550144", actor=ACTOR,
    )  # fmt: skip
    for name in ("contact_open_limit", "holds_share_percent"):
        tenancy.set_setting(made.pk, name, 0, actor=ACTOR)
    week = [Pattern(weekday, 420, 1320, date(2020, 1, 1)) for weekday in range(7)]
    people = []
    for number in range(BRANCHES):
        place = tenancy.add_location(made.pk, name=f"Branch {number}", zone=ZONE.key, actor=ACTOR).pk
        one = scheduling.add_resource(
            made.pk, name=f"Person {number}", kind="person", location_ids=[place], actor=ACTOR
        ).pk
        scheduling.set_working_time(made.pk, one, place, week, actor=ACTOR)
        people.append(Offer(one))
    catalog.add_service(
        made.pk, {"en": "Visit"}, resources=people, minutes=30, price_minor=30000, actor=ACTOR
    )
    return made


def _visit(organization: int, place: int, at: int, day: date) -> int:
    """The branch's visit on the day, made where it is missing."""
    with scope(organization):
        found = Visit.objects.filter(location_id=place, wall__startswith=day.isoformat()).first()
        if found is not None:
            return found.pk
        service = Service.objects.get().pk
        person = ServiceResource.objects.order_by("resource_id").values_list("resource_id", flat=True)[at]
    hour = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
    client = ClientDetails(f"First{at}", f"Last{at}", f"+4073{at:07}")
    item = Item(service, person, hour)
    wanted = BookRequest((item,), client=client, location_id=place, staff=True)
    made = actions.book(organization, wanted, ACTOR)
    return int(made.visit_id)  # type: ignore[union-attr]  # staff's bookings are never asked to be paid or confirmed


async def _measured(houses: list[House], port: int, process: int) -> tuple[Taken, int, int, int]:
    taken, ready, before = Taken(), asyncio.Semaphore(0), _memory(process)
    begun = [[0.0] for _ in houses]
    desks = [
        asyncio.create_task(desk(house, port, cookie, True, taken, begun[at], ready))
        for at, house in enumerate(houses)
        for cookie in house.cookies
    ]
    for _ in desks:
        await asyncio.wait_for(ready.acquire(), 60)
    await asyncio.sleep(1)
    wanted = 0
    for at, house in [*enumerate(houses)] * ROUNDS:
        begun[at][0], wanted = time.perf_counter(), wanted + len(house.cookies)
        await asyncio.to_thread(actions.note, house.organization, house.visit, f"Note {begun[at][0]}", ACTOR)
        while len(taken.seen) < wanted and time.perf_counter() - begun[at][0] < 30:
            await asyncio.sleep(0.005)
    after, lines = _memory(process), await asyncio.to_thread(_lines)
    for each in desks:
        each.cancel()
    await asyncio.gather(*desks, return_exceptions=True)
    if len(taken.seen) < wanted:
        raise SystemExit(f"{wanted - len(taken.seen)} desks never had a change.")
    return taken, before, after, lines


def _memory(process: int) -> int:
    """Megabytes a process holds."""
    told = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) // 1024 for line in told.splitlines() if line.startswith("VmRSS"))


def _lines() -> int:
    with connections["owner"].cursor() as owner:
        owner.execute(_OPEN)
        return int(owner.fetchone()[0])

"""Truth on many screens: desks open on one day hear of a change and have it drawn from the server's answer.

Each desk is a live stream that asks for the day again at its news, as the page does. Counted from before the action to
the last byte of the new day; beside it the time until the news alone, and the same questions to an empty view at once.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import quantiles

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from bench import tables
from bench.dataset import ACTOR, ZONE
from bench.serving import served
from visita.bookings import actions
from visita.bookings.requests import BookRequest, ClientDetails, Item
from visita.catalog import actions as catalog
from visita.catalog.policies import Offer
from visita.foundation.scope import scope
from visita.identity import actions as identity
from visita.identity.models import User
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy
from visita.tenancy.models import Organization

DESKS, CHANGES = 200, 12
PEOPLE, A_DAY = 20, 15  # 300 visits on the day
SLUG = "bench-live"
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_GOAL = 1.0  # seconds, p95 (ux.md)


@dataclass(slots=True)
class House:
    """The organization, the day all look at, a visit of it, and the cookies of its desks."""

    organization: int
    location: int
    day: date
    visit: int
    cookies: list[str]
    slug: str = SLUG


@dataclass(slots=True)
class Taken:
    """Seconds from the change until a desk heard of it, and until it had the new day."""

    heard: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)


def run() -> None:
    """Print how long a change takes to every desk: all on the changed day, and one in ten of them."""
    house = _house()
    with served() as client:
        rows = [asyncio.run(_measured(house, client.port, watching)) for watching in (DESKS, DESKS // 10)]
    head = ("desks open", "on that day", "heard p95 s", "seen p50 s", "seen p95 s", "F p95 s", "slowest s")
    tables.show("A change until every desk has it (F: an empty view asked by as many at once)", head, rows)
    for row in rows:
        print(f"  {row[1]} of {row[0]} on that day: p95 {row[4]:.2f} s, {tables.met(row[4], _GOAL)}")


def _house() -> House:
    day = datetime.now(ZONE).date() + timedelta(days=3)
    found = Organization.objects.filter(slug=SLUG).first() or _made()
    with scope(found.pk):
        from visita.bookings.models import Visit
        from visita.tenancy.models import Location

        place = Location.objects.get()
    if not _visits_on(found.pk, day):
        _fill(found.pk, place.pk, day)
    with scope(found.pk):
        visit = (
            Visit.objects.filter(wall__startswith=day.isoformat())
            .order_by("id")
            .values_list("pk", flat=True)[0]
        )
    return House(found.pk, place.pk, day, visit, [signed_in(found.pk, number) for number in range(DESKS)])


def _visits_on(organization: int, day: date) -> bool:
    from visita.bookings.models import Visit

    with scope(organization):
        return Visit.objects.filter(wall__startswith=day.isoformat()).exists()


def _made() -> Organization:
    made = tenancy.create_organization(
        SLUG, name="Live", trade="clinic", language="en", languages=["en"], zone=ZONE.key, currency="RON",
        country="RO", phone="+40215550142", actor=ACTOR,
    )  # fmt: skip
    place = tenancy.add_location(made.pk, name="Live", zone=ZONE.key, actor=ACTOR).pk
    for name in ("contact_open_limit", "holds_share_percent"):
        tenancy.set_setting(made.pk, name, 0, actor=ACTOR)
    week = [Pattern(weekday, 420, 1320, date(2020, 1, 1)) for weekday in range(7)]
    people = []
    for number in range(PEOPLE):
        one = scheduling.add_resource(
            made.pk, name=f"Person {number}", kind="person", location_ids=[place], actor=ACTOR
        )
        scheduling.set_working_time(made.pk, one.pk, place, week, actor=ACTOR)
        people.append(Offer(one.pk))
    catalog.add_service(
        made.pk, {"en": "Visit"}, resources=people, minutes=30, start_step=30, price_minor=30000, actor=ACTOR
    )
    return made


def _fill(organization: int, location: int, day: date) -> None:
    """300 visits of 300 clients."""
    from visita.catalog.models import Service
    from visita.scheduling.models import Resource

    with scope(organization):
        service = Service.objects.get().pk
        people = list(Resource.objects.order_by("id").values_list("pk", flat=True))
    for number in range(PEOPLE * A_DAY):
        hour = datetime(day.year, day.month, day.day, 7, tzinfo=ZONE) + timedelta(hours=number // PEOPLE)
        item = Item(service, people[number % PEOPLE], hour)
        client = ClientDetails(f"First{number}", f"Last{number}", f"+4072{number:07}")
        actions.book(
            organization, BookRequest((item,), client=client, location_id=location, staff=True), ACTOR
        )


def signed_in(organization: int, number: int, name: str = "desk") -> str:
    """The cookie of a desk; ten people sit at twenty desks each."""
    email = f"{name}-{number % 10}@bench.example"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = identity.create_user(email=email, password="a long Passw0rd 1", name="Desk")  # noqa: S106  # no secret
        identity.add_member(organization, user.pk, "reception", actor=ACTOR)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


async def _measured(
    house: House, port: int, watching: int
) -> tuple[int, int, float, float, float, float, float]:
    taken, changed, ready = Taken(), [0.0], asyncio.Semaphore(0)
    desks = [
        asyncio.create_task(desk(house, port, cookie, at < watching, taken, changed, ready))
        for at, cookie in enumerate(house.cookies)
    ]
    for _ in desks:
        await asyncio.wait_for(ready.acquire(), 60)
    await asyncio.sleep(1)
    for number in range(CHANGES):
        changed[0] = time.perf_counter()
        await asyncio.to_thread(actions.note, house.organization, house.visit, f"Note {changed[0]}", ACTOR)
        wanted = watching * (number + 1)
        while len(taken.seen) < wanted and time.perf_counter() - changed[0] < 30:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
    for each in desks:
        each.cancel()
    await asyncio.gather(*desks, return_exceptions=True)
    if len(taken.seen) < watching * CHANGES:
        raise SystemExit(f"{watching * CHANGES - len(taken.seen)} desks never had the change.")
    empty = await _empty(port, watching)
    return (
        DESKS,
        watching,
        p95(taken.heard),
        quantiles(taken.seen)[1],
        p95(taken.seen),
        p95(empty),
        max(taken.seen),
    )


def p95(values: list[float]) -> float:
    """The time within which nineteen of twenty came."""
    return quantiles(values, n=20)[-1]


async def desk(
    house: House,
    port: int,
    cookie: str,
    watching: bool,
    taken: Taken,
    changed: list[float],
    ready: asyncio.Semaphore,
) -> None:
    """One page: its stream, and the day asked for again whenever the stream says so."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(_get(f"/events/{house.slug}/", cookie, f"127.0.0.1:{port}"))
    wanted = {"location": house.location, "date": house.day.isoformat()}
    path = f"/{house.slug}/desk/journal.json?location={house.location}&date={house.day}"
    own = await asyncio.open_connection("127.0.0.1", port)  # as a browser keeps it
    tag = await _ask(own, port, path, cookie, "") if watching else ""
    ready.release()
    try:
        async for line in reader:
            if not line.startswith(b"data: {") or not watching:
                continue
            if json.loads(line[6:]) not in ({}, wanted) or not changed[0]:
                continue
            taken.heard.append(time.perf_counter() - changed[0])
            try:
                tag = await _ask(own, port, path, cookie, tag)
            except (
                asyncio.IncompleteReadError,
                ConnectionError,
            ):  # silent for long: closed, and opened anew as browsers do
                own = await asyncio.open_connection("127.0.0.1", port)
                tag = await _ask(own, port, path, cookie, tag)
            taken.seen.append(time.perf_counter() - changed[0])
    finally:
        writer.close()
        own[1].close()


def _get(path: str, cookie: str, host: str, tag: str = "") -> bytes:
    known = f"If-None-Match: {tag}\r\nA-IM: blocks\r\n" if tag else ""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{known}Accept-Encoding: gzip\r\n\r\n".encode()


async def _ask(line: Line, port: int, path: str, cookie: str, tag: str) -> str:
    """The whole answer of one question; its ETag."""
    reader, writer = line
    writer.write(_get(path, cookie, f"127.0.0.1:{port}", tag))
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    lower = {name.lower(): value for name, value in fields.items()}
    if head.split(" ")[1] not in ("200", "226", "304"):
        raise SystemExit(f"{path}: {head[:200]}")
    await reader.readexactly(int(lower.get("content-length", 0)))
    return lower.get("etag", "")


async def _empty(port: int, count: int) -> list[float]:
    async def one() -> float:
        line = await asyncio.open_connection("127.0.0.1", port)
        begun = time.perf_counter()
        await _ask(line, port, "/healthz", "", "")
        line[1].close()
        return time.perf_counter() - begun

    return list(await asyncio.gather(*(one() for _ in range(count))))

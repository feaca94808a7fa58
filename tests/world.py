"""The cast of the tests: a clinic with two doctors, a nurse and a room, a hall with lanes and a class, a stranger.

The clock stands at NOW, a Sunday morning; everybody works Monday to Friday 9:00-12:30 and 13:00-17:00 in Bucharest.
"""

import itertools
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from visita.bookings.requests import BookRequest, ClientDetails, Item
from visita.catalog import actions as catalog
from visita.catalog.policies import Need, Offer
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
ZONE = ZoneInfo("Europe/Bucharest")
STAFF = Actor("staff", 1, "Reception", source="desk")
CLIENT = Actor("client", None, "Client", source="web")
WEEK = [
    Pattern(weekday, start, end, date(2026, 1, 1))
    for weekday in range(5)
    for start, end in ((540, 750), (780, 1020))
]

_count = itertools.count()
# Slugs stand in every page: without figures, so that none of them holds what a test looks for (a phone's "555").
_LETTERS = str.maketrans("0123456789abcdef", "ghijklmnopqrstuv")


def at(hour: int, minute: int = 0, day: date = MONDAY, zone: ZoneInfo = ZONE) -> datetime:
    """An aware instant on the clinic's wall clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Clinic:
    """Ids of one organization: `visit` 30 min with either doctor, `scan` needs nurse and room and leaves 10 minutes
    of cleaning, `gym` has three lanes (parties of three), `yoga` is a class of three places."""

    id: int
    slug: str
    location: int
    ana: int
    mihai: int
    nurse: int
    room: int
    hall: int
    visit: int
    scan: int
    gym: int
    yoga: int


_built: list[Clinic] = []
_free: list[Clinic] = []


def build(number: int = 2) -> None:
    """Commits clinics for `clinic` to hand out: making one takes longer than most tests do with it."""
    with clock.at(NOW):
        _built.extend(_founded() for _ in range(number))


def rolled_back() -> None:
    """Called before each test: what the one before did to the built clinics is gone with its transaction."""
    _free[:] = _built


def clinic(slug: str = "", zone: str = "") -> Clinic:
    """A clinic as nobody has used it; inside a test's transaction one of those built before."""
    if not (slug or zone) and _free and connection.in_atomic_block:
        return _free.pop()
    return _founded(slug, zone or "Europe/Bucharest")


def _founded(slug: str = "", zone: str = "Europe/Bucharest") -> Clinic:
    slug = slug or "clinic-" + f"{next(_count):x}-{secrets.token_hex(4)}".translate(_LETTERS)
    organization = tenancy.create_organization(
        slug, name="Meridian", trade="clinic", language="en", languages=["en", "ro"], zone=zone, currency="RON",
        country="RO", phone="+40215550142", actor=STAFF,
    )  # fmt: skip
    org = organization.pk
    place = tenancy.add_location(org, name="Strada Paris", zone=zone, actor=STAFF).pk
    ana, mihai, nurse = (resource(org, place, name) for name in ("Ana Pop", "Mihai Ionescu", "Corina Vasile"))
    room, hall = (resource(org, place, name, kind="room") for name in ("Room 1", "Hall"))
    tenancy.set_setting(org, "cancel_until_minutes", 120, actor=STAFF)
    tenancy.set_setting(org, "contact_open_limit", 0, actor=STAFF)  # Maria Ilie books everything
    tenancy.set_setting(org, "holds_share_percent", 0, actor=STAFF)
    return Clinic(
        org, slug, place, ana, mihai, nurse, room, hall,
        visit=service(org, "Consultation", [ana, mihai], minutes=30, start_step=30, price_minor=30000),
        scan=service(org, "Scan", [ana, mihai], [[nurse], [room]], minutes=40, buffer_after=10, start_step=20),
        gym=service(org, "Gym", [hall], minutes=60, start_step=30, capacity=3, max_party=3),
        yoga=service(org, "Yoga", [ana], minutes=60, kind="class", capacity=3, max_party=2),
    )  # fmt: skip


def resource(org: int, place: int, name: str, kind: str = "person") -> int:
    """A resource that works the week."""
    made = scheduling.add_resource(org, name=name, kind=kind, location_ids=[place], actor=STAFF).pk
    scheduling.set_working_time(org, made, place, WEEK, actor=STAFF)
    return made


def service(org: int, name: str, who: list[int], groups: list[list[int]] | None = None, **fields: Any) -> int:
    """A service given by `who`, which also needs one of each group."""
    needs = [Need(tuple(group), {"en": f"Needs {at}"}) for at, group in enumerate(groups or [])]
    offers = [Offer(each) for each in who]
    return catalog.add_service(
        org, {"en": name}, resources=offers, requirements=needs, actor=STAFF, **fields
    ).pk


def person(first: str = "Maria", last: str = "Ilie", **contact: str) -> ClientDetails:
    """A client's form."""
    return ClientDetails(first, last, **{"phone": "+40721555014", **contact})


def request(
    clinic: Clinic, start: datetime, service: int | None = None, who: int | None = None, **more: Any
) -> Any:
    """A booking of one service (the consultation) by Maria Ilie."""
    item = Item(service or clinic.visit, who, start)
    return BookRequest((item,), **{"client": person(), **more})


def day_after(days: int) -> date:
    """A date counted from MONDAY."""
    return MONDAY + timedelta(days=days)

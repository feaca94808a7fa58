"""Bots against the open doors, and people who must not suffer for it (reliability S8 and R10).

A bot owns a /64, takes another address of it, another name and phone at every try, and knocks at the API and at the
pages. `FULL=1` tries 10,000 times from 50 prefixes (`make drill`); else fewer, from fewer prefixes, so that each still
tries more often than it may. A bot reads no page it need not, so the whole takes minutes: nineteen tries of twenty are a
program's at the API, for nothing dresses its refusals, and the twentieth goes through the pages.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from tests import world
from visita.bookings.models import Appointment, Visit
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling.models import Allocation
from visita.tenancy import actions as tenancy

FULL = os.environ.get("FULL") == "1"
TRIES, PREFIXES = (10_000, 50) if FULL else (66, 3)
HOLDS, PEOPLE = (10_000, 200) if FULL else (150, 60)
WEEKDAYS = [world.day_after(day) for day in range(56) if day % 7 < 5]
DAYS = WEEKDAYS if FULL else WEEKDAYS[:2]  # more times than the prefixes may take together


def starts(days: list[date]) -> list[datetime]:
    """Fourteen a day."""
    hours = (9, 10, 11, 13, 14, 15, 16)
    return [world.at(hour, minute, day) for day in days for hour in hours for minute in (0, 30)]


STARTS = starts(DAYS)
BY_PAGES = 20 if FULL else 2  # every so manieth round goes through the pages
FAIR = max(3, 450 * 20 // 100 // 30)  # visits of 30 minutes in a fifth of a day of seven and a half hours

pytestmark = pytest.mark.slow


@pytest.fixture
def clinic(db: None, settings: Settings) -> Iterator[world.Clinic]:
    """A clinic as it is delivered: every limit on."""
    settings.RATE_LIMITS, settings.API_LIMITS = True, {}
    with clock.at(world.NOW):
        made = world.clinic()
        limit(made, contact_open_limit=3, holds_share_percent=20)
        yield made


def limit(clinic: world.Clinic, **values: Any) -> None:
    """Set settings."""
    for key, value in values.items():
        tenancy.set_setting(clinic.id, key, value, actor=world.STAFF)


@pytest.fixture(scope="module")
def door() -> BaseHandler:
    """The whole application, without what a test's browser adds to every answer."""
    made = BaseHandler()
    made.load_middleware()
    return made


class Bot:
    """A program with a prefix."""

    def __init__(self, clinic: world.Clinic, door: BaseHandler, prefix: int, chance: random.Random) -> None:
        self.clinic, self.chance, self.door = clinic, chance, door
        self.prefix, self.make = f"2001:db8:0:{prefix:x}", RequestFactory()

    def _post(self, address: str, body: dict[str, Any], **more: Any) -> Any:
        request = self.make.post(
            address, body, REMOTE_ADDR=f"{self.prefix}::{self.chance.randrange(1, 65535):x}", **more
        )
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        answer = self.door.get_response(request)
        assert answer.status_code < 500, answer
        return answer

    def _person(self) -> dict[str, str]:
        number = self.chance.randrange(10**7)
        return {"first_name": f"B{number}", "last_name": "Ot", "phone": f"072{number:07}"}

    def _time(self) -> tuple[int, datetime]:
        return self.chance.choice((self.clinic.ana, self.clinic.mihai)), self.chance.choice(STARTS)

    def _ask(self, what: str, **more: Any) -> bool:
        who, start = self._time()
        item = {"service": self.clinic.visit, "resource": who, "start": start.isoformat()}
        address = f"/api/v1/organizations/{self.clinic.slug}/{what}"
        key = {"Idempotency-Key": f"{self.chance.random()}"}
        answer = self._post(address, {"items": [item], **more}, content_type="application/json", headers=key)
        return bool(answer.status_code == 201)

    def program(self) -> bool:
        """Book by the API; whether it landed."""
        return self._ask("bookings", client=self._person())

    def keep(self) -> bool:
        """Tap a time by the API; whether it is kept."""
        return self._ask("holds")

    def hold(self) -> HttpResponse:
        """Tap a time."""
        who, start = self._time()
        body = {"location": self.clinic.location, "service": self.clinic.visit, "seats": 1}
        slot = f"{who}.{clock.to_minute(start)}"
        answer: HttpResponse = self._post(f"/{self.clinic.slug}/hold/", {**body, "slot": slot})
        return answer

    def pages(self) -> bool:
        """Book by the pages, the form sent unread; whether it landed."""
        held = self.hold()
        if held.status_code != 302:
            return False
        (flow,) = parse_qs(urlsplit(held["Location"]).query)["flow"]
        sent = {"flow": flow, "region": "RO", **self._person()}
        return bool(self._post(f"/{self.clinic.slug}/booking/", sent).status_code == 302)


def flood(clinic: world.Clinic, door: BaseHandler, enough: int = TRIES) -> Counter[str]:
    """All tries, the prefixes in turn; how many landed of each. It ends early where one prefix has landed `enough`."""
    chance = random.Random(7)
    bots = [Bot(clinic, door, prefix, chance) for prefix in range(PREFIXES)]
    landed: Counter[str] = Counter()
    for turn in range(TRIES):
        bot = bots[turn % PREFIXES]
        paged = turn // PREFIXES % BY_PAGES == BY_PAGES - 1
        landed[bot.prefix] += bot.pages() if paged else bot.program()
        if landed[bot.prefix] >= enough:
            break
    return landed


def visits(clinic: world.Clinic) -> Counter[tuple[int | None, object]]:
    """How many stand in each resource's day."""
    with scope(clinic.id):
        rows = Appointment.objects.values_list("resource_id", "s")
        return Counter((who, clock.from_minute(s).astimezone(world.ZONE).date()) for who, s in rows)


def test_of_a_flood_a_prefix_lands_ten_at_most(clinic: world.Clinic, door: BaseHandler) -> None:
    landed = flood(clinic, door)
    assert sum(landed.values()) == sum(visits(clinic).values())
    assert 0 < max(landed.values()) <= 10


def test_without_the_limit_more_would_land(
    clinic: world.Clinic, door: BaseHandler, settings: Settings
) -> None:
    settings.RATE_LIMITS = False
    assert max(flood(clinic, door, enough=11).values()) > 10


def test_a_flood_leaves_most_of_every_day_where_strangers_have_a_share(
    clinic: world.Clinic, door: BaseHandler
) -> None:
    limit(clinic, unverified_share_percent=20)
    landed = flood(clinic, door)
    assert max(landed.values()) <= 10
    assert 0 < max(visits(clinic).values()) <= FAIR


def test_nothing_lands_where_phones_are_confirmed(clinic: world.Clinic, door: BaseHandler) -> None:
    limit(clinic, confirm_phone=True)
    assert not +flood(clinic, door) and not visits(clinic)


def test_a_flood_of_holds_leaves_most_of_every_day(
    clinic: world.Clinic, door: BaseHandler, settings: Settings
) -> None:
    """Whoever has addresses enough is never stopped at the door: the share holds by itself."""
    settings.RATE_LIMITS = False
    chance = random.Random(7)
    bots = [Bot(clinic, door, prefix, chance) for prefix in range(50)]
    held = 0
    for turn in range(HOLDS):
        bot, paged = bots[turn % 50], turn // 50 % BY_PAGES == BY_PAGES - 1
        held += bot.hold().status_code == 302 if paged else bot.keep()
    with scope(clinic.id):
        rows = Allocation.objects.filter(kind="hold", live=True).values_list("resource_id", "s")
        kept = Counter((who, clock.from_minute(s).astimezone(world.ZONE).date()) for who, s in rows)
    assert held == sum(kept.values()) and 0 < max(kept.values()) <= FAIR
    assert len(kept) <= 2 * len(DAYS)


def test_people_are_not_refused(clinic: world.Clinic) -> None:
    """Each taps a time and types; two hundred in the drill, every fifth through one clinic's own wifi, one every ten minutes."""
    open_ = [(start, who) for start in starts(WEEKDAYS[1:10]) for who in (clinic.ana, clinic.mihai)][:PEOPLE]
    for turn, (start, who) in enumerate(open_):
        shared = turn % 5 == 0
        address = "203.0.113.9" if shared else f"198.51.100.{turn}"
        with clock.at(world.NOW + timedelta(minutes=2 * turn)):
            assert _booked(clinic, Browser(REMOTE_ADDR=address), turn, start, who), turn
    with scope(clinic.id):
        assert Visit.objects.count() == len(open_) == PEOPLE


def _booked(clinic: world.Clinic, browser: Browser, turn: int, start: datetime, who: int) -> bool:
    home = f"/{clinic.slug}/"
    chosen = {"location": clinic.location, "service": clinic.visit, "seats": 1}
    held = browser.post(f"{home}hold/", {**chosen, "slot": f"{who}.{clock.to_minute(start)}"})
    assert held.status_code == 302, held.content
    flow = browser.get(held["Location"]).context["flow"]
    details = {
        "region": "RO",
        "phone": f"0721 000 {turn:03}",
        "first_name": f"Client {turn}",
        "last_name": "Pop",
    }
    answer = browser.post(f"{home}booking/", {"flow": flow, **details})
    return bool(answer.status_code == 302)

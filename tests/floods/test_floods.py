"""Bots against the open doors, and people who must not suffer for it (reliability S8 and R10).

A bot owns a /64, takes another address of it, another name and phone at every try, and knocks at the API and at the
pages in turn. `FULL=1` tries 10,000 times from 50 prefixes (`make drill`); else fewer, from fewer prefixes, so that
each still tries more often than it may.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
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


class Bot:
    """A program with a prefix."""

    def __init__(self, clinic: world.Clinic, prefix: int, chance: random.Random) -> None:
        self.clinic, self.chance, self.browser = clinic, chance, Browser()
        self.prefix = f"2001:db8:0:{prefix:x}"

    def _moved(self) -> dict[str, str]:
        return {"REMOTE_ADDR": f"{self.prefix}::{self.chance.randrange(1, 65535):x}"}

    def _person(self) -> dict[str, str]:
        number = self.chance.randrange(10**7)
        return {"first_name": f"B{number}", "last_name": "Ot", "phone": f"072{number:07}"}

    def _time(self) -> tuple[int, datetime]:
        return self.chance.choice((self.clinic.ana, self.clinic.mihai)), self.chance.choice(STARTS)

    def program(self) -> bool:
        """Book by the API; whether it landed."""
        who, start = self._time()
        item = {"service": self.clinic.visit, "resource": who, "start": start.isoformat()}
        address = f"/api/v1/organizations/{self.clinic.slug}/bookings"
        more: Any = {**self._moved(), "headers": {"Idempotency-Key": f"{self.chance.random()}"}}
        body = {"items": [item], "client": self._person()}
        answer = self.browser.post(address, body, "application/json", **more)
        assert answer.status_code < 500, answer.content
        return bool(answer.status_code == 201)

    def hold(self) -> Any:
        """Tap a time."""
        who, start = self._time()
        body = {"location": self.clinic.location, "service": self.clinic.visit, "seats": 1}
        slot = f"{who}.{clock.to_minute(start)}"
        more: Any = self._moved()
        return self.browser.post(f"/{self.clinic.slug}/hold/", {**body, "slot": slot}, **more)

    def pages(self) -> bool:
        """Book by the pages; whether it landed."""
        held = self.hold()
        if held.status_code != 302:
            return False
        flow = self.browser.get(held["Location"]).context["flow"]
        sent = {"flow": flow, "region": "RO", **self._person()}
        more: Any = self._moved()
        answer = self.browser.post(f"/{self.clinic.slug}/booking/", sent, **more)
        return bool(answer.status_code == 302)


def flood(clinic: world.Clinic) -> Counter[str]:
    """All tries, the prefixes in turn; how many landed of each."""
    chance = random.Random(7)
    bots = [Bot(clinic, prefix, chance) for prefix in range(PREFIXES)]
    landed: Counter[str] = Counter()
    for turn in range(TRIES):
        bot = bots[turn % PREFIXES]
        landed[bot.prefix] += bot.pages() if turn // PREFIXES % 2 else bot.program()
    return landed


def visits(clinic: world.Clinic) -> Counter[tuple[int | None, object]]:
    """How many stand in each resource's day."""
    with scope(clinic.id):
        rows = Appointment.objects.values_list("resource_id", "s")
        return Counter((who, clock.from_minute(s).astimezone(world.ZONE).date()) for who, s in rows)


def test_of_a_flood_a_prefix_lands_ten_at_most(clinic: world.Clinic) -> None:
    landed = flood(clinic)
    assert sum(landed.values()) == sum(visits(clinic).values())
    assert 0 < max(landed.values()) <= 10


def test_without_the_limit_more_would_land(clinic: world.Clinic, settings: Settings) -> None:
    settings.RATE_LIMITS = False
    assert max(flood(clinic).values()) > 10


def test_a_flood_leaves_most_of_every_day_where_strangers_have_a_share(clinic: world.Clinic) -> None:
    limit(clinic, unverified_share_percent=20)
    landed = flood(clinic)
    assert max(landed.values()) <= 10
    assert 0 < max(visits(clinic).values()) <= FAIR


def test_nothing_lands_where_phones_are_confirmed(clinic: world.Clinic) -> None:
    limit(clinic, confirm_phone=True)
    assert not +flood(clinic) and not visits(clinic)


def test_a_flood_of_holds_leaves_most_of_every_day(clinic: world.Clinic) -> None:
    chance = random.Random(7)
    bots = [Bot(clinic, prefix, chance) for prefix in range(50)]
    held = sum(bots[turn % 50].hold().status_code == 302 for turn in range(HOLDS))
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

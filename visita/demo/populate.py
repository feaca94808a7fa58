"""Bringing the example businesses up to today: made at the first start, topped up at later ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from visita.demo import accounts, filling, keeping, lives, marks, notebook, waiting, world
from visita.demo.businesses import BUSINESSES
from visita.demo.dressing import dress
from visita.demo.founding import found
from visita.demo.happening import settle_past
from visita.demo.notebook import Opened
from visita.demo.plan import Business
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.tenancy.models import Organization

_LOCK = 7_307_829_116  # two demos started at once on one database come one after the other


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands ready; as text, what a person needs to begin."""

    base_url: str
    opened: list[Opened]
    booked: int

    def __str__(self) -> str:
        lines = ["", "Example businesses (the page for clients; add desk/ for the staff's journal):"]
        width = max(len(one.business.slug) for one in self.opened)
        for one in self.opened:
            address = f"{self.base_url}/{one.business.slug}/"
            lines.append(f"  {address:<{len(self.base_url) + width + 3}} {one.business.name}")
        lines += ["", f"Sign-ins for the staff, all with the password {accounts.PASSWORD}"]
        for one in self.opened:
            for each in one.sign_ins:
                more = f"  (second factor, secret {each.totp_secret})" if each.totp_secret else ""
                lines.append(f"  {each.email:<38} {each.role}{more}")
        return "\n".join(lines)


def ensure(base_url: str, businesses: tuple[Business, ...] = BUSINESSES) -> Summary:
    """Make what is missing, fill the days around today that are not filled, and write demo.json.

    Safe to interrupt and to repeat: an organization is one step, each of its days another.
    """
    path = Path(settings.VISITA_DATA) / "demo.json"
    keys, opened, booked = notebook.known_keys(path), [], 0
    with _alone():
        for business in businesses:
            organization, made = found(business)
            if made:
                dress(business, organization.pk)
            people = accounts.sign_ins(business, organization)
            booked += _days(business, organization)
            waiting.ensure(business, organization)
            if lives.wants(business):
                _enliven(business, organization)
            key = accounts.key(organization, keys.get(business.slug, ""))
            opened.append(Opened(business, key, people))
    notebook.write(path, base_url, opened)
    return Summary(base_url, opened, booked)


def _days(business: Business, organization: Organization) -> int:
    """Fill every day around today that has no mark yet; how many visits that made."""
    now = clock.now()
    today = now.astimezone(ZoneInfo(business.zone)).date()
    back, ahead = min(business.around[0], filling.BACK), min(business.around[1], filling.AHEAD)
    wanted = [today + timedelta(days=away) for away in range(-back, ahead + 1)]
    with scope(organization.pk):
        done, dense = marks.dates(marks.FILLED), marks.dates(marks.DENSE)
        missing = [day for day in wanted if day.isoformat() not in done]
        if not missing and today.isoformat() in dense:
            return 0
        loaded = world.load(business, organization)
    _settle(loaded, today)
    booked = sum(filling.fill(loaded, day, now) for day in missing)
    with scope(organization.pk, durable=True):
        keeping.keep(loaded)
    return booked + (0 if today.isoformat() in dense else filling.thicken(loaded, today, now))


def _enliven(business: Business, organization: Organization) -> None:
    with scope(organization.pk):
        loaded = world.load(business, organization)
    lives.enliven(loaded, clock.now())


def _settle(loaded: world.World, today: date) -> None:
    midnight = datetime.combine(today, time(), loaded.zone)
    with scope(loaded.organization.pk, durable=True):
        settle_past(loaded, midnight)


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])

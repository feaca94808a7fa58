"""Who takes part in the journeys: the example businesses with few clients, a clinic of our own, people at the desk.

Times are booked up to their beginning, for what was offered a second ago must not be too late when it is pressed.
"""

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from time import sleep
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from tests import world
from visita.bookings.actions.book import book
from visita.clients import actions as clients
from visita.demo.founding import found
from visita.demo.plan import Business
from visita.foundation.actor import SYSTEM
from visita.identity import actions as identity
from visita.identity.models import User
from visita.scheduling import actions as scheduling
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy

PASSWORD = "a long Passw0rd 1"
# Names that break what is careless: markup, an apostrophe, Cyrillic, right to left, an emoji, a name without end.
NAMES = (
    ("Siobhán", "O'Neill <b>&amp;"),
    ("Екатерина", "Воскресенская-Преображенская"),
    ("שרה", "כהן"),
    ("Zoë 🦊", "Ng"),
    ("Maximiliane-Wilhelmine", "von Hohenlohe-Waldenburg-Schillingsfürst"),
)
_count = itertools.count()
_JOURNEY = 60  # seconds that a journey may take


@dataclass(frozen=True, slots=True)
class House:
    """An organization of the journeys; `day` is the day after it was made, whole and ahead at any hour the tests run."""

    id: int
    slug: str
    zone: ZoneInfo
    day: date


def example(business: Business) -> House:
    """An example business as the demo founds it, empty, with few clients; what is booked can be cancelled to the last."""
    wishes = {**business.settings, "cancel_until_minutes": 0, "lead_minutes": 0, "rules_limit_ms": 5000}
    zone = ZoneInfo(business.zone)
    day = _tomorrow(zone)
    organization, _made = found(replace(business, clients=4, settings=wishes))
    return House(organization.pk, business.slug, zone, day)


def clinic() -> tuple[House, world.Clinic]:
    """The tests' clinic, at work every day from eight to eight, with clients of all names."""
    day, made = _tomorrow(world.ZONE), world.clinic()
    tenancy.set_setting(made.id, "lead_minutes", 0, actor=SYSTEM)
    week = [Pattern(weekday, 480, 1200, date(2026, 1, 1)) for weekday in range(7)]
    for resource in (made.ana, made.mihai):
        scheduling.set_working_time(made.id, resource, made.location, week, actor=SYSTEM)
    for number, (first, last) in enumerate(NAMES):
        who = world.person(first, last, phone=f"+4072155510{number}")
        clients.register(made.id, who, actor=SYSTEM)
    return House(made.id, made.slug, world.ZONE, day), made


def receptionist(house: House, role: str = "reception") -> User:
    """Somebody who sits at the house's desk and reads English."""
    email = f"{role}-{next(_count)}@{house.slug}.example"
    user = identity.create_user(email=email, password=PASSWORD, name=role.title(), language="en")
    identity.add_member(house.id, user.pk, role, actor=SYSTEM)
    return user


def sign_in(context: BrowserContext, user: User, address: str) -> None:
    """Gives the browser the session of a signed-in user, as after the sign-in page."""
    browser = Client()
    browser.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": address}])


def day_of(minute: int, house: House) -> date:
    """The house's date at an epoch minute."""
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(house.zone).date()


def past_midnight(zone: ZoneInfo) -> None:
    """Waits for a midnight that is about to come: a queue, for one, begins anew with it."""
    here = datetime.now(zone)
    midnight = datetime.combine(here.date() + timedelta(days=1), time(), zone)
    left = midnight.timestamp() - here.timestamp()
    if left < _JOURNEY:
        sleep(left + 1)


def _tomorrow(zone: ZoneInfo) -> date:
    past_midnight(zone)
    return datetime.now(zone).date() + timedelta(days=1)


def visit_tomorrow(house: House, made: world.Clinic, hour: int, who: int, name: tuple[str, str]) -> None:
    """A consultation booked by its client."""
    start = datetime.combine(house.day, time(hour), house.zone)
    client = world.person(*name, phone=f"+407215559{hour:02}")
    book(house.id, world.request(made, start, who=who, client=client), world.CLIENT)

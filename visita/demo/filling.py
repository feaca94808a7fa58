"""Filling a day of an example business with visits, through the booking actions with the clock set back.

A resource's day is walked from its first minute: a service is chosen and tried, or a gap is left. What is refused (the
room is taken, the closed day) is left out, as at a real desk. One transaction a day, marked when done.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from visita.bookings import errors
from visita.bookings.actions.book import book_within
from visita.bookings.placing import Taken
from visita.bookings.requests import Booked, BookRequest, Item
from visita.demo import marks
from visita.demo.happening import happen
from visita.demo.lessons import give_lessons
from visita.demo.plan import Offered
from visita.demo.world import Duty, World
from visita.foundation import clock
from visita.foundation.actor import SYSTEM, Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling

AHEAD, BACK = 21, 14  # days filled around today
LEAD = 130  # minutes a client books ahead at least


@dataclass(slots=True)
class Walk:
    """One resource's working interval being filled."""

    world: World
    duty: Duty
    day: date
    now: datetime
    choose: Random

    def instant(self, minute: int) -> datetime:
        """A minute of the day on the location's wall clock."""
        return datetime.combine(self.day, time(minute // 60, minute % 60), self.world.zone)


def fill(world: World, day: date, now: datetime) -> int:
    """All visits of a day in one transaction with its mark; how many were booked."""
    choose = Random(f"{world.business.slug}|{day}")  # noqa: S311 - the same day at every run, no secret
    with scope(world.organization.pk, durable=True):
        booked = 0
        if _is_holiday(world, day):
            _close(world, day)
        else:
            _blocked(world, day, now, choose)
            booked = give_lessons(world, day, now, choose, attempt) + _walks(world, day, now, choose)
        marks.note(marks.FILLED, day)
    return booked


def thicken(world: World, day: date, now: datetime) -> int:
    """More visits on the day that is now today: it was filled thinly while it lay ahead."""
    choose = Random(f"{world.business.slug}|{day}|today")  # noqa: S311 - as above
    with scope(world.organization.pk, durable=True):
        booked = 0 if _is_holiday(world, day) else _walks(world, day, now, choose)
        marks.note(marks.DENSE, day)
    return booked


def _walks(world: World, day: date, now: datetime, choose: Random) -> int:
    return sum(_walk(Walk(world, duty, day, now, choose)) for duty in world.duties(day))


def _is_holiday(world: World, day: date) -> bool:
    return (day.month, day.day) in world.business.holidays


def _close(world: World, day: date) -> None:
    for location in world.places.values():
        scheduling.set_exception.here(None, location, day, [], reason="holiday", actor=SYSTEM)


def busy_share(day: date, today: date, density: float) -> float:
    """How full a day is: today dense, the past as it was, the future thinner with every day."""
    away = (day - today).days
    return 0.9 if away == 0 else density * (0.36 if away < 0 else max(0.08, 0.5 - 0.04 * away))


def _blocked(world: World, day: date, now: datetime, choose: Random) -> None:
    """Now and then somebody is away for a day, or a team meets for half an hour."""
    people = [
        duty for duty in world.duties(day) if duty.calendar.kind == "person" and duty.end - duty.start > 120
    ]
    if not people:
        return
    duty = choose.choice(people)
    chance = choose.random()
    walk = Walk(world, duty, day, now, choose)
    if chance < 0.12 and len(people) > 3 and day != now.astimezone(world.zone).date():
        scheduling.set_exception.here(
            world.calendars[duty.calendar.key], None, day, [], reason="absent", actor=world.desk
        )
    elif chance < 0.6 and world.business.meeting:
        start = walk.instant(duty.end - 60)
        with suppress(Refusal):
            scheduling.block.here(
                [world.calendars[duty.calendar.key]],
                world.places[duty.place],
                start,
                start + timedelta(minutes=30),
                note=world.business.meeting,
                actor=world.desk,
            )


def _walk(walk: Walk) -> int:
    given = walk.world.given_by(walk.duty.calendar.key)
    if not given:
        return 0
    weights = [offered.weight for offered, _minutes in given]
    at, booked = walk.duty.start, 0
    today = walk.now.astimezone(walk.world.zone).date()
    share = busy_share(walk.day, today, walk.world.business.density)
    while at < walk.duty.end:
        offered, minutes = walk.choose.choices(given, weights)[0]
        used = 0
        if walk.choose.random() < share:
            used = _at(walk, offered, minutes, at)
            booked += used > 0
        at += used or _rounded(walk.choose.choice((20, 45, 70)), walk.world.base(offered))
    return booked


def _at(walk: Walk, offered: Offered, minutes: int, at: int) -> int:
    """Try the service at a minute of the day; the minutes it takes of the walk, 0 when it was refused."""
    step = walk.world.base(offered)
    shared = _shared(walk.world, offered)
    for _party in range(walk.choose.randint(1, 3) if shared else 1):
        if not _book(walk, offered, at):
            return 0
    if offered.fields.get("hole_minutes"):
        _in_the_hole(walk, offered, at)
    after = 0 if shared else minutes + offered.fields.get("buffer_after", 0)
    return max(step, _rounded(after, step))


def _rounded(minutes: int, step: int) -> int:
    """Up to the next step of the grid."""
    return -(-minutes // step) * step


def _shared(world: World, offered: Offered) -> bool:
    return any(group.capacity > 1 for group in world.business.groups if group.key == offered.group)


def _in_the_hole(walk: Walk, offered: Offered, at: int) -> None:
    """Somebody short while the colour works."""
    room = offered.fields["hole_minutes"]
    short = [one for one, minutes in walk.world.given_by(walk.duty.calendar.key) if minutes <= room]
    if short and walk.choose.random() < 0.5:
        _book(walk, walk.choose.choice(short), at + offered.fields["hole_after"])


def _book(walk: Walk, offered: Offered, at: int) -> bool:
    if at >= walk.duty.end:
        return False
    seats = walk.choose.randint(1, min(3, offered.fields.get("max_party", 1)))
    resource = walk.world.calendars[walk.duty.calendar.key]
    return attempt(
        walk.world, offered.key, walk.duty.place, resource, walk.instant(at), seats, walk.now, walk.choose
    )


def attempt(
    world: World,
    service: str,
    place: str,
    resource: int | None,
    start: datetime,
    seats: int,
    now: datetime,
    choose: Random,
) -> bool:
    """Book one visit as of some earlier moment and let it happen up to now; False when it is refused."""
    moment = _moment(start, now, choose)
    client, name = choose.choice(world.guests(service))
    online = choose.random() < 0.55
    actor = Actor("client", client, name, source="web") if online else world.desk
    request = BookRequest(
        items=(Item(world.services[service], resource, start),),
        client_id=client,
        location_id=world.places[place],
        seats=seats,
        subject_id=world.subjects.get(client),
        staff=not online,
        silent=True,
        note=choose.choice(world.business.notes) if world.business.notes and choose.random() < 0.08 else "",
    )
    with clock.at(moment):
        booked = _booked(world, place, request, actor)
    if booked is None:
        return False
    happen(world, booked, moment, now, choose)
    return True


def _booked(world: World, place: str, request: BookRequest, actor: Actor) -> Booked | None:
    try:
        with transaction.atomic():
            return book_within(request, actor, found=world.rules[place])
    except (Refusal, Taken, errors.Lost):
        return None


def _moment(start: datetime, now: datetime, choose: Random) -> datetime:
    """When it was booked: mostly some days before, always before now."""
    before = start - timedelta(minutes=LEAD + int(choose.expovariate(1 / 5) * 1440))
    latest = now - timedelta(minutes=choose.randint(3, 2 * 1440))
    return min(before, latest)

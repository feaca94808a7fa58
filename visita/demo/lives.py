"""What makes an example's day alive beside its bookings: a queue of people without a time, and clients who come in series."""

from datetime import datetime, timedelta
from random import Random

from visita.bookings import actions, queue, queue_estimate, series_plan
from visita.bookings.models import Series, Ticket
from visita.bookings.queue import JoinRequest
from visita.bookings.queue_estimate import Wanted
from visita.bookings.repeating import Repeat
from visita.bookings.requests import BookRequest, Item
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.demo.plan import Business
from visita.demo.world import World
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

WAIT = 7  # numbers of a queue in the morning it is first looked at
SERIES = 3
COURSE = Repeat("week", count=6)


def enliven(world: World, now: datetime) -> None:
    """Once a day a queue where the business has one and is open; once for all some series where clients may repeat."""
    if world.business.settings.get("queue"):
        _queue(world, now)
    course = next((one for one in world.business.services if one.settings.get("repeat_most")), None)
    if course is not None:
        _series(world, course.key, now)


def wants(business: Business) -> bool:
    """Whether there is anything to do for this business at all."""
    return bool(business.settings.get("queue")) or any(
        one.settings.get("repeat_most") for one in business.services
    )


def _queue(world: World, now: datetime) -> None:
    """People came over the last half hour; the first two are inside, the third is called."""
    organization, place = world.organization.pk, next(iter(world.places.values()))
    with scope(organization):
        if Ticket.objects.filter(location_id=place, date=now.astimezone(world.zone).date()).exists():
            return
    choose = Random(f"{now:%Y-%m-%d}")  # noqa: S311 - a demo, no secret
    for turn in range(WAIT):
        name = choose.choice(world.clients)[1] if turn % 3 else ""
        moment = now - timedelta(minutes=30 - 4 * turn)
        with clock.at(moment):
            possible = _possible(world, place, moment)
            if not possible:
                return
            asked = JoinRequest(choose.choice(possible), name=name)
            try:
                made = actions.join_queue(organization, place, asked, world.desk)
            except Refusal:  # a demo that was made before it had a queue
                return
        if turn <= 2:
            with clock.at(now - timedelta(minutes=20 - 8 * turn)):
                _go(organization, made.ticket_id or 0, turn, world)


def _possible(world: World, place: int, moment: datetime) -> list[int]:
    """What has a place left today."""
    services = _walk_in(world)
    with scope(world.organization.pk):
        waiting = queue.tickets(place, moment.astimezone(world.zone).date(), queue.OPEN)
        told = queue_estimate.of_tickets(place, waiting, [Wanted(service) for service in services])
    return [service for service, one in zip(services, told[len(waiting) :], strict=True) if one is not None]


def _go(organization: int, ticket: int, turn: int, world: World) -> None:
    try:
        if turn < 2:
            actions.start_ticket(organization, ticket, None, world.desk)
        else:
            actions.call_ticket(organization, ticket, None, world.desk)
    except Refusal:
        return  # everybody is busy or it is closed: they wait like the others


def _walk_in(world: World) -> list[int]:
    plain = [one for one in world.business.services if one.fields.get("kind") != "class"]
    return [world.services[one.key] for one in plain if not one.settings.get("eligibility")]


def _series(world: World, key: str, now: datetime) -> None:
    organization = world.organization.pk
    with scope(organization):
        if Series.objects.exists():
            return
    place, choose = next(iter(world.places.values())), Random(key)  # noqa: S311
    by = next(one for one in world.business.services if one.key == key).by
    tomorrow = now.astimezone(world.zone).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    for turn in range(SERIES):
        client = choose.choice(world.clients)[0]
        who = world.calendars[by[turn % len(by)].key]
        start = (tomorrow + timedelta(days=turn)).replace(hour=9 + 2 * turn)
        item = Item(world.services[key], who, start)
        _book(
            organization,
            BookRequest((item,), client_id=client, location_id=place, staff=True, silent=True),
            world,
        )


def _book(organization: int, visit: BookRequest, world: World) -> None:
    """As reception would: what is taken goes to the nearest other time."""
    with scope(organization):
        rows = series_plan.plan(visit, COURSE)
    chosen = [
        Chosen(row.number, row.items if row.free else row.near[0].items)
        for row in rows
        if row.free or row.near
    ]
    try:
        actions.book_series(organization, SeriesRequest(visit, COURSE, tuple(chosen)), world.desk)
    except Refusal:
        return  # booked full in between: there are other examples

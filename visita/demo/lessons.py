"""The dated classes of an example business and the people in them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from visita.bookings.actions import add_session
from visita.demo.plan import Lesson, clock_minutes
from visita.demo.world import World
from visita.foundation import clock
from visita.foundation.actor import SYSTEM

Attempt = Callable[[World, str, str, int | None, datetime, int, datetime, Random], bool]


def give_lessons(world: World, day: date, now: datetime, choose: Random, attempt: Attempt) -> int:
    """Put the day's classes on and sell their places; how many visits were booked."""
    return sum(
        _give(world, lesson, day, now, choose, attempt)
        for lesson in world.business.lessons
        if str(day.weekday()) in lesson.days
    )


def _give(world: World, lesson: Lesson, day: date, now: datetime, choose: Random, attempt: Attempt) -> int:
    minute = clock_minutes(lesson.time)
    start = datetime.combine(day, time(minute // 60, minute % 60), world.zone)
    with clock.at(min(now, start) - timedelta(days=30)):
        add_session.here(
            world.services[lesson.service],
            world.places[lesson.at],
            start,
            [world.calendars[key] for key in lesson.with_],
            capacity=lesson.capacity,
            actor=SYSTEM,
        )
    away = (day - now.date()).days
    share = 0.9 if away == 0 else 0.5 if away < 0 else max(0.1, 0.75 - 0.07 * away)
    wanted = min(lesson.capacity, round(lesson.capacity * share * choose.uniform(0.6, 1.2)))
    tries = (
        attempt(world, lesson.service, lesson.at, None, start, 1, now, choose) for _place in range(wanted)
    )
    return sum(tries)

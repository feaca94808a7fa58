"""What became of a booked visit by now: come, gone, not come, cancelled; the clock stands where it happened."""

from datetime import datetime, timedelta
from random import Random

from visita.bookings.actions.cancel import cancel_within
from visita.bookings.actions.settle import settle_within
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.requests import Booked
from visita.demo.world import World
from visita.foundation import clock

CANCELLED, NO_SHOW = 0.07, 0.06  # shares of visits
SOON = timedelta(minutes=8)  # how early people sit down in the waiting room


def happen(world: World, booked: Booked, moment: datetime, now: datetime, choose: Random) -> None:
    """Let a visit booked at `moment` live up to `now`."""
    chance = choose.random()
    if chance < CANCELLED:
        when = moment + (min(now, booked.start) - moment) * choose.uniform(0.1, 0.9)
        with clock.at(when):
            cancel_within(booked.visit_id, world.desk, silent=True)
    elif booked.end <= now:
        end(world, booked.visit_id, booked.start, booked.end, choose)
    elif booked.start - SOON <= now:
        with clock.at(min(now, booked.start - SOON / 2)):
            settle_within(booked.visit_id, VisitStatus.ARRIVED, world.desk)


def end(world: World, visit_id: int, start: datetime, finish: datetime, choose: Random) -> None:
    """A visit whose time is over: not come, or come and gone."""
    if choose.random() < NO_SHOW:
        with clock.at(start + timedelta(minutes=20)):
            settle_within(visit_id, VisitStatus.NO_SHOW, world.desk)
        return
    with clock.at(finish):
        settle_within(visit_id, VisitStatus.COMPLETED, world.desk)


def settle_past(world: World, before: datetime) -> None:
    """Visits left open on days gone by (the demo was not started for a while) come to an end."""
    choose = Random(f"{world.business.slug}|{before:%Y-%m-%d}")  # noqa: S311 - a demo, no secret
    living = (VisitStatus.REQUESTED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED)
    for visit in Visit.objects.filter(e__lte=clock.to_minute(before), status__in=living).order_by("id"):
        end(world, visit.pk, clock.from_minute(visit.s), clock.from_minute(visit.e), choose)

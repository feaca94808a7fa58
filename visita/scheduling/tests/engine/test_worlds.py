"""Offered ⇔ bookable: the engine against the oracle over random worlds (`soak.py` runs as many as you like)."""

import os

from hypothesis import HealthCheck, Phase, given, settings

from visita.scheduling.engine import Calendar, allocate, explain, offers
from visita.scheduling.tests.engine.oracle import World
from visita.scheduling.tests.engine.worlds import calendars, worlds

QUICK = settings(
    max_examples=25,  # `make drill` tries five hundred, other ones each time
    derandomize=os.environ.get("FULL") != "1",
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    database=None,
)


def check_world(world: World) -> None:
    """Same starts, same people; an offered start has no reason against it, any other has; rows to claim are free."""
    need, known = world.needs[0], calendars(world)
    answer = offers(world.window, need, known, world.limits)
    assert answer == world.offers()
    for start in range(world.window.origin, world.window.end, 7):
        assert (explain(start, need, known, world.limits) == []) == (start in answer), start
    for start, able in list(answer.items())[:20]:
        assert explain(start, need, known, world.limits) == []
        for resource in able:
            check_rows(world, known, start, resource)


def check_rows(world: World, known: dict[int, Calendar], start: int, resource: int) -> None:
    """The rows to claim for an offered start touch no claim and no one another."""
    need = world.needs[0]
    rows = allocate(need, start, resource, known)
    assert (
        len({(row.resource, row.low, row.start) for row in rows})
        == len(rows)
        >= need.seats + len(need.groups)
    )
    for row in rows:
        seat = None if row.high is None else row.low
        assert world.taken(row.resource, seat).isdisjoint(range(row.start, row.end))


@QUICK
@given(worlds())
def test_offers_are_exactly_the_oracles(world: World) -> None:
    check_world(world)

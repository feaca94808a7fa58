"""Several services in a row, against a search through every combination there is."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given

from visita.scheduling.engine import (
    Calendar,
    Claim,
    Claims,
    Group,
    Item,
    Need,
    StartRule,
    Window,
    open_time,
    sequence_starts,
    sequences,
)
from visita.scheduling.engine.extras import clashes
from visita.scheduling.tests.engine.oracle import World
from visita.scheduling.tests.engine.test_worlds import QUICK
from visita.scheduling.tests.engine.worlds import calendars, every_day, midnight, worlds

DAY = date(2026, 11, 23)
NINE = midnight(DAY) + 540
WORK = open_time(every_day([(540, 720)]), {}, {}, DAY, DAY, ZoneInfo("UTC"))


def _combinations(
    world: World, items: tuple[Item, ...], rows: tuple[Claim, ...], at: int
) -> Iterator[tuple[Item, ...]]:
    if len(items) == len(world.needs):
        yield items
        return
    need = world.needs[len(items)]
    if items and not need.starts.hours:
        need = Need(**{**{name: getattr(need, name) for name in need.__slots__}, "starts": StartRule(0)})
    for start in range(at, at + (world.gap if items else 0) + 1):
        for who in need.candidates:
            main = tuple(Claim(who, minute, minute + 1) for minute in world.claimed(need, who, start))
            if not world.possible(need, who, start) or clashes(main, rows):
                continue
            item = Item(who, start, start + need.minutes_of.get(who, need.minutes))
            for extra in world.extras(need, who, start):
                if not clashes(extra, rows):
                    yield from _combinations(world, (*items, item), (*rows, *main, *extra), item.end)


def _badness(items: tuple[Item, ...]) -> tuple[int, int, tuple[int, ...]]:
    pairs = list(itertools.pairwise(items))
    changes = sum(one.resource != other.resource for one, other in pairs)
    return changes, sum(other.start - one.end for one, other in pairs), tuple(item.resource for item in items)


@QUICK
@given(worlds(services=2, days=1))
def test_sequences_are_the_best_of_all_combinations(world: World) -> None:
    answer = sequences(world.window, world.needs, calendars(world), world.limits, world.gap)
    for start in range(*world.window):
        possible = list(_combinations(world, (), (), start)) if world.allowed(start) else []
        best = min(map(_badness, possible), default=None)
        assert (_badness(answer[start]) if start in answer else None) == best, start
    known = world.window, world.needs, calendars(world), world.limits, world.gap
    assert sequence_starts(*known) == list(answer)


def test_the_same_person_goes_on_and_the_next_service_leaves_the_grid() -> None:
    needs = (Need(20, (1, 2)), Need(30, (1, 2)))
    free = {1: Calendar(1, WORK, Claims.pairs([(NINE + 20, NINE + 30)])), 2: Calendar(2, WORK)}
    window = Window(NINE, NINE + 1)
    assert sequences(window, needs, free) == {NINE: (Item(2, NINE, NINE + 20), Item(2, NINE + 20, NINE + 50))}
    patient = sequences(
        window, needs, {1: free[1]} | {2: Calendar(2, None, Claims.pairs([(0, NINE * 2)]))}, gap=10
    )
    assert patient == {NINE: (Item(1, NINE, NINE + 20), Item(1, NINE + 30, NINE + 60))}


def test_buffers_between_two_items_of_one_person_are_kept() -> None:
    """With five minutes to clean, one person alone cannot go straight on; two people can, or one with a gap."""
    needs = (Need(30, (1,), after=5), Need(30, (1, 2)))
    both = {1: Calendar(1, WORK), 2: Calendar(2, WORK)}
    window = Window(NINE, NINE + 1)
    assert [item.resource for item in sequences(window, needs, both)[NINE]] == [1, 2]
    assert sequences(window, (needs[0], Need(30, (1,))), both) == {}
    assert sequences(window, needs, both, gap=5)[NINE][1] == Item(1, NINE + 35, NINE + 65)


def test_three_services_and_a_shared_room() -> None:
    room = Group((9,))
    needs = (
        Need(30, (1, 2), groups=(room,)),
        Need(30, (2, 3), groups=(room,)),
        Need(60, (3,), groups=(room,)),
    )
    known = {who: Calendar(who, WORK) for who in (1, 2, 3)} | {9: Calendar(9, None)}
    answer = sequences(Window(NINE, NINE + 180), needs, known)
    assert list(answer) == [NINE, NINE + 15, NINE + 30, NINE + 45, NINE + 60]
    assert [item.resource for item in answer[NINE]] == [1, 3, 3]


def test_nothing_asked_is_nothing_offered() -> None:
    assert sequences(Window(0, 10), (), {}) == {}


def test_a_sequence_that_cannot_end_is_not_tried_in_every_way() -> None:
    """Twelve people could begin it in 12⁸ ways; that the room needs cleaning before the last item is found once."""
    people = tuple(range(1, 13))
    one = Need(10, people, StartRule(30))
    last = Need(10, people, StartRule(30), groups=(Group((99,), after=10),))
    known = {who: Calendar(who, WORK) for who in (*people, 99)}
    assert sequences(Window(NINE, NINE + 60), (one,) * 8 + (last, last), known) == {}


def test_buffers_that_force_a_change_of_person_are_foreseen() -> None:
    people = tuple(range(1, 13))
    need = Need(10, people, StartRule(30), after=10)
    known = {who: Calendar(who, WORK) for who in people}
    found = sequences(Window(NINE, NINE + 1), (need,) * 8, known)
    assert [item.resource for item in found[NINE]] == [1, 2] * 4


def _beside(world: World) -> Iterator[tuple[Item, ...]]:
    """Every way to begin both needs at one minute."""
    first, second = world.needs
    second = replace(second, starts=second.starts if second.starts.hours else StartRule(0))
    for start in filter(world.allowed, range(*world.window)):
        for one, other in itertools.product(first.candidates, second.candidates):
            ways = [list(_rows(world, first, one, start)), list(_rows(world, second, other, start))]
            if any(not clashes(a, b) for a, b in itertools.product(*ways)):
                yield tuple(
                    Item(who, start, start + need.length(who))
                    for need, who in ((first, one), (second, other))
                )


def _rows(world: World, need: Need, who: int, start: int) -> Iterator[tuple[Claim, ...]]:
    if world.possible(need, who, start):
        main = tuple(Claim(who, minute, minute + 1) for minute in world.claimed(need, who, start))
        yield from ((*main, *extra) for extra in world.extras(need, who, start))


@QUICK
@given(worlds(services=2, days=1))
def test_two_who_come_together_begin_together(world: World) -> None:
    expected: dict[int, tuple[Item, ...]] = {}
    for items in _beside(world):
        best = expected.get(items[0].start, items)
        expected[items[0].start] = min(best, items, key=lambda found: [item.resource for item in found])
    found = sequences(world.window, world.needs, calendars(world), world.limits, world.gap, (0, 1))
    assert found == expected
    known = world.window, world.needs, calendars(world), world.limits, world.gap
    assert sequence_starts(*known, (0, 1)) == list(found)


def test_the_first_leaves_the_only_one_who_can_to_the_second() -> None:
    needs = (Need(30, (1, 2)), Need(30, (1,)))
    people = {who: Calendar(who, WORK) for who in (1, 2)}
    found = sequences(Window(NINE, NINE + 1), needs, people, tracks=(0, 1))
    assert [item.resource for item in found[NINE]] == [2, 1]

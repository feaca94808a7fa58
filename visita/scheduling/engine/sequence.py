"""Several services one after the other for one client: the best combination at each start.

Best means: fewest changes of person, then least waiting, then the lowest resource ids from the first item on. The start
rule of the first item holds; a following item starts when the one before it ends, or up to `gap` minutes later, at any
minute except that fixed hours stay fixed. No two items touch one resource at overlapping times, buffers included.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from visita.foundation.timeline import Timeline, minutes, soon
from visita.scheduling.engine.extras import clashes, extras
from visita.scheduling.engine.needs import ANY_MINUTE, NO_LIMITS, Claim, Limits, Need, Window
from visita.scheduling.engine.offers import Calendars, resource_starts


class Item(NamedTuple):
    """One service of a sequence: who takes it and its visible time."""

    resource: int
    start: int
    end: int


class _Rest(NamedTuple):
    """The items from some point to the end, and how bad they are: changes of person, minutes of waiting."""

    changes: int = 0
    waiting: int = 0
    items: tuple[Item, ...] = ()

    def after(self, item: Item, changed: bool, waited: int) -> "_Rest":
        """With an item before them."""
        return _Rest(self.changes + changed, self.waiting + waited, (item, *self.items))

    def key(self) -> tuple[int, int, tuple[int, ...]]:
        return self.changes, self.waiting, tuple(item.resource for item in self.items)


Claims = tuple[Claim, ...]


def sequences(
    window: Window,
    needs: tuple[Need, ...],
    calendars: Calendars,
    limits: Limits = NO_LIMITS,
    gap: int = 0,
    tracks: tuple[int, ...] = (),
) -> dict[int, tuple[Item, ...]]:
    """Every start in the window at which all `needs` can follow each other, with the best combination.

    Calendars must reach to the end of the last item of a sequence that starts last (`reach` minutes after the window).
    `tracks`: whose each need is, equal ones together; empty = all for one.
    """
    return dict(_found(window, needs, calendars, limits, gap, tracks, first=False))


def sequence_starts(
    window: Window,
    needs: tuple[Need, ...],
    calendars: Calendars,
    limits: Limits = NO_LIMITS,
    gap: int = 0,
    tracks: tuple[int, ...] = (),
) -> list[int]:
    """The same starts without the combinations: for a month of days it takes a small part of the time."""
    return [start for start, _ in _found(window, needs, calendars, limits, gap, tracks, first=True)]


def _found(
    window: Window,
    needs: tuple[Need, ...],
    calendars: Calendars,
    limits: Limits,
    gap: int,
    tracks: tuple[int, ...],
    *,
    first: bool,
) -> Iterator[tuple[int, tuple[Item, ...]]]:
    if not needs:
        return
    window = limits.clip(window)
    search = _Search(needs, calendars, gap, window, tracks or (0,) * len(needs), first)
    for start in minutes(_union(search.feasible[0]), window.origin):
        found = search.best(start)
        if found is not None:
            yield start, found


def reach(needs: tuple[Need, ...], gap: int = 0) -> int:
    """The longest a sequence can last from its start to the end of its last claim, in minutes."""
    visible = sum(need.longest() for need in needs)
    behind = [need.after for need in needs] + [group.after for need in needs for group in need.groups]
    return visible + gap * (len(needs) - 1) + max(behind, default=0)


def _feasible(
    window: Window, needs: tuple[Need, ...], calendars: Calendars, gap: int, begins: tuple[int, ...]
) -> list[dict[int, Timeline]]:
    """Per item and resource the starts from which the rest can still follow, as far as sets alone can tell."""
    origin, end = window
    following = [replace(need, starts=need.starts if need.starts.hours else ANY_MINUTE) for need in needs[1:]]
    asked = [(needs[0], window)]
    asked += [(need, Window(origin, end + reach(needs, gap))) for need in following]
    tables: list[dict[int, Timeline]] = []
    beside: Timeline = -1  # the starts at which every track behind can begin
    for index in reversed(range(len(asked))):
        need, frame = asked[index]
        ids = sorted(set(need.candidates))
        table = {resource: resource_starts(need, resource, calendars, frame) for resource in ids}
        if tables and index + 1 not in begins:
            after = soon(_union(tables[0]), gap)
            table = {
                resource: starts & (after >> need.length(resource)) for resource, starts in table.items()
            }
        if index in begins:
            beside &= _union(table)
        tables.insert(0, table)
    return [{resource: starts & beside for resource, starts in tables[0].items()}, *tables[1:]]


def _union(table: dict[int, Timeline]) -> Timeline:
    union = 0
    for starts in table.values():
        union |= starts
    return union


class _Search:
    """Finds the best rest from each point once, whatever led there: only who came last and the claims that can still
    be in the way count. Same person and least waiting come first, and what cannot beat the best is dropped; with
    `first` any way is as good as the best."""

    def __init__(
        self,
        needs: tuple[Need, ...],
        calendars: Calendars,
        gap: int,
        window: Window,
        tracks: tuple[int, ...],
        first: bool,
    ) -> None:
        self._first = first
        self._begins = tuple(at for at in range(1, len(needs)) if tracks[at] != tracks[at - 1])
        self.feasible = _feasible(window, needs, calendars, gap, self._begins)
        self._needs, self._calendars, self._gap, self._origin = needs, calendars, gap, window.origin
        self._start = window.origin
        apart = [
            at not in self._begins and _apart(one, other, gap)
            for at, (one, other) in enumerate(pairwise(needs), 1)
        ]
        self._forced = [sum(apart[index:]) for index in range(len(needs))]  # changes no choice can avoid
        self._known: dict[tuple[int, int, int | None, Claims], _Rest] = {}
        self._dead: set[tuple[int, int, Claims]] = set()

    def best(self, start: int) -> tuple[Item, ...] | None:
        """The best combination that begins at `start`, if any."""
        if self._begins:  # what follows depends on the start too
            self._start = start
            self._known.clear()
            self._dead.clear()
        rest = self._rest(0, start, None, ())
        return None if rest is None else rest.items

    def _rest(self, index: int, at: int, last: int | None, claims: Claims) -> _Rest | None:
        """The best rest of the items from `index` on, the one before having ended at `at`."""
        if index == len(self._needs):
            return _Rest()
        if index in self._begins:
            at, last = self._start, None
        claims = self._in_the_way(index, at, claims)
        if (index, at, claims) in self._dead:
            return None
        place = (index, at, last, claims)
        if place not in self._known:
            found = self._search(index, at, last, claims)
            if found is None:
                self._dead.add((index, at, claims))
                return None
            self._known[place] = found
        return self._known[place]

    def _in_the_way(self, index: int, at: int, claims: Claims) -> Claims:
        """The claims that some item from `index` on could still meet, in one order."""
        if self._begins and index <= self._begins[-1]:
            at = self._start
        needs = self._needs[index:]
        before = max(max(need.before, *(group.before for group in need.groups), 0) for need in needs)
        return tuple(sorted(claim for claim in claims if claim.end > at - before))

    def _search(self, index: int, at: int, last: int | None, claims: Claims) -> _Rest | None:
        need, best = self._needs[index], None
        table = self.feasible[index]
        for resource in self._order(index, last):
            changed = last not in (None, resource)
            if best and (changed + self._forced[index], 0, (resource,)) >= best.key():
                break  # and so are all behind it
            length = need.length(resource)
            for wait in self._waits(index, table[resource], at):
                if best and (changed + self._forced[index], wait, (resource,)) >= best.key():
                    break
                item = Item(resource, at + wait, at + wait + length)
                rest = self._following(index, item, need, claims)
                found = rest and rest.after(item, changed, wait)
                if found and self._first:
                    return found
                if found and (best is None or found.key() < best.key()):
                    best = found
        return best

    def _order(self, index: int, last: int | None) -> Iterator[int]:
        """Who could go on: the one who was there last, then the others by id."""
        if last in self.feasible[index]:
            yield last
        yield from (resource for resource in self.feasible[index] if resource != last)

    def _waits(self, index: int, starts: Timeline, at: int) -> Iterator[int]:
        """After how many minutes somebody with these starts could begin, ascending."""
        patience = self._gap if index and index not in self._begins else 0
        soonest = (starts >> (at - self._origin)) & ((2 << patience) - 1)
        while soonest:
            lowest = soonest & -soonest
            yield lowest.bit_length() - 1
            soonest ^= lowest

    def _following(self, index: int, item: Item, need: Need, claims: Claims) -> _Rest | None:
        """The best rest after an item, over every way to fill its groups."""
        parts = [(item.start + offset, length) for offset, length in need.parts(item.resource)]
        own = tuple(Claim(item.resource, s, s + length) for s, length in parts)
        best = None
        if not clashes(own, claims):
            for rest in extras(need, item.start, item.resource, self._calendars, (*claims, *own)):
                found = self._rest(index + 1, item.end, item.resource, (*claims, *own, *rest))
                if found and (best is None or found.key() < best.key()):
                    best = found
                if best and self._first:
                    break
                if index + 1 == len(self._needs) or not self._in_the_way(index + 1, item.end, rest):
                    break  # the others would leave the same
        return best


def _apart(one: Need, other: Need, gap: int) -> bool:
    """Whether two items that follow each other need two people: nobody gives both, or the buffers between them are
    longer than the client may wait."""
    return not set(one.candidates) & set(other.candidates) or one.after + other.before > gap

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


class _Partial(NamedTuple):
    """A sequence on its way: how bad it is so far, its items, the rows they would claim."""

    changes: int = 0
    waiting: int = 0
    items: tuple[Item, ...] = ()
    claims: tuple[Claim, ...] = ()

    def then(self, item: Item, at: int, need: Need) -> "_Partial":
        """With one more item, which could have begun at `at`."""
        changed = bool(self.items) and self.items[-1].resource != item.resource
        parts = [(item.start + offset, length) for offset, length in need.parts(item.resource)]
        claims = tuple(Claim(item.resource, s, s + length) for s, length in parts)
        waiting = self.waiting + item.start - at
        return _Partial(self.changes + changed, waiting, (*self.items, item), (*self.claims, *claims))

    def key(self, more_changes: int = 0) -> tuple[int, int, tuple[int, ...]]:
        return self.changes + more_changes, self.waiting, tuple(item.resource for item in self.items)


def sequences(
    window: Window, needs: tuple[Need, ...], calendars: Calendars, limits: Limits = NO_LIMITS, gap: int = 0
) -> dict[int, tuple[Item, ...]]:
    """Every start in the window at which all `needs` can follow each other, with the best combination.

    Calendars must reach to the end of the last item of a sequence that starts last (`reach` minutes after the window).
    """
    if not needs:
        return {}
    window = limits.clip(window)
    search = _Search(needs, calendars, gap, window)
    found = {}
    for start in minutes(_union(search.feasible[0]), window.origin):
        best = search.best(start)
        if best is not None:
            found[start] = best
    return found


def reach(needs: tuple[Need, ...], gap: int = 0) -> int:
    """The longest a sequence can last from its start to the end of its last claim, in minutes."""
    visible = sum(max(map(need.length, need.candidates), default=0) for need in needs)
    behind = [need.after for need in needs] + [group.after for need in needs for group in need.groups]
    return visible + gap * (len(needs) - 1) + max(behind, default=0)


def _feasible(
    window: Window, needs: tuple[Need, ...], calendars: Calendars, gap: int
) -> list[dict[int, Timeline]]:
    """Per item and resource the starts from which the rest can still follow, as far as sets alone can tell."""
    origin, end = window
    following = [replace(need, starts=need.starts if need.starts.hours else ANY_MINUTE) for need in needs[1:]]
    asked = [(needs[0], window)]
    asked += [(need, Window(origin, end + reach(needs, gap))) for need in following]
    tables: list[dict[int, Timeline]] = []
    for need, frame in reversed(asked):
        ids = sorted(set(need.candidates))
        table = {resource: resource_starts(need, resource, calendars, frame) for resource in ids}
        if tables:
            after = soon(_union(tables[0]), gap)
            table = {
                resource: starts & (after >> need.length(resource)) for resource, starts in table.items()
            }
        tables.insert(0, table)
    return tables


def _union(table: dict[int, Timeline]) -> Timeline:
    union = 0
    for starts in table.values():
        union |= starts
    return union


class _Search:
    """Walks the combinations at one start, same person and least waiting first, dropping what cannot beat the best."""

    def __init__(self, needs: tuple[Need, ...], calendars: Calendars, gap: int, window: Window) -> None:
        self.feasible = _feasible(window, needs, calendars, gap)
        self._needs, self._calendars, self._gap, self._origin = needs, calendars, gap, window.origin
        people = [set(need.candidates) for need in needs]
        apart = [not (one & other) for one, other in pairwise(people)]
        self._forced = [sum(apart[index:]) for index in range(len(needs))]  # changes no choice can avoid
        self._best: _Partial | None = None

    def best(self, start: int) -> tuple[Item, ...] | None:
        """The best combination that begins at `start`, if any."""
        self._best = None
        self._walk(_Partial(), start)
        return None if self._best is None else self._best.items

    def _walk(self, so_far: _Partial, at: int) -> None:
        index = len(so_far.items)
        if index == len(self._needs):
            self._best = so_far
            return
        need = self._needs[index]
        for item in self._next(index, so_far.items, at):
            partial = so_far.then(item, at, need)
            if clashes(partial.claims[len(so_far.claims) :], so_far.claims):
                continue
            for rest in extras(need, item.start, item.resource, self._calendars, partial.claims):
                if self._hopeless(partial, index):
                    break
                self._walk(partial._replace(claims=(*partial.claims, *rest)), item.end)

    def _hopeless(self, partial: _Partial, index: int) -> bool:
        return self._best is not None and partial.key(self._forced[index]) >= self._best.key()

    def _next(self, index: int, before: tuple[Item, ...], at: int) -> Iterator[Item]:
        """Who could go on, and when."""
        last = before[-1].resource if before else None
        table = self.feasible[index]
        for resource in sorted(table, key=lambda each: (each != last, each)):
            length = self._needs[index].length(resource)
            patience = self._gap if before else 0
            soonest = (table[resource] >> (at - self._origin)) & ((2 << patience) - 1)
            for wait in range(soonest.bit_length()):
                if soonest >> wait & 1:
                    yield Item(resource, at + wait, at + wait + length)

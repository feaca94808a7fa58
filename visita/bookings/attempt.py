"""One attempt at placing the items of a visit: whom to choose, seen without a lock; then locked, and looked at again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate
from typing import TypeVar

from visita.bookings import (
    calendars,
    causes,
    dated,
    errors,
    fitting,
    guessing,
    online,
    ranking,
)
from visita.bookings.combining import combinations
from visita.bookings.requests import Item, Placed, Search
from visita.bookings.rules import Rules, ServiceRule
from visita.bookings.seating import Taken
from visita.foundation import clock, prepared
from visita.foundation.errors import Refusal
from visita.foundation.prepared import Question
from visita.scheduling import claims, engine
from visita.scheduling.claims import NOTHING, Claim
from visita.scheduling.models.allocation import LONGEST

_T = TypeVar("_T")

Calendars = dict[int, engine.Calendar]
Hours = calendars.Work | Question[calendars.Work]  # remembered, or still to be asked for
Rows = tuple[engine.Claim, ...]


class Attempt:
    """One attempt at placing the items of a visit beside each other."""

    def __init__(
        self,
        found: Rules,
        services: Sequence[ServiceRule],
        items: Sequence[Item],
        search: Search,
        seats: Mapping[int, Placed] | None = None,
    ) -> None:
        self.found, self.services, self.items, self.search = found, services, items, search
        self.glances: Callable[[], Mapping[int, guessing.Glance]] | None = None
        self.seats = seats or {}  # by the item's index, what is given already: places in classes
        self.starts = [clock.to_minute(item.start) for item in items]
        every = 0 if search.staff else None
        self.needs: Sequence[engine.Need] = [
            dated.met(self.seats[at])
            if at in self.seats
            else service.need(
                found.candidates(service, item.resource_id, item.kind, search.staff, item.binds),
                search.seats,
                every,
                item.minutes,
            )
            for at, (service, item) in enumerate(zip(services, items, strict=True))
        ]
        self.soft = False
        self.days = sorted(found.local(start).date() for start in self.starts)
        if not search.staff:
            self._narrow()
        if any(
            not 0 < need.length(who) <= LONGEST - need.before - need.after
            for need in self.needs
            for who in need.candidates
        ):
            raise errors.bad_duration()
        self.limits = engine.Limits() if search.stays else found.limits(services, search.staff, search.held)
        self.gap = found.patience(services)
        self.main = {resource for need in self.needs for resource in need.candidates}
        self.extra = {who for need in self.needs for group in need.groups for who in group.candidates}
        self.shared = any(need.lanes > 1 for need in self.needs)
        # lanes are chosen by the gaps a day around; everything else needs the days themselves (people are ranked by
        # them), the buffer before their first minute and the end of the last claim
        margin = 1440 if self.shared else max(need.before for need in self.needs)
        self.first = found.day_start(self.days[0]) - margin
        ends = [start + engine.reach((need,)) for start, need in zip(self.starts, self.needs, strict=True)]
        self.last = max(max(ends) + margin, found.day_start(self.days[-1] + timedelta(days=1)))
        rest = max((minutes for need in self.needs for minutes in need.rests.values()), default=0)
        if rest:  # the whole day is compared, and what surrounds the last visit in it
            self.first, self.last = (
                self.first - rest,
                self.last + engine.reach(tuple(self.needs), self.gap) + rest,
            )

    def _narrow(self) -> None:
        """What binds clients only; a time they hold was offered, whatever was booked beside it since."""
        needs = online.narrow(self.found, self.services, self.needs, self.days[0], self.days[-1])
        tracks = list(accumulate(self._beside(at) for at in range(len(needs))))
        self.needs = engine.beside(needs, tracks)
        if self.search.held is not None:
            self.needs = list(map(engine.relaxed, self.needs))
        avoids = any(need.rests for need in self.needs)
        self.soft = online.strength(self.found, self.services) == online.SOFT and avoids

    def begun(self) -> "Attempt":
        """Itself, its glance at several people on the way where that will be the first thing to ask."""
        if len(self.main) > 1 and self._is_plain():
            start = self.starts[0]
            self.glances = prepared.later(guessing.look(self.needs[0], start, self._day_of(start)))
        return self

    def run(self) -> list[Placed]:
        """Choose, lock, look again."""
        self._require_possible()
        everyone = sorted(self.main | self.extra)
        extra = self.extra - self.main
        known = calendars.remembered(self.found, everyone, self.days[0], self.days[-1], extra)
        hours = known or calendars.hours(self.found, everyone, self.days[0], self.days[-1], extra)
        chosen = self._choose(everyone, hours)
        locked, busy = prepared.together(claims.lock(chosen), self._claims(chosen, sweep=True))
        if list(locked()) != chosen:
            raise errors.mismatch()
        if self.work.stale(locked()):  # their hours changed while this one waited for the lock
            raise errors.Lost
        calendars_now = self._calendars(chosen, busy())
        placed = self._fitting(calendars_now)
        if placed is not None:
            return placed
        if chosen != everyone:
            raise errors.Lost
        raise self._refusal(calendars_now) or Taken()

    def look(self) -> list[Placed]:
        """The best placing seen now, without a lock."""
        self._require_possible()
        everyone = sorted(self.main | self.extra)
        hours = calendars.hours(self.found, everyone, self.days[0], self.days[-1], self.extra - self.main)
        return self._seen(everyone, hours)

    def _require_possible(self) -> None:
        """Somebody for everything, and bounds that a class in the first place would not meet by itself."""
        outside = self.limits.refusal(self.starts[0]) if 0 in self.seats else None
        if outside is not None:
            raise errors.outside(outside[0], self.found.local(outside[1]), self.found.country)
        if not all(need.candidates or at in self.seats for at, need in enumerate(self.needs)):
            raise errors.mismatch()

    def _choose(self, everyone: list[int], hours: Hours) -> list[int]:
        """The resources to lock: all of them where there is no choice, else those of the best placing seen now."""
        if len(self.main) == 1 and all(len(g.candidates) == 1 for n in self.needs for g in n.groups):
            self.work = prepared.ask(hours) if isinstance(hours, Question) else hours
            return everyone
        if self._is_plain() and (guess := self._guessed(hours)) is not None:
            return [guess]
        placed = self._seen(everyone, hours)
        return sorted({claim.resource_id for each in placed for claim in each.claims})

    def _is_plain(self) -> bool:
        """Whether one number for each person tells enough: the first attempt at a single service by anyone."""
        search = self.search
        special = search.turn or search.force or search.ignored != NOTHING or self.seats
        return not special and guessing.simple(self.needs)

    def _guessed(self, hours: Hours) -> int | None:
        """Whom the whole look would choose; None where it has to tell why nobody can be."""
        need, start = self.needs[0], self.starts[0]
        glances = self._with(hours, self.glances or guessing.look(need, start, self._day_of(start)))
        minutes = {who: glance.minutes for who, glance in glances.items()}
        ranked = ranking.ranked(self.found, self.search, need.candidates, start, minutes)
        return guessing.chosen(need, start, ranked, self.work, glances, self.limits, staff=self.search.staff)

    def _day_of(self, start: int) -> tuple[int, int]:
        """The local day of a start, as epoch minutes [first, last)."""
        day = self.found.local(start).date()
        return self.found.day_start(day), self.found.day_start(day + timedelta(days=1))

    def _with(self, hours: Hours, question: Question[_T] | Callable[[], _T]) -> _T:
        """The answer to a question, asked already or not, after that to when everybody works."""
        if not isinstance(question, Question):
            self.work = prepared.ask(hours) if isinstance(hours, Question) else hours
            return question()
        if isinstance(hours, Question):
            work, answer = prepared.together(hours, question)
            self.work = work()
            return answer()
        self.work = hours
        return prepared.ask(question)

    def _seen(self, everyone: list[int], hours: Hours) -> list[Placed]:
        calendars_now = self._calendars(everyone, self._with(hours, self._claims(everyone)))
        placed = self._fitting(calendars_now)
        if placed is None:
            raise self._refusal(calendars_now) or Taken()
        return placed

    def _claims(self, resources: list[int], *, sweep: bool = False) -> Question[calendars.Busy]:
        if sweep or self.shared or self.search.force or self.search.ignored != NOTHING:
            return calendars.seated(resources, self.first, self.last, self.search.ignored, sweep=sweep)
        # a look at everybody: whole resources only, in the fastest shape
        return calendars.packed(resources, self.first, self.last)

    def _calendars(self, resources: list[int], busy: calendars.Busy) -> Calendars:
        self.dead: set[tuple[int, int, frozenset[engine.Claim]]] = set()
        return calendars.join({who: self.work[who] for who in resources}, busy, staff=self.search.staff)

    def _fitting(self, known: Calendars) -> list[Placed] | None:
        """A placing that leaves no gap; where gaps are avoided softly and the day has none such, any."""
        placed = self._fit(known)
        if placed is not None or not self.soft or self._tidy_day(known):
            return placed
        self.needs, self.soft = list(map(engine.relaxed, self.needs)), False
        self.dead.clear()
        return self._fit(known)

    def _tidy_day(self, known: Calendars) -> bool:
        """Whether the day of the first item has any start that leaves no gap."""
        window = engine.Window(*self._day_of(self.starts[0]))
        needs = tuple(fitting.within(need, known) for need in self.needs)
        if len(needs) == 1:
            return bool(engine.offers(window, needs[0], known, self.limits))
        whose = [item.subject for item in self.items]
        if self.seats:
            day = self.found.local(self.starts[0]).date()
            made = dated.dates(
                dated.asked(self.found, self.items, day, self.search),
                self.found,
                self.services,
                needs,
                known,
                window,
            )
            return bool(dated.combinations(window, made, self.limits, self.gap, whose))
        return bool(combinations(window, needs, known, self.limits, self.gap, whose))

    def _fit(
        self, known: Calendars, placed: tuple[Placed, ...] = (), taken: Rows = ()
    ) -> list[Placed] | None:
        """A placing of all items among the known resources, the best-ranked first; None when there is none.

        What cannot go on from some point is found once, not once for every way that leads there.
        """
        at = len(placed)
        if at == len(self.starts):
            return list(placed)
        point = (at, placed[-1].e if placed else 0, self._in_the_way(at, taken))
        need = None if point in self.dead else self._following(at, placed)
        if need is not None:
            given = self.seats.get(at)
            options = (
                self._options(at, fitting.within(need, known), known, taken)
                if given is None
                else [(given, ())]
            )
            for one, rows in options:
                found = self._fit(known, (*placed, one), taken + rows)
                if found is not None:
                    return found
        self.dead.add(point)
        return None

    def _in_the_way(self, at: int, taken: Rows) -> frozenset[engine.Claim]:
        """Those of the rows that an item from `at` on could meet."""
        pairs = zip(self.starts[at:], self.needs[at:], strict=True)
        soonest = min(start - need.before for start, need in pairs)
        return frozenset(row for row in taken if row.end > soonest)

    def _following(self, at: int, placed: Sequence[Placed]) -> engine.Need | None:
        """The need of an item after those placed: a client's services follow each other at any minute, with no more
        waiting than the setting allows, those for somebody else may begin beside the first (decision 27); None where
        they do not. Staff put them where they like."""
        need = self.needs[at]
        if at == 0 or self.search.staff:
            return need
        stays = self.search.apart or self._beside(at)
        if not stays and not 0 <= self.starts[at] - placed[-1].e <= self.gap:
            return None
        return need if need.starts.hours else replace(need, starts=engine.ANY_MINUTE)

    def _beside(self, at: int) -> bool:
        """Whether an item begins the services of somebody else, at the start of the visit."""
        known = {item.subject for item in self.items[:at]}
        return self.items[at].subject not in known and self.starts[at] == self.starts[0]

    def _options(
        self, at: int, need: engine.Need, known: Calendars, taken: Rows
    ) -> Iterator[tuple[Placed, Rows]]:
        """Everybody who can take the item, with the rows to claim; last, where it is forced, the first-ranked."""
        start = self.starts[at]
        limits = self.limits if at == 0 else engine.Limits()
        minutes = ranking.booked(need.candidates, known, *self._day_of(start))
        ranked = ranking.ranked(self.found, self.search, need.candidates, start, minutes)
        for resource in ranked:
            if need.lanes == 1 and fitting.busy_at(start, need, known[resource]):
                continue  # the commonest reason by far, found without asking for all
            alone = replace(need, candidates=(resource,))
            if not engine.explain(start, alone, known, limits):
                for rows in engine.allocations(alone, start, resource, known, taken):
                    if not fitting.clash(rows, taken):
                        yield self._placed(at, need, resource, start, rows), rows
        if self.search.force and ranked:
            yield self._forced(at, need, ranked[0], known), ()

    def _placed(
        self, at: int, need: engine.Need, resource: int, start: int, rows: tuple[engine.Claim, ...]
    ) -> Placed:
        roles = {resource: 0}
        for row in rows:
            roles.setdefault(row.resource, len(roles))
        kept = tuple(
            Claim(row.resource, row.start, row.end, row.low, row.high, at, roles[row.resource])
            for row in rows
        )
        return Placed(self.services[at].id, resource, start, start + need.length(resource), kept)

    def _forced(self, at: int, need: engine.Need, resource: int, known: Calendars) -> Placed:
        """By right: outside the rules where the time is free, else on a seat below 1, marked and never offered.

        Further resources (room, assistant) are not claimed; whoever forces sees to them.
        """
        start, busy = self.starts[at], known[resource].claims
        parts = [(start + offset, start + offset + length) for offset, length in need.parts(resource)]
        is_free = need.lanes == 1 and all(busy.whole.slack(s, e, 0) is not None for s, e in parts)
        rows = [
            Claim(resource, s, e, 1, None, at) if is_free else fitting.below(busy, resource, s, e, at)
            for s, e in parts
        ]
        return Placed(self.services[at].id, resource, start, start + need.length(resource), tuple(rows))

    def _refusal(self, known: Calendars) -> Refusal | None:
        """The refusal a time outside the rules deserves; None where the time is only taken."""
        for at, start in enumerate(self.starts):
            need = self.needs[at]
            if at and not self.search.staff:
                need = need if need.starts.hours else replace(need, starts=engine.ANY_MINUTE)
            if at and not self.search.staff and not self.search.apart and not self._beside(at):
                before = self.needs[at - 1]
                lengths = {before.length(who) for who in before.candidates} or {before.minutes}
                if not any(0 <= start - self.starts[at - 1] - length <= self.gap for length in lengths):
                    return errors.not_offered()
            if at in self.seats:
                continue
            limits = self.limits if at == 0 else engine.Limits()
            refusal = causes.refused(
                self.found, engine.explain(start, fitting.within(need, known), known, limits)
            )
            if refusal is not None:
                return refusal
        return None

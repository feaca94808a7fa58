"""A second opinion on time, as slow and plain as possible: walks UTC minutes, asks zoneinfo what the wall shows.

Shares nothing with the engine but its records: no bits, no spans, no arithmetic on offsets.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

from visita.scheduling.engine import Claim, Group, Limits, Need, Rule, Window
from visita.scheduling.engine.claims import Row

Wall = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the wall shows at one UTC minute; `skipped`: minutes of this date that the clock has just jumped over."""

    date: date
    minute: int
    second_pass: bool
    skipped: tuple[int, ...]


@cache
def shown(zone: str, minute: int) -> Shown:
    """The wall clock at an epoch minute."""
    now = datetime.fromtimestamp(minute * 60, ZoneInfo(zone))
    before = datetime.fromtimestamp(minute * 60 - 60, ZoneInfo(zone)).replace(tzinfo=None)
    jumped = []
    wall = before + timedelta(minutes=1)
    while wall < now.replace(tzinfo=None):
        if wall.date() == now.date():
            jumped.append(wall.hour * 60 + wall.minute)
        wall += timedelta(minutes=1)
    return Shown(now.date(), now.hour * 60 + now.minute, now.fold == 1, tuple(jumped))


@dataclass
class Person:
    """One resource as its owner would describe it."""

    rules: list[Rule]
    exceptions: dict[date, Wall] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


@dataclass
class World:
    """Everything an answer depends on."""

    zone: str
    first: date
    days: int
    people: dict[int, Person]
    closed: dict[date, Wall]
    needs: tuple[Need, ...]
    limits: Limits
    window: Window
    gap: int = 0
    walls: dict[tuple[int, date], Wall] = field(init=False, repr=False)
    works: dict[int, set[int]] = field(init=False, repr=False)
    _taken: dict[tuple[int, int | None], set[int]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Writes down every minute once, so that the questions below are look-ups."""
        walked = range(self.window.origin - 1500, self.window.end + 1500)
        dates = [self.first + timedelta(days=n) for n in range(-3, self.days + 4)]
        self.walls = {(who, day): self._wall(who, day) for who in self.people for day in dates}
        self.works = {who: {m for m in walked if self._open(who, m)} for who in self.people}

    def _wall(self, who: int, day: date) -> Wall:
        """The working intervals of a date."""
        person = self.people[who]
        if day in person.exceptions:
            return person.exceptions[day]
        if day in self.closed:
            return self.closed[day]
        return [(rule.start, rule.end) for rule in person.rules if _holds(rule, day)]

    def _open(self, who: int, minute: int) -> bool:
        at = shown(self.zone, minute)
        return any(s <= at.minute < e for s, e in self.walls[who, at.date])

    def taken(self, who: int, seat: int | None) -> set[int]:
        """The minutes at which a claim covers this seat; None: any seat, those below 1 too."""
        if (who, seat) not in self._taken:
            rows = self.people[who].rows
            hit = [(s, e) for s, e, low, high in rows if _covers(seat, low, high)]
            self._taken[who, seat] = {minute for s, e in hit for minute in range(s, e)}
        return self._taken[who, seat]

    def starts_here(self, need: Need, who: int, minute: int) -> bool:
        """True if the start rule shows this minute."""
        rule, at = need.starts, shown(self.zone, minute)
        hours = set(rule.hours) or _every(rule.step if rule.aligned else 0)
        if hours:
            return any(hour in at.skipped for hour in hours) or (at.minute in hours and not at.second_pass)
        if not rule.step:
            return True
        begun = [s for s, e in self.walls[who, at.date] if s <= at.minute < e]
        return not at.second_pass and any((at.minute - s) % rule.step == 0 for s in begun)

    def claimed(self, need: Need, who: int, start: int) -> list[int]:
        """The minutes of the main resource that a visit takes."""
        length = need.minutes_of.get(who, need.minutes)
        free = {start + at + i for at, n in need.holes for i in range(n) if 0 <= at + i < length}
        return [m for m in range(start - need.before, start + length + need.after) if m not in free]

    def possible(self, need: Need, who: int, start: int) -> bool:
        """True if the main resource can take the start; the groups aside."""
        length = need.minutes_of.get(who, need.minutes)
        if not self.starts_here(need, who, start):
            return False
        if not self.works[who].issuperset(range(start, start + length)):
            return False
        if not self.open_to_clients(need, who, start) or not self.tidy(need, who, start):
            return False
        claimed = self.claimed(need, who, start)
        if need.lanes == 1:
            return need.seats == 1 and self.taken(who, None).isdisjoint(claimed)
        free = [seat for seat in range(1, need.lanes + 1) if self.taken(who, seat).isdisjoint(claimed)]
        beside = {low for _, _, low, _ in self.people[who].rows if low < 1}
        return len(free) >= need.seats + sum(not self.taken(who, low).isdisjoint(claimed) for low in beside)

    def open_to_clients(self, need: Need, who: int, start: int) -> bool:
        """True if every visible minute is for clients, and the start lies in a promotion's hours where it must."""
        visible = range(start, start + need.minutes_of.get(who, need.minutes))
        spans = need.online.get(who)
        if spans is not None and not all(any(s <= m < e for s, e in spans) for m in visible):
            return False
        return need.limited is None or any(s <= start < e for s, e in need.limited)

    def tidy(self, need: Need, who: int, start: int) -> bool:
        """True unless a visit leaves a rest beside it that is shorter than the shortest service."""
        shortest = need.rests.get(who, 0)
        if not shortest or need.lanes > 1:
            return True
        first, last = start - need.before, start + need.minutes_of.get(who, need.minutes) + need.after
        earlier = self._rest(who, first - 1, -1, shortest) if need.sides[0] else 0
        later = self._rest(who, last, 1, shortest) if need.sides[1] else 0
        return all(rest == 0 or rest >= shortest for rest in (earlier, later))

    def _rest(self, who: int, at: int, step: int, most: int) -> int:
        """Free working minutes in a row from `at`, counted up to `most`."""
        found, taken = 0, self.taken(who, None)
        while found < most and at in self.works[who] and at not in taken:
            found, at = found + 1, at + step
        return found

    def extras(self, need: Need, who: int, start: int) -> Iterator[tuple[Claim, ...]]:
        """Every way to fill the groups with distinct free resources."""
        length = need.minutes_of.get(who, need.minutes)
        for chosen in product(*(sorted(group.candidates) for group in need.groups)):
            pairs = list(zip(chosen, need.groups, strict=True))
            if len({who, *chosen}) == len(chosen) + 1 and all(
                self._free(r, g, start, length) for r, g in pairs
            ):
                yield tuple(Claim(r, start - g.before, start + length + g.after) for r, g in pairs)

    def _free(self, who: int, group: Group, start: int, length: int) -> bool:
        held = range(start - group.before, start + length + group.after)
        visible = range(start, start + length)
        return self.works[who].issuperset(visible) and self.taken(who, None).isdisjoint(held)

    def allowed(self, start: int) -> bool:
        limits = self.limits
        low = max(limits.now or 0, limits.earliest or 0)
        return start >= low and (limits.latest is None or start <= limits.latest)

    def offers(self) -> dict[int, tuple[int, ...]]:
        """What the engine must offer for the first need."""
        need, found = self.needs[0], {}
        for start in range(*self.window):
            if not self.allowed(start):
                continue
            who = [r for r in sorted(need.candidates) if self.possible(need, r, start)]
            able = tuple(r for r in who if any(True for _ in self.extras(need, r, start)))
            if able:
                found[start] = able
        return found


@cache
def _every(step: int) -> frozenset[int]:
    """The minutes of a day on a grid; none for 0."""
    return frozenset(minute for minute in range(1440) if step and minute % step == 0)


def _covers(seat: int | None, low: int, high: int | None) -> bool:
    if seat is None:
        return True
    return low <= seat and (high is None or seat < high)


def _holds(rule: Rule, day: date) -> bool:
    if day.weekday() != rule.weekday or day < rule.valid_from or (rule.valid_to and day > rule.valid_to):
        return False
    weeks = (_monday(day) - _monday(rule.valid_from)).days // 7
    return weeks % rule.every_weeks == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

"""Working time: weekly wall-clock rules, replaced on single dates, turned into UTC.

What replaces a date's pattern: the resource's own exception, else the location's closed day. An empty list means
"nothing that day". A rule past midnight is written as two rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from visita.foundation.timeline import Span, merged
from visita.scheduling.engine.zones import LocalDay, LocalDays, local_days

Dates = Mapping[date, Sequence[Span]]
_NONE: Dates = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """One interval of a weekly pattern: weekday 0 = Monday, start and end in minutes of the wall clock (end ≤ 1440).

    Holds from `valid_from` to `valid_to` (inclusive, None = for good), every `every_weeks` ISO weeks counted from the
    week of `valid_from`.
    """

    weekday: int
    start: int
    end: int
    valid_from: date
    valid_to: date | None = None
    every_weeks: int = 1

    def ordinals(self, first: int, last: int) -> range:
        """The ordinals of the dates it holds on, within first..last (inclusive)."""
        since, step = self.valid_from.toordinal(), 7 * self.every_weeks
        at = since - self.valid_from.weekday() + self.weekday
        begin = max(first, since)
        last = last if self.valid_to is None else min(last, self.valid_to.toordinal())
        return range(at + max(0, -((at - begin) // step)) * step, last + 1, step)


@dataclass(frozen=True, slots=True, eq=False)
class WorkingTime:
    """When a resource works, in UTC minutes.

    `plain`: the intervals of ordinary dates, each the anchor of its own grid. `changing`: dates on which the clocks
    change with their wall-clock intervals. `spans`: all of it merged. `own`: ordinals of dates with an exception of
    the resource's own, by which "absent" is told from "closed". `online`: the part of `spans` that clients may book;
    None = all of it.
    """

    zone: ZoneInfo
    days: LocalDays
    plain: tuple[Span, ...]
    changing: tuple[tuple[LocalDay, tuple[Span, ...]], ...]
    spans: tuple[Span, ...]
    own: frozenset[int]
    online: tuple[Span, ...] | None = None


def open_time(
    rules: Iterable[Rule], exceptions: Dates, closed: Dates, first: date, last: date, zone: ZoneInfo
) -> WorkingTime:
    """The working time of the local dates first..last (inclusive).

    `exceptions` (the resource's) and `closed` (the location's) map a date to the wall-clock intervals that replace its
    pattern. Where visits may pass midnight, ask for one date more than the window shows.
    """
    rules = tuple(rules)
    begin, end = first.toordinal(), last.toordinal()
    days = local_days(zone, begin, end)
    replaced = {
        d.toordinal(): tuple(wall) for d, wall in {**closed, **exceptions}.items() if first <= d <= last
    }
    plain = _patterned(rules, days, end, replaced)
    for ordinal, wall in replaced.items():
        base = days.bases[ordinal - begin]
        if base is not None:
            plain += [(base + s, base + e) for s, e in wall]
    changing = tuple((day, _wall(rules, at, replaced)) for at, day in days.changing.items())
    pieces = [piece for day, wall in changing for s, e in wall for piece in day.pieces(s, e)]
    own = frozenset(d.toordinal() for d in exceptions)
    return WorkingTime(zone, days, tuple(plain), changing, tuple(merged(plain + pieces)), own)


def _patterned(rules: Sequence[Rule], days: LocalDays, last: int, replaced: Iterable[int]) -> list[Span]:
    """The intervals of the ordinary dates that nothing replaces."""
    bases = list(days.bases)
    for ordinal in replaced:
        bases[ordinal - days.first] = None
    spans: list[Span] = []
    for rule in rules:
        s, e, dates = rule.start, rule.end, rule.ordinals(days.first, last)
        picked = bases[dates.start - days.first :: dates.step][: len(dates)]
        spans += [(base + s, base + e) for base in picked if base is not None]
    return spans


def _wall(rules: Sequence[Rule], ordinal: int, replaced: Mapping[int, tuple[Span, ...]]) -> tuple[Span, ...]:
    """The wall-clock intervals of one date."""
    if ordinal in replaced:
        return replaced[ordinal]
    return tuple((rule.start, rule.end) for rule in rules if len(rule.ordinals(ordinal, ordinal)))

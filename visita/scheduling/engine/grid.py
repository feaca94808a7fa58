"""The minutes at which a start may be offered at all, by a service's start rule and a resource's working time.

Grids follow the wall clock. Ordinary dates are one comb per phase over the whole window; dates on which the clocks
change are walked minute by minute of the rule: what falls in a gap is skipped (a fixed hour moves to the first minute
after it), what a fold shows twice is offered once, the first time.
"""

from collections.abc import Iterator
from functools import lru_cache

from visita.foundation.timeline import Timeline, comb, from_minutes, from_spans, merged
from visita.scheduling.engine.needs import StartRule
from visita.scheduling.engine.working import WorkingTime
from visita.scheduling.engine.zones import LocalDays


def grid(rule: StartRule, work: WorkingTime | None, origin: int, end: int) -> Timeline:
    """The grid in [origin, end). It may reach outside working time, which is subtracted elsewhere.

    Without working time there is no wall clock to follow: steps are counted from 00:00 UTC, fixed hours never come.
    """
    if not rule.step and not rule.hours:
        return (1 << max(end - origin, 0)) - 1
    if work is None:
        return 0 if rule.hours else _comb(rule.step, 0, origin, end)
    if rule.fixed:
        return _hours(work.days, rule.fixed, origin, end)
    phases = {s % rule.step for s, _ in work.plain}
    if len(phases) == 1 and not work.changing:
        return _comb(rule.step, phases.pop(), origin, end)
    found = from_minutes(_changing(work, rule.step), origin, end)
    for phase in phases:
        spans = merged(span for span in work.plain if span[0] % rule.step == phase)
        found |= _comb(rule.step, phase, origin, end) & from_spans(spans, origin, end)
    return found


def _comb(step: int, phase: int, origin: int, end: int) -> Timeline:
    return comb(step, (phase - origin) % step, max(end - origin, 0))


def _changing(work: WorkingTime, step: int) -> Iterator[int]:
    """The grid on dates on which the clocks change."""
    for day, wall in work.changing:
        for first, last in wall:
            for minute in range(first, last, step):
                at = day.at(minute)
                if at is not None:
                    yield at


@lru_cache(maxsize=64)
def _hours(days: LocalDays, hours: tuple[int, ...], origin: int, end: int) -> Timeline:
    """Fixed hours of every date; the same for all resources of one location, hence kept."""
    found = [base + hour for base in days.bases if base is not None for hour in hours]
    for day in days.changing.values():
        found += [at for hour in hours if (at := day.at_or_after(hour)) is not None]
    return from_minutes(found, origin, end)

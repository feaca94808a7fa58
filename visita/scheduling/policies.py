"""Pure rules of working time: what a plan may look like (decisions 22 and 24)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import lcm
from typing import Any

from visita.foundation import numbers
from visita.scheduling.errors import bad_interval, bad_validity, interval_overlap

DAY = 1440
MOST_ROWS = 200  # of one plan: a week of many short intervals, and their validities


@dataclass(frozen=True, slots=True)
class Pattern:
    """One interval of a week: `weekday` 0 = Monday, `start` < `end` ≤ 1440 in minutes of the wall clock.

    Valid from `valid_from` to `valid_to` inclusive (None = open), every `every_weeks` weeks counted from the ISO
    week of `valid_from`. `online`: the parts of it that clients may book by themselves; None = all, () = none.
    """

    weekday: int
    start: int
    end: int
    valid_from: date
    valid_to: date | None = None
    every_weeks: int = 1
    online: tuple[tuple[int, int], ...] | None = None


def plan(patterns: Sequence[Pattern]) -> list[Pattern]:
    """The patterns in order; refuses bad_interval, bad_datetime, bad_number, interval_overlap."""
    numbers.whole(len(patterns), field="patterns", low=0, high=MOST_ROWS)
    for pattern in patterns:
        _sane(pattern)
    for one, other in combinations(patterns, 2):
        if _clash(one, other):
            raise interval_overlap("patterns")
    return sorted(patterns, key=lambda pattern: (pattern.valid_from, pattern.weekday, pattern.start))


def as_rows(patterns: Iterable[Pattern]) -> list[list[Any]]:
    """The patterns as JSON keeps them."""
    return [
        [p.weekday, p.start, p.end, p.valid_from.isoformat(), p.valid_to and p.valid_to.isoformat(), p.every_weeks,
         None if p.online is None else [list(part) for part in p.online]]
        for p in patterns
    ]  # fmt: skip


def of_rows(rows: Iterable[Sequence[Any]]) -> tuple[Pattern, ...]:
    """What `as_rows` gave; ValueError, TypeError for anything else."""
    return tuple(_of_row(*row) for row in rows)


def _of_row(
    weekday: int, start: int, end: int, since: str, until: str | None, every: int, online: Any
) -> Pattern:
    if not all(type(number) is int for number in (weekday, start, end, every)):
        raise ValueError(weekday)
    last = None if until is None else date.fromisoformat(until)
    part = None if online is None else tuple((int(s), int(e)) for s, e in online)
    return Pattern(weekday, start, end, date.fromisoformat(since), last, every, part)


def intervals(value: Sequence[Sequence[int]]) -> list[list[int]]:
    """The intervals of one date, ascending and apart; touching ones are allowed. Refuses as `plan`."""
    numbers.whole(len(value), field="intervals", low=0, high=48)
    for pair in value:
        if len(pair) != 2:
            raise bad_interval("intervals")
        _within_day(pair[0], pair[1], "intervals")
    ordered = sorted([start, end] for start, end in value)
    for (_start, end), (start, _end) in pairwise(ordered):
        if start < end:
            raise interval_overlap("intervals")
    return ordered


def open_part(
    online: Sequence[Sequence[int]] | None, hours: Sequence[Sequence[int]]
) -> list[list[int]] | None:
    """The part of `hours` clients may book, ascending; None = all of it. Refuses what lies outside, and as `plan`."""
    if online is None:
        return None
    parts = intervals(online)
    if not all(any(start <= s and e <= end for start, end in hours) for s, e in parts):
        raise bad_interval("online")
    return parts


def _sane(pattern: Pattern) -> None:
    numbers.whole(pattern.weekday, field="weekday", low=0, high=6)
    numbers.whole(pattern.every_weeks, field="every_weeks", low=1, high=52)
    _within_day(pattern.start, pattern.end, "patterns")
    open_part(pattern.online, [(pattern.start, pattern.end)])
    if pattern.valid_to is not None and pattern.valid_to < pattern.valid_from:
        raise bad_validity()


def _within_day(start: int, end: int, field: str) -> None:
    numbers.whole(start, field=field, low=0, high=DAY, code="bad_interval")
    numbers.whole(end, field=field, low=0, high=DAY, code="bad_interval")
    if start >= end:
        raise bad_interval(field)


def _clash(one: Pattern, other: Pattern) -> bool:
    apart = one.weekday != other.weekday or one.end <= other.start or other.end <= one.start
    return not apart and _common_date(one, other)


def _common_date(one: Pattern, other: Pattern) -> bool:
    """Whether both hold on some date: after one round of both rhythms everything repeats."""
    first = max(one.valid_from, other.valid_from)
    first += timedelta(days=(one.weekday - first.weekday()) % 7)
    for week in range(lcm(one.every_weeks, other.every_weeks)):
        day = first + timedelta(weeks=week)
        if _holds(one, day) and _holds(other, day):
            return True
    return False


def _holds(pattern: Pattern, day: date) -> bool:
    """Whether a date of the right weekday, not before `valid_from`, is one of the pattern's."""
    weeks = (_monday(day) - _monday(pattern.valid_from)).days // 7
    return (pattern.valid_to is None or day <= pattern.valid_to) and weeks % pattern.every_weeks == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

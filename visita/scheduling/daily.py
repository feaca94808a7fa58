"""What holds on each date for each resource of a location, in wall-clock minutes: for charts, copies and forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from visita.foundation.timeline import Span, merged
from visita.scheduling import queries
from visita.scheduling.engine import Rule
from visita.scheduling.models import WorkingException, WorkingPattern


@dataclass(frozen=True, slots=True)
class DayHours:
    """The intervals of one date; `by` says what gave them: the weekly plan, an exception of the resource's own (here or
    everywhere), or the location's closed or changed day. `reason` is the exception's."""

    intervals: tuple[Span, ...] = ()
    by: str = "pattern"
    reason: str = ""

    def with_more(self, span: Span) -> tuple[Span, ...]:
        """The intervals with one more joined in."""
        return self.joined([span])

    def joined(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """The intervals with others joined in."""
        return tuple(merged([*self.intervals, *spans]))

    def without(self, start: int, end: int) -> tuple[Span, ...]:
        """The intervals with [start, end) cut out."""
        left = [(s, min(e, start)) for s, e in self.intervals if s < start]
        right = [(max(s, end), e) for s, e in self.intervals if e > end]
        return tuple(sorted(left + right))


Hours = Mapping[tuple[int, date], DayHours]


def hours(resource_ids: Sequence[int], location_id: int, first: date, last: date) -> Hours:
    """By (resource, date), each date first..last; three statements whatever their number."""
    plans: dict[int, list[Rule]] = {resource: [] for resource in resource_ids}
    for row in queries.patterns(resource_ids, location_id):
        plans[row.resource_id].append(_rule(row))
    said = _exceptions(resource_ids, location_id, first, last)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return {
        (resource, day): said.get((resource, day)) or said.get((None, day)) or _planned(plans[resource], day)
        for resource in resource_ids
        for day in days
    }


def without_own(resource_id: int, location_id: int, day: date) -> tuple[Span, ...]:
    """The intervals that would hold if nothing were said of this one date for the resource at the location."""
    rows = queries.exceptions(day, day, [resource_id], location_id)
    rest = [row for row in rows if row.resource_id is None or row.location_id is None]
    rest.sort(key=lambda row: (row.resource_id is not None, row.location_id is not None))
    if rest:
        return _said(rest[-1]).intervals
    return _planned([_rule(row) for row in queries.patterns([resource_id], location_id)], day).intervals


def _rule(row: WorkingPattern) -> Rule:
    return Rule(row.weekday, row.start, row.end, row.valid_from, row.valid_to, row.every_weeks)


def _planned(rules: Iterable[Rule], day: date) -> DayHours:
    at = day.toordinal()
    return DayHours(tuple(sorted((rule.start, rule.end) for rule in rules if rule.ordinals(at, at))))


def _exceptions(
    resource_ids: Sequence[int], location_id: int, first: date, last: date
) -> dict[tuple[int | None, date], DayHours]:
    """This location's win over those that hold everywhere."""
    rows = queries.exceptions(first, last, resource_ids, location_id)
    rows.sort(key=lambda row: row.location_id is not None)
    return {(row.resource_id, row.date): _said(row) for row in rows}


def _said(row: WorkingException) -> DayHours:
    by = "closed" if row.resource_id is None else "own" if row.location_id else "everywhere"
    return DayHours(tuple((int(s), int(e)) for s, e in row.intervals), by, row.reason)

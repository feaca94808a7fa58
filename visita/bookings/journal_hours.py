"""Working time as the journal needs it: the spans of one day and the nearest days on which anybody works."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from visita.foundation.timeline import Span, merged
from visita.scheduling.engine.working import Rule, open_time
from visita.scheduling.models import Resource, WorkingException, WorkingPattern

REACH = 31  # days looked through for the next day anybody works

_Dates = dict[date, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Hours:
    """`working` has the UTC spans of each resource. One without hours of its own (a room) is missing: it is open
    whenever anybody works."""

    working: dict[int, tuple[Span, ...]]
    previous: date | None
    next: date | None

    def spans(self, resource: int, start: int, end: int) -> list[Span]:
        """The working time inside [start, end)."""
        spans = self.working.get(resource, self.anybody)
        return [(max(s, start), min(e, end)) for s, e in spans if s < end and e > start]

    @property
    def anybody(self) -> tuple[Span, ...]:
        """When at least one is at work."""
        return tuple(merged(span for spans in self.working.values() for span in spans))


def hours(location_id: int, resources: Iterable[Resource], when: date, zone: ZoneInfo) -> Hours:
    """The day's hours at the location, and the nearest days before and after it with any (within a month)."""
    rules = _rules(location_id)
    own, closed = _exceptions(location_id, when)
    working, open_days = {}, set()
    for resource in resources:
        theirs, dates = rules.get(resource.pk, []), own.get(resource.pk, {})
        if not theirs and not dates and resource.kind != "person":
            continue
        working[resource.pk] = open_time(theirs, dates, closed, when, when, zone).spans
        open_days |= _open_days(theirs, dates, closed, when)
    at = when.toordinal()
    before = max((day for day in open_days if day < at), default=None)
    after = min((day for day in open_days if day > at), default=None)
    return Hours(working, _date(before), _date(after))


def _rules(location_id: int) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = defaultdict(list)
    fields = ("resource_id", "weekday", "start", "end", "valid_from", "valid_to", "every_weeks")
    for resource, *rule in WorkingPattern.objects.filter(location_id=location_id).values_list(*fields):
        found[resource].append(Rule(*rule))
    return found


def _exceptions(location_id: int, when: date) -> tuple[dict[int, _Dates], _Dates]:
    """(of each resource, of the location); what is said for this location wins over what is said for all."""
    near = WorkingException.objects.filter(
        Q(location_id=location_id) | Q(location_id=None),
        date__gte=when - timedelta(REACH),
        date__lte=when + timedelta(REACH),
    )
    own: dict[int, _Dates] = defaultdict(dict)
    closed: _Dates = {}
    for row in sorted(near, key=lambda row: row.location_id is not None):
        spans = [(int(s), int(e)) for s, e in row.intervals]
        if row.resource_id is None:
            closed[row.date] = spans
        else:
            own[row.resource_id][row.date] = spans
    return own, closed


def _open_days(rules: Iterable[Rule], own: _Dates, closed: _Dates, when: date) -> set[int]:
    first, last = when.toordinal() - REACH, when.toordinal() + REACH
    replaced = {day.toordinal(): bool(spans) for day, spans in {**closed, **own}.items()}
    days = {day for rule in rules for day in rule.ordinals(first, last)}
    return {day for day in days | set(replaced) if replaced.get(day, True)}


def _date(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)

"""Working time as the journal needs it: the spans of one day and the nearest days on which anybody works."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, DateField, Q, QuerySet, SmallIntegerField, Value
from django.db.models.functions import Cast

from visita.catalog.models import ServiceResource
from visita.foundation.timeline import Span, merged
from visita.scheduling.engine.working import Rule, open_time
from visita.scheduling.models import Resource, WorkingException, WorkingPattern

REACH = 31  # days looked through for the next day anybody works

_Dates = dict[date, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Hours:
    """`working` has the UTC spans of each resource. A room that gives no service and has no hours of its own is missing:
    it is open whenever anybody works."""

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


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that says who works when at a location around some dates; read once, asked for each day.

    `giving`: the rooms and devices that give services. Nothing is offered on one without hours, so it is not shown at work.
    """

    rules: dict[int, list[Rule]]
    own: dict[int, _Dates]
    closed: _Dates
    reasons: dict[date, str]
    giving: Set[int] = field(default_factory=frozenset)

    def of(self, resources: Iterable[Resource], when: date, zone: ZoneInfo) -> Hours:
        """The hours of a day."""
        working = {}
        for resource in resources:
            theirs, dates = self.rules.get(resource.pk, []), self.own.get(resource.pk, {})
            if theirs or dates or resource.kind == "person" or resource.pk in self.giving:
                working[resource.pk] = open_time(theirs, dates, self.closed, when, when, zone).spans
        return Hours(working, None, None)

    def on(self, resources: Sequence[Resource], when: date, zone: ZoneInfo) -> Hours:
        """The hours of a day, and the nearest days before and after it with any (within a month)."""
        reach = timedelta(REACH)
        open_days = self.open_days(resources, when - reach, when + reach)
        before = max((day for day in open_days if day < when), default=None)
        after = min((day for day in open_days if day > when), default=None)
        return replace(self.of(resources, when, zone), previous=before, next=after)

    def nearest(self, resources: Sequence[Resource], when: date, step: int) -> date | None:
        """The next date in the direction of `step` (1 or -1) on which anybody works, within a month."""
        for at in range(1, REACH + 1):
            day = when + timedelta(step * at)
            if any(self.open_days([each], day, day) for each in resources):
                return day
        return None

    def open_days(self, resources: Iterable[Resource], first: date, last: date) -> set[date]:
        """The dates first..last on which anybody works."""
        found: set[int] = set()
        for resource in resources:
            theirs, dates = self.rules.get(resource.pk, []), self.own.get(resource.pk, {})
            found |= _open_between(theirs, dates, self.closed, first.toordinal(), last.toordinal())
        return {date.fromordinal(day) for day in found}


def plan(location_id: int, first: date, last: date) -> Plan:
    """The patterns and exceptions around first..last; two statements."""
    return plans([location_id], first, last)[location_id]


def plans(locations: Sequence[int], first: date, last: date) -> dict[int, Plan]:
    """The plan of each location; two statements for all."""
    rules, near = _rules(locations), _exceptions(locations, first, last)
    giving = rules.pop(_GIVING, {}).keys()
    return {each: plan_of(each, rules[each], near, giving) for each in locations}


def hours(location_id: int, resources: Sequence[Resource], when: date, zone: ZoneInfo) -> Hours:
    """The day's hours at the location, and the nearest days before and after it with any (within a month)."""
    return plan(location_id, when, when).on(resources, when, zone)


_GIVING = 0  # stands where the location does, in the rows that name rooms and devices which give services


def _rules(locations: Sequence[int]) -> dict[int, dict[int, list[Rule]]]:
    """By location and resource; under `_GIVING` the rooms and devices that give services, in the same statement."""
    found: dict[int, dict[int, list[Rule]]] = defaultdict(lambda: defaultdict(list))
    patterns = WorkingPattern.objects.filter(location_id__in=locations).values_list(*_FIELDS)
    for location, resource, *rule in patterns.union(_giving(), all=True):
        theirs = found[location][resource]
        if location != _GIVING:
            theirs.append(Rule(*rule))
    return found


_FIELDS = "location_id", "resource_id", "weekday", "start", "end", "valid_from", "valid_to", "every_weeks"


def _giving() -> QuerySet[ServiceResource, tuple[Any, ...]]:
    things = Resource.objects.exclude(kind="person").values("id")
    rows = ServiceResource.objects.filter(resource_id__in=things).order_by()
    never, zero = Cast(Value(None), DateField()), Cast(Value(0), SmallIntegerField())
    nothing = dict.fromkeys(("weekday", "start", "end", "every_weeks"), zero)
    filled = rows.annotate(
        location_id=Cast(Value(_GIVING), BigIntegerField()), valid_from=never, valid_to=never, **nothing
    )
    return filled.values_list(*_FIELDS).distinct()


def _exceptions(locations: Sequence[int], first: date, last: date) -> list[WorkingException]:
    """Around first..last, those for a location after those for all: the last one said wins."""
    near = WorkingException.objects.filter(
        Q(location_id__in=locations) | Q(location_id=None),
        date__gte=first - timedelta(REACH),
        date__lte=last + timedelta(REACH),
    )
    return sorted(near, key=lambda row: row.location_id is not None)


def plan_of(
    location: int, rules: dict[int, list[Rule]], near: Iterable[WorkingException], giving: Set[int]
) -> Plan:
    """The plan of a location out of its rules by resource, exceptions (the last one said wins) and what gives services."""
    own: dict[int, _Dates] = defaultdict(dict)
    closed: _Dates = {}
    reasons: dict[date, str] = {}
    for row in near:
        if row.location_id not in (None, location):
            continue
        spans = [(int(s), int(e)) for s, e in row.intervals]
        if row.resource_id is None:
            closed[row.date] = spans
            reasons |= {} if spans else {row.date: row.reason}
        else:
            own[row.resource_id][row.date] = spans
    return Plan(rules, own, closed, reasons, giving)


def _open_between(rules: Iterable[Rule], own: _Dates, closed: _Dates, first: int, last: int) -> set[int]:
    """Ordinals of the dates first..last with working time."""
    replaced = {day.toordinal(): bool(spans) for day, spans in {**closed, **own}.items()}
    days = {day for rule in rules for day in rule.ordinals(first, last)}
    return {day for day in days | set(replaced) if first <= day <= last and replaced.get(day, True)}

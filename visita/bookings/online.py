"""What binds clients only: the hours kept for staff, the step offered, and the rests a visit may leave beside it.

Free times and bookings narrow their needs here, both with the same values, so that what is offered can be booked.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from visita.bookings.rules import Rules, ServiceRule
from visita.catalog.promotions import limiting
from visita.foundation.timeline import Span
from visita.scheduling import engine
from visita.tenancy import settings

OFF, SOFT, STRICT = "off", "soft", "strict"
Week = tuple[tuple[int, int, int], ...]
Spans = tuple[Span, ...]

_SINCE = date(1970, 1, 1)


def _is_week(value: Any) -> bool:
    """[[weekday 0-6, start, end], …] in minutes of the day."""
    return all(
        isinstance(row, list)
        and len(row) == 3
        and all(type(number) is int for number in row)
        and 0 <= row[0] <= 6
        and 0 <= row[1] < row[2] <= 1440
        for row in value
    )


# the hours clients may book by themselves, [[weekday, start, end], …] on the wall clock; none = all
settings.declare("online_hours", list, [], 0, 100, _is_week)
# minutes between the starts offered to clients, counted from midnight; 0 = the service's own
settings.declare("online_step", int, 0, 0, 240, lambda value: value == 0 or 1440 % value == 0)
# whether clients are shown starts that leave a rest shorter than the shortest service: off, soft (only where there is
# nothing else that day), strict
settings.declare("gap_avoidance", str, OFF, 0, 6, lambda value: value in (OFF, SOFT, STRICT))


def narrow(
    found: Rules, services: Sequence[ServiceRule], needs: Sequence[engine.Need], first: date, last: date
) -> tuple[engine.Need, ...]:
    """The needs as clients may have them on the local dates first..last (nights that follow them included)."""
    narrowed = tuple(
        _for_clients(found, service, need, first, last) for service, need in zip(services, needs, strict=True)
    )
    if strength(found, services) == OFF:
        return narrowed
    return tuple(replace(need, rests=found.shortest) for need in narrowed)


def strength(found: Rules, services: Sequence[ServiceRule]) -> str:
    """How much gaps are avoided for these services together: the strictest of them."""
    if not found.has("gap_avoidance"):
        return OFF
    wanted = {found.setting("gap_avoidance", service) for service in services}
    return next(each for each in (STRICT, SOFT, OFF) if each in wanted)


def hours(found: Rules, service: ServiceRule, first: date, last: date) -> Spans | None:
    """When clients may book the service whoever gives it; None = always."""
    if not found.has("online_hours"):
        return None
    return _spans(_week(found.setting("online_hours", service)), first, last, found.zone)


def sessions(
    found: Rules, service: ServiceRule, dated: Sequence[engine.Session], first: date, last: date
) -> list[engine.Session]:
    """Those of the dated classes that clients may book."""
    open_, limited = hours(found, service, first, last), promoted(found, service, first, last)
    return [
        each
        for each in dated
        if (open_ is None or any(s <= each.start and each.end <= e for s, e in open_))
        and (limited is None or any(s <= each.start < e for s, e in limited))
    ]


def promoted(found: Rules, service: ServiceRule, first: date, last: date) -> Spans | None:
    """The hours of promotions outside of which clients cannot start the service; None = no such limit."""
    only = limiting(service.promotions)
    if only is None:
        return None
    rows = [
        engine.Rule(weekday, each.start, each.end, each.valid_from, each.valid_to)
        for each in only
        for weekday in each.weekdays or range(7)
    ]
    day = timedelta(days=1)
    return engine.open_time(rows, {}, {}, first - day, last + 2 * day, found.zone).spans


def _for_clients(
    found: Rules, service: ServiceRule, need: engine.Need, first: date, last: date
) -> engine.Need:
    if found.has("online_step") and not need.starts.hours:
        step = int(found.setting("online_step", service))
        need = replace(need, starts=engine.StartRule(step, aligned=True)) if step else need
    limited = promoted(found, service, first, last)
    need = need if limited is None else replace(need, limited=limited)
    if not found.has("online_hours"):
        return need
    usual = hours(found, service, first, last)
    online = {who: _both(usual, _of(found, service, who, first, last)) for who in need.candidates}
    return replace(need, online={who: spans for who, spans in online.items() if spans is not None})


def _of(found: Rules, service: ServiceRule, resource: int, first: date, last: date) -> Spans | None:
    """What the resource itself keeps for staff, for this service or for all."""
    rows = [row for row in found.rows if row.scope_kind in ("resource", "service_resource")]
    week = settings.value(rows, "online_hours", service=service.id, resource=resource)
    return _spans(_week(week), first, last, found.zone)


def _week(value: Sequence[Sequence[int]]) -> Week:
    return tuple((weekday, start, end) for weekday, start, end in value)


@lru_cache(maxsize=256)
def _spans(week: Week, first: date, last: date, zone: ZoneInfo) -> Spans | None:
    """The week in UTC, a day wider at either side; None for a week that says nothing."""
    if not week:
        return None
    rows = [engine.Rule(weekday, start, end, _SINCE) for weekday, start, end in week]
    day = timedelta(days=1)
    return engine.open_time(rows, {}, {}, first - day, last + 2 * day, zone).spans


def _both(one: Spans | None, other: Spans | None) -> Spans | None:
    """The time that lies in both."""
    if one is None or other is None:
        return other if one is None else one
    common = ((max(a, c), min(b, d)) for a, b in one for c, d in other if a < d and c < b)
    return tuple(sorted(common))

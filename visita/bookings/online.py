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


def open_to_clients(spans: Spans | None, s: int, e: int) -> bool:
    """Whether the time from `s` to `e` may be booked by clients."""
    return spans is None or any(start <= s and e <= end for start, end in spans)


def _for_clients(
    found: Rules, service: ServiceRule, need: engine.Need, first: date, last: date
) -> engine.Need:
    if found.has("online_step") and not need.starts.hours:
        step = int(found.setting("online_step", service))
        need = replace(need, starts=engine.StartRule(step, aligned=True)) if step else need
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

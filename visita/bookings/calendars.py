"""What the engine must know of resources for some days: their working time and their claims, one query each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from visita.bookings.rules import Rules
from visita.bookings.timetables import Work as Work  # those who ask for hours know it by this name
from visita.bookings.timetables import hours as hours
from visita.bookings.timetables import remembered as remembered
from visita.foundation import clock, prepared, scope
from visita.foundation.prepared import Question, Rows
from visita.scheduling import claims, engine
from visita.scheduling.claims import NOTHING, Ignored
from visita.scheduling.models.allocation import LONGEST, USUAL

# Claims on whole resources as packed int4 pairs: the fastest shape for the engine (performance, section 2.1). Those
# that began long before the window can only be long ones.
_WHOLE = """
SELECT resource_id, s, e FROM scheduling_allocation
WHERE organization_id = %(o)s AND resource_id = ANY(%(r)s) AND live AND e > %(first)s
  AND (expires_at IS NULL OR expires_at > %(now)s) AND (kind = 'block' OR upper_inf(seats) OR upper(seats) > 1)"""
_PACKED = f"""
SELECT resource_id, string_agg(int4send(s) || int4send(e), ''::bytea ORDER BY s) FROM (
  {_WHOLE} AND s >= %(first)s - {USUAL} AND s < %(last)s
  UNION ALL {_WHOLE} AND e > s + {USUAL} AND s >= %(first)s - {LONGEST} AND s < %(first)s - {USUAL}) found
GROUP BY resource_id"""

Busy = dict[int, engine.Claims]


def working(
    rules: Rules, resources: Sequence[int], first: date, last: date, extra: Iterable[int] = ()
) -> Work:
    """`timetables.hours`, asked at once."""
    return prepared.ask(hours(rules, resources, first, last, extra))


def packed(resources: Sequence[int], first: int, last: int) -> Question[Busy]:
    """Claims on whole resources that may touch minutes [first, last); for needs that share nothing."""
    values = {"o": scope.current(), "r": list(resources), "first": first, "last": last, "now": clock.now()}
    return Question(_PACKED, values, lambda rows: {who: engine.Claims.packed(data) for who, data in rows})


def seated(
    resources: Sequence[int], first: int, last: int, ignored: Ignored = NOTHING, *, sweep: bool = False
) -> Question[Busy]:
    """Claims with their seats, where lanes matter or some claims are to be ignored."""
    asked = claims.taken(resources, first, last, ignored, sweep=sweep)

    def read(rows: Rows) -> Busy:
        return {who: engine.Claims.rows(found) for who, found in asked.read(rows).items()}

    return Question(asked.query, asked.values, read)


def join(
    work: Mapping[int, engine.WorkingTime | None], busy: Busy, *, staff: bool = True
) -> dict[int, engine.Calendar]:
    """Working time and claims as the engine's calendars; for clients without the hours kept for staff."""
    nothing = engine.Claims()
    return {
        resource: engine.Calendar(
            resource, open_, busy.get(resource, nothing), None if staff or open_ is None else open_.online
        )
        for resource, open_ in work.items()
    }

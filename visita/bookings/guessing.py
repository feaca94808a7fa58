"""Whom "anyone" gets at first sight: one number for each person instead of a calendar, which is what most bookings need.

A guess without locks like every look before them: whoever it names is locked, read whole and asked for again. It tells
the same person as the whole look for a single service on whole resources; everything else is not `simple`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from visita.bookings import calendars
from visita.foundation import clock, scope
from visita.foundation.prepared import Question, Rows
from visita.scheduling import engine
from visita.scheduling.models.allocation import LONGEST, USUAL

# Claims on whole resources. Only the long ones may have begun more than USUAL minutes before the time asked about.
_CLAIMS = """
SELECT resource_id, s, e FROM scheduling_allocation
WHERE organization_id = %(o)s AND resource_id = ANY(%(r)s) AND live
  AND (expires_at IS NULL OR expires_at > %(now)s) AND (upper_inf(seats) OR upper(seats) > 1)"""
_LOOK = f"""
SELECT resource_id, sum(e - s) FILTER (WHERE s >= %(day)s AND s < %(night)s), min(s) FILTER (WHERE e > %(start)s) FROM (
  {_CLAIMS} AND s >= least(%(day)s, %(start)s - {USUAL}) AND s < greatest(%(night)s, %(end)s)
  UNION ALL {_CLAIMS} AND e > s + {USUAL} AND s >= %(start)s - {LONGEST}
    AND s < least(%(day)s, %(start)s - {USUAL}) AND e > %(start)s) found
GROUP BY resource_id"""


class Glance(NamedTuple):
    """Minutes booked on the day, and when the next claim that ends after the wanted start begins (None: never)."""

    minutes: int
    following: int | None


FREE = Glance(0, None)


def simple(needs: Sequence[engine.Need]) -> bool:
    """Whether a glance is enough: one service on one whole resource, whose neighbours do not matter."""
    need = needs[0]
    return len(needs) == 1 and need.lanes == 1 and not (need.holes or need.groups or need.rests)


def look(need: engine.Need, start: int, day: tuple[int, int]) -> Question[Mapping[int, Glance]]:
    """What is claimed of the need's candidates around a start (epoch minute) and on its local day [first, last)."""
    values = {
        "o": scope.current(),
        "r": list(need.candidates),
        "now": clock.now(),
        "day": day[0],
        "night": day[1],
        "start": start - need.before,
        "end": start + engine.reach((need,)),
    }

    def read(rows: Rows) -> Mapping[int, Glance]:
        return {who: Glance(minutes or 0, following) for who, minutes, following in rows}

    return Question(_LOOK, values, read)


def free(need: engine.Need, start: int, who: int, seen: Mapping[int, Glance]) -> bool:
    """Whether nothing is claimed in the way of a start with this resource."""
    following = seen.get(who, FREE).following
    return following is None or following >= start + need.length(who) + need.after


def chosen(
    need: engine.Need, start: int, ranked: Sequence[int], work: Mapping[int, engine.WorkingTime | None],
    seen: Mapping[int, Glance], limits: engine.Limits, *, staff: bool,
) -> int | None:  # fmt: skip
    """The first of the ranked who is free and at work then; None where nobody is."""
    for who in ranked:
        if free(need, start, who, seen):
            alone = calendars.join({who: work[who]}, {}, staff=staff)
            if not engine.explain(start, replace(need, candidates=(who,)), alone, limits):
                return who
    return None

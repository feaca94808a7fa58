"""How likely a visit is missed: what this client missed, held against what is missed among visits booked as far ahead.

    risk = (missed + WEIGHT × usual(days ahead)) / (missed + came + WEIGHT)

`usual` is the organization's own share of missed visits by how far ahead they were booked, drawn towards a fixed prior
where little is known. Two figures and one division: whoever asks why gets the whole answer. It is shown to staff, never to
clients, and refuses nobody. docs/no-show-risk.md has what it was measured on.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import connection

from visita.foundation import clock, scope
from visita.tenancy import settings

AHEAD: Final = (0, 1, 3, 7, 14, 30)
"""Days ahead up to which a class of lead time reaches; the last is open."""
PRIOR: Final = (0.05, 0.10, 0.12, 0.14, 0.17, 0.20, 0.20)
"""What is assumed before an organization has a past: the order is known everywhere, the height is a guess."""
WEIGHT: Final = 12
"""Visits of one's own after which the own record counts as much as what is usual."""
TRUST: Final = 50
"""Visits in a class after which its own share counts as much as the prior."""
PAST: Final = timedelta(days=400)
PIECE: Final = (
    40 * 1440
)  # minutes counted by one statement: a network's year is more than a statement may take
HIGH: Final = 25  # percent from which staff are shown the sign

COUNTS: Final = "risk_counts"
settings.declare("risk_shown", bool, True)
# From which risk on a deposit, or a further reminder, is asked for; 0 = never. Read by what takes payments and sends messages.
settings.declare("risk_deposit_percent", int, 0, 0, 100)
settings.declare("risk_reminder_percent", int, 0, 0, 100)


def _counts(value: Any) -> bool:
    rows = value.get("of"), value.get("missed")
    return all(
        isinstance(row, list)
        and len(row) == len(PRIOR)
        and all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in row)
        for row in rows
    )


settings.declare(COUNTS, dict, {"of": [0] * len(PRIOR), "missed": [0] * len(PRIOR)}, 0, 2, _counts)


@dataclass(frozen=True, slots=True)
class Model:
    """The usual share of missed visits by class of lead time, and on how many visits of its own it rests."""

    usual: tuple[float, ...] = PRIOR
    seen: int = 0

    def risk(self, days: int, came: int, missed: int) -> float:
        """Between 0 and 1, for a visit booked so many days ahead by a client who came and missed so often."""
        return (missed + WEIGHT * self.usual[ahead(days)]) / (came + missed + WEIGHT)


@dataclass(frozen=True, slots=True)
class Risk:
    """A visit's risk in percent with what it comes from: the client's record, the days ahead and what is usual then."""

    percent: int
    missed: int
    of: int
    days: int
    usual: int

    @property
    def high(self) -> bool:
        """Whether it deserves a sign."""
        return self.percent >= HIGH


def ahead(days: int) -> int:
    """The class of a lead time."""
    return bisect_left(AHEAD, max(days, 0))


def fitted(of: Sequence[int], missed: Sequence[int]) -> Model:
    """The model of counted visits by class; nothing counted gives the prior."""
    usual = tuple((m + TRUST * prior) / (n + TRUST) for n, m, prior in zip(of, missed, PRIOR, strict=True))
    return Model(usual, sum(of))


def judged(model: Model, days: int, came: int, missed: int) -> Risk:
    """The risk with its reasons."""
    percent, usual = round(100 * model.risk(days, came, missed)), round(100 * model.usual[ahead(days)])
    return Risk(percent, missed, came + missed, days, usual)


# Days between booking and visit on the visit's own calendar would need its zone; whole days of 24 hours tell as much
DAYS = "greatest(0, (v.s - extract(epoch FROM v.booked_at) / 60) / 1440)::int"
_COUNT = f"""
SELECT width_bucket(d.days, ARRAY{list(AHEAD)}) AS class, count(*), count(*) FILTER (WHERE d.status = 'no_show')
FROM (SELECT {DAYS} - 1 AS days, v.status FROM bookings_visit v
  WHERE v.organization_id = %(o)s AND v.s >= %(first)s AND v.s < %(now)s) d
WHERE d.status IN ('completed', 'arrived', 'no_show') GROUP BY 1"""


def counted() -> dict[str, list[int]]:
    """The organization's past by class of lead time, as the setting keeps it; inside a scope."""
    found = {"of": [0] * len(PRIOR), "missed": [0] * len(PRIOR)}
    now = clock.to_minute(clock.now())
    first = now - int(PAST.total_seconds()) // 60
    with connection.cursor() as cursor:
        for start in range(first, now, PIECE):
            values = {"o": scope.current(), "first": start, "now": min(start + PIECE, now)}
            cursor.execute(_COUNT, values)
            for at, of, missed in cursor.fetchall():
                found["of"][at] += of
                found["missed"][at] += missed
    return found


def model(rows: Iterable[settings.Row]) -> Model:
    """The model of the organization whose settings these are."""
    counts = settings.value(rows, COUNTS)
    return fitted(counts["of"], counts["missed"])


def kept(value: str | None) -> Model:
    """The model of the setting's JSON, the prior where there is none."""
    counts = json.loads(value) if value else None
    return fitted(counts["of"], counts["missed"]) if counts else Model()

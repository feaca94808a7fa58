"""What staff should know of a day's visits at a glance: who may not come, whose birthday it is. One statement for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from visita.bookings import risk
from visita.bookings.risk import Risk
from visita.foundation import clock, scope

_SETTING = """(SELECT t.value::text FROM tenancy_setting t WHERE t.organization_id = %(o)s
  AND t.scope_kind = 'organization' AND t.scope_id = 0 AND t.key = '{}')"""
# The own record is what was known before the visit; `wall` has its date on the clock of its place
_HINTS = f"""
SELECT v.id, v.status IN ('requested', 'confirmed'), {risk.DAYS},
  count(*) FILTER (WHERE p.status IN ('completed', 'arrived')), count(*) FILTER (WHERE p.status = 'no_show'),
  coalesce(bool_or(to_char(d.birth_date, 'MM-DD') = substr(v.wall, 6, 5)), false),
  {_SETTING.format(risk.COUNTS)}, {_SETTING.format("risk_shown")}
FROM bookings_visit v
LEFT JOIN bookings_visit p ON p.organization_id = v.organization_id AND p.client_id = v.client_id
  AND p.s < least(v.s, %(now)s)
LEFT JOIN clients_personaldata d ON d.organization_id = v.organization_id AND d.client_id = v.client_id
WHERE v.organization_id = %(o)s AND v.id = ANY(%(visits)s) AND v.status <> 'cancelled'
GROUP BY v.id"""


@dataclass(frozen=True, slots=True)
class Hint:
    """`risk` of a visit that is still to be kept, where the organization shows any; `birthday` on the visit's day."""

    risk: Risk | None
    birthday: bool


def of_visits(visits: Iterable[int]) -> dict[int, Hint]:
    """The hints of each; cancelled ones have none. Inside a scope."""
    ids = sorted(set(visits))
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HINTS, {"o": scope.current(), "visits": ids, "now": clock.minute()})
        rows = cursor.fetchall()
    if not rows:
        return {}
    model, shown = risk.kept(rows[0][6]), rows[0][7] != "false"
    return {
        pk: Hint(risk.judged(model, days, came, missed) if coming and shown else None, birthday)
        for pk, coming, days, came, missed, birthday, _counts, _shown in rows
    }


def put(blocks: Iterable[dict[str, Any]]) -> None:
    """The hints onto a journal's blocks: `risk` as [percent, missed, of, days ahead], and signs for what stands out."""
    known = list(blocks)
    found = of_visits(block["visit"] for block in known if "visit" in block)
    for block in known:
        _mark(block, found)


def _mark(block: dict[str, Any], found: Mapping[int, Hint]) -> None:
    hint = found.get(block.get("visit", 0))
    if hint is None:
        return
    if hint.birthday:
        block["facts"].append("birthday")
    if hint.risk is not None:
        block["risk"] = [hint.risk.percent, hint.risk.missed, hint.risk.of, hint.risk.days]
        block["facts"] += ["risk"] if hint.risk.high else []

"""Writing a visit: the event, the visit, its appointments, claims and places in one statement.

One round trip instead of five is what lets a booking keep up with a bare insert. The statement claims with
`ON CONFLICT … DO NOTHING`: fewer rows back than asked for means somebody was faster, and the caller rolls back.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from visita.activity.record import CHANNEL, EVENT, event_values
from visita.bookings import errors, limits, verbs
from visita.bookings.requests import Placed
from visita.foundation import prepared, scope
from visita.foundation.actor import Actor
from visita.foundation.insisting import broken
from visita.tenancy.versions import VERSION

_CLAIMS = """
claims AS (
  INSERT INTO scheduling_allocation (organization_id, activity_id, resource_id, location_id, kind, s, e, seats, live,
    hold, expires_at, appointment_id, role, overbooked, note)
  SELECT %(organization)s, {event}, c.resource, %(location)s, {kind}, c.s, c.e, int4range(c.lo, c.hi), true,
    {hold}, {expires}, {appointment}, c.role, c.overbooked, ''
  FROM jsonb_to_recordset(%(claims)s::jsonb)
    AS c(item int, resource bigint, s int, e int, lo int, hi int, role int, overbooked boolean) {join}
  ORDER BY c.resource, c.lo, c.s
  ON CONFLICT ON CONSTRAINT allocation_no_overlap DO NOTHING RETURNING id)"""
_PLACES = """,
places AS (
  INSERT INTO bookings_place (organization_id, activity_id, session_id, appointment_id, hold, expires_at, seat, live)
  SELECT %(organization)s, {event}, c.session, {appointment}, {hold}, {expires}, c.seat, true
  FROM jsonb_to_recordset(%(places)s::jsonb) AS c(item int, session bigint, seat int) {join}
  ON CONFLICT DO NOTHING RETURNING id)"""

_VISIT_S = {
    "event": "(SELECT id FROM event)",
    "kind": "'visit'",
    "hold": "''",
    "expires": "NULL::timestamptz",
    "appointment": "a.id",
    "join": "JOIN appointments a ON a.position = c.item",
}
_OF_VISIT, _OF_CLASSES = _CLAIMS.format(**_VISIT_S), _PLACES.format(**_VISIT_S)
_COUNT_OF_CLASSES = " + (SELECT count(*) FROM places)"

# The rules the booking was decided by, remembered or read, are still those in force (NULL: whoever gave them answers for
# them, an import). Read under the resources' locks, so that no change committed before them is missed.
_IN_FORCE = f"(%(rules)s::text IS NULL OR %(rules)s::text = {VERSION})"

RULES, LIMIT, CLAIMED = (
    "rules_in_force",
    "contact_limit",
    "claims_free",
)  # what a booking sent ahead insists on
_GOT = f"(SELECT count(*) FROM claims){_COUNT_OF_CLASSES}"
_TOLD = f"SELECT ids.visit, {_GOT}, pg_notify(%(channel)s, %(news)s) FROM ids"
_INSISTED = f"""SELECT CASE
  WHEN NOT EXISTS (SELECT FROM ids) THEN CASE WHEN {_IN_FORCE} THEN {broken(LIMIT)} ELSE {broken(RULES)} END
  WHEN {_GOT} <> %(wanted)s THEN {broken(CLAIMED)} END, pg_notify(%(channel)s, %(news)s)"""

_BOOK = f"""
WITH ids AS MATERIALIZED (SELECT coalesce(%(visit)s::bigint, nextval('bookings_visit_id_seq')) AS visit
  WHERE {_IN_FORCE} AND {limits.WITHIN}),
{EVENT.format(id="ids.visit", source="FROM ids")},
visit AS (
  INSERT INTO bookings_visit (id, organization_id, activity_id, location_id, client_id, subject_id, code, token_hash,
    status, version, s, e, zone, wall, seats, source, external_id, note, scheme, fields, consents, terms, cancel_reason,
    booked_at)
  SELECT ids.visit, %(organization)s, event.id, %(location)s, %(client)s, %(subject)s::bigint, %(code)s, %(token_hash)s,
    %(status)s, 1, %(s)s, %(e)s, %(zone)s, %(wall)s, %(seats)s, %(visit_source)s, %(external)s, %(note)s, %(scheme)s,
    %(fields)s::jsonb, %(consents)s::jsonb, %(terms)s::jsonb, '', %(now)s FROM ids, event RETURNING id),
appointments AS (
  INSERT INTO bookings_appointment (organization_id, activity_id, visit_id, service_id, resource_id, session_id,
    position, s, e, price_minor, currency, price_source)
  SELECT %(organization)s, event.id, ids.visit, i.service, i.resource, i.session, i.position, i.s, i.e, i.price,
    %(currency)s, i.price_source
  FROM jsonb_to_recordset(%(items)s::jsonb) AS i(position int, service bigint, resource bigint, session bigint, s int,
    e int, price bigint, price_source text), ids, event
  RETURNING id, position),
{_OF_VISIT}{_OF_CLASSES}
{_TOLD}
"""

_HOLD = f"""
WITH {
    (_CLAIMS + _PLACES).format(
        event="NULL::bigint",
        kind="'hold'",
        hold="%(hold)s",
        expires="%(expires)s::timestamptz",
        appointment="NULL::bigint",
        join="",
    )
}
SELECT (SELECT count(*) FROM claims){_COUNT_OF_CLASSES}
"""

_AGAIN = f"""
WITH event AS (SELECT %(event)s::bigint AS id),
appointments AS (SELECT * FROM jsonb_to_recordset(%(appointments)s::jsonb) AS x(id bigint, position int)),
{_OF_VISIT}{_OF_CLASSES}
SELECT (SELECT count(*) FROM claims){_COUNT_OF_CLASSES}
"""


def book(
    values: Mapping[str, Any],
    placed: Sequence[Placed],
    actor: Actor,
    payload: Mapping[str, Any],
    *,
    heard: bool = True,
) -> int | None:
    """Write the whole visit and return its id. `values` names the visit's columns and its limits (see `_BOOK`); of what is
    not `heard` no worker is told.

    None where the contact has reached a limit: nothing was written. Raises errors.Lost when a claim or a place found
    somebody else's there, errors.RulesChanged when the rules of the version `rules` are not in force any more: the
    transaction must be rolled back.

    With a reserved id (`visit`) nobody waits: all three come as an IntegrityError named CLAIMED, LIMIT or RULES, raised by
    whatever is asked next, at the latest by the commit.
    """
    event = event_values(verbs.BOOKED, "visit", actor, payload, heard=heard)
    row: dict[str, Any] = {**event, **values, **_rows(placed), "channel": CHANNEL, "o": scope.current()}
    classes, ahead = any(each.seats for each in placed), values["visit"] is not None
    statement = _needed(_BOOK, bool(values["most_open"]), bool(values["most_today"]), classes, ahead)
    if ahead:
        prepared.ahead(statement, {**row, "wanted": _wanted(placed)})
        return int(values["visit"])
    with prepared.cursor() as cursor:
        cursor.execute(statement, row)
        written = cursor.fetchone()
    if written is None:
        _require_in_force(values["rules"])
        return None
    _require(int(written[1]), placed)
    return int(written[0])


@lru_cache
def _needed(statement: str, most_open: bool, most_today: bool, classes: bool, ahead: bool) -> str:
    """The statement without what this booking has nothing of: the server sets up every part before it runs one."""
    parts = (
        (not ahead, _TOLD, _INSISTED),
        (most_open, limits.OPEN, "true"),
        (most_today, limits.TODAY, "true"),
        (classes, _OF_CLASSES, ""),
        (classes, _COUNT_OF_CLASSES, ""),
    )
    for needed, part, instead in parts:
        statement = statement if needed else statement.replace(part, instead)
    return statement


def hold(location_id: int, placed: Sequence[Placed], hold_hash: str, expires: Any) -> None:
    """Claim the placed times for a client who is still typing. Raises errors.Lost like `book`."""
    values: dict[str, Any] = {
        **_rows(placed),
        "organization": scope.current(),
        "location": location_id,
        "hold": hold_hash,
    }
    with prepared.cursor() as cursor:
        cursor.execute(_HOLD, {**values, "expires": expires})
        _require(int(cursor.fetchone()[0]), placed)


def claim_again(
    location_id: int, placed: Sequence[Placed], appointments: Sequence[tuple[int, int]], event: int
) -> None:
    """New claims for existing appointments `(id, index into placed)`: a move or a restore. Raises errors.Lost."""
    known = [{"id": id, "position": position} for id, position in appointments]
    values: dict[str, Any] = {
        **_rows(placed),
        "organization": scope.current(),
        "location": location_id,
        "event": event,
    }
    with prepared.cursor() as cursor:
        cursor.execute(_AGAIN, {**values, "appointments": json.dumps(known)})
        _require(int(cursor.fetchone()[0]), placed)


def _require_in_force(version: str | None) -> None:
    with prepared.cursor() as cursor:
        cursor.execute(f"SELECT {VERSION}", {"o": scope.current()})
        if version is not None and cursor.fetchone()[0] != version:
            raise errors.RulesChanged


def _require(got: int, placed: Sequence[Placed]) -> None:
    if got != _wanted(placed):
        raise errors.Lost


def _wanted(placed: Sequence[Placed]) -> int:
    return sum(len(each.claims) + len(each.seats) for each in placed)


def _rows(placed: Sequence[Placed]) -> dict[str, str]:
    claims = [
        {"item": at, "resource": c.resource_id, "s": c.s, "e": c.e, "lo": c.lo, "hi": c.hi, "role": c.role,
         "overbooked": c.overbooked}
        for at, each in enumerate(placed)
        for c in each.claims
    ]  # fmt: skip
    places = [
        {"item": at, "session": each.session_id, "seat": seat}
        for at, each in enumerate(placed)
        for seat in each.seats
    ]
    return {"claims": json.dumps(claims), "places": json.dumps(places)}

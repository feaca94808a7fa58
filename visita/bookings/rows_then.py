"""The journal's rows of a day as it was at a moment: visits with the rooms they held, blocks and classes.

Four statements whatever the day holds.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from visita.bookings import states
from visita.bookings.journal import LocalDay
from visita.bookings.journal_rows import Row
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.states import Past, State
from visita.bookings.surroundings import Names
from visita.catalog.models import Service
from visita.foundation import scope
from visita.foundation.words import text
from visita.scheduling import verbs as scheduling_verbs
from visita.scheduling.models import Resource
from visita.scheduling.models.allocation import LONGEST

_NEAR = f"""
SELECT DISTINCT pgh_obj_id FROM bookings_visitevent
WHERE organization_id = %(o)s AND location_id = %(location)s AND s < %(end)s AND s >= %(start)s - {LONGEST}"""
# A part's claims are all made by one act: those of the last such act before the moment stood then
_CLAIMS = """
SELECT h.appointment_id, h.id, h.resource_id, h.role, h.s, h.e, h.overbooked, made.id FROM (
  SELECT a.id, a.appointment_id, a.resource_id, a.role, a.s, a.e, a.overbooked FROM scheduling_allocation a
  WHERE a.organization_id = %(o)s AND a.appointment_id = ANY(%(parts)s)
  UNION ALL
  SELECT d.pgh_obj_id, d.appointment_id, d.resource_id, d.role, d.s, d.e, d.overbooked FROM scheduling_allocationevent d
  WHERE d.organization_id = %(o)s AND d.appointment_id = ANY(%(parts)s) AND d.pgh_label = 'delete') h
JOIN scheduling_allocationevent i ON i.organization_id = %(o)s AND i.pgh_obj_id = h.id AND i.pgh_label = 'insert'
JOIN activity_activity made ON made.organization_id = %(o)s AND made.id = i.activity_id
WHERE made.at <= %(moment)s"""
_OTHER = f"""
SELECT a.id, a.resource_id, a.location_id, a.kind, a.s, a.e, a.note, a.session_id, ss.capacity, ss.service_id
FROM scheduling_allocation a
JOIN scheduling_allocationevent ev ON ev.organization_id = a.organization_id AND ev.pgh_obj_id = a.id
  AND ev.pgh_label = 'insert'
JOIN activity_activity made ON made.organization_id = a.organization_id AND made.id = ev.activity_id
LEFT JOIN bookings_session ss ON ss.organization_id = a.organization_id AND ss.id = a.session_id
WHERE a.organization_id = %(o)s AND a.kind IN ('block', 'session') AND made.at <= %(moment)s
  AND a.s < %(end)s AND a.s >= %(start)s - {LONGEST} AND a.e > %(start)s AND {{which}}"""
_ENDED = """a.id = ANY(ARRAY(SELECT jsonb_array_elements_text(u.payload->'allocations')::bigint
  FROM activity_activity u WHERE u.organization_id = %(o)s AND u.object_kind = 'resource'
    AND u.object_id = ANY(%(resources)s) AND u.verb = %(unblocked)s AND u.at > %(moment)s))"""
_BLOCKS = f"""{_OTHER.format(which="a.live AND a.resource_id = ANY(%(resources)s)")}
UNION {_OTHER.format(which=_ENDED)}"""

Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: a location, its day, the moment, and the visits that were or are near."""

    location: int
    day: LocalDay
    moment: datetime
    past: Mapping[int, Past]
    now: Mapping[int, tuple[Visit, State]]

    def on(self, state: State | None) -> bool:
        """Whether a visit in this state stands on the day."""
        return state is not None and state.whole["location_id"] == self.location and bool(self.parts(state))

    def parts(self, state: State) -> dict[int, Mapping[str, Any]]:
        """Its parts that touch the day."""
        return {
            pk: part for pk, part in state.parts.items() if part["s"] < self.day.e and part["e"] > self.day.s
        }

    @property
    def shown(self) -> dict[int, Past]:
        """The visits that stood on the day then."""
        return {pk: past for pk, past in self.past.items() if self.on(past.state)}


class Claim(NamedTuple):
    """What a part of a visit held: a person or room (`role` 0 gives the service), with the buffers around its time."""

    id: int
    resource: int
    role: int
    s: int
    e: int
    overbooked: bool


Claims = Mapping[int, list[Claim]]


def asked(location_id: int, day: LocalDay, moment: datetime) -> Asked:
    """The visits that ever stood near the day, as they were and as they are. Five statements."""
    values = {"o": scope.current(), "location": location_id, "start": day.s, "end": day.e}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, values)
        near = [row[0] for row in cursor.fetchall()]
    return Asked(location_id, day, moment, states.as_of(near, moment), states.present(near))


def claims(found: Asked) -> Claims:
    """What the parts of the day's visits held then, by part. A cancelled visit held nothing."""
    living = [each.state for each in found.shown.values() if _lives(each.state)]
    parts = [pk for state in living for pk in found.parts(state)]
    values: dict[str, Any] = {"o": scope.current(), "parts": parts, "moment": found.moment}
    by_act: dict[int, dict[int, list[Claim]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMS, values)
        for part, *claim, act in cursor.fetchall():
            by_act.setdefault(part, {}).setdefault(act, []).append(Claim(*claim))
    return {part: acts[max(acts)] for part, acts in by_act.items()}


def visits(found: Asked, held: Claims, names: Names, words: Words) -> list[Row]:
    """A row for each claim of a visit, and one for each part that held none."""
    rows = []
    for visit, past in found.shown.items():
        whole, client = past.state.whole, names.clients[past.client_id]
        subject = names.subjects.get(whole["subject_id"])
        common = {"location": found.location, "kind": "visit", "visit": visit, "status": whole["status"],
                  "version": past.version, "source": past.source, "note": whole["note"], "scheme": whole["scheme"],
                  "first_name": client.first_name, "last_name": client.last_name,
                  "subject": subject.name if subject else None}  # fmt: skip
        for pk, part in sorted(found.parts(past.state).items(), key=lambda each: each[1]["s"]):
            if part["resource_id"] is None:
                continue
            own = {"appointment": pk, "shown_s": part["s"], "shown_e": part["e"]}
            own["service"] = _name(names.services.get(part["service_id"]), words)
            whole_part = Claim(-pk, part["resource_id"], 0, part["s"], part["e"], False)
            rows += [_row(**common, **own, **claim._asdict()) for claim in held.get(pk) or [whole_part]]
    return rows


Other = tuple[Any, ...]


def others(found: Asked, resources: Iterable[Resource]) -> list[Other]:
    """Blocks and classes as they stand in the tables, those ended since included."""
    values: dict[str, Any] = {
        "o": scope.current(),
        "moment": found.moment,
        "start": found.day.s,
        "end": found.day.e,
    }
    values |= {"resources": [each.pk for each in resources], "unblocked": scheduling_verbs.UNBLOCKED}
    with connection.cursor() as cursor:
        cursor.execute(_BLOCKS, values)
        return list(cursor.fetchall())


def rows_of(found: Asked, rows: Iterable[Other], names: Names, words: Words) -> list[Row]:
    """The same as rows of the journal."""
    columns = ("id", "resource", "location", "kind", "s", "e", "reason", "session", "capacity")
    made = []
    for *row, service in rows:
        own = dict(zip(columns, row, strict=True))
        named = _name(names.services.get(service), words)
        places = _places(found, own["session"])
        made.append(_row(**own, role=0, overbooked=False, service=named, places=places))
    return made


def _lives(state: State) -> bool:
    return bool(state.whole["status"] != VisitStatus.CANCELLED)


def _places(found: Asked, session: int | None) -> int | None:
    """Places of a class that were taken."""
    if session is None:
        return None
    living = [past.state for past in found.past.values() if _lives(past.state)]
    return sum(
        int(state.whole["seats"])
        for state in living
        if any(p["session_id"] == session for p in state.parts.values())
    )


def _row(**values: Any) -> Row:
    return Row(**{**dict.fromkeys(Row._fields), "reason": "", **values})


def _name(service: Service | None, words: Words) -> str | None:
    return None if service is None else json.dumps({words[0]: text(dict(service.name), *words)})

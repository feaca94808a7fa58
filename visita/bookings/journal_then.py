"""The journal of a day as it was at a chosen moment, and what became of it since; read from the history of rows.

Visits, blocks and classes are as they were then; working time and names are today's, and a visit shows its main resource
alone. A constant number of statements whatever the day holds.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from visita.activity.models import Activity
from visita.bookings import journal, states
from visita.bookings.journal import Fields, LocalDay
from visita.bookings.journal_hours import hours
from visita.bookings.journal_rows import Row
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.states import Past, State
from visita.catalog.models import Service
from visita.clients.models import Client, Subject
from visita.foundation import clock, scope
from visita.foundation.words import text
from visita.scheduling import verbs as scheduling_verbs
from visita.scheduling.models import Resource, ResourceLocation
from visita.scheduling.models.allocation import LONGEST

_NEAR = f"""
SELECT DISTINCT pgh_obj_id FROM bookings_visitevent
WHERE organization_id = %(o)s AND location_id = %(location)s AND s < %(end)s AND s >= %(start)s - {LONGEST}"""
_OTHER = f"""
SELECT a.id, a.resource_id, a.location_id, a.kind, a.s, a.e, a.note, a.session_id, ss.capacity, sv.name::text
FROM scheduling_allocation a
JOIN scheduling_allocationevent ev ON ev.organization_id = a.organization_id AND ev.pgh_obj_id = a.id
  AND ev.pgh_label = 'insert'
JOIN activity_activity made ON made.organization_id = a.organization_id AND made.id = ev.activity_id
LEFT JOIN bookings_session ss ON ss.organization_id = a.organization_id AND ss.id = a.session_id
LEFT JOIN catalog_service sv ON sv.organization_id = a.organization_id AND sv.id = ss.service_id
WHERE a.organization_id = %(o)s AND a.kind IN ('block', 'session') AND made.at <= %(moment)s
  AND a.s < %(end)s AND a.s >= %(start)s - {LONGEST} AND a.e > %(start)s AND {{which}}"""
_ENDED = """a.id = ANY(ARRAY(SELECT jsonb_array_elements_text(u.payload->'allocations')::bigint
  FROM activity_activity u WHERE u.organization_id = %(o)s AND u.object_kind = 'resource'
    AND u.object_id = ANY(%(resources)s) AND u.verb = %(unblocked)s AND u.at > %(moment)s))"""
_BLOCKS = f"""{_OTHER.format(which="a.live AND a.resource_id = ANY(%(resources)s)")}
UNION {_OTHER.format(which=_ENDED)}"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A visit that is not what it was then. `kind`: added, gone (to another day or place), here (from one), moved,
    cancelled, back (was cancelled), changed. `acts` are what was done since, oldest first; `act` made the state of then
    (0 where there was none)."""

    kind: str
    visit: Visit
    client: str
    was: State | None
    now: State
    acts: Sequence[Activity]
    act: int


@dataclass(frozen=True, slots=True)
class Then:
    """`journal` has the shape of `journal.journal`; `differences` come by the time they stood at."""

    journal: Fields
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class _Day:
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


def then(location_id: int, when: date, moment: datetime, language: str) -> Then:
    """The day as it was at the moment. Raises the refusal 404 for an unknown location."""
    place = journal.place_of(location_id)
    zone, words = ZoneInfo(place.zone), (language, place.language)
    day = journal.local_day(zone, when)
    asked = _asked(location_id, day, moment)
    clients = Client.objects.in_bulk(
        {past.client_id for past in asked.past.values()}
        | {visit.client_id for visit, _now in asked.now.values()}
    )
    resources = _resources(asked)
    working = hours(location_id, resources, when, zone)
    rows = [*_visits(asked, clients, words), *_others(asked, resources)]
    blocks = journal.blocks_of(sorted(rows, key=lambda row: (row.s, row.id)), location_id, words)
    columns = journal.columns_of(resources, working, blocks, day, words)
    picture = {
        "date": when.isoformat(),
        "zone": place.zone,
        "location": {"id": place.id, "name": place.name},
        "day": {"s": day.s, "e": day.e, "stretches": day.stretches},
        "shown": journal.shown_of(place, day, columns, blocks),
        "resources": columns,
        "blocks": blocks,
        "stats": journal.stats_of(columns, blocks),
    }
    return Then(picture, _differences(asked, clients))


def _asked(location_id: int, day: LocalDay, moment: datetime) -> _Day:
    values = {"o": scope.current(), "location": location_id, "start": day.s, "end": day.e}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, values)
        near = [row[0] for row in cursor.fetchall()]
    return _Day(location_id, day, moment, states.as_of(near, moment), states.present(near))


def _resources(asked: _Day) -> list[Resource]:
    """Those who work at the location, and whoever had a visit there then."""
    had = {
        part["resource_id"]
        for past in asked.past.values()
        if asked.on(past.state)
        for part in asked.parts(past.state).values()
    }
    here = ResourceLocation.objects.filter(location_id=asked.location).values("resource_id")
    return list(Resource.objects.filter(Q(pk__in=here) | Q(pk__in=had - {None}), in_journal=True))


def _visits(asked: _Day, clients: Mapping[int, Client], words: tuple[str, str]) -> list[Row]:
    shown = {pk: past for pk, past in asked.past.items() if asked.on(past.state)}
    services = Service.objects.in_bulk(
        {part["service_id"] for past in shown.values() for part in past.state.parts.values()}
    )
    subjects = Subject.objects.in_bulk({past.state.whole["subject_id"] for past in shown.values()} - {None})
    rows = []
    for visit, past in shown.items():
        whole, client = past.state.whole, clients[past.client_id]
        common = {"location": asked.location, "kind": "visit", "role": 0, "overbooked": False, "visit": visit,
                  "status": whole["status"], "version": past.version, "source": past.source,
                  "note": whole["note"], "scheme": whole["scheme"], "first_name": client.first_name,
                  "last_name": client.last_name, "subject": _name(subjects.get(whole["subject_id"]))}  # fmt: skip
        for pk, part in sorted(asked.parts(past.state).items(), key=lambda each: each[1]["s"]):
            if part["resource_id"] is not None:
                name = _json(services[part["service_id"]].name, words)
                span = {"s": part["s"], "e": part["e"], "shown_s": part["s"], "shown_e": part["e"]}
                own = {"id": -pk, "appointment": pk, "resource": part["resource_id"], "service": name}
                rows.append(_row(**common, **span, **own))
    return rows


def _others(asked: _Day, resources: Iterable[Resource]) -> list[Row]:
    """Blocks and classes, those ended since included."""
    values: dict[str, Any] = {
        "o": scope.current(),
        "moment": asked.moment,
        "start": asked.day.s,
        "end": asked.day.e,
    }
    values |= {"resources": [each.pk for each in resources], "unblocked": scheduling_verbs.UNBLOCKED}
    with connection.cursor() as cursor:
        cursor.execute(_BLOCKS, values)
        rows = cursor.fetchall()
    names = ("id", "resource", "location", "kind", "s", "e", "reason", "session", "capacity", "service")
    return [
        _row(**dict(zip(names, row, strict=True)), role=0, overbooked=False, places=_places(asked, row[7]))
        for row in rows
    ]


def _places(asked: _Day, session: int | None) -> int | None:
    """Places of a class that were taken."""
    if session is None:
        return None
    living = [
        past.state for past in asked.past.values() if past.state.whole["status"] != VisitStatus.CANCELLED
    ]
    return sum(
        int(state.whole["seats"])
        for state in living
        if any(p["session_id"] == session for p in state.parts.values())
    )


def _row(**values: Any) -> Row:
    return Row(**{**dict.fromkeys(Row._fields), "reason": "", **values})


def _json(name: Mapping[str, str], words: tuple[str, str]) -> str:
    return json.dumps({words[0]: text(dict(name), *words)})


def _name(subject: Subject | None) -> str | None:
    return subject.name if subject else None


def _differences(asked: _Day, clients: Mapping[int, Client]) -> list[Difference]:
    kinds = {pk: _kind(asked, pk) for pk in asked.now}
    changed = [pk for pk, kind in kinds.items() if kind]
    acts: dict[int, list[Activity]] = {}
    done = Activity.objects.filter(object_kind="visit", object_id__in=changed, at__gt=asked.moment)
    for act in done.order_by("id"):
        acts.setdefault(act.object_id, []).append(act)
    found = []
    for pk in changed:
        visit, now = asked.now[pk]
        past, client = asked.past.get(pk), str(clients[visit.client_id])
        was, made = (past.state, past.act) if past else (None, 0)
        found.append(Difference(kinds[pk], visit, client, was, now, acts.get(pk, []), made))
    return sorted(found, key=lambda each: ((each.was or each.now).start, each.visit.pk))


def _kind(asked: _Day, pk: int) -> str:
    """What became of a visit; empty where nothing did, or neither then nor now was it on the day."""
    was = asked.past[pk].state if pk in asked.past else None
    _visit, now = asked.now[pk]
    before, after = asked.on(was), asked.on(now)
    if not (before or after) or (was is not None and was.values() == now.values()):
        return ""
    if was is None:
        return "added"
    ended, ends = (state.whole["status"] == VisitStatus.CANCELLED for state in (was, now))
    if ended != ends:
        return "cancelled" if ends else "back"
    if before != after:
        return "gone" if before else "here"
    moved = any(str(key[-1]) in ("when", "who") for key in states.differing(was, now))
    return "moved" if moved else "changed"


def moment_before(days: int, hour: int, zone: ZoneInfo) -> datetime:
    """Some days ago at a full hour of the wall clock."""
    local = clock.now().astimezone(zone)
    when = date.fromordinal(local.toordinal() - days)
    return datetime(when.year, when.month, when.day, hour, tzinfo=zone)

"""The journal of a day as it was at a chosen moment, and what became of it since; read from the history of rows.

Visits with their rooms, blocks and classes, working hours, columns and names are as they were then. A constant number of
statements whatever the day holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from visita.activity.models import Activity
from visita.bookings import journal, rows_then, states, surroundings
from visita.bookings.around import Around, since
from visita.bookings.journal import Fields
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.rows_then import Asked, Claims, Other
from visita.bookings.states import State
from visita.bookings.surroundings import Moment, Names
from visita.clients.models import Client
from visita.foundation import clock


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
    """`journal` has the shape of `journal.journal`; `differences` come by the time they stood at.

    `since`: when the organization came here; before that what stands around the visits is not `known`, but today's.
    `around`: what was changed around the visits since, the latest first.
    """

    journal: Fields
    differences: Sequence[Difference]
    since: datetime | None
    known: bool
    around: Sequence[Activity]


def then(location_id: int, when: date, moment: datetime, language: str) -> Then:
    """The day as it was at the moment. Raises the refusal 404 for an unknown location."""
    known = surroundings.moment_of(moment)
    place, usual = surroundings.place(location_id, known)
    zone, words = ZoneInfo(place.zone), (language, usual)
    day = journal.local_day(zone, when)
    asked = rows_then.asked(location_id, day, moment)
    held = rows_then.claims(asked)
    resources = surroundings.resources(location_id, _had(asked, held), known)
    others = rows_then.others(asked, resources)
    names = _names(asked, others, known)
    rows = [*rows_then.visits(asked, held, names, words), *rows_then.rows_of(asked, others, names, words)]
    columned = {each.pk for each in resources}
    rows = [row for row in rows if row.resource in columned]
    working = surroundings.hours(location_id, resources, when, zone, known)
    blocks = journal.blocks_of(sorted(rows, key=lambda row: (row.s, row.id)), location_id, words)
    columns = journal.columns_of(resources, working, blocks, day, words)
    picture = {
        "date": when.isoformat(),
        "zone": place.zone,
        "location": {"id": place.pk, "name": place.name},
        "day": {"s": day.s, "e": day.e, "stretches": day.stretches},
        "shown": journal.shown_of(place, day, columns, blocks),
        "resources": columns,
        "blocks": blocks,
        "stats": journal.stats_of(columns, blocks),
    }
    around = since(
        Around(
            location_id,
            when,
            day,
            [each.pk for each in resources],
            names.services,
            names.today,
            [row[0] for row in others],
        ),
        moment,
    )
    return Then(picture, _differences(asked, names.today), known.since, known.known, around)


def _had(asked: Asked, held: Claims) -> set[int]:
    """Whoever had something on the day then."""
    parts = [part for past in asked.shown.values() for part in asked.parts(past.state).values()]
    main = {part["resource_id"] for part in parts} - {None}
    return main | {claim.resource for claims in held.values() for claim in claims}


def _names(asked: Asked, others: Sequence[Other], known: Moment) -> Names:
    shown = asked.shown.values()
    services = {part["service_id"] for past in shown for part in past.state.parts.values()}
    return surroundings.names(
        {(past.client_id, asked.now[pk][0].client_id) for pk, past in asked.past.items() if pk in asked.now},
        {past.client_id for past in asked.past.values()}
        | {visit.client_id for visit, _now in asked.now.values()},
        {past.state.whole["subject_id"] for past in shown} - {None},
        services | {row[-1] for row in others} - {None},
        known,
    )


def _differences(asked: Asked, clients: Mapping[int, Client]) -> list[Difference]:
    kinds = {pk: _kind(asked, pk) for pk in asked.now}
    changed = [pk for pk, kind in kinds.items() if kind]
    acts: dict[int, list[Activity]] = {}
    last: dict[
        int, list[int]
    ] = {}  # the visits an act changed last, which may have been done to something else
    for pk in changed:
        last.setdefault(asked.now[pk][0].activity_id or 0, []).append(pk)
    own = Q(object_kind="visit", object_id__in=changed) | Q(pk__in=last.keys() - {0})
    for act in Activity.objects.filter(own, at__gt=asked.moment).order_by("id"):
        of = {act.object_id} if act.object_kind == "visit" else set()
        for pk in of | set(last.get(act.pk, ())):
            acts.setdefault(pk, []).append(act)
    found = []
    for pk in changed:
        visit, now = asked.now[pk]
        past, client = asked.past.get(pk), str(clients[visit.client_id])
        was, made = (past.state, past.act) if past else (None, 0)
        found.append(Difference(kinds[pk], visit, client, was, now, acts.get(pk, []), made))
    return sorted(found, key=lambda each: ((each.was or each.now).start, each.visit.pk))


def _kind(asked: Asked, pk: int) -> str:
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

"""The states a visit has been in, one for each act that changed it, read from the history that triggers keep.

A state holds what may be brought back: when, with whom, which service, at what price, status, note, answers. Who the
client is changes by merging alone and is never brought back. Two queries for the rows and one for the acts.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection

from visita.activity.models import Activity
from visita.bookings.models import Appointment, Visit
from visita.clients import verbs as client_verbs
from visita.foundation import scope

PERSONAL = ("note", "fields", "cancel_reason")
WHOLE = ("status", "location_id", "seats", "subject_id", "scheme", "discounts", *PERSONAL)
PART = (
    "s", "e", "resource_id", "service_id", "session_id", "price_minor", "currency", "price_source", "discount_minor", "position",
)  # fmt: skip
EXISTS = "part"

Key = tuple[str, ...] | tuple[int, str]
"""A field of a state: ("note",) of the visit, (appointment's id, "when") of a part, (its id, EXISTS) of one that came or
went: then the value is its whole row by name, or None."""

# What of a part changes together, and is brought back together
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "when": ("s", "e"),
    "who": ("resource_id", "session_id"),
    "service": ("service_id",),
    "price": ("price_minor", "currency", "price_source"),
}


@dataclass(frozen=True, slots=True)
class State:
    """A visit as one act left it: columns of `WHOLE`, and of each appointment (by id) those of `PART`."""

    whole: Mapping[str, Any]
    parts: Mapping[int, Mapping[str, Any]]

    def values(self) -> dict[Key, Any]:
        """Every field with its value, so that two states can be compared; what follows from them is left out."""
        found: dict[Key, Any] = {(name,): value for name, value in self.whole.items()}
        for pk, part in self.parts.items():
            found |= {(pk, name): tuple(part[one] for one in ones) for name, ones in TOGETHER.items()}
        return found

    def having(self, changes: Mapping[Key, Any]) -> "State":
        """The same with these fields instead of its own."""
        whole, parts = dict(self.whole), {pk: dict(part) for pk, part in self.parts.items()}
        for key, value in changes.items():
            if len(key) == 1:
                whole[str(key[0])] = value
            elif key[1] == EXISTS and value is None:
                parts.pop(int(key[0]), None)
            elif key[1] == EXISTS:
                parts[int(key[0])] = dict(value)
            elif key[0] in parts:
                parts[int(key[0])] |= dict(zip(TOGETHER[str(key[1])], value, strict=True))
        return State(whole, parts)

    def is_so(self, key: Key, value: Any) -> bool:
        """Whether a field has this value; of a part that came, whether it is there with all its values."""
        if key[-1] != EXISTS:
            known = self.values()
            return key in known and known[key] == value
        here = self.parts.get(int(key[0]))
        return here is None if value is None else here is not None and _same(here, value)

    @property
    def start(self) -> int:
        """The first minute of its first part."""
        return min((part["s"] for part in self.parts.values()), default=0)


@dataclass(frozen=True, slots=True)
class Step:
    """One act on the visit with the states before and after it (None where there was none, as before booking)."""

    act: Activity
    before: State | None
    after: State | None

    def changes(self) -> dict[Key, tuple[Any, Any]]:
        """(before, after) of every field that the act changed; nothing for the booking itself."""
        return {} if self.before is None or self.after is None else differing(self.before, self.after)


@dataclass(slots=True)
class _Reading:
    whole: dict[str, Any] = field(default_factory=dict)
    parts: dict[int, dict[str, Any]] = field(default_factory=dict)

    def state(self) -> State | None:
        return (
            State(dict(self.whole), {pk: dict(part) for pk, part in self.parts.items()})
            if self.whole
            else None
        )


def steps(visit_id: int) -> list[Step]:
    """Everything done to the visit, oldest first; inside a scope."""
    visits = _rows(Visit, {"pgh_obj_id": visit_id}, WHOLE)
    parts = _rows(Appointment, {"visit_id": visit_id}, PART)
    by_act: dict[int, list[tuple[int | None, dict[str, Any]]]] = {}
    for row in visits:
        by_act.setdefault(row.pop("activity_id") or 0, []).append((None, row))
    for row in parts:
        by_act.setdefault(row.pop("activity_id") or 0, []).append((row["pgh_obj_id"], row))
    found, now = [], _Reading()
    for act in _acts(visit_id, by_act):
        before = now.state()
        for pk, row in by_act.get(act.pk, ()):
            if pk is None:
                now.whole = {name: row[name] for name in WHOLE}
            elif row["pgh_label"] == "delete":
                now.parts.pop(pk, None)
            else:
                now.parts[pk] = {name: row[name] for name in PART}
        found.append(Step(act, before, now.state()))
    return found


def current(visit: Visit, parts: Iterable[Appointment]) -> State:
    """The state of the rows at hand."""
    return State(
        {name: getattr(visit, name) for name in WHOLE},
        {part.pk: {name: getattr(part, name) for name in PART} for part in parts},
    )


def erasures(clients: Iterable[int]) -> dict[int, int]:
    """The last act that erased each client's data: no personal text from before it is shown or comes back."""
    acts = Activity.objects.filter(
        object_kind="client", object_id__in=sorted(set(clients)), verb=client_verbs.CLIENT_ERASED
    )
    return dict(acts.order_by("id").values_list("object_id", "id"))


def erased_since(client_id: int) -> int:
    """The same of one client, 0 for never."""
    return erasures([client_id]).get(client_id, 0)


def _rows(model: Any, which: Mapping[str, int], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    events = apps.get_model("bookings", f"{model.__name__}Event")
    rows = events.objects.filter(**which).order_by("pgh_id")
    return list(rows.values("pgh_obj_id", "pgh_label", "activity_id", *columns))


def _acts(visit_id: int, known: Iterable[int]) -> list[Activity]:
    """What was done to the visit, and what changed its rows though it was done to something else (a merge)."""
    own = list(Activity.objects.filter(object_kind="visit", object_id=visit_id).order_by("id")[:1000])
    foreign = set(known) - {act.pk for act in own} - {0}
    more = list(Activity.objects.filter(pk__in=foreign)) if foreign else []
    return sorted([*own, *more], key=lambda act: act.pk)


@dataclass(frozen=True, slots=True)
class Past:
    """A visit as it was at a moment: its state with the act that made it, whose it was, by which door, which version."""

    state: State
    act: int
    client_id: int
    source: str
    version: int


# Acts have their own time: what an import or a demo booked "in the past" was there then
_THEN = """
SELECT * FROM (
  SELECT DISTINCT ON (e.pgh_obj_id) e.pgh_obj_id, e.pgh_label, {columns} FROM {table} e
  JOIN activity_activity a ON a.organization_id = e.organization_id AND a.id = e.activity_id
  WHERE e.organization_id = %(o)s AND e.{of} = ANY(%(visits)s) AND a.at <= %(moment)s
  ORDER BY e.pgh_obj_id, e.pgh_id DESC) last WHERE pgh_label <> 'delete'"""
_VISITS_THEN = _THEN.format(
    table="bookings_visitevent",
    of="pgh_obj_id",
    columns=", ".join(f"e.{name}" for name in ("activity_id", "client_id", "source", "version", *WHOLE)),
)
_PARTS_THEN = _THEN.format(
    table="bookings_appointmentevent",
    of="visit_id",
    columns=", ".join(f"e.{name}" for name in ("visit_id", *PART)),
)


def as_of(visits: Iterable[int], moment: datetime) -> dict[int, Past]:
    """Each visit as it was then; those that were not booked yet are missing. Two statements; inside a scope."""
    values: dict[str, Any] = {"o": scope.current(), "visits": sorted(set(visits)), "moment": moment}
    parts: dict[int, dict[int, dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PARTS_THEN, values)
        for pk, _label, visit, *row in cursor.fetchall():
            parts.setdefault(visit, {})[pk] = dict(zip(PART, row, strict=True))
        cursor.execute(_VISITS_THEN, values)
        return {
            pk: Past(State(_whole(row), parts.get(pk, {})), act, client, source, version)
            for pk, _label, act, client, source, version, *row in cursor.fetchall()
        }


def _whole(row: Iterable[Any]) -> dict[str, Any]:
    """The columns by name; JSON comes as text where no model reads it."""
    found = dict(zip(WHOLE, row, strict=True))
    for name in ("fields", "discounts"):
        if isinstance(found[name], str):
            found[name] = json.loads(found[name])
    return found


def present(visits: Iterable[int]) -> dict[int, tuple[Visit, State]]:
    """The same visits as they are. Two statements."""
    ids = sorted(set(visits))
    parts: dict[int, list[Appointment]] = {}
    for part in Appointment.objects.filter(visit_id__in=ids):
        parts.setdefault(part.visit_id, []).append(part)
    found = Visit.objects.in_bulk(ids)
    return {pk: (visit, current(visit, parts.get(pk, []))) for pk, visit in found.items()}


def differing(was: State, became: State) -> dict[Key, tuple[Any, Any]]:
    """(before, after) of every field in which two states of one visit differ, and of the parts that came or went."""
    known = was.values()
    found: dict[Key, tuple[Any, Any]] = {
        (pk, EXISTS): (was.parts.get(pk), became.parts.get(pk))
        for pk in was.parts.keys() ^ became.parts.keys()
    }
    return found | {
        key: (known[key], value)
        for key, value in became.values().items()
        if key in known and known[key] != value
    }


def _same(here: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    """Whether two rows of a part say the same in what can be brought back."""
    return all(here[one] == there[one] for ones in TOGETHER.values() for one in ones)

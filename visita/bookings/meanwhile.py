"""What others did to a visit since somebody read it: changes of other fields both stand, of the same field need a choice.

Versions alone cannot tell: every act raises the one version a visit has. The record says what each act touched.
"""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from django.db import connection

from visita.activity.models import Activity
from visita.bookings import errors, verbs
from visita.bookings.models import Visit
from visita.foundation import scope

Part = Literal["time", "services", "status", "note", "scheme", "answers", "parked", "discounts"]

TOUCHED: dict[str, frozenset[Part]] = {
    verbs.MOVED: frozenset({"time"}),
    verbs.CONFIRMED: frozenset({"status"}),
    verbs.ARRIVED: frozenset({"status"}),
    verbs.COMPLETED: frozenset({"status"}),
    verbs.NO_SHOW: frozenset({"status"}),
    verbs.CANCELLED: frozenset({"status", "time"}),
    verbs.RESTORED: frozenset({"status", "time"}),
    verbs.NOTED: frozenset({"note"}),
    verbs.MARKED: frozenset({"scheme"}),
    verbs.EXCHANGED: frozenset({"time", "services"}),
    verbs.DISCOUNTED: frozenset({"discounts"}),
    verbs.ANSWERED: frozenset({"answers"}),
    verbs.PARKED: frozenset({"parked"}),
    verbs.UNPARKED: frozenset({"parked"}),
}
_COLUMNS: dict[Part, str] = {"status": "status", "note": "note", "scheme": "scheme"}  # compared as they are
_SEEN = """
SELECT activity_id, status, note, scheme, fields FROM bookings_visitevent
WHERE organization_id = %s AND pgh_obj_id = %s AND version = %s ORDER BY pgh_id DESC LIMIT 1"""


Wanted = Mapping[Part, Any]  # what shall be changed, and to which value (None: one that cannot be compared)


def require_apart(visit: Visit, seen: int, wanted: Wanted) -> dict[str, Any]:
    """The visit's columns as they were at version `seen`, which its locked row has left behind.

    Refuses changed_meanwhile where something `wanted` is another now (and not the wanted value already), with `fields`
    (those parts), `by` and `at` of the last who changed them; also where nobody can have seen that version.
    """
    then = state(visit.pk, seen)
    if then is None:
        raise errors.changed_meanwhile(visit.version)
    acts = _acts(visit.pk, then["activity_id"], set(wanted))
    touched = {part for act in acts for part in TOUCHED.get(act.verb, wanted) if part in wanted}
    clashing = sorted(part for part in touched if _clashes(visit, then, part, wanted[part]))
    if clashing:
        raise errors.changed_meanwhile(visit.version, fields=clashing, **_who(acts[-1]))
    return then


def told(visit_id: int, seen: int) -> dict[str, Any]:
    """What was changed since version `seen`: `fields`, and `by` and `at` of the last act; empty where nothing is known."""
    then = state(visit_id, seen)
    if then is None:
        return {}
    acts = _acts(visit_id, then["activity_id"], set(get_args(Part)))
    fields = {part for act in acts for part in TOUCHED.get(act.verb, ())}
    return {"fields": sorted(fields), **_who(acts[-1])} if acts else {}


def state(visit_id: int, version: int) -> dict[str, Any] | None:
    """The columns of a former version, as the history kept them; None where there was none."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [scope.current(), visit_id, version])
        row = cursor.fetchone()
        names = [column.name for column in cursor.description or ()]
    return None if row is None else dict(zip(names, row, strict=True))


def last(visit_id: int, verb: str) -> dict[str, Any]:
    """`by`, `by_kind` and `at` of the newest act of a kind; empty where there was none."""
    act = Activity.objects.filter(object_kind="visit", object_id=visit_id, verb=verb).order_by("-id").first()
    return {} if act is None else _who(act)


def _who(act: Activity) -> dict[str, Any]:
    return {"by": act.actor_label, "by_kind": act.actor_kind, "at": act.at.isoformat()}


def _acts(visit_id: int, since: int | None, wanted: set[Part]) -> list[Activity]:
    """What was done to these parts after an act; the visit's lock keeps their numbers in order."""
    acts = Activity.objects.filter(object_kind="visit", object_id=visit_id, id__gt=since or 0).order_by("id")
    return [act for act in acts if TOUCHED.get(act.verb, wanted) & wanted]


def _clashes(visit: Visit, then: dict[str, Any], part: Part, value: Any) -> bool:
    if part not in _COLUMNS:
        return True
    now = getattr(visit, _COLUMNS[part])
    return bool(now not in (then[_COLUMNS[part]], value))

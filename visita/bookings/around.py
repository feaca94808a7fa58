"""What was changed around the visits of a day since a moment: hours, blocked time, people, services, clients, the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from visita.activity.models import Activity
from visita.bookings.journal import LocalDay
from visita.catalog import verbs as catalog
from visita.clients import verbs as clients
from visita.scheduling import verbs as hours
from visita.tenancy import verbs as tenancy

MOST = 200  # acts told of
_HOURS = (hours.WORKING_TIME_SET, hours.EXCEPTION_SET, hours.EXCEPTION_REMOVED)
_OF: dict[str, tuple[str, ...]] = {
    "resource": (*_HOURS, hours.BLOCKED, hours.UNBLOCKED, hours.RESOURCE_CHANGED, hours.RESOURCE_ADDED),
    "location": (*_HOURS, tenancy.LOCATION_CHANGED),
    "service": (catalog.SERVICE_CHANGED,),
    "client": (clients.CLIENT_CHANGED, clients.CLIENT_MERGED, clients.CLIENT_UNMERGED, clients.CLIENT_ERASED),
}


@dataclass(frozen=True, slots=True)
class Around:
    """Whose changes are asked for: a location's day with its resources, services, clients; `claims` are its blocks."""

    location: int
    when: date
    day: LocalDay
    resources: Iterable[int]
    services: Iterable[int]
    clients: Iterable[int]
    claims: Iterable[int]


def since(around: Around, moment: datetime) -> list[Activity]:
    """What was done since that bears on the day, the latest first. One statement; inside a scope."""
    ids = {
        "resource": around.resources,
        "location": [around.location],
        "service": around.services,
        "client": around.clients,
    }
    each = [
        Activity.objects.filter(
            object_kind=kind, object_id__in=sorted(set(ids[kind])), verb__in=verbs, at__gt=moment
        ).order_by("-id")[: 5 * MOST]
        for kind, verbs in _OF.items()
    ]
    # side by side, for each kind goes by the index of objects; asked for with OR all acts since would be read
    found = each[0].union(*each[1:], all=True).order_by("-id")[: 5 * MOST]
    return [act for act in found if _bears(act, around)][:MOST]


def _bears(act: Activity, around: Around) -> bool:
    """Whether a change of hours is of the day and the place."""
    said: dict[str, Any] = act.payload
    if act.verb in (hours.EXCEPTION_SET, hours.EXCEPTION_REMOVED):
        return said.get("date") == around.when.isoformat() and said.get("location") in (None, around.location)
    if act.verb == hours.WORKING_TIME_SET:
        return bool(said.get("location") == around.location)
    if act.verb == hours.BLOCKED:
        return bool(said["start"] < around.day.e and said["end"] > around.day.s)
    if act.verb == hours.UNBLOCKED:
        return bool(set(said["allocations"]) & set(around.claims))
    return True

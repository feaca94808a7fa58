"""The locks of many visits at once, in the house's order: classes, then resources, each by id, once (decision 18)."""

from collections.abc import Iterable, Sequence

from django.db import connection

from visita.bookings.requests import Item
from visita.bookings.rules import Rules
from visita.foundation import clock, prepared, scope
from visita.scheduling import claims

_SESSIONS = """
SELECT id FROM bookings_session
WHERE organization_id = %s AND location_id = %s AND service_id = ANY(%s) AND s = ANY(%s) AND cancelled_at IS NULL"""
_LOCK = """
SELECT id FROM bookings_session WHERE organization_id = %s AND id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"""


def lock(found: Rules, items: Iterable[Item]) -> None:
    """Everything the items may claim, before the first of them is placed; those who place find it locked already."""
    lock_all([(found, list(items))])


def lock_all(groups: Iterable[tuple[Rules, list[Item]]]) -> None:
    """The same for visits of several services or locations."""
    known = list(groups)
    sessions = sorted({one for found, items in known for one in _sessions(found, items)})
    if sessions:
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [scope.current(), sessions])
    resources = {one for found, items in known for one in _resources(found, items)}
    prepared.ask(claims.lock(resources))


def _sessions(found: Rules, items: Sequence[Item]) -> list[int]:
    classes = [one for one in {item.service_id for item in items} if found.service(one).is_class]
    if not classes:
        return []
    starts = sorted({clock.to_minute(item.start) for item in items})
    with connection.cursor() as cursor:
        cursor.execute(_SESSIONS, [scope.current(), found.location_id, classes, starts])
        return [int(row[0]) for row in cursor.fetchall()]


def _resources(found: Rules, items: Iterable[Item]) -> set[int]:
    wanted: set[int] = set()
    for item in items:
        service = found.service(item.service_id)
        who = [one.resource_id for one in service.who]
        wanted |= {item.resource_id} if item.resource_id is not None else set(who)
        wanted |= {member for group in service.groups for member in group}
    return wanted

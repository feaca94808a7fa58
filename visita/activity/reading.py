"""The log of readings: noted cheaply, read by those who answer for the data. Inside a scope."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Q

from visita.activity.models import Reading
from visita.foundation import clock, scope
from visita.foundation.actor import Actor

_NOTE = """
INSERT INTO activity_reading (organization_id, object_kind, object_id, actor_id, actor_label, ip, hour)
VALUES (%s, %s, %s, %s, %s, %s::inet, %s) ON CONFLICT DO NOTHING"""
MOST = 200


def note(object_kind: str, object_id: int, actor: Actor) -> None:
    """Somebody of the staff looks at the object; the same person in the same hour is one row."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    values: list[Any] = [
        scope.current(),
        object_kind,
        object_id,
        actor.id or 0,
        actor.label[:200],
        actor.ip,
        hour,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, values)


def of(objects: Mapping[str, Iterable[int]]) -> list[Reading]:
    """Who looked at any of these (ids by kind), the latest first."""
    wanted = Q(pk__in=())
    for kind, ids in objects.items():
        wanted |= Q(object_kind=kind, object_id__in=list(ids))
    return list(Reading.objects.filter(wanted).order_by("-hour", "-id")[:MOST])

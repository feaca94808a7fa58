"""Writing the record: one event for each act, in the transaction that acts, and a ring of the doorbell."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from visita.foundation import clock, scope
from visita.foundation.actor import Actor

CHANNEL = "visita"

_INSERT = """
WITH event AS (
  INSERT INTO activity_activity (organization_id, at, verb, object_kind, object_id, actor_kind, actor_id, actor_label,
                                 ip, source, payload)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id)
SELECT id, CASE WHEN %s <> '' THEN pg_notify(%s, %s) END FROM event
"""


def record(
    verb: str,
    object_kind: str,
    object_id: int,
    actor: Actor,
    payload: Mapping[str, Any] | None = None,
    *,
    news: str = "",
) -> int:
    """Write one event in the running scope and return its id (for the `activity_id` of the rows it explains).

    `payload` holds ids and changed fields, never personal values. `news` is rung on the live channel at commit:
    `organization:location:date:version`, nothing else (decision 36).
    """
    row: list[Any] = [
        scope.current(),
        clock.now(),
        verb,
        object_kind,
        object_id,
        actor.kind,
        actor.id,
        actor.label[:200],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT, [*row, actor.ip, actor.source, json.dumps(dict(payload or {})), news, CHANNEL, news]
        )
        return int(cursor.fetchone()[0])

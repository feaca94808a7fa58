"""Writing the record: one event for each act, in the transaction that acts, and a ring of the doorbell."""

import json
from collections.abc import Mapping
from typing import Any

from visita.activity import outbox
from visita.foundation import clock, prepared, scope
from visita.foundation.actor import Actor

CHANNEL = "visita"

# A common table expression that writes the event inside a larger statement; `{id}` is the object's id in SQL
EVENT = """event AS (
  INSERT INTO activity_activity (organization_id, at, verb, object_kind, object_id, actor_kind, actor_id, actor_label,
    ip, source, payload, dispatched_at)
  SELECT %(organization)s, %(now)s, %(verb)s, %(object_kind)s, {id}, %(actor_kind)s, %(actor_id)s::bigint, %(actor_label)s,
    %(ip)s::inet, %(actor_source)s, %(payload)s::jsonb, %(dispatched)s::timestamptz {source} RETURNING id)"""

_INSERT = f"""
WITH {EVENT.format(id="%(object_id)s", source="")}
SELECT id, CASE WHEN %(news)s <> '' THEN pg_notify(%(channel)s, %(news)s) END FROM event
"""


def everywhere() -> str:
    """News for every open screen of the organization: what changed may be on any day, or is the right to look at all."""
    return f"{scope.current()}:0::0"


def event_values(
    verb: str, object_kind: str, actor: Actor, payload: Mapping[str, Any] | None = None, *, heard: bool = True
) -> dict[str, Any]:
    """The named values of `EVENT` in the running scope. What nobody wants to hear of needs no worker to find that out: by its
    verb, or where the writer knows (not `heard`)."""
    now = clock.now()
    return {
        "organization": scope.current(),
        "now": now,
        "dispatched": None if heard and outbox.is_wanted(verb) else now,
        "verb": verb,
        "object_kind": object_kind,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_label": actor.label[:200],
        "ip": actor.ip,
        "actor_source": actor.source,
        "payload": json.dumps(dict(payload or {})),
    }


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
    values = {**event_values(verb, object_kind, actor, payload), "object_id": object_id}
    with prepared.cursor() as cursor:
        cursor.execute(_INSERT, {**values, "news": news, "channel": CHANNEL})
        return int(cursor.fetchone()[0])

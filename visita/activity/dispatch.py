"""From events to errands: each event is claimed once and gives every consumer that wants its verb a turn.

Claimed with SKIP LOCKED, so that workers share the work; never "all above the last id", for ids commit out of order.
"""

from typing import Any, Final

from django.db import connection

from visita.activity import outbox
from visita.foundation import clock
from visita.foundation.scope import scope

AT_ONCE: Final = 500

_DISPATCH = """
WITH taken AS (
  SELECT id, at, verb FROM activity_activity WHERE organization_id = %(o)s AND dispatched_at IS NULL
  ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED),
turns AS (
  INSERT INTO activity_errand (organization_id, event_id, consumer, recipient, channel, payload, made_at, due_at, attempts,
    dead, error)
  SELECT %(o)s, t.id, c.name, '', '', '{}', %(now)s, t.at + c.delay * interval '1 second', 0, false, ''
  FROM taken t JOIN unnest(%(names)s::text[], %(verbs)s::text[], %(delays)s::float[], %(within)s::float[])
    AS c(name, verb, delay, within) ON c.verb = t.verb AND t.at > %(now)s - c.within * interval '1 second'
  ON CONFLICT ON CONSTRAINT errand_once DO NOTHING)
UPDATE activity_activity a SET dispatched_at = %(now)s FROM taken
WHERE a.organization_id = %(o)s AND a.id = taken.id"""


def dispatch(organization_id: int) -> int:
    """Claim the organization's oldest waiting events in one transaction; how many there were."""
    pairs = [(each, verb) for each in outbox.CONSUMERS.values() for verb in sorted(each.verbs)]
    values: dict[str, Any] = {
        "o": organization_id,
        "now": clock.now(),
        "most": AT_ONCE,
        "names": [each.name for each, _ in pairs],
        "verbs": [verb for _, verb in pairs],
        "delays": [each.delay.total_seconds() for each, _ in pairs],
        "within": [each.within.total_seconds() for each, _ in pairs],
    }
    with scope(organization_id, durable=True), connection.cursor() as cursor:
        cursor.execute(_DISPATCH, values)
        return int(cursor.rowcount)

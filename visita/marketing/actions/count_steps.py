"""Count that a visitor reached steps of booking."""

from collections.abc import Iterable

from visita.foundation import clock, prepared, scope
from visita.foundation.action import Action
from visita.marketing.funnel import Visitor

_COUNT = """
INSERT INTO marketing_funnelstep (organization_id, day, step, door, language, device, channel, count)
SELECT %s, (%s::timestamptz AT TIME ZONE zone)::date, step, %s, %s, %s, %s, 1
FROM tenancy_organization, unnest(%s::text[]) AS step WHERE id = %s ORDER BY step
ON CONFLICT ON CONSTRAINT funnel_once DO UPDATE SET count = marketing_funnelstep.count + 1
"""


@Action
def count_steps(steps: Iterable[str], visitor: Visitor) -> None:
    """One statement, and no activity event: a sum is nobody's deed. Call it when everything else has committed."""
    organization = scope.current()
    who = [visitor.door, visitor.language[:8], visitor.device, visitor.channel]
    with prepared.cursor() as cursor:
        cursor.execute(_COUNT, [organization, clock.now(), *who, list(steps), organization])

"""Give blocked time back."""

from collections.abc import Sequence

from visita.activity.record import record
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import verbs
from visita.scheduling.errors import not_found
from visita.scheduling.models import Allocation
from visita.scheduling.models.allocation import AllocationKind
from visita.scheduling.ringing import news, only_day
from visita.tenancy import queries as tenancy


@Action
def unblock(allocation_ids: Sequence[int], *, actor: Actor) -> None:
    """The claims of a block end (the rows stay). Refuses not_found when one is no living block; then none ends."""
    living = Allocation.objects.select_for_update(no_key=True).filter(
        pk__in=allocation_ids, kind=AllocationKind.BLOCK, live=True
    )
    rows = list(living.order_by("id"))
    if not rows or len(rows) != len(set(allocation_ids)):
        raise not_found()
    first = rows[0]
    start, end = (clock.from_minute(minute) for minute in (first.s, max(row.e for row in rows)))
    day = only_day(start, end, tenancy.location(first.location_id).zone)
    payload = {"allocations": [row.pk for row in rows]}
    event = record(
        verbs.UNBLOCKED, "resource", first.resource_id, actor, payload, news=news(first.location_id, day)
    )
    Allocation.objects.filter(pk__in=[row.pk for row in rows]).update(live=False, activity_id=event)

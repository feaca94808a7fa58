"""Notice when few of the codes that are sent get typed in: then programs ask for them, and somebody pays (S7)."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from visita.activity.models import Activity
from visita.activity.record import record
from visita.clients.models import OneTimeCode
from visita.foundation import clock, scope
from visita.foundation.action import Action
from visita.foundation.actor import SYSTEM
from visita.messaging import verbs
from visita.messaging.models import Delivery, DeliveryState

SPAN: Final = timedelta(hours=1)
FAIR: Final = timedelta(minutes=3)  # a code that young may still be on its way
LEAST, SHARE = 20, 20  # codes to judge by, and the percentage of them that people type in at least
_log = logging.getLogger("visita.messaging")


@Action
def watch_codes() -> bool:
    """Whether too few of the last hour's codes were typed in; an event and a line in the log, once an hour."""
    since, until = clock.now() - SPAN, clock.now() - FAIR
    codes = OneTimeCode.objects.filter(created__gt=since, created__lte=until)
    count = _sent(since, until).filter(purpose__in=codes.values("purpose")).count()
    if count < LEAST:
        return False
    used = codes.exclude(used_at=None).count()
    if used * 100 >= count * SHARE:
        return False
    if not recent():
        record(verbs.CODES_UNUSED, "organization", scope.current(), SYSTEM, {"sent": count, "used": used})
        _log.warning(
            "organization %s: of %s codes sent in an hour %s were typed in", scope.current(), count, used
        )
    return True


def _sent(since: datetime, until: datetime) -> QuerySet[Delivery]:
    """What left. A code for a contact that nobody has is made too, and withheld: nobody can type that in."""
    kept = (DeliveryState.WITHHELD, DeliveryState.FAILED)
    return Delivery.objects.filter(at__gt=since, at__lte=until).exclude(state__in=kept)


def recent(span: timedelta = SPAN) -> Activity | None:
    """The last such event within a span; inside a scope."""
    events = Activity.objects.filter(
        object_kind="organization",
        object_id=scope.current(),
        verb=verbs.CODES_UNUSED,
        at__gt=clock.now() - span,
    )
    return events.order_by("-id").first()

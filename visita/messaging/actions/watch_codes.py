"""Notice when few of the codes that are sent get typed in: then programs ask for them, and somebody pays (S7)."""

import logging
from datetime import timedelta
from typing import Final

from visita.activity.models import Activity
from visita.activity.record import record
from visita.clients.models import OneTimeCode
from visita.foundation import clock, scope
from visita.foundation.action import Action
from visita.foundation.actor import SYSTEM
from visita.messaging import verbs

SPAN: Final = timedelta(hours=1)
FAIR: Final = timedelta(minutes=3)  # a code that young may still be on its way
LEAST, SHARE = 20, 20  # codes to judge by, and the percentage of them that people type in at least
_log = logging.getLogger("visita.messaging")


@Action
def watch_codes() -> bool:
    """Whether too few of the last hour's codes were typed in; an event and a line in the log, once an hour."""
    now = clock.now()
    sent = OneTimeCode.objects.filter(created__gt=now - SPAN, created__lte=now - FAIR)
    count = sent.count()
    if count < LEAST:
        return False
    used = sent.exclude(used_at=None).count()
    if used * 100 >= count * SHARE:
        return False
    if not recent():
        record(verbs.CODES_UNUSED, "organization", scope.current(), SYSTEM, {"sent": count, "used": used})
        _log.warning(
            "organization %s: of %s codes sent in an hour %s were typed in", scope.current(), count, used
        )
    return True


def recent(span: timedelta = SPAN) -> Activity | None:
    """The last such event within a span; inside a scope."""
    events = Activity.objects.filter(
        object_kind="organization",
        object_id=scope.current(),
        verb=verbs.CODES_UNUSED,
        at__gt=clock.now() - span,
    )
    return events.order_by("-id").first()

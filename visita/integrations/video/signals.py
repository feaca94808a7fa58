"""Passing messages between the two browsers of an open room, in the order they were said."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.integrations.video.models import Side, Signal

LIVES = timedelta(minutes=10)
MOST = 400  # messages of one visit in ten minutes; a call with its reconnections says about sixty
AT_ONCE = 40


def exchange(visit_id: int, side: Side, said: Sequence[Any], after: int) -> list[dict[str, Any]]:
    """Keep what this side says, and give what the other said after message `after`: [{"id", "body"}].

    Refuses slow_down when a side says more than any call needs.
    """
    of_visit = Signal.objects.filter(visit_id=visit_id)
    if said:
        of_visit.filter(at__lt=clock.now() - LIVES).delete()
        if of_visit.count() + len(said) > MOST:
            raise Refusal(
                "slow_down",
                429,
                _("Too much was sent at once. Wait a minute and join again."),
                retry_after=60,
            )
        Signal.objects.bulk_create(Signal(visit_id=visit_id, side=side, body=body) for body in said)
    others = of_visit.exclude(side=side).filter(pk__gt=after, at__gte=clock.now() - LIVES).order_by("pk")
    return [{"id": row.pk, "body": row.body} for row in others[:AT_ONCE]]

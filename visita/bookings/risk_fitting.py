"""Once a day every organization's figures of missed visits are counted anew, by the worker."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from visita.activity import outbox
from visita.activity.outbox import Sweep
from visita.bookings.actions.fit_risk import fit_risk
from visita.tenancy.models import Organization
from visita.tenancy.queries import ACTIVE


def register() -> None:
    """At the start of every process that may do it."""
    outbox.sweep(Sweep("risk.fit", timedelta(days=1), _all, fit_risk))


def _all(_now: datetime) -> Sequence[int]:
    return list(Organization.objects.filter(status=ACTIVE).order_by("id").values_list("id", flat=True))

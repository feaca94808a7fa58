"""What the demo notes about itself in the record, so that a second start knows what is done."""

from datetime import date

from visita.activity.models import Activity
from visita.activity.record import record
from visita.foundation import scope
from visita.foundation.actor import SYSTEM

FOUNDED = "demo.founded"
FILLED = "demo.filled"
DENSE = "demo.thickened"


def note(verb: str, day: date | None = None) -> None:
    """Write the mark in the running scope, with the work it stands for."""
    payload = {"date": day.isoformat()} if day else {}
    record(verb, "organization", scope.current(), SYSTEM, payload)


def dates(verb: str) -> set[str]:
    """The dates marked so far, as ISO text."""
    notes = Activity.objects.filter(object_kind="organization", object_id=scope.current(), verb=verb)
    return {str(payload.get("date")) for payload in notes.values_list("payload", flat=True)}

"""Errands that were given up: what they were about, for people to look at, and trying them once more. In a scope."""

from dataclasses import dataclass
from datetime import datetime

from visita.activity.models import Activity, Errand
from visita.foundation import clock
from visita.foundation.action import Action

MOST = 100


@dataclass(frozen=True, slots=True)
class Dead:
    """`consumer` and `verb` are the record's names, `error` the last failure's, `at` when it was given up."""

    id: int
    consumer: str
    verb: str
    error: str
    attempts: int
    at: datetime | None


def dead() -> list[Dead]:
    """The newest first."""
    rows = list(Errand.objects.filter(dead=True).order_by("-id")[:MOST])
    verbs = dict(Activity.objects.filter(pk__in=[row.event_id for row in rows]).values_list("id", "verb"))
    return [
        Dead(row.pk, row.consumer, verbs.get(row.event_id, ""), row.error, row.attempts, row.done_at)
        for row in rows
    ]


def how_many() -> int:
    """How many were given up."""
    return Errand.objects.filter(dead=True).count()


@Action
def try_again(errand_id: int | None) -> int:
    """Make one of them (None: all) due at once, with all its attempts before it; how many."""
    found = Errand.objects.filter(dead=True)
    if errand_id is not None:
        found = found.filter(pk=errand_id)
    return found.update(dead=False, done_at=None, due_at=clock.now(), attempts=0, error="")

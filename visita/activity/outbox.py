"""The register of consumers: who wants to hear of which events, and what they do about them.

Upper packages register theirs when their app is ready. A consumer's work has two halves. `expand` runs inside the
organization's scope, in the transaction that notes it as done: it says whom the event concerns, exactly once. `carry`
runs outside any transaction, once for each errand `expand` gave; a worker killed in the middle lets it run again, so it
must recognise by `errand.key` what it did before.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from visita.foundation import clock, scope


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the record."""

    id: int
    at: datetime
    verb: str
    object_kind: str
    object_id: int
    actor_kind: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An errand as `expand` asks for it: unique by recipient and channel. `due` None is at once."""

    recipient: str
    channel: str
    payload: dict[str, Any] = field(default_factory=dict)
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """An errand to carry out. `attempt` counts from 1; above it somebody may have done a part of it before."""

    id: int
    organization_id: int
    consumer: str
    recipient: str
    channel: str
    payload: dict[str, Any]
    attempt: int
    event: Event

    @property
    def key(self) -> str:
        """The same at every attempt, unlike any other errand's: what a provider can tell a double by."""
        return f"{self.event.id}:{self.consumer}:{self.recipient}:{self.channel}"[:64]


def _nobody(_event: Event) -> Iterable[Wanted]:
    return ()


def _nothing(_errand: Errand) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Consumer:
    """Hears of `verbs`; is asked `delay` after the event (time for an undo), and not at all later than `within`.

    A consumer without verbs only carries what is put in its hands by `later`.
    """

    name: str
    verbs: frozenset[str] = frozenset()
    expand: Callable[[Event], Iterable[Wanted]] = _nobody
    carry: Callable[[Errand], None] = _nothing
    delay: timedelta = timedelta(0)
    within: timedelta = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something to look after now and then, without an event: `organizations` says where, `act` does it for one.

    Every worker does it; it must not matter how often.
    """

    name: str
    every: timedelta
    organizations: Callable[[datetime], Sequence[int]]
    act: Callable[[int], object]


CONSUMERS: Final[dict[str, Consumer]] = {}
SWEEPS: Final[dict[str, Sweep]] = {}

_LATER = """
INSERT INTO activity_errand (organization_id, event_id, consumer, recipient, channel, payload, made_at, due_at,
  attempts, dead, error)
SELECT %(o)s, %(event)s, %(consumer)s, w.recipient, w.channel, w.payload, %(now)s, coalesce(w.due, %(now)s), 0, false, ''
FROM jsonb_to_recordset(%(wanted)s::jsonb) AS w(recipient text, channel text, payload jsonb, due timestamptz)
ON CONFLICT ON CONSTRAINT errand_once DO NOTHING"""


def register(consumer: Consumer) -> None:
    """Add a consumer; a second one of the same name is a mistake."""
    if consumer.name in CONSUMERS:
        raise ValueError(f"there is a consumer {consumer.name!r} already")
    CONSUMERS[consumer.name] = consumer


def is_wanted(verb: str) -> bool:
    """Whether any consumer hears of it."""
    return any(verb in consumer.verbs for consumer in CONSUMERS.values())


def sweep(job: Sweep) -> None:
    """Add something that is looked after now and then."""
    SWEEPS[job.name] = job


def later(event_id: int, consumer: str, *wanted: Wanted) -> None:
    """Put errands into a consumer's hands, in the running transaction: what must happen at a time, or at once.

    `event_id` is the event it follows from; the same recipient and channel is asked for once only.
    """
    rows = [
        {"recipient": one.recipient, "channel": one.channel, "payload": one.payload, "due": _text(one.due)}
        for one in wanted
    ]
    values: dict[str, Any] = {"o": scope.current(), "event": event_id, "consumer": consumer}
    with connection.cursor() as cursor:
        cursor.execute(_LATER, {**values, "now": clock.now(), "wanted": json.dumps(rows)})


def _text(due: datetime | None) -> str | None:
    return due.isoformat() if due else None

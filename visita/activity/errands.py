"""Doing errands: one at a time, claimed so that no two workers have the same, tried again with growing pauses.

A consumer's turn (`expand`) is one transaction together with the note that it is done. What is carried out is claimed
for a while and committed before it begins, because it speaks to the world outside; it comes due again if nobody says
how it went.
"""

import json
import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import InterfaceError, OperationalError, connection

from visita.activity import outbox
from visita.activity.outbox import Errand, Event
from visita.foundation import clock
from visita.foundation.scope import scope

LEASE: Final = timedelta(
    seconds=90
)  # longer than any adapter may take; what is stuck moves again within two minutes
ATTEMPTS: Final = 8  # then it is given up, some three hours after the first
_FIRST_PAUSE: Final = 5.0  # seconds; each next is three times as long, an hour at most
_log = logging.getLogger("visita.worker")

_NEXT = """
SELECT d.id, d.consumer, d.recipient, d.channel, d.payload, d.attempts, a.id, a.at, a.verb, a.object_kind, a.object_id,
  a.actor_kind, a.payload
FROM activity_errand d JOIN activity_activity a ON a.organization_id = d.organization_id AND a.id = d.event_id
WHERE d.organization_id = %s AND d.done_at IS NULL AND d.due_at <= %s
ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED"""
_CLAIM = "UPDATE activity_errand SET attempts = attempts + 1, due_at = %s WHERE id = %s"
_DONE = """
UPDATE activity_errand SET done_at = %s, error = '' WHERE organization_id = %s AND id = %s AND attempts = %s
  AND done_at IS NULL"""
_FAILED = """
UPDATE activity_errand SET attempts = %(attempt)s, error = %(error)s, due_at = %(due)s, dead = %(dead)s,
  done_at = CASE WHEN %(dead)s THEN %(now)s END
WHERE organization_id = %(o)s AND id = %(id)s AND done_at IS NULL AND attempts <= %(attempt)s"""


def perform(organization_id: int, most: int, stop: Callable[[], bool] = lambda: False) -> int:
    """Do the organization's due errands, at most so many and none after `stop` says so; how many were tried."""
    for done in range(most):
        if stop() or not _one(organization_id):
            return done
    return most


def _one(organization_id: int) -> bool:
    """Do the errand that is due longest; False where there is none that nobody else has."""
    claimed: list[Errand] = []
    try:
        with scope(organization_id, durable=True):
            found = _next(organization_id)
            if found is None:
                return False
            claimed.append(found)
            if not _is_turn(found):
                _claim(found)
            else:
                _expand(found)
    except (OperationalError, InterfaceError):
        raise  # the database's own trouble is nobody's failed attempt
    except Exception as error:  # whatever a consumer raises, the errand must not be lost
        if not claimed:
            raise
        fail(claimed[0], error)
        return True
    if not _is_turn(found):
        _carry(found)
    return True


def _is_turn(errand: Errand) -> bool:
    return errand.recipient == errand.channel == ""


def _next(organization_id: int) -> Errand | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [organization_id, clock.now()])
        row = cursor.fetchone()
    if row is None:
        return None
    told = (*row[6:12], _read(row[12]))
    id, consumer, recipient, channel, payload, attempts = row[:6]
    return Errand(
        id, organization_id, consumer, recipient, channel, _read(payload), attempts + 1, Event(*told)
    )


def _read(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found


def _expand(errand: Errand) -> None:
    """The consumer's turn, its wishes, and that it had it: one transaction."""
    consumer = outbox.CONSUMERS[errand.consumer]
    outbox.later(errand.event.id, errand.consumer, *consumer.expand(errand.event))
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [clock.now(), errand.organization_id, errand.id, errand.attempt - 1])


def _claim(errand: Errand) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [clock.now() + LEASE, errand.id])


def _carry(errand: Errand) -> None:
    if errand.attempt > ATTEMPTS:  # whoever carried it died each time
        fail(errand, RuntimeError("its worker died in the middle"))
        return
    try:
        outbox.CONSUMERS[errand.consumer].carry(errand)
    except Exception as error:  # noqa: BLE001 - as above; here the database's trouble may have come half way
        fail(errand, error)
        return
    with scope(errand.organization_id, durable=True), connection.cursor() as cursor:
        cursor.execute(_DONE, [clock.now(), errand.organization_id, errand.id, errand.attempt])


def fail(errand: Errand, error: Exception) -> None:
    """Note a failed attempt: another follows after a pause, or the errand is given up for people to look at."""
    dead = errand.attempt >= ATTEMPTS or (
        isinstance(error, KeyError) and errand.consumer not in outbox.CONSUMERS
    )
    said = f"{type(error).__name__}: {error}"[:200].replace("\x00", "").encode("utf-8", "replace").decode()
    _log.log(
        logging.ERROR if dead else logging.WARNING,
        "errand %s (%s) failed: %s",
        errand.id,
        errand.consumer,
        said,
    )
    values: dict[str, Any] = {
        "o": errand.organization_id,
        "id": errand.id,
        "attempt": errand.attempt,
        "error": said,
        "dead": dead,
    }
    due = _after(errand.attempt)
    with scope(errand.organization_id, durable=True), connection.cursor() as cursor:
        cursor.execute(_FAILED, {**values, "due": due, "now": clock.now()})


def _after(attempt: int) -> datetime:
    """When the next attempt is due; never two of a kind at one moment."""
    pause = min(_FIRST_PAUSE * 3 ** (attempt - 1), 3600.0) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    return clock.now() + timedelta(seconds=pause)

"""Answering twice with one effect: the answer to a request is kept beside its effect, under the caller's key.

Three steps, all inside the action's own transaction (reliability, C.4): `replay` first, then the effect, then
`store`. A second request of the same key that arrives meanwhile is told to wait; one that arrives later gets the
kept bytes; one that asks for something else is refused. Refusals are not kept: they had no effect.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from visita.activity.models import IdempotencyKey
from visita.activity.sealed import Unreadable, seal, unseal
from visita.foundation import clock, prepared, scope
from visita.foundation.errors import Refusal
from visita.foundation.insisting import broken
from visita.foundation.prepared import Question, Rows

KEPT = timedelta(hours=72)

# The lock is asked in the same statement as the row. A writer that commits between this statement's snapshot and
# its lock is not seen here, and stopped by the unique constraint in `store`.
_LOOK = """
SELECT one.free, k.request_hash, k.status, k.body FROM (SELECT pg_try_advisory_xact_lock(%s) AS free OFFSET 0) AS one
LEFT JOIN activity_idempotencykey k ON k.organization_id = %s AND k.principal = %s AND k.route = %s AND k.key = %s
  AND k.created > %s
"""

IN_FLIGHT = "key_in_flight"  # what the look insists on where more was asked behind it
_INSIST = _LOOK.replace(
    "one.free,",
    f"CASE WHEN NOT one.free AND k.request_hash IS NULL THEN {broken(IN_FLIGHT)} ELSE one.free END,",
)

_STORE = """
INSERT INTO activity_idempotencykey AS k (organization_id, principal, route, key, request_hash, status, body, created)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT ON CONSTRAINT idempotency_once DO UPDATE
  SET request_hash = CASE WHEN k.created <= %s THEN excluded.request_hash END, status = excluded.status,
    body = excluded.body, created = excluded.created
"""


@dataclass(frozen=True, slots=True)
class Idempotency:
    """Who sends which request: `principal` and `route` ≤ 80 characters, `key` ≤ 255, `request_hash` of what it asks."""

    principal: str
    route: str
    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer given before, to be sent again byte for byte."""

    status: int
    body: bytes


def replay(idempotency: Idempotency) -> StoredAnswer | None:
    """The answer already given to this request, if any; the key is then ours until the transaction ends.

    Refuses 409 `in_flight` (with `retry_after`) while another transaction works under the key, 422 `key_reused`
    where the key was used for a different request.
    """
    return prepared.ask(_question(_LOOK, idempotency))


def question(idempotency: Idempotency) -> Question[StoredAnswer | None]:
    """`replay` for a caller that asks more in the same round trip: where it would refuse `in_flight`, the statement raises an
    IntegrityError named IN_FLIGHT, so that nothing behind it waits for what the other transaction has locked."""
    return _question(_INSIST, idempotency)


def _question(query: str, idempotency: Idempotency) -> Question[StoredAnswer | None]:

    def read(rows: Rows) -> StoredAnswer | None:
        free, request_hash, status, body = rows[0]
        if request_hash is not None and request_hash != idempotency.request_hash:
            raise key_reused()
        if request_hash is not None:
            return StoredAnswer(status, _opened(body, idempotency))
        if not free:
            raise in_flight()
        return None

    names = [scope.current(), *_names(idempotency)]
    return Question(query, [_lock(idempotency), *names, clock.now() - KEPT], read)


def store(idempotency: Idempotency, status: int, body: bytes) -> None:
    """Keep a success for 72 hours, in the effect's transaction: it travels with the commit.

    If somebody was faster that commit fails with an IntegrityError that `is_doubled` knows.
    """
    now = clock.now()
    sealed = seal(body, _bound(idempotency))
    names: list[str | int] = [scope.current(), *_names(idempotency), idempotency.request_hash]
    prepared.ahead(_STORE, [*names, status, sealed, now, now - KEPT], alone=False)


def kept(organization_id: int, idempotency: Idempotency, act: Callable[[], StoredAnswer]) -> StoredAnswer:
    """What `act` answers, or answered before; its effect and the kept answer are one commit.

    For actions that keep no answer themselves: their own scopes become parts of this one. What `act` raises takes back
    whatever it did.
    """
    try:
        with scope.scope(organization_id, durable=True), scope.joined():
            stored = replay(idempotency)
            if stored is None:
                stored = act()
                store(idempotency, stored.status, stored.body)
            return stored
    except IntegrityError as error:
        if not is_doubled(error):
            raise
    with scope.scope(organization_id):
        stored = replay(idempotency)
    if stored is None:
        raise in_flight()
    return stored


def is_doubled(error: IntegrityError) -> bool:
    """Whether what failed was `store`, because another transaction kept an answer under the same key meanwhile."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "table_name", None) == IdempotencyKey._meta.db_table


def in_flight() -> Refusal:
    """409: the first request of this key is still being worked on."""
    text = _("The same request is just being worked on. Ask again in a moment with the same key.")
    return Refusal("in_flight", 409, text, retry_after=1)


def key_reused() -> Refusal:
    """422: the key belongs to another request."""
    text = _("This Idempotency-Key was used for a different request. Use a new key for a new request.")
    return Refusal("key_reused", 422, text, field="Idempotency-Key")


def _names(idempotency: Idempotency) -> tuple[str, str, str]:
    return idempotency.principal, idempotency.route, idempotency.key


def _bound(idempotency: Idempotency) -> bytes:
    """What a sealed body is tied to, so that it cannot be read under another key or organization."""
    return "\x1f".join((str(scope.current()), *_names(idempotency))).encode()


def _lock(idempotency: Idempotency) -> int:
    digest = hashlib.blake2b(b"idempotency\x1f" + _bound(idempotency), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _opened(body: bytes, idempotency: Idempotency) -> bytes:
    try:
        return unseal(bytes(body), _bound(idempotency))
    except Unreadable:  # the install's secret key was replaced since: the answer is lost, the effect is not
        raise key_reused() from None

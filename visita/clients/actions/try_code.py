"""Try a one-time code: the try is counted and committed before anything is compared."""

from django.db import connection

from visita.clients import codes, errors, patience
from visita.clients.contacts import Contact
from visita.clients.models import OneTimeCode
from visita.foundation import clock, ids, scope

_TAKE = """
UPDATE clients_onetimecode SET attempts = attempts - 1
WHERE organization_id = %s AND purpose = %s AND contact = %s AND challenge = %s AND attempts > 0 AND used_at IS NULL
  AND expires_at > %s RETURNING id, digest, attempts"""


def try_code(organization_id: int, contact: Contact, purpose: str, challenge: str, typed: str) -> None:
    """Returns when the code is right, and uses it up. Refuses code_wrong (with `left`), code_expired, too_many_tries.

    Three short transactions: a try that dies half-way has counted, and of two right ones at once one is used.
    """
    bound = ids.digest(challenge)
    with scope.scope(organization_id, durable=True):
        _require_patience(contact)
        taken = _take(contact, purpose, bound)
    if taken is None:
        with scope.scope(organization_id):
            raise _why_not(contact, purpose, bound)
    pk, digest, left = taken
    with scope.scope(organization_id, durable=True):
        right = codes.equal(digest, codes.digest(codes.typed(typed), bound))
        if right and _use(pk, digest):
            patience.forget(contact.key)
            return
        if not right:
            patience.count_wrong(contact.key)
    raise errors.code_wrong(left) if not right else errors.code_expired()


def _require_patience(contact: Contact) -> None:
    until = patience.over(contact.key)
    if until:
        raise errors.too_many_tries(until)


def _take(contact: Contact, purpose: str, bound: str) -> tuple[int, str, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [scope.current(), purpose, contact.key, bound, clock.now()])
        row = cursor.fetchone()
    return (row[0], row[1], row[2]) if row else None


def _why_not(contact: Contact, purpose: str, bound: str) -> Exception:
    now = clock.now()
    spent = OneTimeCode.objects.filter(
        purpose=purpose, contact=contact.key, challenge=bound, attempts=0, used_at=None, expires_at__gt=now
    ).first()
    return errors.too_many_tries(spent.expires_at) if spent else errors.code_expired()


def _use(pk: int, digest: str) -> bool:
    mine = OneTimeCode.objects.filter(pk=pk, digest=digest, used_at=None)
    return mine.update(used_at=clock.now()) == 1

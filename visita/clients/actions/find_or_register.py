"""The client these details belong to, registered if nobody fits: what every booking by a client does."""

import hashlib

from django.db import DEFAULT_DB_ALIAS

from visita.clients import policies
from visita.clients.details import Checked, Details
from visita.clients.matching import name_key
from visita.clients.models import Client
from visita.clients.storing import insert
from visita.foundation import prepared, scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import queries

_COLUMNS = [field.attname for field in Client._meta.concrete_fields]

# By hand, since every booking asks it; an empty phone, email or external id is nobody's.
_CANDIDATES = f"""
SELECT {", ".join(_COLUMNS)} FROM clients_client
WHERE organization_id = %(o)s AND archived_at IS NULL AND (phone_e164 = nullif(%(phone)s, '')
  OR email = nullif(%(email)s, '') OR (source = %(source)s AND external_id = nullif(%(external)s, '')))"""


@Action
def find_or_register(
    details: Details, *, actor: Actor, country: str | None = None, lenient: bool = False
) -> Client:
    """The same first and last name (folded) and the same phone or email is the same client; never overwrites.

    Nobody or several fitting gives a new record. With `external_id` the imported record of that id is taken.
    """
    checked = details.checked(country or queries.profile().country, lenient=lenient)
    _one_at_a_time(checked)
    if found := _found(checked):
        return found
    return insert(checked, actor)


def _one_at_a_time(checked: Checked) -> None:
    """Two bookings of one new person at the same moment must not make two records: the second waits here.

    The lock is by name, because either of phone and email may be what they share. It is taken first of all, before
    any row lock, and by nobody else.
    """
    name = name_key(checked.details.first_name, checked.details.last_name)
    digest = hashlib.blake2b(f"client|{scope.current()}|{name}".encode(), digest_size=8).digest()
    with prepared.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, "big", signed=True)])


def _found(checked: Checked) -> Client | None:
    details = checked.details
    values: dict[str, str | int] = {"o": scope.current(), "phone": checked.phone.e164, "email": details.email,
              "source": details.source, "external": details.external_id or ""}  # fmt: skip
    with prepared.cursor() as cursor:
        cursor.execute(_CANDIDATES, values)
        candidates = [Client.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row) for row in cursor.fetchall()]
    for client in candidates:
        if (
            details.external_id
            and client.external_id == details.external_id
            and client.source == details.source
        ):
            return client
    return None if details.external_id else policies.the_same(candidates, checked)

"""Locking the client somebody turned out to be, and keeping what they said otherwise, in one statement.

It costs what registering a new client costs, so that no answer's time tells whether a record existed. A record that
was merged since it was read leads to its survivor: what is written under this lock can never be left behind.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

from visita.activity.record import EVENT, event_values
from visita.clients import verbs
from visita.clients.details import Checked
from visita.clients.models import Client
from visita.foundation import prepared
from visita.foundation.actor import Actor
from visita.foundation.insisting import broken

GONE = "client_present"  # what `meet_ahead` insists on
COLUMNS = [field.attname for field in Client._meta.concrete_fields]

_MEET = f"""
WITH met AS MATERIALIZED (SELECT {", ".join(COLUMNS)} FROM clients_client
  WHERE organization_id = %(organization)s AND id = %(client)s FOR NO KEY UPDATE),
said AS (
  SELECT 'phone' AS field, %(phone)s::text AS value FROM met WHERE archived_at IS NULL AND %(phone)s::text <> ''
    AND CASE WHEN %(e164)s::text = '' THEN met.phone <> %(phone)s::text ELSE met.phone_e164 <> %(e164)s::text END
  UNION ALL
  SELECT 'email', %(email)s::text FROM met WHERE archived_at IS NULL AND %(email)s::text <> ''
    AND met.email <> %(email)s::text),
{EVENT.format(id="%(client)s::bigint", source="WHERE EXISTS (SELECT 1 FROM said)")},
kept AS (
  INSERT INTO clients_difference (organization_id, client_id, field, value, made, settled, activity_id)
  SELECT %(organization)s, %(client)s::bigint, said.field, said.value, %(now)s, '', event.id FROM said, event
  ON CONFLICT ON CONSTRAINT difference_once DO UPDATE SET settled = '', made = excluded.made
    WHERE clients_difference.settled = 'accepted')
"""
_READ = f"{_MEET} SELECT {', '.join(COLUMNS)} FROM met"
_INSIST = (
    f"{_MEET} SELECT CASE WHEN NOT EXISTS (SELECT FROM met WHERE archived_at IS NULL) THEN {broken(GONE)} END"
)


def meet(client_id: int, checked: Checked, actor: Actor) -> Client | None:
    """The living client behind a record, locked until the transaction ends; None where it was archived for good.

    A program importing old rows brings old phones: what it says is no difference.
    """
    values = _said(checked, actor)
    wanted: int | None = client_id
    while wanted is not None:
        with prepared.cursor() as cursor:
            cursor.execute(_READ, {**values, "client": wanted})
            row = cursor.fetchone()
        met = Client.from_db(DEFAULT_DB_ALIAS, COLUMNS, row) if row else None
        if met is None or met.archived_at is None:
            return met
        wanted = met.merged_into_id
    return None


def meet_ahead(client_id: int, checked: Checked, actor: Actor) -> None:
    """The same without waiting. Where the record was archived or merged since it was read, whatever comes next raises an
    IntegrityError named GONE: the transaction must be run again, and finds who it is now."""
    prepared.ahead(_INSIST, {**_said(checked, actor), "client": client_id})


def _said(checked: Checked, actor: Actor) -> dict[str, Any]:
    said = actor.kind != "import"
    return {
        **event_values(verbs.CLIENT_DIFFERS, "client", actor),
        "phone": checked.phone.typed if said else "",
        "e164": checked.phone.e164,
        "email": checked.details.email if said else "",
    }

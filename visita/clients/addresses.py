"""An address that was said with a booking: kept for a new client, a difference for staff at a known one. In a scope.

Both take two statements, so that nobody learns from the time whether the client was known.
"""

from typing import Any

from django.db import connection

from visita.activity.record import record
from visita.clients import verbs
from visita.clients.matching import address_key
from visita.clients.models import Client, PersonalData
from visita.foundation import clock, scope
from visita.foundation.actor import Actor

_DIFFERS = """
INSERT INTO clients_difference (organization_id, client_id, field, value, made, settled, activity_id)
SELECT %(o)s, %(client)s, 'address', %(value)s, %(now)s, '', %(event)s WHERE %(differs)s
ON CONFLICT ON CONSTRAINT difference_once DO UPDATE SET settled = '', made = excluded.made
  WHERE clients_difference.settled = 'accepted'"""


def of(client_id: int) -> str:
    """The address on record; empty for none."""
    return PersonalData.objects.filter(client_id=client_id).values_list("address", flat=True).first() or ""


def said(client: Client, address: str, actor: Actor, *, known: bool) -> None:
    """Somebody who was recognised (`known`), or is new, gave this address. An import's is no difference."""
    if not known:
        event = record(verbs.PERSONAL_DATA_SET, "client", client.pk, actor, {"fields": ["address"]})
        PersonalData.objects.create(client_id=client.pk, address=address, activity_id=event)
        return
    kept = of(client.pk)
    same = (address_key(address) or address) == (address_key(kept) or kept)
    values: dict[str, Any] = {
        "o": scope.current(),
        "client": client.pk,
        "value": address[:254],
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        differs = not same and actor.kind != "import"
        cursor.execute(_DIFFERS, {**values, "event": client.activity_id, "differs": differs})


def accept(client: Client, address: str, event: int) -> None:
    """The record takes it; the caller writes the client's search keys."""
    row = PersonalData.objects.filter(client_id=client.pk).first() or PersonalData(client_id=client.pk)
    row.address, row.activity_id = address, event
    row.save()

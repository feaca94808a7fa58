"""Writing a client's row and its search keys together; used by the actions of this package only."""

from collections.abc import Sequence

from django.db import connection

from visita.activity.record import EVENT, event_values
from visita.clients import verbs
from visita.clients.details import Checked
from visita.clients.matching import search_keys
from visita.clients.models import Client, PersonalData, SearchKey
from visita.foundation import prepared, scope
from visita.foundation.actor import Actor

_INSERT = f"""
WITH ids AS MATERIALIZED (SELECT coalesce(%(id)s::bigint, nextval('clients_client_id_seq')) AS client),
{EVENT.format(id="ids.client", source="FROM ids")},
client AS (
  INSERT INTO clients_client (id, organization_id, activity_id, first_name, last_name, phone, phone_e164, email, language,
    note, source, external_id, version, created)
  SELECT ids.client, %(organization)s, event.id, %(first_name)s, %(last_name)s, %(phone)s, %(phone_e164)s, %(email)s,
    %(language)s, %(note)s, %(source)s, %(external_id)s, 1, %(now)s FROM ids, event
  RETURNING id, activity_id),
keys AS (
  INSERT INTO clients_searchkey (organization_id, client_id, key)
  SELECT %(organization)s, client.id, unnest(%(keys)s::text[]) FROM client),
doubles AS (
  INSERT INTO clients_double (organization_id, client_id, other_id, made, settled, activity_id)
  SELECT %(organization)s, client.id, unnest(%(doubles)s::bigint[]), %(now)s, '', client.activity_id FROM client)
SELECT id, activity_id FROM client
"""

_KEYS = """
INSERT INTO clients_searchkey (organization_id, client_id, key) SELECT %s, %s, unnest(%s::text[])
"""


def insert(
    checked: Checked, actor: Actor, doubles: Sequence[int] = (), reserved: int | None = None
) -> Client:
    """A new client with event and keys, in one statement.

    `doubles` are records that fit as well as each other, for staff to look at. With a `reserved` id nobody waits for it:
    what follows finds it written, or raises what it raised.
    """
    columns, event = checked.columns(), event_values(verbs.CLIENT_REGISTERED, "client", actor)
    client = Client(created=event["now"], **columns)
    client.just_registered = True
    values = {
        **event,
        **columns,
        "keys": _keys(client, checked.country, checked.details.address),
        "doubles": list(doubles),
        "id": reserved,
    }
    if reserved is None:
        with prepared.cursor() as cursor:
            cursor.execute(_INSERT, values)
            client.pk, client.activity_id = cursor.fetchone()
    else:
        prepared.ahead(_INSERT, values)
        client.pk = reserved
        del client.activity_id  # read when somebody asks for it
    client._state.adding, client._state.db = False, connection.alias
    return client


def replace_keys(client: Client, country: str) -> None:
    """The keys of a changed client."""
    SearchKey.objects.filter(client_id=client.pk).delete()
    write_keys(client, country)


def write_keys(client: Client, country: str) -> None:
    """Tokens of name, phone, email and address."""
    with prepared.cursor() as cursor:
        cursor.execute(_KEYS, [scope.current(), client.pk, _keys(client, country, _address(client))])


def _address(client: Client) -> str:
    known = PersonalData.objects.filter(client_id=client.pk).values_list("address", flat=True).first()
    return known or ""


def _keys(client: Client, country: str, address: str) -> list[str]:
    return search_keys(client.first_name, client.last_name, client.phone, client.email, country, address)

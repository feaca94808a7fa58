"""Writing a client's row and its search keys together; used by the actions of this package only."""

from django.db import connection

from visita.clients.details import Checked
from visita.clients.matching import search_keys
from visita.clients.models import Client, SearchKey
from visita.foundation import clock, scope

_INSERT = """
WITH client AS (
  INSERT INTO clients_client (id, organization_id, activity_id, first_name, last_name, phone, phone_e164, email, language,
    note, source, external_id, version, created)
  VALUES (%(id)s, %(organization)s, %(activity)s, %(first_name)s, %(last_name)s, %(phone)s, %(phone_e164)s, %(email)s,
    %(language)s, %(note)s, %(source)s, %(external_id)s, 1, %(created)s)
  RETURNING id)
INSERT INTO clients_searchkey (organization_id, client_id, key)
SELECT %(organization)s, client.id, unnest(%(keys)s::text[]) FROM client
"""

_KEYS = """
INSERT INTO clients_searchkey (organization_id, client_id, key) SELECT %s, %s, unnest(%s::text[])
"""


def insert(pk: int, checked: Checked, activity_id: int) -> Client:
    """A new client with its keys, in one statement: every booking by somebody new waits for it."""
    columns, created = checked.columns(), clock.now()
    client = Client(pk=pk, activity_id=activity_id, created=created, **columns)
    client._state.adding, client._state.db = False, connection.alias
    values = {
        "id": pk,
        "organization": scope.current(),
        "activity": activity_id,
        "created": created,
        **columns,
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, {**values, "keys": _keys(client, checked.country)})
    return client


def replace_keys(client: Client, country: str) -> None:
    """The keys of a changed client."""
    SearchKey.objects.filter(client_id=client.pk).delete()
    write_keys(client, country)


def write_keys(client: Client, country: str) -> None:
    """Tokens of name, phone and email."""
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [scope.current(), client.pk, _keys(client, country)])


def _keys(client: Client, country: str) -> list[str]:
    return search_keys(client.first_name, client.last_name, client.phone, client.email, country)

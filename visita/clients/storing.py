"""Writing a client's row and its search keys together; used by the actions of this package only."""

from django.db import connection

from visita.clients.details import Checked
from visita.clients.matching import search_keys
from visita.clients.models import Client, SearchKey
from visita.foundation import scope

_KEYS = """
INSERT INTO clients_searchkey (organization_id, client_id, key) SELECT %s, %s, unnest(%s::text[])
"""


def insert(pk: int, checked: Checked, activity_id: int) -> Client:
    """A new client with its keys, in two statements."""
    client = Client.objects.create(pk=pk, activity_id=activity_id, **checked.columns())
    write_keys(client, checked.country)
    return client


def replace_keys(client: Client, country: str) -> None:
    """The keys of a changed client."""
    SearchKey.objects.filter(client_id=client.pk).delete()
    write_keys(client, country)


def write_keys(client: Client, country: str) -> None:
    """Tokens of name, phone and email."""
    keys = search_keys(client.first_name, client.last_name, client.phone, client.email, country)
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [scope.current(), client.pk, keys])

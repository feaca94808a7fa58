"""Reads of clients; all inside a scope."""

from visita.clients.errors import not_found
from visita.clients.models import Client, Subject


def client(client_id: int) -> Client:
    """A client at hand; refuses not_found."""
    found = Client.objects.filter(pk=client_id, archived_at=None).first()
    if found is None:
        raise not_found()
    return found


def subjects(client_id: int) -> list[Subject]:
    """Whom or what the client's visits are about."""
    return list(Subject.objects.filter(client_id=client_id, archived_at=None).order_by("name", "id"))

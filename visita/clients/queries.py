"""Reads of clients; all inside a scope."""

from visita.clients.errors import not_found
from visita.clients.matching import fold
from visita.clients.models import Client, Subject
from visita.foundation import prepared, scope

_PRESENT = "SELECT id FROM clients_client WHERE organization_id = %s AND id = %s AND archived_at IS NULL"


def client(client_id: int) -> Client:
    """A client at hand; refuses not_found."""
    found = Client.objects.filter(pk=client_id, archived_at=None).first()
    if found is None:
        raise not_found()
    return found


def present(client_id: int) -> int:
    """The id again if that client is at hand, for a write path that needs no more; refuses not_found."""
    with prepared.cursor() as cursor:
        cursor.execute(_PRESENT, [scope.current(), client_id])
        if cursor.fetchone() is None:
            raise not_found()
    return client_id


def subjects(client_id: int) -> list[Subject]:
    """Whom or what the client's visits are about."""
    return list(Subject.objects.filter(client_id=client_id, archived_at=None).order_by("name", "id"))


def subject(subject_id: int, client_id: int) -> Subject:
    """A subject of this client; refuses not_found."""
    found = Subject.objects.filter(pk=subject_id, client_id=client_id, archived_at=None).first()
    if found is None:
        raise not_found()
    return found


def subject_like(client_id: int, kind: str, name: str) -> Subject | None:
    """The client's subject of this kind and name (folded): the same pet under the same name is not a second one."""
    wanted = fold(name.strip())
    mine = Subject.objects.filter(client_id=client_id, kind=kind.strip(), archived_at=None).order_by("id")
    return next((each for each in mine if fold(each.name) == wanted), None)

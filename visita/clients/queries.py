"""Reads of clients; all inside a scope."""

from visita.clients.errors import not_found
from visita.clients.matching import fold
from visita.clients.models import Client, PersonalData, Subject
from visita.foundation import prepared, scope

_PRESENT = """SELECT archived_at IS NULL, merged_into_id FROM clients_client
WHERE organization_id = %s AND id = %s FOR NO KEY UPDATE"""


def client(client_id: int) -> Client:
    """A client at hand; a merged record gives the one it was merged into. Refuses not_found."""
    found = Client.objects.filter(pk=client_id).first()
    while found is not None and found.merged_into_id is not None:
        found = Client.objects.filter(pk=found.merged_into_id).first()
    if found is None or found.archived_at is not None:
        raise not_found()
    return found


def present(client_id: int) -> int:
    """The client's id, its row locked until the transaction ends, so that nothing is written to a record that is being
    merged away; a merged one gives its survivor. Refuses not_found."""
    wanted: int | None = client_id
    while wanted is not None:
        with prepared.cursor() as cursor:
            cursor.execute(_PRESENT, [scope.current(), wanted])
            here, following = cursor.fetchone() or (False, None)
        if here:
            return wanted
        wanted = following
    raise not_found()


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


def personal_data(client_id: int) -> PersonalData:
    """What is known of the client beyond name and contact; an empty row where nothing was told."""
    return PersonalData.objects.filter(client_id=client_id).first() or PersonalData(client_id=client_id)

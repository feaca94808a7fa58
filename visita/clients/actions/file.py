"""Files about a client: kept with who brought them, and taken away for good."""

from pathlib import PurePath

from visita.activity.record import record
from visita.clients import files, queries, verbs
from visita.clients.errors import not_found, too_many_files
from visita.clients.files import Kept
from visita.clients.models import ClientFile
from visita.foundation import clock, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor

LONGEST = 120


def add_file(organization_id: int, client_id: int, name: str, content: bytes, *, actor: Actor) -> ClientFile:
    """Keep a PDF or a picture under its name. Refuses what `files.keep` refuses, text_invalid, not_found, too_many_files."""
    called = text.line(_called(name), field="file", limit=LONGEST) or "file"
    kept = files.keep(organization_id, content)
    return _added(organization_id, client_id, called, kept, actor=actor)


def remove_file(organization_id: int, client_id: int, file_id: int, *, actor: Actor) -> None:
    """The file is gone, its name stays in the record. Refuses not_found."""
    kind, digest, left = _removed(organization_id, client_id, file_id, actor=actor)
    if not left:
        files.drop(organization_id, kind, digest)


def _called(name: str) -> str:
    """The name alone, as the chooser of a device gave it, without folders and ending."""
    return PurePath(name.replace("\\", "/")).stem[:LONGEST]


@Action
def _added(client_id: int, name: str, kept: Kept, *, actor: Actor) -> ClientFile:
    client = queries.present(client_id)
    if ClientFile.objects.filter(client_id=client, archived_at=None).count() >= files.MOST:
        raise too_many_files(files.MOST)
    event = record(verbs.FILE_ADDED, "client", client, actor, {"kind": kept.kind, "size": kept.size})
    return ClientFile.objects.create(
        client_id=client, name=name, kind=kept.kind, size=kept.size, digest=kept.digest, author_id=actor.id,
        author=actor.label[:200], activity_id=event,
    )  # fmt: skip


@Action
def _removed(client_id: int, file_id: int, *, actor: Actor) -> tuple[str, str, bool]:
    """The kind and hash of what is shown no more, and whether another row still names the same bytes."""
    rows = ClientFile.objects.select_for_update(no_key=True)
    found = rows.filter(pk=file_id, client_id=client_id, archived_at=None).first()
    if found is None:
        raise not_found()
    found.activity_id = record(verbs.FILE_REMOVED, "client", client_id, actor, {"file": file_id})
    found.archived_at = clock.now()
    found.save()
    same = ClientFile.objects.filter(digest=found.digest, kind=found.kind, archived_at=None)
    return found.kind, found.digest, same.exists()

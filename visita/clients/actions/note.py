"""Notes about a client: written, changed by whoever may change clients, taken away."""

from visita.activity.record import record
from visita.clients import queries, verbs
from visita.clients.errors import changed_meanwhile, not_found
from visita.clients.models import ClientNote
from visita.foundation import clock, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def write_note(client_id: int, words: str, *, actor: Actor) -> ClientNote:
    """A new note by the actor; the words stay out of the record. Refuses required, too_long, text_invalid, not_found."""
    words, client = _read(words), queries.present(client_id)
    event = record(verbs.NOTE_WRITTEN, "client", client, actor, {"length": len(words)})
    return ClientNote.objects.create(
        client_id=client, text=words, author_id=actor.id, author=actor.label[:200], activity_id=event
    )


@Action
def change_note(note_id: int, words: str, *, actor: Actor, version: int) -> ClientNote:
    """Other words; author and date stay. Refuses also changed_meanwhile."""
    words, note = _read(words), _note(note_id, version)
    payload = {"note": note.pk, "length": len(words)}
    note.activity_id = record(verbs.NOTE_CHANGED, "client", note.client_id, actor, payload)
    note.text, note.changed = words, clock.now()
    note.version += 1
    note.save()
    return note


@Action
def remove_note(note_id: int, *, actor: Actor, version: int) -> ClientNote:
    """The note is shown no more; its history stays. Refuses not_found, changed_meanwhile."""
    note = _note(note_id, version)
    note.activity_id = record(verbs.NOTE_REMOVED, "client", note.client_id, actor, {"note": note.pk})
    note.archived_at = clock.now()
    note.version += 1
    note.save()
    return note


def _read(words: str) -> str:
    words = text.note(words, field="text")
    if not words:
        raise text.missing("text")
    return words


def _note(note_id: int, version: int) -> ClientNote:
    found = ClientNote.objects.select_for_update(no_key=True).filter(pk=note_id, archived_at=None).first()
    if found is None:
        raise not_found()
    if found.version != version:
        raise changed_meanwhile(found.version)
    return found

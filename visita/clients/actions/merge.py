"""Make two records of one person one: everything of the other moves to the survivor, and the other leads there."""

from collections.abc import Mapping
from typing import Any

from visita.activity.record import everywhere, record
from visita.clients import belongings, verbs
from visita.clients.errors import already_merged, changed_meanwhile, merge_same, not_found
from visita.clients.models import Client, Double, Merge
from visita.clients.storing import replace_keys
from visita.foundation import clock, text
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id
from visita.tenancy import queries

CHOICES = ("name", "phone", "email", "language", "note")
_COLUMNS = {"name": ("first_name", "last_name"), "phone": ("phone", "phone_e164")}


@Action
def merge(
    survivor_id: int,
    other_id: int,
    *,
    actor: Actor,
    take: Mapping[str, str] | None = None,
    versions: tuple[int, int] | None = None,
) -> Merge:
    """`take` says for a field of CHOICES "other" (or, for the note, "both"); by default the survivor's own stays and
    only what it lacks is filled in. `versions` are what the preview showed of survivor and other.

    Refuses merge_same, not_found, already_merged, changed_meanwhile.
    """
    survivor, other = pair(survivor_id, other_id)
    if versions is not None and (survivor.version, other.version) != versions:
        raise changed_meanwhile(survivor.version)
    fields = chosen(survivor, other, take or {})
    pk = next_id(Merge)
    payload = {"other": other.pk, "merge": pk, "fields": sorted(fields)}
    event = record(verbs.CLIENT_MERGED, "client", survivor.pk, actor, payload, news=everywhere())
    moved = {each.name: each.move(other.pk, survivor.pk, event) for each in belongings.moving()}
    _close(other, survivor.pk, event)
    write(survivor, {name: after for name, (_before, after) in fields.items()}, event)
    _settle(survivor.pk, other.pk)
    return Merge.objects.create(
        pk=pk,
        survivor_id=survivor.pk,
        other_id=other.pk,
        moved={name: ids for name, ids in moved.items() if ids},
        fields=fields,
        activity_id=event,
    )


def pair(survivor_id: int, other_id: int) -> tuple[Client, Client]:
    """Both records, locked in the order of their ids against bookings and other merges."""
    if survivor_id == other_id:
        raise merge_same()
    both = Client.objects.select_for_update().filter(pk__in=(survivor_id, other_id)).order_by("id")
    found = {client.pk: client for client in both}
    if len(found) < 2:
        raise not_found()
    if any(client.archived_at is not None for client in found.values()):
        raise already_merged()
    return found[survivor_id], found[other_id]


def chosen(survivor: Client, other: Client, take: Mapping[str, str]) -> dict[str, list[Any]]:
    """What changes of the survivor, `{column: [before, after]}`."""
    fields: dict[str, list[Any]] = {}
    for choice in CHOICES:
        columns = _COLUMNS.get(choice, (choice,))
        lacking = not any(getattr(survivor, name) for name in columns)
        for name in columns:
            before, theirs = getattr(survivor, name), getattr(other, name)
            after = theirs if take.get(choice) == "other" or lacking else before
            if take.get(choice) == "both" and name == "note":
                after = text.note("\n".join(part for part in (before, theirs) if part), field="note")
            if after != before:
                fields[name] = [before, after]
    return fields


def write(client: Client, values: Mapping[str, Any], event: int) -> None:
    """New values of a locked client, its next version and its search keys."""
    for name, value in values.items():
        setattr(client, name, value)
    client.version += 1
    client.activity_id = event
    client.save()
    replace_keys(client, queries.profile().country)


def _close(other: Client, survivor_id: int, event: int) -> None:
    other.archived_at, other.merged_into_id = clock.now(), survivor_id
    other.version += 1
    other.activity_id = event
    other.save()


def _settle(one: int, other: int) -> None:
    """The doubt about this pair is over."""
    for a, b in ((one, other), (other, one)):
        Double.objects.filter(client_id=a, other_id=b, settled="").update(settled="merged")

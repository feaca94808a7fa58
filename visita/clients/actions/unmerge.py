"""Undo a merge: exactly what was moved goes back, what came since stays with the survivor."""

from visita.activity.record import everywhere, record
from visita.clients import belongings, verbs
from visita.clients.actions.merge import write
from visita.clients.errors import not_found, not_merged, unmerge_contradicts
from visita.clients.models import Client, Double, Merge
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def unmerge(merge_id: int, *, actor: Actor) -> Merge:
    """Fields go back where nobody changed them since. Refuses not_found, not_merged, unmerge_contradicts."""
    merge = Merge.objects.filter(pk=merge_id).first()
    if merge is None:
        raise not_found()
    survivor, other = _pair(merge)
    merge.refresh_from_db()  # read again under the lock
    if merge.undone_at or survivor.archived_at is not None or other.merged_into_id != survivor.pk:
        raise not_merged()
    if torn := sum(question(survivor.pk, merge.moved) for question in belongings.CONTRADICTIONS):
        raise unmerge_contradicts(torn)
    payload = {"other": other.pk, "merge": merge.pk}
    event = record(verbs.CLIENT_UNMERGED, "client", survivor.pk, actor, payload, news=everywhere())
    other.archived_at = other.merged_into_id = None
    write(other, {}, event)
    _bring_back(merge, event)
    back = {name: was for name, (was, now) in merge.fields.items() if getattr(survivor, name) == now}
    write(survivor, back, event)
    Double.objects.filter(client_id__in=(survivor.pk, other.pk), settled="merged").filter(
        other_id__in=(survivor.pk, other.pk)
    ).update(settled="dismissed")
    merge.undone_at = clock.now()
    merge.save(update_fields=["undone_at"])
    return merge


def _pair(merge: Merge) -> tuple[Client, Client]:
    ids = (merge.survivor_id, merge.other_id)
    found = Client.objects.select_for_update().filter(pk__in=ids).order_by("id").in_bulk()
    return found[merge.survivor_id], found[merge.other_id]


def _bring_back(merge: Merge, event: int) -> None:
    for each in belongings.moving():
        if ids := merge.moved.get(each.name):
            each.move(merge.survivor_id, merge.other_id, event, only=ids)

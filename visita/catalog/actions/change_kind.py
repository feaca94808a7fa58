"""Change a kind of subject, or put it away."""

from typing import Any

from visita.activity.record import record
from visita.catalog import verbs
from visita.catalog.errors import not_found
from visita.catalog.models import Kind
from visita.catalog.reading import KIND, read
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def change_kind(kind_id: int, changes: dict[str, Any], *, actor: Actor) -> Kind:
    """Set name or position; `archived` takes it out of what is asked. Its code stays. Refuses not_found."""
    fields = read(KIND, {name: value for name, value in changes.items() if name != "code"})
    kind = Kind.objects.select_for_update(no_key=True).filter(pk=kind_id).first()
    if kind is None:
        raise not_found()
    if "archived" in fields:
        kind.archived_at = clock.now() if fields.pop("archived") else None
    for name, value in fields.items():
        setattr(kind, name, value)
    kind.activity_id = record(verbs.KIND_CHANGED, "kind", kind_id, actor, {"fields": sorted(changes)})
    kind.save()
    return kind

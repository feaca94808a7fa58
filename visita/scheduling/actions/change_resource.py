"""Change a resource's facts."""

from typing import Any

from visita.activity.record import everywhere, record
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.scheduling import verbs
from visita.scheduling.errors import changed_meanwhile
from visita.scheduling.locking import lock
from visita.scheduling.models import Resource
from visita.scheduling.reading import read


@Action
def change_resource(
    resource_id: int, changes: dict[str, Any], *, actor: Actor, version: int | None = None
) -> Resource:
    """Set the given fields; `version` is what the form was opened with. Refuses not_found, changed_meanwhile."""
    fields = read(changes)
    resource = lock([resource_id])[resource_id]
    if version is not None and version != resource.version:
        raise changed_meanwhile(resource.version)
    for name, value in fields.items():
        setattr(resource, name, value)
    resource.version += 1
    resource.activity_id = record(
        verbs.RESOURCE_CHANGED, "resource", resource_id, actor, {"fields": sorted(fields)}, news=everywhere()
    )
    resource.save()
    return resource

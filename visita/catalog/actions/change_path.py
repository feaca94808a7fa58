"""Change a booking path; its version rises, visits keep the one they went through."""

from typing import Any

from visita.activity.record import record
from visita.catalog import queries, verbs
from visita.catalog.models import Path
from visita.catalog.reading import PATH, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def change_path(path_id: int, changes: dict[str, Any], *, actor: Actor) -> Path:
    """Set steps or name. Refuses not_found, bad_choice, bad_code, required."""
    fields = read(PATH, changes)
    path = queries.path_to_change(path_id)
    for name, value in fields.items():
        setattr(path, name, value)
    path.version += 1
    payload = {"fields": sorted(fields), "version": path.version}
    path.activity_id = record(verbs.PATH_CHANGED, "path", path_id, actor, payload)
    path.save()
    return path

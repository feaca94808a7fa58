"""Put a booking path away; its link leads to the usual one from then on."""

from visita.activity.record import record
from visita.catalog import queries, verbs
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def archive_path(path_id: int, *, actor: Actor) -> None:
    """Refuses not_found, also for one that is put away already."""
    path = queries.path_to_change(path_id)
    path.archived_at = clock.now()
    path.activity_id = record(verbs.PATH_ARCHIVED, "path", path_id, actor)
    path.save()

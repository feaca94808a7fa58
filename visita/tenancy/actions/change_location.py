"""Change a location's facts (its zone is another act: it must move future visits, decision 12)."""

from typing import Any

from visita.activity.record import record
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.tenancy import queries, verbs
from visita.tenancy.errors import not_found
from visita.tenancy.models import Location
from visita.tenancy.reading import location_readers, read

CHANGEABLE = frozenset(
    [
        "name",
        "address",
        "city",
        "phone",
        "email",
        "map_url",
        "journal_start",
        "journal_end",
        "position",
        "external_id",
    ]
)


@Action
def change_location(location_id: int, changes: dict[str, Any], *, actor: Actor) -> Location:
    """Set the given fields (of CHANGEABLE); refuses not_found and what cannot be kept."""
    location = (
        Location.objects.select_for_update(no_key=True).filter(pk=location_id, archived_at=None).first()
    )
    if location is None:
        raise not_found()
    if unknown := set(changes) - CHANGEABLE:
        raise KeyError(f"not changeable here: {sorted(unknown)}")
    fields = read(location_readers(queries.profile().country), changes)
    for name, value in fields.items():
        setattr(location, name, value)
    location.activity_id = record(
        verbs.LOCATION_CHANGED, "location", location_id, actor, {"fields": sorted(fields)}
    )
    location.save()
    return location

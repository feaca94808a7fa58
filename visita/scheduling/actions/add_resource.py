"""Add a resource: a person, a room or a device with a calendar."""

from collections.abc import Mapping, Sequence

from visita.activity.record import record
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id
from visita.scheduling import verbs
from visita.scheduling.models import Resource, ResourceLocation
from visita.scheduling.reading import read
from visita.tenancy import queries as tenancy


@Action
def add_resource(
    *,
    name: str,
    location_ids: Sequence[int],
    actor: Actor,
    kind: str = "person",
    title: str = "",
    occupation: Mapping[str, str] | None = None,
    color: str = "",
    position: int = 0,
    online: bool = True,
    in_journal: bool = True,
    external_id: str = "",
) -> Resource:
    """A new calendar at these locations. `online` False: only staff book it. Refuses not_found (a location)."""
    sent = {
        "kind": kind, "name": name, "title": title, "occupation": occupation or {}, "color": color,
        "position": position, "online": online, "in_journal": in_journal, "external_id": external_id,
    }  # fmt: skip
    fields = read(sent)
    places = [tenancy.location(location_id).pk for location_id in sorted(set(location_ids))]
    pk = next_id(Resource)
    event = record(verbs.RESOURCE_ADDED, "resource", pk, actor, {"locations": places})
    resource = Resource.objects.create(pk=pk, activity_id=event, **fields)
    ResourceLocation.objects.bulk_create(
        ResourceLocation(resource_id=pk, location_id=place) for place in places
    )
    return resource

"""Add a location."""

from visita.activity.record import record
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id
from visita.tenancy import queries, verbs
from visita.tenancy.models import Location
from visita.tenancy.reading import location_readers, read


@Action
def add_location(
    *,
    name: str,
    zone: str,
    actor: Actor,
    address: str = "",
    city: str = "",
    phone: str = "",
    email: str = "",
    map_url: str = "",
    journal_start: int = 480,
    journal_end: int = 1200,
    position: int = 0,
    external_id: str = "",
) -> Location:
    """A new branch with its own zone (IANA). `journal_start`/`journal_end` are minutes of the day shown first."""
    sent = {
        "name": name, "address": address, "city": city, "zone": zone, "phone": phone, "email": email,
        "map_url": map_url, "journal_start": journal_start, "journal_end": journal_end, "position": position,
        "external_id": external_id,
    }  # fmt: skip
    fields = read(location_readers(queries.profile().country), sent)
    pk = next_id(Location)
    event = record(verbs.LOCATION_ADDED, "location", pk, actor)
    return Location.objects.create(pk=pk, activity_id=event, **fields)

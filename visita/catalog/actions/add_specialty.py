"""Add a specialty: a group of services with a base interval and a capacity."""

from collections.abc import Mapping

from visita.activity.record import record
from visita.catalog import verbs
from visita.catalog.models import Specialty
from visita.catalog.reading import SPECIALTY, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id


@Action
def add_specialty(
    name: Mapping[str, str], *, actor: Actor, base_minutes: int = 30, capacity: int = 1, position: int = 0
) -> Specialty:
    """`base_minutes`: its services are multiples of it. Refuses required, bad_duration, bad_number."""
    sent = {"name": name, "base_minutes": base_minutes, "capacity": capacity, "position": position}
    fields = read(SPECIALTY, sent)
    pk = next_id(Specialty)
    event = record(verbs.SPECIALTY_ADDED, "specialty", pk, actor)
    return Specialty.objects.create(pk=pk, activity_id=event, **fields)

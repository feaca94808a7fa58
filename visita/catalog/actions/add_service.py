"""Add a service with who gives it and what else it needs."""

from collections.abc import Mapping, Sequence
from typing import Any

from visita.activity.record import record
from visita.catalog import policies, queries, verbs
from visita.catalog.crossings import write_needs, write_offers
from visita.catalog.models import Service
from visita.catalog.policies import Need, Offer
from visita.catalog.reading import SERVICE, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id

DEFAULTS: dict[str, Any] = {
    "minutes": None, "multiplier": 1, "buffer_before": 0, "buffer_after": 0, "hole_after": 0, "hole_minutes": 0,
    "capacity": None, "max_party": 1,
}  # fmt: skip


@Action
def add_service(
    name: Mapping[str, str],
    *,
    actor: Actor,
    specialty_id: int | None = None,
    resources: Sequence[Offer] = (),
    requirements: Sequence[Need] = (),
    **fields: Any,
) -> Service:
    """`fields`: any of the service's columns (`catalog.reading.SERVICE`), lengths in minutes, prices in minor units.

    Refuses not_found (specialty, resources), bad_duration, bad_amount, bad_number, bad_choice, required.
    """
    specialty = None if specialty_id is None else queries.specialty(specialty_id)
    read_fields = read(SERVICE, {**DEFAULTS, **fields, "name": name})
    policies.consistent(
        read_fields, specialty.base_minutes if specialty else None, specialty.capacity if specialty else 1
    )
    pk = next_id(Service)
    event = record(verbs.SERVICE_ADDED, "service", pk, actor)
    service = Service.objects.create(pk=pk, specialty_id=specialty_id, activity_id=event, **read_fields)
    write_offers(pk, resources, event)
    write_needs(pk, requirements, event)
    return service

"""Change a service, who gives it, or what else it needs."""

from collections.abc import Sequence
from typing import Any

from visita.activity.record import record
from visita.catalog import policies, queries, verbs
from visita.catalog.crossings import write_needs, write_offers
from visita.catalog.errors import not_found
from visita.catalog.models import Service
from visita.catalog.policies import Need, Offer
from visita.catalog.reading import SERVICE, read
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def change_service(
    service_id: int,
    changes: dict[str, Any],
    *,
    actor: Actor,
    resources: Sequence[Offer] | None = None,
    requirements: Sequence[Need] | None = None,
) -> Service:
    """Set the given fields; the lists, where given, replace the present ones. Booked visits stay as they are."""
    fields = read(SERVICE, changes)
    service = Service.objects.select_for_update(no_key=True).filter(pk=service_id, archived_at=None).first()
    if service is None:
        raise not_found()
    for name, value in fields.items():
        setattr(service, name, value)
    specialty = None if service.specialty_id is None else queries.specialty(service.specialty_id)
    policies.consistent(
        vars(service), specialty.base_minutes if specialty else None, specialty.capacity if specialty else 1
    )
    payload = {
        "fields": sorted(fields),
        "resources": resources is not None,
        "needs": requirements is not None,
    }
    event = service.activity_id = record(verbs.SERVICE_CHANGED, "service", service_id, actor, payload)
    service.save()
    if resources is not None:
        write_offers(service_id, resources, event)
    if requirements is not None:
        write_needs(service_id, requirements, event)
    return service

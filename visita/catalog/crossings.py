"""Who gives a service and what else it needs: rows that hang on the service and are written with it."""

from collections.abc import Sequence

from visita.catalog.errors import not_found, twice
from visita.catalog.models import Requirement, RequirementResource, ServiceResource
from visita.catalog.policies import Need, Offer
from visita.foundation import numbers, text
from visita.scheduling.models import Resource
from visita.scheduling.models.allocation import LONGEST


def write_offers(service_id: int, offers: Sequence[Offer]) -> None:
    """The service is given by exactly these resources; refuses not_found, bad_choice, bad_duration, bad_amount."""
    ids = [offer.resource_id for offer in offers]
    if len(set(ids)) != len(ids):
        raise twice("resources")
    _known(ids)
    ServiceResource.objects.filter(service_id=service_id).delete()
    ServiceResource.objects.bulk_create(_offer(service_id, offer) for offer in offers)


def write_needs(service_id: int, needs: Sequence[Need]) -> None:
    """The service needs exactly these, each one free resource of its group; refuses not_found, required."""
    for need in needs:
        if not need.resource_ids:
            raise text.missing("requirements")
        _known(need.resource_ids)
    old = Requirement.objects.filter(service_id=service_id)
    RequirementResource.objects.filter(requirement_id__in=list(old.values_list("pk", flat=True))).delete()
    old.delete()
    for position, need in enumerate(needs):
        name = text.words(need.name, field="requirements", limit=120)
        requirement = Requirement.objects.create(service_id=service_id, name=name, position=position)
        RequirementResource.objects.bulk_create(
            RequirementResource(requirement_id=requirement.pk, resource_id=resource)
            for resource in sorted(set(need.resource_ids))
        )


def _offer(service_id: int, offer: Offer) -> ServiceResource:
    minutes, price = offer.minutes, offer.price_minor
    return ServiceResource(
        service_id=service_id,
        resource_id=offer.resource_id,
        minutes=None if minutes is None else numbers.minutes(minutes, field="minutes", low=1, high=LONGEST),
        price_minor=None if price is None else numbers.amount(price),
        online=offer.online,
    )


def _known(resource_ids: Sequence[int]) -> None:
    wanted = set(resource_ids)
    if Resource.objects.filter(pk__in=wanted, archived_at=None).count() != len(wanted):
        raise not_found()

"""Who gives a service and what else it needs: rows that hang on the service and are written with it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from visita.catalog.errors import not_found, twice
from visita.catalog.models import Requirement, RequirementResource, ServiceResource
from visita.catalog.policies import Need, Offer
from visita.foundation import numbers, text
from visita.scheduling.models import Resource
from visita.scheduling.models.allocation import LONGEST

_TERMS = ("minutes", "price_minor", "online")


def write_offers(service_id: int, offers: Sequence[Offer], event: int) -> None:
    """The service is given by exactly these resources; refuses not_found, bad_choice, bad_duration, bad_amount.

    Who stays on the same terms is not written; who goes is marked with the act, so that history knows whose it was.
    """
    ids = [offer.resource_id for offer in offers]
    if len(set(ids)) != len(ids):
        raise twice("resources")
    _known(ids)
    there = {row.resource_id: row for row in ServiceResource.objects.filter(service_id=service_id)}
    _take(ServiceResource.objects.filter(service_id=service_id).exclude(resource_id__in=ids), event)
    wanted = [_offer(service_id, offer, event) for offer in offers]
    ServiceResource.objects.bulk_create(row for row in wanted if row.resource_id not in there)
    for row in wanted:
        was = there.get(row.resource_id)
        if was is not None and any(getattr(was, name) != getattr(row, name) for name in _TERMS):
            row.pk = was.pk
            row.save()


def write_needs(service_id: int, needs: Sequence[Need], event: int) -> None:
    """The service needs exactly these, each one free resource of its group; refuses not_found, required."""
    for need in needs:
        if not need.resource_ids:
            raise text.missing("requirements")
        _known(need.resource_ids)
    old = Requirement.objects.filter(service_id=service_id)
    _take(
        RequirementResource.objects.filter(requirement_id__in=list(old.values_list("pk", flat=True))), event
    )
    _take(old, event)
    for position, need in enumerate(needs):
        name = text.words(need.name, field="requirements", limit=120)
        requirement = Requirement.objects.create(
            service_id=service_id, name=name, position=position, activity_id=event
        )
        RequirementResource.objects.bulk_create(
            RequirementResource(requirement_id=requirement.pk, resource_id=resource, activity_id=event)
            for resource in sorted(set(need.resource_ids))
        )


def _take(rows: QuerySet[Any], event: int) -> None:
    rows.update(activity_id=event)
    rows.delete()


def _offer(service_id: int, offer: Offer, event: int) -> ServiceResource:
    minutes, price = offer.minutes, offer.price_minor
    return ServiceResource(
        service_id=service_id,
        resource_id=offer.resource_id,
        minutes=None if minutes is None else numbers.minutes(minutes, field="minutes", low=1, high=LONGEST),
        price_minor=None if price is None else numbers.amount(price),
        online=offer.online,
        activity_id=event,
    )


def _known(resource_ids: Sequence[int]) -> None:
    wanted = set(resource_ids)
    if Resource.objects.filter(pk__in=wanted, archived_at=None).count() != len(wanted):
        raise not_found()

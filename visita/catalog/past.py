"""Who gave a service, and what it needed, at an earlier moment."""

from datetime import datetime

from visita.activity import asof
from visita.catalog.models import Requirement, RequirementResource, ServiceResource
from visita.catalog.policies import Need, Offer

_OFFER = ("resource_id", "minutes", "price_minor", "online")


def offers_at(service_id: int, moment: datetime) -> list[Offer]:
    """By resource. One statement; inside a scope."""
    rows = asof.rows(ServiceResource, _OFFER, "e.service_id = %(service)s", {"service": service_id}, moment)
    found = (
        Offer(row["resource_id"], row["minutes"], row["price_minor"], row["online"]) for row in rows.values()
    )
    return sorted(found, key=lambda offer: offer.resource_id)


def needs_at(service_id: int, moment: datetime) -> list[Need]:
    """In their order. Two statements; inside a scope."""
    asked = {"service": service_id}
    rows = asof.rows(Requirement, ("name", "position"), "e.service_id = %(service)s", asked, moment)
    within = {"requirements": sorted(rows)}
    columns = ("requirement_id", "resource_id")
    groups = asof.rows(
        RequirementResource, columns, "e.requirement_id = ANY(%(requirements)s)", within, moment
    )
    resources: dict[int, list[int]] = {pk: [] for pk in rows}
    for row in groups.values():
        resources[row["requirement_id"]].append(row["resource_id"])
    ordered = sorted(rows, key=lambda pk: (rows[pk]["position"], pk))
    return [Need(tuple(sorted(resources[pk])), rows[pk]["name"]) for pk in ordered]

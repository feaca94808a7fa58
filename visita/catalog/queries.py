"""Reads of the catalogue; all inside a scope."""

from collections import defaultdict
from collections.abc import Sequence

from visita.catalog.errors import not_found
from visita.catalog.models import (
    Kind,
    Path,
    Requirement,
    RequirementResource,
    Service,
    ServiceResource,
    Specialty,
)


def specialties() -> list[Specialty]:
    """Specialties at hand, in their order."""
    return list(Specialty.objects.filter(archived_at=None))


def specialty(specialty_id: int) -> Specialty:
    """One of them; refuses not_found."""
    found = Specialty.objects.filter(pk=specialty_id, archived_at=None).first()
    if found is None:
        raise not_found()
    return found


def services(*, online_only: bool = False) -> list[Service]:
    """Services at hand, in their order; `online_only` leaves out those for staff."""
    found = Service.objects.filter(archived_at=None)
    return list(found.filter(online=True) if online_only else found)


def service(service_id: int) -> Service:
    """One of them; refuses not_found."""
    found = Service.objects.filter(pk=service_id, archived_at=None).first()
    if found is None:
        raise not_found()
    return found


def offers(service_ids: Sequence[int] | None = None) -> dict[int, list[ServiceResource]]:
    """Who gives each service, by service id."""
    rows = ServiceResource.objects.order_by("service_id", "resource_id")
    grouped: dict[int, list[ServiceResource]] = defaultdict(list)
    for row in rows if service_ids is None else rows.filter(service_id__in=service_ids):
        grouped[row.service_id].append(row)
    return dict(grouped)


def needs(service_ids: Sequence[int]) -> dict[int, list[list[int]]]:
    """What else each service needs: lists of resource ids, one of each list, by service id."""
    order = Requirement.objects.filter(service_id__in=service_ids).order_by("service_id", "position", "id")
    members: dict[int, list[int]] = defaultdict(list)
    for requirement, resource in RequirementResource.objects.filter(
        requirement_id__in=[row.pk for row in order]
    ).values_list("requirement_id", "resource_id"):
        members[requirement].append(resource)
    grouped: dict[int, list[list[int]]] = defaultdict(list)
    for row in order:
        grouped[row.service_id].append(sorted(members[row.pk]))
    return dict(grouped)


def kinds() -> list[Kind]:
    """The kinds of subject at hand, in their order."""
    return list(Kind.objects.filter(archived_at=None))


def paths() -> dict[str, Path]:
    """The booking paths at hand, by link; the empty one is the organization's own."""
    return {each.link: each for each in Path.objects.filter(archived_at=None)}


def path_to_change(path_id: int) -> Path:
    """One of them, locked; refuses not_found."""
    found = Path.objects.select_for_update(no_key=True).filter(pk=path_id, archived_at=None).first()
    if found is None:
        raise not_found()
    return found

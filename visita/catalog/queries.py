"""Reads of the catalogue; all inside a scope."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from visita.catalog import asking
from visita.catalog.asking import Asked, ConsentRule
from visita.catalog.errors import not_found
from visita.catalog.models import (
    AskedOf,
    BookingField,
    ConsentVersion,
    Kind,
    Path,
    Promotion,
    Requirement,
    RequirementResource,
    Service,
    ServiceResource,
    Specialty,
)
from visita.catalog.promotions import PromotionRule
from visita.foundation import prepared, scope


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


def asked() -> Asked:
    """All that bookings ask here: extra fields and consents, in one query."""
    with prepared.cursor() as cursor:
        cursor.execute(f"SELECT {asking.FIELDS}, {asking.CONSENTS}", {"o": scope.current()})
        return asking.read(*cursor.fetchone())


def staff_fields() -> frozenset[str]:
    """The codes of fields that are for staff alone, those of the past too: clients are shown none of their answers."""
    rows = BookingField.objects.values_list("code", "asked_of", "archived_at")
    ours = {code for code, whose, _gone in rows if whose == AskedOf.STAFF}
    return frozenset(ours - {code for code, whose, gone in rows if gone is None and whose != AskedOf.STAFF})


def with_specialties(services: Iterable[int]) -> list[tuple[int, int | None]]:
    """(service, specialty) of each, archived ones too."""
    return list(Service.objects.filter(pk__in=set(services)).values_list("pk", "specialty_id"))


def wordings(rules: Sequence[ConsentRule]) -> dict[int, ConsentVersion]:
    """The present words of these consents, by consent; no query where there are none."""
    if not rules:
        return {}
    rows = ConsentVersion.objects.filter(consent_id__in=[each.id for each in rules])
    present = {(each.id, each.version) for each in rules}
    return {row.consent_id: row for row in rows if (row.consent_id, row.version) in present}


def wording(consent_id: int, version: int) -> ConsentVersion:
    """The words of a consent as they once were; refuses not_found."""
    found = ConsentVersion.objects.filter(consent_id=consent_id, version=version).first()
    if found is None:
        raise not_found()
    return found


def promotions(day: date) -> dict[int, list[PromotionRule]]:
    """The promotions valid on a local date or later, by service id, soonest first: for the services page."""
    rows = Promotion.objects.filter(archived_at=None).exclude(valid_to__lt=day).order_by("valid_from", "id")
    grouped: dict[int, list[PromotionRule]] = defaultdict(list)
    for row in rows:
        grouped[row.service_id].append(PromotionRule.of(row))
    return dict(grouped)

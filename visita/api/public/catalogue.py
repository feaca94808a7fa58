"""An organization as clients see it: what is online, in their language; ten queries whatever its size."""

from collections import defaultdict
from typing import Any

from visita.api.public.asked import asked
from visita.catalog.models import Service, ServiceResource, Specialty
from visita.foundation.words import text
from visita.scheduling.models import Resource, ResourceLocation
from visita.tenancy import queries
from visita.tenancy.models import Location, Organization, Profile

Fields = dict[str, Any]


def catalogue(organization: Organization, language: str) -> Fields:
    """The answer of `GET /organizations/{slug}`; inside the organization's scope. `language` may be empty."""
    profile = queries.profile()
    language = language or profile.language
    services = list(Service.objects.filter(archived_at=None, online=True))
    minutes = _lengths()
    able = _able({service.pk for service in services})
    shown = set().union(*able.values())
    return {
        "slug": organization.slug,
        "zone": organization.zone,
        **{name: getattr(profile, name) for name in _PROFILE},
        "locations": [_location(each) for each in queries.locations()],
        "specialties": _specialties(services, language, profile.language),
        "services": [_service(each, able, minutes, profile, language) for each in services],
        "resources": _resources(shown, language, profile.language),
        **asked(organization, language, profile.language),
    }


_PROFILE = ("name", "trade", "language", "languages", "currency", "country", "phone", "email")


def _location(location: Location) -> Fields:
    return {
        name: getattr(location, name) for name in ("id", "name", "address", "city", "zone", "phone", "email")
    }


def _lengths() -> dict[int | None, int]:
    return dict(Specialty.objects.values_list("id", "base_minutes"))


def _able(services: set[int]) -> dict[int, list[int]]:
    """Who gives each service online."""
    online = set(Resource.objects.filter(archived_at=None, online=True).values_list("id", flat=True))
    found: dict[int, list[int]] = defaultdict(list)
    pairs = ServiceResource.objects.filter(online=True).order_by("service_id", "resource_id")
    for service, resource in pairs.values_list("service_id", "resource_id"):
        if service in services and resource in online:
            found[service].append(resource)
    return found


def _specialties(services: list[Service], language: str, fallback: str) -> list[Fields]:
    used = {service.specialty_id for service in services}
    found = Specialty.objects.filter(archived_at=None, id__in=[each for each in used if each])
    return [{"id": each.pk, "name": text(each.name, language, fallback)} for each in found]


def _service(
    service: Service, able: dict[int, list[int]], base: dict[int | None, int], profile: Profile, language: str
) -> Fields:
    length = service.minutes or (base.get(service.specialty_id) or 0) * service.multiplier or None
    priced = service.price_shown and service.price_minor is not None
    return {
        "id": service.pk,
        "specialty": service.specialty_id,
        "kind": service.kind,
        "name": text(service.name, language, profile.language),
        "description": text(service.description, language, profile.language),
        "minutes": length,
        "price": {"minor": service.price_minor, "currency": profile.currency} if priced else None,
        "max_party": service.max_party,
        "resources": able.get(service.pk, []),
    }


def _resources(shown: set[int], language: str, fallback: str) -> list[Fields]:
    places: dict[int, list[int]] = defaultdict(list)
    rows = ResourceLocation.objects.filter(resource_id__in=shown).order_by("location_id")
    for resource, location in rows.values_list("resource_id", "location_id"):
        places[resource].append(location)
    return [
        {
            "id": each.pk,
            "kind": each.kind,
            "name": each.name,
            "title": each.title,
            "occupation": text(each.occupation, language, fallback),
            "locations": places[each.pk],
        }
        for each in Resource.objects.filter(id__in=shown)
    ]

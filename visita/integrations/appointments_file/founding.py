"""Makes what the mapping describes and we do not have: organization, locations, resources, service. Nothing is changed.

Run again it makes nothing: a location is known by its name or by the file's name for it, the service by its name, and
a location gets only the resources it is short of.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from visita.catalog import actions as catalog
from visita.catalog.models import Service, ServiceResource
from visita.catalog.policies import Offer
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.integrations.appointments_file.mapping import Mapping
from visita.integrations.appointments_file.plans import LocationPlan
from visita.integrations.appointments_file.problems import Problem, Unusable
from visita.scheduling import actions as scheduling
from visita.scheduling.models import ResourceLocation
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy
from visita.tenancy import queries
from visita.tenancy.models import Location, Organization, Profile


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows are booked: the location of a name in the file."""

    location_id: int
    zone: ZoneInfo


@dataclass(slots=True)
class Founded:
    """All that rows refer to, and how much of it was made just now."""

    organization: Organization
    country: str
    service_id: int = 0
    places: dict[str, Place] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)


def found(slug: str, mapping: Mapping, names: Iterable[str], actor: Actor) -> Founded:
    """Everything for rows at the locations called `names`; raises Unusable where the mapping cannot be followed.

    The organization is one transaction, all the rest a second one.
    """
    try:
        organization = queries.by_slug(slug) or _organization(slug, mapping, actor)
        with scope(organization.pk, durable=True):
            return _Founding(organization, mapping, actor).run(list(names))
    except Refusal as refusal:
        reason = f"{refusal.field}: {refusal.message}" if refusal.field else str(refusal.message)
        raise Unusable([Problem(mapping.file, None, reason)]) from refusal


def _organization(slug: str, mapping: Mapping, actor: Actor) -> Organization:
    plan = mapping.founding
    if plan is None:
        reason = (
            _("there is no organization %s, and the mapping has no [organization] to make it from") % slug
        )
        raise Unusable([Problem(mapping.file, None, reason)])
    return tenancy.create_organization(
        slug,
        name=plan.name,
        zone=plan.zone,
        country=plan.country,
        trade=plan.trade,
        language=plan.language,
        currency=plan.currency,
        phone=plan.phone,
        email=plan.email,
        actor=actor,
    )


class _Founding:
    """One run inside a scope."""

    def __init__(self, organization: Organization, mapping: Mapping, actor: Actor) -> None:
        self.mapping, self.actor = mapping, actor
        self.profile: Profile = queries.profile()
        self.founded = Founded(organization, self.profile.country)
        self.made = self.founded.made
        self.made.update(locations=0, resources=0, services=0)

    def run(self, names: list[str]) -> Founded:
        self.service = self._service()
        self.founded.service_id = self.service.pk
        known = {
            key: location for location in queries.locations() for key in (location.name, location.external_id)
        }
        at = [(name, known.get(name) or self._location(name)) for name in names]
        rows = ServiceResource.objects.filter(service_id=self.service.pk).order_by("pk")
        offers = [Offer(row.resource_id, row.minutes, row.price_minor, row.online) for row in rows]
        able = {offer.resource_id for offer in offers}
        for name, location in at:
            self.founded.places[name] = Place(location.pk, ZoneInfo(location.zone))
            offers += map(Offer, self._resources(location, self.mapping.plan(name), able))
        if self.made["resources"]:
            catalog.change_service.here(self.service.pk, {}, resources=offers, actor=self.actor)
        return self.founded

    def _service(self) -> Service:
        plan = self.mapping.service
        for service in Service.objects.filter(archived_at=None):
            if plan.name in service.name.values():
                return service
        language = self.profile.language
        specialty = catalog.add_specialty.here(
            {language: plan.specialty}, base_minutes=plan.minutes, actor=self.actor
        )
        self.made["services"] += 1
        return catalog.add_service.here(
            {language: plan.name}, specialty_id=specialty.pk, minutes=plan.minutes, actor=self.actor
        )

    def _location(self, name: str) -> Location:
        plan = self.mapping.plan(name)
        self.made["locations"] += 1
        return tenancy.add_location.here(
            name=plan.name or name,
            zone=self.founded.organization.zone,
            city=plan.city,
            external_id=name,
            journal_start=min(start for day in plan.week.values() for start, _end in day),
            journal_end=max(end for day in plan.week.values() for _start, end in day),
            actor=self.actor,
        )

    def _resources(self, location: Location, plan: LocationPlan, able: set[int]) -> list[int]:
        """The resources the location was short of."""
        here = ResourceLocation.objects.filter(location_id=location.pk).values_list("resource_id", flat=True)
        short = range(len(able.intersection(here)) + 1, plan.resources + 1)
        return [self._resource(location, plan, number) for number in short]

    def _resource(self, location: Location, plan: LocationPlan, number: int) -> int:
        self.made["resources"] += 1
        resource = scheduling.add_resource.here(
            name=plan.resource_name.replace("{number}", str(number)),
            kind=plan.resource_kind,
            location_ids=[location.pk],
            position=number,
            actor=self.actor,
        )
        patterns = [
            Pattern(day, start, end, plan.since)
            for day, intervals in plan.week.items()
            for start, end in intervals
        ]
        scheduling.set_working_time.here(resource.pk, location.pk, patterns, actor=self.actor)
        return resource.pk

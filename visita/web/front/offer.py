"""What clients may book, and with whom: the catalogue as the pages need it, in a handful of queries."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from visita.bookings.rules import suits
from visita.catalog import queries as catalog
from visita.catalog.models import Kind, Path, Service, ServiceResource, Specialty
from visita.catalog.promotions import PromotionRule
from visita.foundation import clock
from visita.scheduling.models import Resource, ResourceLocation
from visita.tenancy import queries, settings
from visita.tenancy.models import Location


@dataclass(frozen=True)
class Offer:
    """Everything bookable online: places, services by id, people by id, who gives what, who works where."""

    locations: dict[int, Location]
    services: dict[int, Service]
    specialties: dict[int, Specialty]
    resources: dict[int, Resource]
    givers: dict[int, list[ServiceResource]]
    where: dict[int, set[int]]
    rows: list[settings.Row]
    promotions: dict[int, list[PromotionRule]] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)

    def only(self, kind: str) -> "Offer":
        """What is left for a kind of subject; everything for none."""
        if not kind:
            return self
        places = {key: one for key, one in self.locations.items() if suits(self.rows, "location", key, kind)}
        services = {
            key: one
            for key, one in self.services.items()
            if suits(self.rows, "service", key, kind)
            and suits(self.rows, "specialty", one.specialty_id, kind)
        }
        people = {key: one for key, one in self.resources.items() if suits(self.rows, "resource", key, kind)}
        return replace(self, locations=places, services=services, resources=people)

    def asks_kind(self, location: int | None) -> bool:
        """Whether the kind of subject is asked here (or, before a place is known, anywhere)."""
        asked = [location] if location in self.locations else list(self.locations)
        return any(settings.value(self.rows, "ask_kind", location=each) for each in asked)

    def zone(self, location: int) -> ZoneInfo:
        """The location's zone."""
        return ZoneInfo(self.locations[location].zone)

    def people(self, service: int, location: int | None) -> list[Resource]:
        """Who gives the service (at the location), in the organization's order."""
        known = self._asked.get((service, location))
        if known is None:
            able = {pair.resource_id for pair in self.givers.get(service, ())}
            known = [one for key, one in self.resources.items() if key in able and self._works(key, location)]
            self._asked[service, location] = known
        return list(known)

    @cached_property
    def _asked(self) -> dict[tuple[int, int | None], list[Resource]]:
        """What `people` found: one page asks many times over."""
        return {}

    @cached_property
    def _listed(self) -> dict[tuple[int | None, int | None], list[Service]]:
        """What `services_for` found."""
        return {}

    def services_for(self, location: int | None, resource: int | None) -> list[Service]:
        """The services to choose from at a location, with one person if given."""
        known = self._listed.get((location, resource))
        if known is None:
            known = [each for each in self.services.values() if self._given(each, location, resource)]
            self._listed[location, resource] = known
        return list(known)

    def open(self, location: int | None, service: Service | None = None) -> bool:
        """Whether clients may book here at all (the setting `online`)."""
        kind = {"specialty": service.specialty_id, "service": service.pk} if service else {}
        return bool(settings.value(self.rows, "online", location=location, **kind))

    def combines(self, location: int | None, service: Service) -> bool:
        """Whether a service is offered together with others in one visit (the setting `several_services`)."""
        of = {"specialty": service.specialty_id, "service": service.pk}
        return bool(settings.value(self.rows, "several_services", location=location, **of))

    def setting(self, key: str, location: int, service: Service) -> int:
        """A number among the settings in force for a service at a location."""
        found = settings.value(
            self.rows, key, location=location, specialty=service.specialty_id, service=service.pk
        )
        return int(found)

    def minutes(self, service: Service, resource: int | None = None) -> int:
        """The length shown: this person's own, else the service's, else the specialty's base times its multiplier."""
        for pair in self.givers.get(service.pk, ()):
            if (
                pair.resource_id == resource and pair.minutes and service.kind != "class"
            ):  # a class is as long as it is
                return int(pair.minutes)
        base = self.specialties.get(service.specialty_id or 0)
        return int(
            service.minutes or (base.base_minutes * service.multiplier if base else service.start_step or 15)
        )

    def price(self, service: Service, resource: int | None = None, at: datetime | None = None) -> int | None:
        """The price in minor units with this person, a promotion's where one holds at that local time; None where
        clients do not see it."""
        listed = self.list_price(service, resource)
        if at is None or not service.price_shown:
            return listed
        offers = (each.price(listed) for each in self.promotions.get(service.pk, ()) if each.holds(at))
        known = [price for price in (listed, *offers) if price is not None]
        return min(known, default=None)

    def list_price(self, service: Service, resource: int | None = None) -> int | None:
        """The same without promotions."""
        if not service.price_shown:
            return None
        own = (p.price_minor for p in self.givers.get(service.pk, ()) if p.resource_id == resource)
        return next((price for price in own if price is not None), service.price_minor)

    def lowest(self, service: Service, location: int | None) -> tuple[int | None, bool]:
        """The lowest price whoever gives it at the location, and whether it is more with somebody; without promotions."""
        prices = {self.list_price(service, one.pk) for one in self.people(service.pk, location)}
        known = [price for price in prices if price is not None]
        if not known or len(known) < len(prices):
            return self.list_price(service), False
        return min(known), len(known) > 1

    def _given(self, service: Service, location: int | None, resource: int | None) -> bool:
        if not self.open(location, service):
            return False
        people = self.people(service.pk, location)
        if resource is None and service.kind == "class" and not self.givers.get(service.pk):
            return True  # a class that needs nobody in particular
        return any(resource in (None, one.pk) for one in people)

    def _works(self, resource: int, location: int | None) -> bool:
        places = self.where.get(resource, set())
        return bool(places) if location is None else location in places


def load() -> Offer:
    """The offer of the running scope's organization."""
    resources = {one.pk: one for one in Resource.objects.filter(archived_at=None, online=True)}
    givers: dict[int, list[ServiceResource]] = defaultdict(list)
    for pair in ServiceResource.objects.filter(online=True, resource_id__in=resources):
        givers[pair.service_id].append(pair)
    where: dict[int, set[int]] = defaultdict(set)
    for works in ResourceLocation.objects.filter(resource_id__in=resources):
        where[works.resource_id].add(works.location_id)
    return Offer(
        locations={one.pk: one for one in queries.locations()},
        services={one.pk: one for one in Service.objects.filter(archived_at=None, online=True)},
        specialties={one.pk: one for one in Specialty.objects.filter(archived_at=None)},
        resources=resources,
        givers=givers,
        where=where,
        rows=list(queries.setting_rows()),
        promotions=catalog.promotions(clock.now().date() - timedelta(days=1)),
        kinds={one.code: one for one in catalog.kinds()},
        paths=catalog.paths(),
    )

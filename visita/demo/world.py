"""An example business as it stands in the database: the plan's keys with their ids, and the rules to book by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from visita.bookings import rules
from visita.bookings.rules import Rules
from visita.catalog.models import Service
from visita.clients.models import Client, Subject
from visita.demo.plan import Business, Calendar, Offered, span
from visita.foundation.actor import Actor
from visita.identity.models import Membership
from visita.scheduling.models import Resource
from visita.tenancy.models import Location, Organization


@dataclass(frozen=True, slots=True)
class Duty:
    """A resource at work at a location on a date: minutes of the day."""

    calendar: Calendar
    place: str
    start: int
    end: int


@dataclass(frozen=True)
class World:
    """Loaded inside the organization's scope; ids by the plan's keys."""

    business: Business
    organization: Organization
    zone: ZoneInfo
    places: dict[str, int]
    calendars: dict[str, int]
    services: dict[str, int]
    rules: dict[str, Rules]
    clients: list[tuple[int, str]]
    subjects: dict[int, int]
    desk: Actor

    def duties(self, day: date) -> list[Duty]:
        """Who works where and when on a date, by the plan."""
        return [
            Duty(calendar, hours.at, *span(text))
            for calendar in self.business.calendars
            for hours in calendar.hours
            if hours.holds(day)
            for text in hours.spans
        ]

    def given_by(self, key: str) -> list[tuple[Offered, int]]:
        """Services booked at free starts whose main resource this is, with its minutes."""
        return [
            (offered, by.minutes or offered.minutes)
            for offered in self.business.services
            if offered.fields.get("kind") != "class"
            for by in offered.by
            if by.key == key
        ]

    def guests(self, key: str) -> list[tuple[int, str]]:
        """The clients who may ask for the service, by their first names."""
        wanted = next(offered.guests for offered in self.business.services if offered.key == key)
        names = {"women": self.business.people.women, "men": self.business.people.men}.get(wanted)
        return [one for one in self.clients if names is None or one[1].split()[0] in names] or self.clients

    def base(self, offered: Offered) -> int:
        """The grid of the service's starts in minutes."""
        step = offered.fields.get("start_step")
        return int(step or next(group.base for group in self.business.groups if group.key == offered.group))


def load(business: Business, organization: Organization) -> World:
    """The business as it stands now; a handful of queries."""
    places = {row.external_id: row.pk for row in Location.objects.all() if row.external_id}
    services = {row.external_id: row.pk for row in Service.objects.all() if row.external_id}
    calendars = {row.external_id: row.pk for row in Resource.objects.all() if row.external_id}
    business = standing(business, places, calendars, services)
    every = tuple(services[offered.key] for offered in business.services)
    return World(
        business=business,
        organization=organization,
        zone=ZoneInfo(business.zone),
        places=places,
        calendars=calendars,
        services=services,
        rules={place.key: rules.load(places[place.key], every).outlasting() for place in business.places},
        clients=[(row.pk, str(row)) for row in Client.objects.exclude(external_id=None).order_by("id")],
        subjects=dict(Subject.objects.order_by("-id").values_list("client_id", "id")),
        desk=_desk(organization),
    )


def standing(
    business: Business, places: Mapping[str, int], calendars: Mapping[str, int], services: Mapping[str, int]
) -> Business:
    """The plan less what the database lacks: an older version founded it, or somebody took it away since."""
    people = [
        replace(one, hours=tuple(each for each in one.hours if each.at in places))
        for one in business.calendars
        if one.key in calendars
    ]
    offered = [
        replace(one, by=tuple(by for by in one.by if by.key in calendars))
        for one in business.services
        if one.key in services
    ]
    lessons = [
        one
        for one in business.lessons
        if one.service in services and one.at in places and all(key in calendars for key in one.with_)
    ]
    return replace(
        business,
        places=tuple(one for one in business.places if one.key in places),
        calendars=tuple(people),
        services=tuple(offered),
        lessons=tuple(lessons),
    )


def _desk(organization: Organization) -> Actor:
    """The reception, by whose hand visits are booked and settled."""
    seats = Membership.objects.filter(organization=organization, role="reception").select_related("user")
    membership = seats.order_by("id").first()
    if membership is None:
        return Actor("system", None, "Visita", source="system")
    return Actor("staff", membership.user_id, membership.user.name, source="desk")

"""What stood around the visits of a day at a moment: the place, its people and rooms, names, and when they worked.

Read from history. Before the organization was here nothing of it is known: then it is as today's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model, Q

from visita.activity import asof
from visita.activity.models import Activity
from visita.bookings import journal, states
from visita.bookings.journal_hours import Hours, plan_of
from visita.bookings.journal_hours import hours as hours_now
from visita.catalog.models import Service, ServiceResource
from visita.clients.models import Client, Subject
from visita.foundation import scope
from visita.scheduling.engine.working import Rule
from visita.scheduling.models import Resource, ResourceLocation, WorkingException, WorkingPattern
from visita.tenancy import verbs
from visita.tenancy.models import Location

_PLACE = ("name", "zone", "journal_start", "journal_end")
_RESOURCE = ("kind", "name", "title", "occupation", "color", "position", "in_journal")
_EXCEPTION = ("resource_id", "location_id", "date", "intervals", "reason")
_PATTERN = ("resource_id", "weekday", "start", "end", "valid_from", "valid_to", "every_weeks")


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment looked at, and since when things around the visits are known; before that they are as today's."""

    at: datetime
    since: datetime | None

    @property
    def known(self) -> bool:
        """Whether what stood around the visits is known."""
        return self.since is not None and self.since <= self.at


def moment_of(at: datetime) -> Moment:
    """History begins with the organization. One statement; inside a scope."""
    made = Activity.objects.filter(
        object_kind="organization", object_id=scope.current(), verb=verbs.ORGANIZATION_CREATED
    )
    return Moment(at, made.values_list("at", flat=True).first())


def place(location_id: int, moment: Moment) -> tuple[Location, str]:
    """The location with its name, zone and usual hours of then; the organization's language. Raises the refusal 404 for an unknown one."""
    found = journal.place_of(location_id)
    if moment.known:
        _as_then(asof.by_id(Location, _PLACE, {location_id}, moment.at), [found])
    return found, found.language


def resources(location_id: int, had: set[int], moment: Moment) -> list[Resource]:
    """Who belonged to the location then, and whoever had something there on the day, in the order of then."""
    here = ResourceLocation.objects.filter(location_id=location_id).values("resource_id")
    found = list(Resource.objects.filter(Q(pk__in=here) | Q(pk__in=had)))
    if moment.known:
        was = asof.by_id(Resource, _RESOURCE, {each.pk for each in found}, moment.at)
        _as_then(was, found)
        found = [each for each in found if each.pk in was or each.pk in had]
        found.sort(key=lambda each: (each.position, each.pk))
    return [each for each in found if each.in_journal]


def hours(location_id: int, found: list[Resource], when: date, zone: ZoneInfo, moment: Moment) -> Hours:
    """When they worked on the day, by the plans and exceptions of then."""
    if not moment.known:
        return hours_now(location_id, found, when, zone)
    asked = {"location": location_id, "date": when}
    patterns = asof.rows(WorkingPattern, _PATTERN, "e.location_id = %(location)s", asked, moment.at)
    near = asof.rows(WorkingException, _EXCEPTION, "e.date = %(date)s", asked, moment.at)
    rules: dict[int, list[Rule]] = {}
    for row in patterns.values():
        rules.setdefault(row.pop("resource_id"), []).append(Rule(**row))
    said = [WorkingException(**row) for row in near.values()]
    said.sort(key=lambda row: row.location_id is not None)  # those for a location win over those for all
    return plan_of(location_id, rules, said, _giving(found, moment)).of(found, when, zone)


def _giving(found: Iterable[Resource], moment: Moment) -> set[int]:
    """The rooms and devices that gave services then."""
    things = sorted(each.pk for each in found if each.kind != "person")
    gave = asof.rows(
        ServiceResource, ("resource_id",), "e.resource_id = ANY(%(things)s)", {"things": things}, moment.at
    )
    return {row["resource_id"] for row in gave.values()}


@dataclass(frozen=True, slots=True)
class Names:
    """Clients, subjects and services as they were called then; `today` the clients as they are."""

    clients: Mapping[int, Client]
    subjects: Mapping[int, Subject]
    services: Mapping[int, Service]
    today: Mapping[int, Client]


def names(
    owners: set[tuple[int, int]], others: set[int], subjects: set[int], services: set[int], moment: Moment
) -> Names:
    """`owners`: the client of a visit then, and the one it has now; `others` more clients, called as they are today.

    Who was erased since is called as today: what was erased stays so.
    """
    concerned = {pk for pair in owners for pk in pair}
    clients = Client.objects.in_bulk(concerned | others)
    whom, what = Subject.objects.in_bulk(subjects), Service.objects.in_bulk(services)
    if not moment.known:
        return Names(clients, whom, what, clients)
    erased = states.erasures(concerned).keys()
    whole = {then for then, _now in owners} - {then for then, now in owners if {then, now} & erased}
    called = asof.by_id(Client, ("first_name", "last_name"), whole, moment.at)
    then = {pk: Client(pk=pk, **row) for pk, row in called.items()}
    theirs = [each for each in whom.values() if each.client_id not in erased]
    _as_then(asof.by_id(Subject, ("name",), {each.pk for each in theirs}, moment.at), theirs)
    _as_then(asof.by_id(Service, ("name",), set(what), moment.at), what.values())
    return Names({**clients, **then}, whom, what, clients)


def _as_then(was: Mapping[int, Mapping[str, Any]], found: Iterable[Model]) -> None:
    """Rows at hand take the values of then; they are shown, and never saved."""
    for each in found:
        for name, value in was.get(each.pk, {}).items():
            setattr(each, name, value)

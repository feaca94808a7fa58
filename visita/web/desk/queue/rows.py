"""The queue as the desk shows it: numbers in order with their waits, who is with whom, who did not answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from visita.bookings import journal_offer, queue, queue_estimate
from visita.bookings.models import Ticket, TicketState, Visit, VisitStatus
from visita.bookings.queue_estimate import Estimate
from visita.catalog.models import Service
from visita.clients.models import Client
from visita.foundation import clock
from visita.scheduling.models import Resource, ResourceLocation
from visita.tenancy import queries, settings
from visita.web.desk.frame import Frame
from visita.web.waiting.words import wait

_S = TicketState


@dataclass(frozen=True, slots=True)
class Line:
    """One number. `wait` is told in words; `since` minutes they are here."""

    ticket: Ticket
    name: str
    service: str
    who: str
    to: str
    booked: str
    wait: str
    at: str
    since: str
    visit: Visit | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The day's queue by what is happening to whom; `here` have arrived without taking a number."""

    waiting: list[Line]
    inside: list[Line]
    missing: list[Line]
    here: list[tuple[Visit, str, str]]
    done: int


def is_on(place: Frame) -> bool:
    """Whether this location has a queue."""
    return bool(settings.value(queries.setting_rows(), "queue", location=place.location.pk))


def read(place: Frame) -> Queue:
    """Inside a scope."""
    every = queue.tickets(place.location.pk, place.today)
    waiting = [each for each in every if each.state in queue.OPEN]
    told = queue_estimate.of_tickets(place.location.pk, waiting)
    waits = dict(zip([each.pk for each in waiting], told, strict=True))
    names = _Names(place, every)
    lines = {each.pk: names.line(each, waits.get(each.pk)) for each in every}
    served = [each for each in every if each.state == _S.SERVED]
    inside = [each for each in served if names.status(each) == VisitStatus.ARRIVED]
    return Queue(
        [lines[each.pk] for each in waiting],
        [lines[each.pk] for each in sorted(inside, key=lambda one: one.started_at or one.arrived_at)],
        [lines[each.pk] for each in every if each.state == _S.NO_ANSWER],
        _here(place, {each.visit_id for each in every}),
        len(served) - len(inside),
    )


class _Names:
    """Clients, services, people and visits of the tickets: one query each."""

    def __init__(self, place: Frame, tickets: list[Ticket]) -> None:
        self.place = place
        self.clients = Client.objects.in_bulk({each.client_id for each in tickets if each.client_id})
        self.services = Service.objects.in_bulk({each.service_id for each in tickets})
        ids = {one for each in tickets for one in (each.resource_id, each.to_id) if one}
        self.people = Resource.objects.in_bulk(ids)
        self.visits = Visit.objects.in_bulk({each.visit_id for each in tickets if each.visit_id})

    def status(self, ticket: Ticket) -> str:
        visit = self.visits.get(ticket.visit_id or 0)
        return visit.status if visit else ""

    def line(self, ticket: Ticket, estimate: Estimate | None) -> Line:
        place, formats = self.place, self.place.formats
        visit = self.visits.get(ticket.visit_id or 0)
        client = self.clients.get(ticket.client_id or 0)
        local = clock.from_minute(ticket.due).astimezone(place.zone)
        wait, at = told(estimate, place)
        return Line(
            ticket,
            str(client) if client else ticket.name or _("Walk-in"),
            place.text(self.services[ticket.service_id].name),
            self._person(ticket.resource_id),
            self._person(ticket.to_id),
            formats.time(local) if ticket.booked else "",
            wait,
            at,
            _since(ticket.started_at or ticket.arrived_at, place),
            visit,
        )

    def _person(self, resource_id: int | None) -> str:
        person = self.people.get(resource_id or 0)
        return str(person) if person else ""


def told(estimate: Estimate | None, place: Frame) -> tuple[str, str]:
    """The wait in words and as times of day."""
    if estimate is None:
        return wait(None, place.formats), ""
    times = [
        place.formats.time(clock.from_minute(m).astimezone(place.zone)) for m in (estimate.low, estimate.high)
    ]
    words = wait(estimate, place.formats)
    return words, "" if estimate.high <= clock.next_minute() else f"{times[0]}–{times[1]}"


def _since(moment: datetime, place: Frame) -> str:
    minutes = max(0, int((clock.now() - moment).total_seconds()) // 60)
    return place.formats.length(minutes)


def _here(place: Frame, known: set[int | None]) -> list[tuple[Visit, str, str]]:
    """Booked clients marked as arrived today who have no number yet and whose visit has not ended."""
    now = clock.minute()
    rows = Visit.objects.filter(location_id=place.location.pk, status=VisitStatus.ARRIVED, e__gt=now)
    found = [
        row for row in rows.filter(s__lt=now + 720, s__gt=now - 720).order_by("s") if row.pk not in known
    ]
    clients = Client.objects.in_bulk({row.client_id for row in found})
    return [
        (
            row,
            str(clients[row.client_id]),
            place.formats.time(clock.from_minute(row.s).astimezone(place.zone)),
        )
        for row in found
    ]


def next_wait(place: Frame, waiting: list[Line], service_id: int | None) -> str:
    """What somebody who came now would be told."""
    if service_id is None:
        return ""
    tickets = [line.ticket for line in waiting]
    wanted = queue_estimate.Wanted(service_id)
    estimate = queue_estimate.of_tickets(place.location.pk, tickets, [wanted])[-1]
    return told(estimate, place)[0]


def services(place: Frame) -> list[dict[str, Any]]:
    """What walk-ins can have here: everything but classes."""
    found = journal_offer.services(place.location.pk, place.guest.language, place.profile.language)
    return [service for service in found if service["kind"] != "class"]


def people(place: Frame, offered: list[dict[str, Any]]) -> list[Resource]:
    """Everybody who gives any of it here."""
    ids = {resource for service in offered for resource in service["by"]}
    here = ResourceLocation.objects.filter(location_id=place.location.pk).values_list(
        "resource_id", flat=True
    )
    return list(Resource.objects.filter(pk__in=ids & set(here), archived_at=None).order_by("position", "pk"))

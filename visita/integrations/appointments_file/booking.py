"""Books rows, each in one transaction and with the clock set to the row's own booking time.

A row is booked or refused as a whole: its client, visit and status are one commit. The unique key of (organization,
source, external id) is what makes a second run add nothing; what is known already is asked for a batch at a time.
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

from django.db import IntegrityError, connection

from visita.bookings import errors
from visita.bookings.actions.book import book_within
from visita.bookings.actions.cancel import cancel_within
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.placing import Taken
from visita.bookings.requests import BookRequest, External, Item
from visita.bookings.retrying import retrying
from visita.clients import actions as clients
from visita.clients.details import Details
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.integrations.appointments_file import refusals, times
from visita.integrations.appointments_file.founding import Founded, Place
from visita.integrations.appointments_file.known import Known
from visita.integrations.appointments_file.mapping import Mapping
from visita.integrations.appointments_file.opening import Openings
from visita.integrations.appointments_file.report import RefusedFile, Summary
from visita.integrations.appointments_file.rows import Person, Row
from visita.integrations.appointments_file.stopping import Stopping

BATCH = 1000  # rows whose ids are asked for in one query
ATTEMPTS = 5  # for a row whose place somebody else takes at the same moment


def unhurried() -> None:
    """This commit need not wait for the disk: what a crash of the server takes back, the next run books again.

    The event at the end of the import waits, and with it all commits before it are on disk.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


class Registered(NamedTuple):
    """A client, and whether this row made them."""

    id: int
    created: bool


class Booker:
    """Books the rows of one file."""

    def __init__(
        self, mapping: Mapping, founded: Founded, actor: Actor, summary: Summary, refused: RefusedFile
    ) -> None:
        self.mapping, self.founded, self.actor = mapping, founded, actor
        self.summary, self.refused = summary, refused
        self.organization_id = founded.organization.pk
        self.known = Known(self.organization_id, mapping.source)
        self.openings = Openings(founded.service_id)

    def run(self, rows: Iterable[Row], stopping: Stopping, tick: Callable[[], object]) -> None:
        """All rows, batch by batch, until they end or somebody asks to stop."""
        stream = iter(rows)
        while not stopping.asked and (batch := list(islice(stream, BATCH))):
            self._batch(batch, stopping, tick)
        self.summary.interrupted = stopping.asked

    def _batch(self, batch: list[Row], stopping: Stopping, tick: Callable[[], object]) -> None:
        self.known.look(batch)
        self.openings.forget()
        done: list[Row] = []
        try:
            for row in batch:
                if stopping.asked:
                    return
                self._row(row)
                done.append(row)
                tick()
        finally:
            self._read_back(done)

    def _read_back(self, rows: list[Row]) -> None:
        """Count what the database holds of these rows, not what we believe to have written."""
        statuses = self.known.statuses(rows)
        there = [row for row in rows if row.external_id in statuses]
        self.summary.found += len(there)
        self.summary.told_no_show += sum(row.status == VisitStatus.NO_SHOW for row in there)
        self.summary.found_no_show += sum(status == VisitStatus.NO_SHOW for status in statuses.values())

    def _row(self, row: Row) -> None:
        """Book one row, or count why not."""
        if row.external_id in self.known.visits:
            self.summary.already += 1
        else:
            try:
                self._attempts(row)
            except Refusal as refusal:
                self.summary.refused[refusal.code] += 1
                self.refused.add(row, refusal)
        self.summary.read += 1

    def _attempts(self, row: Row) -> None:
        """Again where somebody was faster: with the next place, or with what another import wrote meanwhile."""
        place = self.founded.places[row.location]
        with clock.at(times.instant(row.booked_at, place.zone)):
            for turn in range(ATTEMPTS):
                try:
                    return self._count(row, retrying(lambda turn=turn: self._transaction(row, place, turn)))  # type: ignore[misc]  # mypy cannot type the default
                except (errors.Lost, Taken):
                    if row.start is not None and turn:
                        break
                except IntegrityError:
                    self.known.look([row])
                    if row.external_id in self.known.visits:
                        self.summary.already += 1
                        return None
        if row.external_id in self.known.statuses([row]):  # another import stands there with this very row
            self.summary.already += 1
            return None
        raise refusals.slot_taken(self._there(row, place))

    def _there(self, row: Row, place: Place) -> list[str]:
        """The records of the file that stand at the row's time, the first few."""
        if row.start is None:
            return []
        minute = clock.to_minute(times.instant(row.start, place.zone))
        with scope(self.organization_id):
            rules = self.openings.rules(place.location_id)
            end = minute + rules.service(self.founded.service_id).minutes
            standing = Visit.objects.filter(
                location_id=place.location_id, source=self.mapping.source, s__lt=end, e__gt=minute
            )
            stand = standing.exclude(status=VisitStatus.CANCELLED).order_by("s", "pk")
            return [each for each in stand.values_list("external_id", flat=True)[:3] if each]

    def _count(self, row: Row, client: Registered) -> None:
        self.summary.booked += 1
        self.summary.clients_created += client.created
        if row.person.external_id:
            self.known.clients[row.person.external_id] = client.id

    def _transaction(self, row: Row, place: Place, turn: int) -> Registered:
        with scope(self.organization_id, durable=True):
            unhurried()
            item = self._item(row, place)
            client = self._client(row.person)
            request = BookRequest(
                items=(item,),
                client_id=client.id,
                location_id=place.location_id,
                note=row.note,
                staff=True,
                status=VisitStatus.CONFIRMED if row.status == VisitStatus.CANCELLED else row.status,
                external=External(self.mapping.source, row.external_id),
            )
            rules = self.openings.rules(place.location_id)
            booked = book_within(request, self.actor, turn=turn, found=rules)
            if row.status == VisitStatus.CANCELLED:  # the only status that gives its time back
                cancel_within(booked.visit_id, self.actor)
        return client

    def _item(self, row: Row, place: Place) -> Item:
        if row.start is not None:
            if not times.exists(row.start, place.zone):
                raise refusals.time_does_not_exist()
            return Item(self.founded.service_id, None, times.instant(row.start, place.zone))
        if row.day is None or row.day < clock.now().astimezone(place.zone).date():
            raise refusals.too_late()
        start, resources = self.openings.first(place.location_id, row.day)
        # one after the other in turn: as even as "least booked", the same in every run, and nobody is asked again
        return Item(self.founded.service_id, resources[row.line % len(resources)], clock.from_minute(start))

    def _client(self, person: Person) -> Registered:
        known = self.known.clients.get(person.external_id)
        if known is not None:
            return Registered(known, created=False)
        details = Details(
            first_name=person.first_name,
            last_name=person.last_name,
            phone=person.phone,
            email=person.email,
            source=self.mapping.source,
            external_id=person.external_id or None,
        )
        country = self.founded.country
        if person.external_id:
            return Registered(
                clients.register.here(details, actor=self.actor, country=country, lenient=True).pk, True
            )
        client = clients.find_or_register.here(details, actor=self.actor, country=country, lenient=True)
        return Registered(client.pk, created=client.just_registered)

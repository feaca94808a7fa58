"""When somebody's turn will come: the queue before them is played through on the day's real calendars, twice.

Once with the lengths to be expected, once with longer ones: from the one to the other is what people are told. Booked
visits, working time and visits that run over stand fixed, so nothing below what is known is ever promised.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import connection

from visita.bookings import calendars, queue_lengths, rules
from visita.bookings.models import Ticket
from visita.bookings.queue import local_day
from visita.bookings.rules import Rules
from visita.foundation import clock, prepared, scope
from visita.scheduling import claims, engine
from visita.scheduling.claims import Busy

STEP = 5  # minutes to which what is told is rounded up
OVER = 5  # minutes that a visit beyond its time is expected to go on

_RUNNING = """
SELECT a.resource_id, a.s, a.e, a.service_id, v.id, t.started_at
FROM bookings_visit v
JOIN bookings_appointment a ON a.organization_id = v.organization_id AND a.visit_id = v.id
LEFT JOIN bookings_ticket t ON t.organization_id = v.organization_id AND t.visit_id = v.id AND t.state = 'served'
WHERE v.organization_id = %(o)s AND v.location_id = %(l)s AND v.s >= %(first)s AND v.s <= %(now)s
  AND v.status = 'arrived' AND a.s <= %(now)s AND a.resource_id IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Epoch minutes between which the turn is likely to come."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who waits: for a service, with somebody or anyone; `booked` is the minute of their own time."""

    service_id: int
    resource_id: int | None = None
    booked: int | None = None


def of_tickets(
    location_id: int, waiting: Sequence[Ticket], more: Sequence[Wanted] = ()
) -> list[Estimate | None]:
    """For each ticket in order, then for each of `more` as if it alone came last. None: no place left today."""
    known = [_wanted(ticket) for ticket in waiting]
    everyone = [*known, *more]
    if not everyone:
        return []
    found = rules.load(location_id, tuple({one.service_id for one in everyone}), archived=True)
    day = _Day(found, everyone)
    return day.estimates(known) + [day.estimates([*known, one])[-1] for one in more]


def _wanted(ticket: Ticket) -> Wanted:
    return Wanted(
        ticket.service_id, ticket.to_id or ticket.resource_id, ticket.due if ticket.booked else None
    )


class _Day:
    """The rest of the day: who works when, and what is claimed."""

    def __init__(self, found: Rules, wanted: Iterable[Wanted]) -> None:
        self.found, self.now = found, clock.next_minute()
        self.day = local_day(found)
        self.end = found.day_start(self.day + timedelta(days=1))
        services = {one.service_id for one in wanted}
        self.lengths = queue_lengths.real(services, self.day)
        main = {who.resource_id for one in services for who in found.service(one).who}
        extra = {who for one in services for group in found.service(one).groups for who in group}
        everyone = sorted(main | extra)
        self.work = calendars.working(found, everyone, self.day, self.day, extra - main)
        self.busy = prepared.ask(claims.taken(everyone, self.now - 1, self.end + 1440))
        for resource, until in self._running(everyone).items():
            self.busy[resource].append((self.now - 1, until, 1, None))

    def _running(self, resources: Sequence[int]) -> dict[int, int]:
        """Until when people whose visit has begun are expected to be with it, where that is later than its end.

        This is what booked clients can be told too ("runs 20 minutes late").
        """
        values = {
            "o": scope.current(),
            "l": self.found.location_id,
            "first": self.now - 1440,
            "now": self.now,
        }
        with connection.cursor() as cursor:
            cursor.execute(_RUNNING, values)
            rows = cursor.fetchall()
        late: dict[int, int] = {}
        for resource, _s, e, service, _visit, started in rows:
            until = max(e, self._expected_end(service, started))
            until = self.now + OVER if until <= self.now else until
            if until > e and resource in resources:
                late[resource] = max(until, late.get(resource, 0))
        return late

    def _expected_end(self, service: int, started: object) -> int:
        known = self.lengths.get(service)
        if known is None or started is None:
            return 0
        return clock.to_minute(started) + known.expected  # type: ignore[arg-type]  # a timestamptz column

    def estimates(self, wanted: Sequence[Wanted]) -> list[Estimate | None]:
        """What each is told."""
        soon = self._played(wanted, longer=False)
        late = self._played(wanted, longer=True)
        return [self._told(low, high) for low, high in zip(soon, late, strict=True)]

    def _told(self, low: int | None, high: int | None) -> Estimate | None:
        if low is None:
            return None
        from_ = self.now if low <= self.now else self._rounded(low)
        to = self._rounded(low if high is None else max(low, high))
        return Estimate(from_, to if from_ == self.now and to <= self.now + STEP else max(to, from_ + STEP))

    def _rounded(self, minute: int) -> int:
        return self.now + -(-(minute - self.now) // STEP) * STEP

    def _played(self, wanted: Sequence[Wanted], *, longer: bool) -> list[int | None]:
        """One after the other takes the first place that is free by then."""
        busy = {resource: list(rows) for resource, rows in self.busy.items()}
        return [
            self._of_booked(one, busy) if one.booked is not None else self._next(one, busy, longer)
            for one in wanted
        ]

    def _of_booked(self, one: Wanted, busy: dict[int, list[Busy]]) -> int:
        """At their time, which is kept for them, unless who is before them runs over."""
        booked = max(one.booked or 0, self.now)
        over = [
            e
            for s, e, *_seats in busy.get(one.resource_id or 0, ())
            if s < self.now < e and s == self.now - 1
        ]
        return max([booked, *over])

    def _next(self, one: Wanted, busy: dict[int, list[Busy]], longer: bool) -> int | None:
        service = self.found.service(one.service_id)
        able = tuple(who.resource_id for who in service.who if one.resource_id in (None, who.resource_id))
        if not able or service.is_class:
            return None
        need = service.need(able, 1, 0)
        known = calendars.join(
            self.work, {who: engine.Claims.rows(rows) for who, rows in busy.items()}, staff=True
        )
        window = engine.Window(self.now, self.end)
        starts = engine.offers(window, need, known, engine.Limits(now=self.now))
        start = min(starts, default=None)
        if start is None:
            return None
        resource = starts[start][0]
        planned = need.length(resource)
        length = self.lengths.get(service.id) or queue_lengths.planned(planned)
        more = length.expected + (length.spread if longer else 0) - planned
        alone = replace(need, candidates=(resource,))
        for row in next(iter(engine.allocations(alone, start, resource, known, ())), ()):
            busy[row.resource].append((row.start, max(row.start + 1, row.end + more), row.low, row.high))
        return start

"""One visit as the desk's panel shows it: who, what, with whom, how reliable."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from visita.bookings import attendees, errors, hints, reliability
from visita.bookings.hints import Hint
from visita.bookings.models import Appointment, Visit
from visita.bookings.reliability import Reliability
from visita.clients.models import Client, Subject
from visita.foundation import clock, scope
from visita.foundation.words import text

_LINES = """
SELECT p.id, p.service_id, sv.name::text, p.resource_id, btrim(r.title || ' ' || r.name), p.session_id, p.s, p.e, p.price_minor,
       p.currency, p.position
  FROM bookings_appointment p
  JOIN catalog_service sv ON sv.organization_id = p.organization_id AND sv.id = p.service_id
  LEFT JOIN scheduling_resource r ON r.organization_id = p.organization_id AND r.id = p.resource_id
 WHERE p.organization_id = %s AND p.visit_id = %s ORDER BY p.position, p.id
"""
LAST = 12  # earlier visits drawn as bars


@dataclass(frozen=True, slots=True)
class Line:
    """One appointment: instants on the location's wall clock; `whose` are those it is for, where several were named."""

    id: int
    service_id: int
    service: str
    resource_id: int | None
    resource: str
    session_id: int | None
    start: datetime
    end: datetime
    price_minor: int | None
    currency: str
    whose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A visit with its appointments and its client; `past` are the states of the client's last visits, oldest first, and
    `hint` what staff should know of this one (None where it was cancelled)."""

    visit: Visit
    client: Client
    subject: Subject | None
    lines: Sequence[Line]
    past: Sequence[str]
    reliability: Reliability
    hint: Hint | None

    @property
    def start(self) -> datetime:
        """The visit's start on the location's wall clock."""
        return self.lines[0].start if self.lines else _local(self.visit.s, ZoneInfo(self.visit.zone))


def card(visit_id: int, language: str, fallback: str) -> Card:
    """The visit for the panel; the refusal 404 for an unknown one."""
    visit = find(visit_id)
    client = Client.objects.get(pk=visit.client_id)
    trust = reliability.of_client(visit.client_id)
    subject = Subject.objects.filter(pk=visit.subject_id).first() if visit.subject_id else None
    lines, hint = _lines(visit, (language, fallback)), hints.of_visits([visit.pk]).get(visit.pk)
    return Card(visit, client, subject, lines, _past(visit), trust, hint)


def find(visit_id: int) -> Visit:
    """The visit; the refusal 404 where it is unknown or another organization's."""
    visit = Visit.objects.filter(pk=visit_id).first()
    if visit is None:
        raise errors.not_found()
    return visit


def appointments(visit_id: int) -> list[Appointment]:
    """The visit's appointments in their order."""
    return list(Appointment.objects.filter(visit_id=visit_id).order_by("position", "id"))


def of_session(session_id: int) -> list[tuple[int, str, str, int]]:
    """(visit, client's name, status, seats) of everybody in a dated class, by name."""
    sql = """
    SELECT v.id, btrim(c.first_name || ' ' || c.last_name), v.status, v.seats
      FROM bookings_appointment p
      JOIN bookings_visit v ON v.organization_id = p.organization_id AND v.id = p.visit_id
      JOIN clients_client c ON c.organization_id = v.organization_id AND c.id = v.client_id
     WHERE p.organization_id = %s AND p.session_id = %s AND v.status <> 'cancelled' ORDER BY 2, 1
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [scope.current(), session_id])
        return [tuple(row) for row in cursor.fetchall()]


def _past(visit: Visit) -> list[str]:
    """States of the client's visits that are over, oldest first; cancelled ones do not count."""
    over = Visit.objects.filter(client_id=visit.client_id, s__lt=clock.minute())
    decided = over.filter(status__in=("arrived", "completed", "no_show")).order_by("-s")
    return list(decided.values_list("status", flat=True)[:LAST])[::-1]


def _lines(visit: Visit, words: tuple[str, str]) -> list[Line]:
    zone = ZoneInfo(visit.zone)
    whose = attendees.whose(visit.pk)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [scope.current(), visit.pk])
        return [_line(row[:-1], zone, words, whose.get(row[-1], ())) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...], zone: ZoneInfo, words: tuple[str, str], whose: Iterable[str]) -> Line:
    id_, service_id, name, resource_id, resource, session_id, s, e, price, currency = row
    start, end = _local(s, zone), _local(e, zone)
    return Line(
        id_, service_id, text(json.loads(name), *words), resource_id, resource or "", session_id, start, end, price, currency,
        tuple(whose),
    )  # fmt: skip


def _local(minute: int, zone: ZoneInfo) -> datetime:
    return clock.from_minute(minute).astimezone(zone)

"""Visits as staff programs see them: with appointments, every claim and every place in a class."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from visita.api.auth import Caller
from visita.api.times import iso, shown
from visita.bookings.models import Appointment, Place, Visit
from visita.bookings.queries import VisitView
from visita.clients.models import Client
from visita.identity import rights
from visita.scheduling.models import Allocation

Fields = dict[str, Any]


def visits(views: Sequence[VisitView], who: Caller) -> list[Fields]:
    """Each visit with client, appointments and live allocations; one query more, for places. Inside a scope."""
    places = _places([part.pk for view in views for part in view.appointments])
    return [
        _visit(view.visit, view.client, who)
        | {"appointments": [_part(part, view, places) for part in view.appointments]}
        for view in views
    ]


def allocation(row: Allocation, zone: str) -> Fields:
    """A claim; its seats as [first, after the last or null]."""
    return {
        "id": row.pk,
        "resource": row.resource_id,
        "kind": row.kind,
        "seats": [row.seats.lower, row.seats.upper],
        "start": shown(row.s, zone),
        "end": shown(row.e, zone),
        "overbooked": row.overbooked,
    }


def _visit(visit: Visit, client: Client, who: Caller) -> Fields:
    return {
        "id": visit.pk,
        "code": visit.code,
        "status": visit.status,
        "version": visit.version,
        "location": visit.location_id,
        "zone": visit.zone,
        "start": shown(visit.s, visit.zone),
        "end": shown(visit.e, visit.zone),
        "seats": visit.seats,
        "client": person(client, who),
        "subject": visit.subject_id,
        "source": visit.source,
        "external_id": visit.external_id,
        "note": visit.note,
        "scheme": visit.scheme,
        "discounts": [_discount(row) for row in visit.discounts],
        "fields": visit.fields,
        "consents": visit.consents,
        "cancel_reason": visit.cancel_reason,
        "booked_at": iso(visit.booked_at, visit.zone),
    }


def _discount(row: Fields) -> Fields:
    return {"number": row["number"], "percent": row["percent"], "amount_minor": row["amount"], "reason": row["reason"],
            "by": row["by"]}  # fmt: skip


def person(client: Client, who: Caller) -> Fields:
    """Who a client is and how to reach them; without the right to see them phone and email stay empty."""
    found = {name: getattr(client, name) for name in ("id", "first_name", "last_name", "phone", "email")}
    return found if who.may(rights.CLIENTS_PHONES) else {**found, "phone": "", "email": ""}


def _part(part: Appointment, view: VisitView, places: dict[int, list[int]]) -> Fields:
    zone = view.visit.zone
    return {
        "id": part.pk,
        "service": part.service_id,
        "resource": part.resource_id,
        "session": part.session_id,
        "places": places[part.pk],
        "start": shown(part.s, zone),
        "end": shown(part.e, zone),
        "price_minor": part.price_minor,
        "discount_minor": part.discount_minor,
        "currency": part.currency,
        "allocations": [allocation(row, zone) for row in view.allocations if row.appointment_id == part.pk],
    }


def _places(appointments: list[int]) -> dict[int, list[int]]:
    rows = Place.objects.filter(appointment_id__in=appointments, live=True).order_by("seat")
    grouped: dict[int, list[int]] = defaultdict(list)
    for appointment, seat in rows.values_list("appointment_id", "seat"):
        grouped[appointment or 0].append(seat)
    return grouped

"""What to know of a client before booking for them: how reliable, how likely a visit on that day is missed, tags."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.bookings import reliability, risk
from visita.bookings.reliability import Reliability
from visita.clients import base, queries
from visita.clients.models import PersonalData
from visita.foundation.scope import scope
from visita.identity import rights
from visita.tenancy import queries as tenancy
from visita.tenancy import settings
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.reading import query


@page
def hint(request: HttpRequest, guest: Guest, client: int) -> HttpResponse:
    """`?location=&date=`: a part of the form of a new visit."""
    guest.require(rights.CLIENTS_SEE)
    guest.require(rights.VISITS_BOOK)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        found = queries.client(client)
        trust = reliability.of_client(found.pk)
        born = PersonalData.objects.filter(client_id=found.pk).values_list("birth_date", flat=True).first()
        context: dict[str, Any] = {
            "reliability": trust,
            "bars": (),
            "risk": _risk(trust, place),
            "birthday": _same_day(born, place.day),
            "tags": base.tags_of([found.pk]).get(found.pk, []),
            "note": found.note,
            "subjects": queries.subjects(found.pk),
        }
        return render(request, "desk/parts/hint.html", context)


def _risk(trust: Reliability, place: Frame) -> risk.Risk | None:
    """Of a visit on the frame's day that is booked now."""
    rows = tenancy.setting_rows()
    if not settings.value(rows, "risk_shown"):
        return None
    days = max(0, (place.day - place.today).days)
    return risk.judged(risk.model(rows), days, trust.came, trust.missed)


def _same_day(born: date | None, day: date) -> bool:
    return born is not None and (born.month, born.day) == (day.month, day.day)

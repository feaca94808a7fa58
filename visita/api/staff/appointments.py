"""Appointments and dated classes by time: what a journal of another program needs."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from visita.api.answers import answer
from visita.api.auth import StaffKey, caller
from visita.api.fields import DayOrInstant, UrlId
from visita.api.params import FROM, TO
from visita.api.staff import paging, showing
from visita.api.staff.schemas import AppointmentsOut, SessionsOut
from visita.api.times import shown, span
from visita.bookings.models import Appointment, Place, Session, Visit
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.models import Allocation
from visita.tenancy.models import Location, Organization

router = Router(tags=["Appointments and classes"])

Cursor = Annotated[str, Field(max_length=40)]


@router.get(
    "/appointments", auth=StaffKey(rights.VISITS_SEE), response=AppointmentsOut, summary="List appointments"
)
def appointments(
    request: HttpRequest,
    first: DayOrInstant = FROM,
    last: DayOrInstant = TO,
    resource: UrlId | None = None,
    location: UrlId | None = None,
    cursor: Cursor = "",
) -> HttpResponse:
    """By start, 100 to a page, cancelled visits included (see `status`). Dates and instants as in `/visits`."""
    organization_id = caller(request).organization_id
    with scope(organization_id):
        s, e = span(first, last, _zone(organization_id))
        rows = Appointment.objects.filter(s__gte=s, s__lt=e)
        if resource is not None:
            rows = rows.filter(resource_id=resource)
        if location is not None:
            inside = Visit.objects.filter(location_id=location, s__gte=s - _LONGEST, s__lt=e)
            rows = rows.filter(visit_id__in=inside.values("id"))
        found, following = paging.page(paging.by_start(rows, cursor), lambda row: row.s)
        visits = {each.pk: each for each in Visit.objects.filter(id__in={row.visit_id for row in found})}
    return answer(
        {"appointments": [_appointment(row, visits[row.visit_id]) for row in found], "next": following}
    )


_LONGEST = 2 * 1440  # minutes an appointment may begin after its visit


@router.get("/sessions", auth=StaffKey(rights.VISITS_SEE), response=SessionsOut, summary="List dated classes")
def sessions(
    request: HttpRequest,
    first: DayOrInstant = FROM,
    last: DayOrInstant = TO,
    service: UrlId | None = None,
    location: UrlId | None = None,
    cursor: Cursor = "",
) -> HttpResponse:
    """By start, 100 to a page, with the places taken and the resources each class holds."""
    organization_id = caller(request).organization_id
    with scope(organization_id):
        s, e = span(first, last, _zone(organization_id))
        rows = Session.objects.filter(s__gte=s, s__lt=e, cancelled_at=None)
        if service is not None:
            rows = rows.filter(service_id=service)
        if location is not None:
            rows = rows.filter(location_id=location)
        found, following = paging.page(paging.by_start(rows, cursor), lambda row: row.s)
        shown_ones = _sessions(list(found))
    return answer({"sessions": shown_ones, "next": following})


def _zone(organization_id: int) -> str:
    zone: str = Organization.objects.values_list("zone", flat=True).get(pk=organization_id)
    return zone


def _appointment(row: Appointment, visit: Visit) -> showing.Fields:
    return {
        "id": row.pk,
        "visit": visit.pk,
        "code": visit.code,
        "status": visit.status,
        "location": visit.location_id,
        "client": visit.client_id,
        "service": row.service_id,
        "resource": row.resource_id,
        "session": row.session_id,
        "start": shown(row.s, visit.zone),
        "end": shown(row.e, visit.zone),
    }


def _sessions(found: list[Session]) -> list[showing.Fields]:
    ids = [each.pk for each in found]
    zones = dict(
        Location.objects.filter(id__in={each.location_id for each in found}).values_list("id", "zone")
    )
    claims: dict[int, list[Allocation]] = {each: [] for each in ids}
    for row in Allocation.objects.filter(session_id__in=ids, live=True).defer("period").order_by("id"):
        claims[row.session_id or 0].append(row)
    taken: dict[int, int] = dict.fromkeys(ids, 0)
    for session, expires in Place.objects.filter(session_id__in=ids, live=True).values_list(
        "session_id", "expires_at"
    ):
        taken[session] += expires is None or expires > clock.now()
    return [
        {
            "id": each.pk,
            "service": each.service_id,
            "location": each.location_id,
            "start": shown(each.s, zones[each.location_id]),
            "end": shown(each.e, zones[each.location_id]),
            "capacity": each.capacity,
            "taken": taken[each.pk],
            "allocations": [showing.allocation(row, zones[each.location_id]) for row in claims[each.pk]],
        }
        for each in found
    ]

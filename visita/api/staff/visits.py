"""Visits for programs of the staff: listed with their claims, read, booked."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query
from pydantic import Field

from visita.activity.idempotency import StoredAnswer
from visita.activity.models import Activity
from visita.api import asking, problems
from visita.api.answers import answer, dumped, written
from visita.api.auth import Caller, StaffKey, caller
from visita.api.fields import DayOrInstant, Page, UrlId
from visita.api.once import idempotency, once
from visita.api.params import FROM_OR_NONE, IDEMPOTENCY_KEY, TO_OR_NONE
from visita.api.public.schemas import Status
from visita.api.staff import paging, showing
from visita.api.staff.schemas import (
    BookedVisitOut,
    HistoryOut,
    OverIn,
    ServicesIn,
    VisitIn,
    VisitMoveIn,
    VisitOut,
    VisitsOut,
)
from visita.api.staff.versions import etag
from visita.api.times import iso, span
from visita.bookings import actions, queries
from visita.bookings.requests import Booked, BookRequest, Item
from visita.foundation.scope import scope
from visita.identity import rights
from visita.tenancy.models import Organization

router = Router(tags=["Visits"])
_STATUSES = Query([])

Code = Annotated[str, Field(max_length=40, pattern="^[0-9A-Za-z -]*$")]
Cursor = Annotated[str, Field(max_length=40)]


@router.get("/visits", auth=StaffKey(rights.VISITS_SEE), response=VisitsOut, summary="List visits")
def visits(
    request: HttpRequest,
    first: DayOrInstant | None = FROM_OR_NONE,
    last: DayOrInstant | None = TO_OR_NONE,
    status: list[Status] = _STATUSES,
    code: Code = "",
    page: Page = 1,
) -> HttpResponse:
    """By start, 100 to a page. `from` and `to` are local dates of the organization (both included) or instants with
    offset (`to` excluded); either may be left out."""
    who = caller(request)
    with scope(who.organization_id):
        zone = Organization.objects.values_list("zone", flat=True).get(pk=who.organization_id)
        s, e = span(first, last, zone)
        found = queries.visits(s, e, statuses=status, code=code, page=page)
        shown = showing.visits(found.visits, who)
    return answer({"visits": shown, "page": page, "pages": found.pages, "count": found.count})


@router.get("/visits/{visit_id}", auth=StaffKey(rights.VISITS_SEE), response=VisitOut, summary="One visit")
def visit(request: HttpRequest, visit_id: UrlId) -> HttpResponse:
    """With its appointments and allocations; its version is also the ETag."""
    return visit_answer(caller(request), visit_id)


@router.post(
    "/visits", auth=StaffKey(rights.VISITS_BOOK), response={201: BookedVisitOut}, summary="Book as staff"
)
def book(request: HttpRequest, body: VisitIn, sent_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """No lead time, horizon or online limits. With an `Idempotency-Key` the answer is repeated, not the booking."""
    who = caller(request)
    require_rights(who, body)
    if body.client_id is not None and not who.may(rights.CLIENTS_SEE):  # the answer tells who it is
        raise problems.forbidden()
    key = idempotency(request, f"key {who.actor.id}", "visits", required=False)
    sent = [item.start for item in body.items]

    def render(booked: Booked) -> bytes:
        asking.require_same_offset(sent, booked.items)
        with scope(who.organization_id):
            return dumped(_booked(booked, who))

    def act() -> Booked | StoredAnswer:
        return actions.book(who.organization_id, request_of(body), who.actor, idempotency=key, render=render)

    booked = asking.explained(
        who.organization_id, body.location, sent, lambda: once(who.organization_id, key, act)
    )
    if isinstance(booked, StoredAnswer):
        return written(booked.body, booked.status)
    return written(render(booked), 201)


@router.get(
    "/visits/{visit_id}/history",
    auth=StaffKey(rights.HISTORY_SEE),
    response=HistoryOut,
    summary="What was done to a visit",
)
def history(request: HttpRequest, visit_id: UrlId, cursor: Cursor = "") -> HttpResponse:
    """Newest first, with who did it and by which door."""
    with scope(caller(request).organization_id):
        found = queries.visit(visit_id).visit
        rows = Activity.objects.filter(object_kind="visit", object_id=found.pk)
        shown, following = paging.page(paging.by_id(rows, cursor, newest=True))
    return answer({"history": [_deed(each, found.zone) for each in shown], "next": following})


def visit_answer(who: Caller, visit_id: int) -> HttpResponse:
    """A visit as it is now, in a scope of its own."""
    with scope(who.organization_id):
        found = queries.visit(visit_id)
        shown = showing.visits([found], who)[0]
    return answer(shown, ETag=etag(found.visit.version))


def _booked(booked: Booked, who: Caller) -> showing.Fields:
    shown = showing.visits([queries.visit(booked.visit_id)], who)[0]
    return shown | {"manage_token": booked.manage_token}


def require_rights(who: Caller, body: VisitIn | VisitMoveIn | ServicesIn | OverIn) -> None:
    """Overbooking and going over a rule each need their right."""
    if not isinstance(body, OverIn) and body.force and not who.may(rights.VISITS_OVERBOOK):
        raise problems.forbidden()
    if body.override and not who.may(rights.VISITS_OVERRIDE_RULES):
        raise problems.forbidden()


def request_of(body: VisitIn) -> BookRequest:
    """The booking as the action wants it; refuses client_twice where the client is named in both ways."""
    if body.client_id is not None and body.client is not None:
        raise problems.client_twice()
    items = tuple(Item(each.service, each.resource, each.start, each.minutes) for each in body.items)
    return BookRequest(
        items,
        client=None if body.client is None else asking.client(body.client),
        client_id=body.client_id,
        location_id=body.location,
        seats=body.seats,
        subject=asking.subject(body.subject),
        fields=dict(body.fields),
        consents=tuple(body.consents),
        note=body.note or "",
        scheme=body.scheme or "",
        staff=True,
        force=body.force,
        warned=body.warned,
        override=body.override,
        status=body.status,
    )


def _deed(deed: Activity, zone: str) -> showing.Fields:
    return {
        "id": deed.pk,
        "at": iso(deed.at, zone),
        "verb": deed.verb,
        "actor": {"kind": deed.actor_kind, "label": deed.actor_label},
        "source": deed.source,
        "payload": deed.payload,
    }

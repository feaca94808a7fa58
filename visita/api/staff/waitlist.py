"""The waitlist for programs of the staff: who waits, and putting somebody on it."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from visita.api import problems
from visita.api.answers import answer
from visita.api.auth import StaffKey, caller
from visita.api.fields import BodyId, Day, Short, Strict
from visita.api.staff import paging
from visita.bookings import actions
from visita.bookings.models import Waiting, WaitingStatus
from visita.bookings.waitlist.windows import Window
from visita.foundation.scope import scope
from visita.identity import rights

router = Router(tags=["Waitlist"])

Cursor = Annotated[str, Field(max_length=40)]


class WantedItem(Strict):
    """A service, with somebody in particular or with anyone (null)."""

    service: BodyId
    resource: BodyId | None = None


class PartIn(Strict):
    """A part of the day in which the visit may begin, in minutes after midnight; the end is not in it."""

    start: Annotated[int, Field(ge=0, le=1440)]
    end: Annotated[int, Field(ge=0, le=1440)]


class WaitingIn(Strict):
    """Dates at the location, both included; weekdays 0 (Monday) to 6, none for all; no parts for all day."""

    client: BodyId
    location: BodyId | None = None
    items: list[WantedItem] = Field(min_length=1, max_length=10)
    first_day: Day
    last_day: Day
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(default_factory=list, max_length=7)
    parts: list[PartIn] = Field(default_factory=list, max_length=8)
    seats: Annotated[int, Field(ge=1, le=100)] = 1
    note: Short = ""


class WaitingOut(BaseModel):
    """One who waits; `visit` is set where that visit's client would come earlier."""

    id: int
    client: int
    location: int
    visit: int | None
    items: list[dict[str, int | None]]
    first_day: str
    last_day: str
    weekdays: list[int]
    parts: list[dict[str, int]]
    seats: int
    note: str
    since: str


class WaitlistOut(BaseModel):
    """A page of entries; `next` is the cursor of the following one."""

    waitlist: list[WaitingOut]
    next: str | None


@router.get("/waitlist", auth=StaffKey(rights.VISITS_SEE), response=WaitlistOut, summary="Who waits")
def waitlist(request: HttpRequest, cursor: Cursor = "") -> HttpResponse:
    """Everybody who still waits, the oldest entry first, 100 to a page."""
    who = caller(request)
    with scope(who.organization_id):
        rows = Waiting.objects.filter(status=WaitingStatus.WAITING)
        found, following = paging.page(paging.by_id(rows, cursor))
    return answer({"waitlist": [_shown(each) for each in found], "next": following})


@router.post(
    "/waitlist",
    auth=StaffKey(rights.VISITS_BOOK),
    response={201: WaitingOut},
    summary="Put a client on the waitlist",
)
def join(request: HttpRequest, body: WaitingIn) -> HttpResponse:
    """Who waits for the same already has their place changed to these times."""
    who = caller(request)
    if not who.may(
        rights.CLIENTS_SEE
    ):  # the answer tells whether there is such a client, and what they wait for
        raise problems.forbidden()
    parts = tuple((part.start, part.end) for part in body.parts)
    window = Window(_day(body.first_day), _day(body.last_day), tuple(body.weekdays), parts)
    wish = actions.WaitRequest(
        tuple((item.service, item.resource) for item in body.items), window, client_id=body.client,
        location_id=body.location, seats=body.seats, note=body.note, staff=True,
    )  # fmt: skip
    return answer(_shown(actions.join(who.organization_id, wish, who.actor)), 201)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _shown(one: Waiting) -> dict[str, Any]:
    return {
        "id": one.pk, "client": one.client_id, "location": one.location_id, "visit": one.visit_id,
        "items": [{"service": item["service"], "resource": item["resource"]} for item in one.items],
        "first_day": one.first_day.isoformat(), "last_day": one.last_day.isoformat(),
        "weekdays": one.weekdays, "parts": [{"start": start, "end": end} for start, end in one.parts], "seats": one.seats, "note": one.note,
        "since": one.made_at.isoformat(timespec="seconds"),
    }  # fmt: skip

"""The waitlist for programs of the staff: who waits, and putting somebody on it."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from visita.api import asking, problems, wanted
from visita.api.answers import answer
from visita.api.auth import StaffKey, caller
from visita.api.fields import BodyId
from visita.api.once import repeatable
from visita.api.staff import paging
from visita.api.wanted import WantedIn
from visita.bookings import actions
from visita.bookings.models import Waiting, WaitingStatus
from visita.foundation.scope import scope
from visita.identity import rights

router = Router(tags=["Waitlist"])

Cursor = Annotated[str, Field(max_length=40)]


class WaitingIn(WantedIn):
    """A client of the organization, and what they wait for."""

    client: BodyId


class WaitingOut(BaseModel):
    """One who waits; `visit` is set where that visit's client would come earlier."""

    id: int
    client: int
    location: int
    visit: int | None
    subject: int | None
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
    response={200: WaitingOut, 201: WaitingOut},
    summary="Put a client on the waitlist",
)
@repeatable
def join(request: HttpRequest, body: WaitingIn) -> HttpResponse:
    """Who waits for the same already has their place changed to these times: then 200."""
    who = caller(request)
    if not who.may(
        rights.CLIENTS_SEE
    ):  # the answer tells whether there is such a client, and what they wait for
        raise problems.forbidden()
    wish = actions.WaitRequest(
        wanted.items(body), wanted.window(body), client_id=body.client, location_id=body.location, seats=body.seats,
        note=body.note, staff=True, subject=asking.subject(body.subject),
    )  # fmt: skip
    made = actions.join(who.organization_id, wish, who.actor)
    return answer(_shown(made), 200 if made.again else 201)


def _shown(one: Waiting) -> dict[str, Any]:
    return {
        "id": one.pk, "client": one.client_id, "location": one.location_id, "visit": one.visit_id,
        "subject": one.subject_id,
        "items": [{"service": item["service"], "resource": item["resource"]} for item in one.items],
        "first_day": one.first_day.isoformat(), "last_day": one.last_day.isoformat(),
        "weekdays": one.weekdays, "parts": [{"start": start, "end": end} for start, end in one.parts], "seats": one.seats, "note": one.note,
        "since": one.made_at.isoformat(timespec="seconds"),
    }  # fmt: skip

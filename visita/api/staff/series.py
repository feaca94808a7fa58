"""Series for programs of the staff: all dates of a rule looked at, booked as they were shown, read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal, Self

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from visita.api import problems
from visita.api.answers import answer
from visita.api.auth import Caller, StaffKey, caller
from visita.api.fields import BodyId, Day, Instant, Strict, UrlId
from visita.api.once import repeatable
from visita.api.staff import showing
from visita.api.staff.schemas import StaffItemIn, VisitIn, VisitOut
from visita.api.staff.visits import request_of, require_rights
from visita.bookings import actions, errors, queries, series_lookup, series_plan
from visita.bookings.repeating import MOST, WIDEST, Repeat
from visita.bookings.requests import Item
from visita.bookings.series_plan import NEAR, Occasion
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.foundation.scope import scope
from visita.identity import rights

router = Router(tags=["Series"])


class RepeatIn(Strict):
    """Every `every` days, weeks or months, `count` visits in all or `until` a date (one of
    the two). `weekdays`: 0 is Monday. Weeks repeat at most every 26, months every 12."""

    unit: Literal["day", "week", "month"]
    every: int = Field(default=1, ge=1, le=max(WIDEST.values()))
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(default_factory=list, max_length=7)
    by_weekday: bool = False
    count: int | None = Field(default=None, ge=1, le=MOST)
    until: Day | None = None


class SeriesPlanIn(Strict):
    """The first visit as it would be booked, and how it repeats."""

    visit: VisitIn
    repeat: RepeatIn


class PlacedItemOut(BaseModel):
    """A service with who is free for it (null: nobody found); `minutes` where they are not the usual ones."""

    service: int
    resource: int | None
    start: str
    minutes: int | None


class NearOut(BaseModel):
    """Another time for a date."""

    start: str
    price_minor: int | None
    items: list[PlacedItemOut]


class PlannedIn(Strict):
    """What a plan says of a date besides who and when. It may come back as it was: it asks for nothing, and is refused
    (`not_as_planned`) where `start` is not that of the items."""

    start: Instant | None = None
    free: bool | None = None
    code: Annotated[str, Field(pattern="^[a-z_]{0,40}$")] | None = None
    near: list[NearOut] = Field(default_factory=list, max_length=NEAR)


class OccasionIn(PlannedIn):
    """A date of the plan as it was shown: who and when for every item; `price_minor` is not booked at another."""

    number: int = Field(ge=1, le=MOST)
    items: list[StaffItemIn] = Field(min_length=1, max_length=20)
    price_minor: int | None = None

    @model_validator(mode="after")
    def _one_start(self) -> Self:
        require_start(self.start, (item.start for item in self.items))
        return self


class SeriesIn(SeriesPlanIn):
    """The plan with the dates that were chosen of it. `skip_lost`: what was taken meanwhile is left out, not refused."""

    occasions: list[OccasionIn] = Field(min_length=1, max_length=MOST)
    skip_lost: bool = False


class OccasionOut(BaseModel):
    """A date of the plan. `code` says why it is not free, `near` what else there is."""

    number: int
    start: str
    free: bool
    code: str
    price_minor: int | None
    items: list[PlacedItemOut]
    near: list[NearOut]


class SeriesPlanOut(BaseModel):
    """Every date of the rule."""

    occasions: list[OccasionOut]


class SeriesBookedOut(BaseModel):
    """The visits that were booked, with what opens each, and the dates that were lost."""

    id: int
    visits: list[dict[str, str | int]]
    lost: list[str]


class SeriesOut(BaseModel):
    """A series with its visits as they are."""

    id: int
    client: BodyId
    visits: list[VisitOut]


@router.post(
    "/series/plan",
    auth=StaffKey(rights.VISITS_BOOK),
    response=SeriesPlanOut,
    summary="Look at all dates of a series",
)
def plan(request: HttpRequest, body: SeriesPlanIn) -> HttpResponse:
    """Books nothing. Every date says whether it is free and with whom, else why not and what is near."""
    who = _allowed(request, body)
    with scope(who.organization_id):
        seen = series_plan.plan(request_of(body.visit), _rule(body.repeat))
    return answer({"occasions": [shown_occasion(each) for each in seen]})


@router.post(
    "/series", auth=StaffKey(rights.VISITS_BOOK), response={201: SeriesBookedOut}, summary="Book a series"
)
@repeatable
def book(request: HttpRequest, body: SeriesIn) -> HttpResponse:
    """The occasions as the plan showed them, all or none (409 `series_conflict` names those that are gone)."""
    who = _allowed(request, body)
    chosen = tuple(
        Chosen(each.number, _items(each.items, body.visit.items), each.price_minor) for each in body.occasions
    )
    asked = SeriesRequest(request_of(body.visit), _rule(body.repeat), chosen, skips=body.skip_lost)
    made = actions.book_series(who.organization_id, asked, who.actor)
    visits = [
        {
            "id": each.visit_id,
            "code": each.code,
            "manage_token": each.manage_token,
            "start": each.start.isoformat(),
        }
        for each in made.booked
    ]
    lost = [start.isoformat() for start in made.lost]
    return answer({"id": made.series_id, "visits": visits, "lost": lost}, status=201)


@router.get("/series/{series_id}", auth=StaffKey(rights.VISITS_SEE), response=SeriesOut, summary="One series")
def series(request: HttpRequest, series_id: UrlId) -> HttpResponse:
    """Its visits by number, those cancelled or moved by themselves included."""
    who = caller(request)
    with scope(who.organization_id):
        found = series_lookup.whole(series_id)
        if found is None:
            raise errors.not_found()
        views = queries.views([place.visit for place in found.places])
        shown = showing.visits(views, who)
    return answer({"id": found.series.pk, "client": found.series.client_id, "visits": shown})


def _allowed(request: HttpRequest, body: SeriesPlanIn) -> Caller:
    who = caller(request)
    require_rights(who, body.visit)
    if body.visit.client_id is not None and not who.may(rights.CLIENTS_SEE):
        raise problems.forbidden()
    return who


def _rule(sent: RepeatIn) -> Repeat:
    return Repeat(
        sent.unit, sent.every, tuple(sorted(set(sent.weekdays))), sent.by_weekday, sent.count, sent.until
    )


def _items(sent: list[StaffItemIn], first: list[StaffItemIn]) -> tuple[Item, ...]:
    """The items of a date; one that says no length has that of the first visit."""
    lengths = [item.minutes for item in first] + [None] * len(sent)
    return tuple(
        Item(each.service, each.resource, each.start, each.minutes or minutes)
        for each, minutes in zip(sent, lengths, strict=False)
    )


def require_start(said: datetime | None, starts: Iterable[datetime]) -> None:
    """Refuse a date whose start is another than its items'."""
    if said is not None and said != min(starts):
        said_otherwise = _("This start is not that of the services. Send the date as the plan showed it.")
        raise PydanticCustomError("refused", said_otherwise, {"code": "not_as_planned"})


def shown_occasion(each: Occasion) -> dict[str, object]:
    """A date of a plan for an answer."""
    return {
        "number": each.number,
        "start": each.start.isoformat(),
        "free": each.free,
        "code": each.refusal.code if each.refusal else "",
        "price_minor": each.price,
        "items": _shown(each.items),
        "near": [
            {"start": one.start.isoformat(), "price_minor": one.price, "items": _shown(one.items)}
            for one in each.near
        ],
    }


def _shown(items: tuple[Item, ...]) -> list[dict[str, object]]:
    return [
        {
            "service": item.service_id,
            "resource": item.resource_id,
            "start": item.start.isoformat(),
            "minutes": item.minutes,
        }
        for item in items
    ]

"""Changing a series by key: this visit, this and those after it, or all; looked at first, done as it was shown."""

from datetime import time
from typing import Annotated, Literal, Self

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field, model_validator

from visita.api import problems
from visita.api.answers import answer
from visita.api.auth import StaffKey, caller
from visita.api.fields import BodyId, Instant, Reason, Strict, UrlId
from visita.api.once import repeatable
from visita.api.staff.series import NearOut, PlacedItemOut, PlannedIn, require_start, shown_occasion
from visita.bookings import actions, errors, series_change, series_lookup
from visita.bookings.repeating import MOST
from visita.bookings.series_change import Wish
from visita.bookings.series_lookup import Whole
from visita.bookings.series_requests import Shift
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.models.allocation import LONGEST

router = Router(tags=["Series"])


class SeriesWishIn(Strict):
    """Which visits (`visit` and `span`), and how: `days` later, at another local `time`, with another `resource`."""

    visit: BodyId
    span: Literal["this", "following", "all"]
    days: int = Field(default=0, ge=-366, le=366)
    time: Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = None
    resource: BodyId | None = None


class ShiftItemIn(Strict):
    """A service of the visit by its time: when and with whom (null: anyone). `service` and `minutes` have to be those the
    visit has (422 `series_moves_only`)."""

    start: Instant
    resource: BodyId | None = None
    service: BodyId | None = None
    minutes: int | None = Field(default=None, ge=1, le=LONGEST)


class SeenIn(PlannedIn):
    """A visit as it was read, by its version; the rest that the plan said of it may stay."""

    visit: BodyId
    version: int = Field(ge=1, le=2**31 - 1)
    was: Instant | None = None
    apart: bool | None = None
    number: int | None = Field(default=None, ge=1, le=MOST)
    price_minor: int | None = None


class ShiftIn(SeenIn):
    """Where one visit goes, as the plan showed it."""

    items: list[ShiftItemIn] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _one_start(self) -> Self:
        require_start(self.start, (item.start for item in self.items))
        return self


class SeriesChangeIn(SeriesWishIn):
    """The wish with the visits as the plan showed them; those left out stay where they are."""

    visits: list[ShiftIn] = Field(min_length=1, max_length=MOST)
    warned: bool = False
    override: bool = False


class VersionIn(SeenIn):
    """A visit to cancel."""

    items: list[ShiftItemIn] = Field(default_factory=list, max_length=20)


class SeriesCancelIn(Strict):
    """The visits to cancel, all or none, and why."""

    visits: list[VersionIn] = Field(min_length=1, max_length=MOST)
    reason: Reason | None = ""


class ChangeOut(BaseModel):
    """Where one visit stands and would go. `apart`: it was changed by itself before."""

    visit: int
    version: int
    was: str
    apart: bool
    number: int
    start: str
    free: bool
    code: str
    price_minor: int | None
    items: list[PlacedItemOut]
    near: list[NearOut]


class ChangePlanOut(BaseModel):
    """Every visit the change means, by time."""

    visits: list[ChangeOut]


class ChangedOut(BaseModel):
    """The visits that changed."""

    id: int
    visits: list[int]


@router.post(
    "/series/{series_id}/change/plan",
    auth=StaffKey(rights.VISITS_CHANGE),
    response=ChangePlanOut,
    summary="Look at what a change of a series would do",
)
def plan(request: HttpRequest, body: SeriesWishIn, series_id: UrlId) -> HttpResponse:
    """Changes nothing. Without a wish it lists the visits of the span with their versions, as a cancellation takes them."""
    with scope(caller(request).organization_id):
        whole = _whole(series_id, body.visit)
        wish = _wish(body)
        seen = series_change.plan(whole, body.visit, body.span, wish, looks=wish != Wish())
    shown = [
        {
            "visit": each.place.visit.pk,
            "version": each.place.visit.version,
            "was": each.was.isoformat(),
            "apart": each.place.apart,
            **shown_occasion(each.to),
        }
        for each in seen
    ]
    return answer({"visits": shown})


@router.post(
    "/series/{series_id}/change",
    auth=StaffKey(rights.VISITS_CHANGE),
    response=ChangedOut,
    summary="Move the visits of a series",
)
@repeatable
def change(request: HttpRequest, body: SeriesChangeIn, series_id: UrlId) -> HttpResponse:
    """As the plan showed them, all or none (409 `series_conflict` names those whose time is gone). With `following` and
    `all` the series has them there from now on."""
    who = caller(request)
    if body.override and not who.may(rights.VISITS_OVERRIDE_RULES):
        raise problems.forbidden()
    with scope(who.organization_id):
        _whole(series_id, body.visit)
    shifts = [_shift(each) for each in body.visits]
    done = actions.change_series(
        who.organization_id, series_id, shifts, body.span, _wish(body), who.actor, warned=body.warned,
        override=body.override,
    )  # fmt: skip
    return answer({"id": done.series_id, "visits": list(done.visits)})


@router.post(
    "/series/{series_id}/cancellation",
    auth=StaffKey(rights.VISITS_CANCEL),
    response=ChangedOut,
    summary="Cancel visits of a series",
)
@repeatable
def cancel(request: HttpRequest, body: SeriesCancelIn, series_id: UrlId) -> HttpResponse:
    """These visits, all or none; each with the version that was read."""
    who = caller(request)
    visits = {each.visit: each.version for each in body.visits}
    done = actions.cancel_series(who.organization_id, series_id, visits, who.actor, reason=body.reason or "")
    return answer({"id": done.series_id, "visits": list(done.visits)})


def _shift(sent: ShiftIn) -> Shift:
    places = tuple((item.start, item.resource) for item in sent.items)
    return Shift(sent.visit, sent.version, places, tuple((item.service, item.minutes) for item in sent.items))


def _whole(series_id: int, visit_id: int) -> Whole:
    """The series; 404 where it is unknown or the visit is not of it."""
    found = series_lookup.whole(series_id)
    if found is None or visit_id not in {place.visit.pk for place in found.places}:
        raise errors.not_found()
    return found


def _wish(body: SeriesWishIn) -> Wish:
    return Wish(body.days, time.fromisoformat(body.time) if body.time else None, body.resource)

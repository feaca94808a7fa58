"""The steps of a visit's life, each a noun with its own address; all take the version by If-Match."""

from functools import partial
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from ninja import Router

from visita.api import moving, problems
from visita.api.auth import StaffKey, caller
from visita.api.fields import UrlId
from visita.api.once import repeatable
from visita.api.params import ANY_DAY, IF_MATCH
from visita.api.staff.schemas import OverIn, ReasonIn, VisitMoveIn, VisitOut
from visita.api.staff.versions import if_match
from visita.api.staff.visits import require_rights, visit_answer
from visita.api.times import check_offset
from visita.bookings import actions
from visita.bookings.models import Visit
from visita.bookings.requests import Changed, MoveRequest, Pressed
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.identity import rights
from visita.tenancy import queries as tenancy

router = Router(tags=["Steps of a visit"])

_NO_REASON = ReasonIn()
_ASKS = OverIn()


class Step(Protocol):
    """An action that changes a visit's status."""

    def __call__(
        self, organization_id: int, visit_id: int, actor: Actor, *, version: int | None
    ) -> Changed: ...


@router.post(
    "/visits/{visit_id}/move",
    auth=StaffKey(rights.VISITS_CHANGE),
    response=VisitOut,
    summary="Move or resize",
)
@repeatable
def move(
    request: HttpRequest, body: VisitMoveIn, visit_id: UrlId, version: str | None = IF_MATCH
) -> HttpResponse:
    """The visit, or one `appointment` of it, to another start, resource or length; `force` overbooks, by right."""
    who = caller(request)
    require_rights(who, body)
    read = if_match(request)
    _check_offset(who.organization_id, visit_id, body)
    wanted = MoveRequest(
        body.start, body.resource, body.appointment, body.minutes, read, staff=True, force=body.force,
        warned=body.warned, override=body.override, items=moving.by_part(body.items, body.start, body.appointment),
        location_id=body.location,
    )  # fmt: skip
    actions.move(who.organization_id, visit_id, wanted, who.actor)
    return visit_answer(who, visit_id)


@router.post(
    "/visits/{visit_id}/cancellation",
    auth=StaffKey(rights.VISITS_CANCEL),
    response=VisitOut,
    summary="Cancel",
)
@repeatable
def cancel(
    request: HttpRequest,
    visit_id: UrlId,
    body: ReasonIn = _NO_REASON,
    version: str | None = IF_MATCH,
) -> HttpResponse:
    """Frees the time at once, with a reason; no deadline holds for staff."""
    who = caller(request)
    read = if_match(request)
    actions.cancel(who.organization_id, visit_id, who.actor, reason=body.reason or "", version=read)
    return visit_answer(who, visit_id)


@router.post(
    "/visits/{visit_id}/confirmation",
    auth=StaffKey(rights.VISITS_STATUS),
    response=VisitOut,
    summary="Confirm",
)
@repeatable
def confirm(request: HttpRequest, visit_id: UrlId, version: str | None = IF_MATCH) -> HttpResponse:
    """requested → confirmed."""
    return _step(request, visit_id, actions.confirm)


@router.post(
    "/visits/{visit_id}/arrival",
    auth=StaffKey(rights.VISITS_STATUS),
    response=VisitOut,
    summary="The client is here",
)
@repeatable
def arrive(
    request: HttpRequest, visit_id: UrlId, any_day: bool = ANY_DAY, version: str | None = IF_MATCH
) -> HttpResponse:
    """confirmed → arrived; 409 `not_today` for a visit of another day, unless `any_day`."""
    return _step(request, visit_id, partial(actions.arrive, any_day=any_day))


@router.post(
    "/visits/{visit_id}/completion", auth=StaffKey(rights.VISITS_STATUS), response=VisitOut, summary="Done"
)
@repeatable
def complete(
    request: HttpRequest, visit_id: UrlId, any_day: bool = ANY_DAY, version: str | None = IF_MATCH
) -> HttpResponse:
    """arrived or confirmed → completed; 409 `not_today` for a visit of a later day, unless `any_day`."""
    return _step(request, visit_id, partial(actions.complete, any_day=any_day))


@router.post(
    "/visits/{visit_id}/no-show",
    auth=StaffKey(rights.VISITS_STATUS),
    response=VisitOut,
    summary="The client did not come",
)
@repeatable
def no_show(request: HttpRequest, visit_id: UrlId, version: str | None = IF_MATCH) -> HttpResponse:
    """confirmed → no_show, from the start on (before it 409 `not_begun`); the time stays claimed."""
    return _step(request, visit_id, actions.mark_no_show)


@router.post(
    "/visits/{visit_id}/restoration",
    auth=StaffKey(rights.VISITS_CHANGE),
    response=VisitOut,
    summary="Undo a cancellation or a no-show",
)
@repeatable
def restore(
    request: HttpRequest, visit_id: UrlId, body: OverIn = _ASKS, version: str | None = IF_MATCH
) -> HttpResponse:
    """Back to confirmed; where the time was taken meanwhile: 409 `slot_taken` with alternatives. A cancelled visit is asked
    about as one that is booked: 422 `not_eligible`, `rule_refused`, 409 `rule_warned`."""
    require_rights(caller(request), body)
    return _step(request, visit_id, partial(actions.restore, pressed=Pressed(body.warned, body.override)))


def _step(request: HttpRequest, visit_id: int, act: Step) -> HttpResponse:
    who = caller(request)
    act(who.organization_id, visit_id, who.actor, version=if_match(request))
    return visit_answer(who, visit_id)


def _check_offset(organization_id: int, visit_id: int, body: VisitMoveIn) -> None:
    with scope(organization_id):
        zone = Visit.objects.filter(pk=visit_id).values_list("zone", flat=True).first()
        if zone is None:
            raise problems.not_found()
        if body.location is not None:
            zone = tenancy.location(body.location).zone
    check_offset(body.start, zone, "start")

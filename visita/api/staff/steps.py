"""The steps of a visit's life, each a noun with its own address; all take the version by If-Match."""

from typing import Protocol

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Router

from visita.api import problems
from visita.api.auth import caller, needs
from visita.api.fields import UrlId
from visita.api.staff.schemas import ReasonIn, VisitMoveIn, VisitOut
from visita.api.staff.versions import if_match
from visita.api.staff.visits import visit_answer
from visita.api.times import check_offset
from visita.bookings import actions
from visita.bookings.models import Visit
from visita.bookings.requests import Changed, MoveRequest
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.identity import rights

router = Router(tags=["Steps of a visit"])

_NO_REASON = ReasonIn()
_VERSION = Header(None, alias="If-Match", description='The version you read, such as "3"; 428 without')


class Step(Protocol):
    """An action that changes a visit's status."""

    def __call__(
        self, organization_id: int, visit_id: int, actor: Actor, *, version: int | None
    ) -> Changed: ...


@router.post("/visits/{visit_id}/move", response=VisitOut, summary="Move or resize")
@needs(rights.VISITS_CHANGE)
def move(
    request: HttpRequest, body: VisitMoveIn, visit_id: UrlId = Path(...), version: str | None = _VERSION
) -> HttpResponse:
    """The visit, or one `appointment` of it, to another start, resource or length; `force` overbooks, by right."""
    who = caller(request)
    if body.force and not who.may(rights.VISITS_OVERBOOK):
        raise problems.forbidden()
    read = if_match(request)
    _check_offset(who.organization_id, visit_id, body)
    wanted = MoveRequest(
        body.start, body.resource, body.appointment, body.minutes, read, staff=True, force=body.force
    )
    actions.move(who.organization_id, visit_id, wanted, who.actor)
    return visit_answer(who.organization_id, visit_id)


@router.post("/visits/{visit_id}/cancellation", response=VisitOut, summary="Cancel")
@needs(rights.VISITS_CANCEL)
def cancel(
    request: HttpRequest,
    body: ReasonIn = _NO_REASON,
    visit_id: UrlId = Path(...),
    version: str | None = _VERSION,
) -> HttpResponse:
    """Frees the time at once, with a reason; no deadline holds for staff."""
    who = caller(request)
    read = if_match(request)
    actions.cancel(who.organization_id, visit_id, who.actor, reason=body.reason or "", version=read)
    return visit_answer(who.organization_id, visit_id)


@router.post("/visits/{visit_id}/confirmation", response=VisitOut, summary="Confirm")
@needs(rights.VISITS_STATUS)
def confirm(
    request: HttpRequest, visit_id: UrlId = Path(...), version: str | None = _VERSION
) -> HttpResponse:
    """requested → confirmed."""
    return _step(request, visit_id, actions.confirm)


@router.post("/visits/{visit_id}/arrival", response=VisitOut, summary="The client is here")
@needs(rights.VISITS_STATUS)
def arrive(request: HttpRequest, visit_id: UrlId = Path(...), version: str | None = _VERSION) -> HttpResponse:
    """confirmed → arrived."""
    return _step(request, visit_id, actions.arrive)


@router.post("/visits/{visit_id}/completion", response=VisitOut, summary="Done")
@needs(rights.VISITS_STATUS)
def complete(
    request: HttpRequest, visit_id: UrlId = Path(...), version: str | None = _VERSION
) -> HttpResponse:
    """arrived or confirmed → completed."""
    return _step(request, visit_id, actions.complete)


@router.post("/visits/{visit_id}/no-show", response=VisitOut, summary="The client did not come")
@needs(rights.VISITS_STATUS)
def no_show(
    request: HttpRequest, visit_id: UrlId = Path(...), version: str | None = _VERSION
) -> HttpResponse:
    """confirmed → no_show; the time stays claimed."""
    return _step(request, visit_id, actions.mark_no_show)


@router.post("/visits/{visit_id}/restoration", response=VisitOut, summary="Undo a cancellation or a no-show")
@needs(rights.VISITS_CHANGE)
def restore(
    request: HttpRequest, visit_id: UrlId = Path(...), version: str | None = _VERSION
) -> HttpResponse:
    """Back to confirmed; where the time was taken meanwhile: 409 `slot_taken` with alternatives."""
    return _step(request, visit_id, actions.restore)


def _step(request: HttpRequest, visit_id: int, act: Step) -> HttpResponse:
    who = caller(request)
    act(who.organization_id, visit_id, who.actor, version=if_match(request))
    return visit_answer(who.organization_id, visit_id)


def _check_offset(organization_id: int, visit_id: int, body: VisitMoveIn) -> None:
    with scope(organization_id):
        zone = Visit.objects.filter(pk=visit_id).values_list("zone", flat=True).first()
    if zone is None:
        raise problems.not_found()
    check_offset(body.start, zone, "start")

"""The client's own booking: seen, moved and given up with the manage token."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.security import APIKeyHeader
from pydantic import Field

from visita.api import asking, moving, problems
from visita.api.answers import answer
from visita.api.once import kept
from visita.api.params import IDEMPOTENCY_KEY
from visita.api.public.schemas import BookingOut, CancellationIn, MoveIn
from visita.api.tenant import by_token, client_actor
from visita.api.times import check_offset, shown
from visita.bookings import actions, errors, queries
from visita.bookings.models import Visit
from visita.bookings.requests import MoveRequest
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

Code = Annotated[str, Field(max_length=40)]


class ManageToken(APIKeyHeader):
    """The rule of these operations: `X-Manage-Token`. Whether it opens the booking is seen with the code."""

    param_name = "X-Manage-Token"

    def __call__(self, request: HttpRequest) -> str:
        """The token as sent; 401 where there is none."""
        token = request.headers.get(self.param_name, "")
        if not token:
            raise problems.token_required()
        return token

    def authenticate(self, _request: HttpRequest, key: str | None) -> str | None:
        """Any text is a candidate."""
        return key


_NO_REASON = CancellationIn()
router = Router(tags=["Own booking"], auth=ManageToken())


@router.get("/bookings/{code}", response=BookingOut, summary="See a booking")
def booking(request: HttpRequest, code: Code) -> HttpResponse:
    """The booking with its version, as it is now. Wrong code, wrong token and ended link are the same 404."""
    organization_id, visit = _found(request, code)
    return _answer(organization_id, visit.pk)


@router.post("/bookings/{code}/cancellation", response=BookingOut, summary="Cancel a booking")
def cancel(
    request: HttpRequest,
    code: Code,
    body: CancellationIn = _NO_REASON,
    sent_key: str | None = IDEMPOTENCY_KEY,
) -> HttpResponse:
    """Frees the time at once. After the organization's deadline: 403 `deadline_passed`."""
    organization_id, visit = _found(request, code)

    def made() -> HttpResponse:
        actor = client_actor(request)
        actions.cancel(organization_id, visit.pk, actor, reason=body.reason or "", version=body.version)
        return _answer(organization_id, visit.pk)

    with _plainly():
        return kept(request, organization_id, "anonymous", made)


@router.post("/bookings/{code}/move", response=BookingOut, summary="Move a booking")
def move(
    request: HttpRequest, body: MoveIn, code: Code, sent_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """To another start, and another resource if one is named; the booking keeps its code and token."""
    organization_id, visit = _found(request, code)
    check_offset(body.start, visit.zone, "start")
    with scope(organization_id):
        items = moving.by_service(visit.pk, body.items, body.start)
    wanted = MoveRequest(body.start, body.resource, version=body.version, items=items)

    def made() -> HttpResponse:
        actions.move(organization_id, visit.pk, wanted, client_actor(request))
        return _answer(organization_id, visit.pk)

    with _plainly():
        return kept(request, organization_id, "anonymous", made)


@contextmanager
def _plainly() -> Iterator[None]:
    """A client learns that the booking is another now, not who of the staff did what to it."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code == "changed_meanwhile":
            raise errors.changed_meanwhile(refusal.extra["version"]) from None
        raise


def _found(request: HttpRequest, code: str) -> tuple[int, Visit]:
    token: str = request.auth  # type: ignore[attr-defined]
    organization = by_token(request, token)
    if organization is None or not code.isascii() or not code.isprintable():
        raise errors.link_invalid()
    with scope(organization.pk):
        return organization.pk, queries.visit_by_token(code, token).visit


def _answer(organization_id: int, visit_id: int) -> HttpResponse:
    with scope(organization_id):
        view = queries.visit(visit_id)
    return answer(_shown(view))


def _shown(view: queries.VisitView) -> asking.Fields:
    visit = view.visit
    return {
        "code": visit.code,
        "status": visit.status,
        "version": visit.version,
        "location": visit.location_id,
        "zone": visit.zone,
        "start": shown(visit.s, visit.zone),
        "end": shown(visit.e, visit.zone),
        "seats": visit.seats,
        "items": [
            {
                "service": each.service_id,
                "resource": each.resource_id,
                "start": shown(each.s, visit.zone),
                "end": shown(each.e, visit.zone),
            }
            for each in view.appointments
        ],
    }

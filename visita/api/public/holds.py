"""Keeping a time for some minutes while the client types."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from visita.api import asking
from visita.api.answers import answer, empty
from visita.api.auth import anyone
from visita.api.once import kept
from visita.api.params import IDEMPOTENCY_KEY
from visita.api.public.schemas import ExtensionOut, HoldIn, HoldOut
from visita.api.tenant import by_slug, client_actor
from visita.api.times import iso
from visita.bookings import actions, holds
from visita.bookings.requests import Held, HoldRequest
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import queries

router = Router(tags=["Holds"], auth=anyone)

Token = Annotated[str, Field(max_length=120)]


@router.post("/organizations/{slug}/holds", response={201: HoldOut}, summary="Keep times for a while")
def hold(
    request: HttpRequest, slug: str, body: HoldIn, sent_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Keeps the times (5 minutes by default) so that nobody else can take them; book with the token as `hold`."""
    found = by_slug(request, slug, "hold")
    sent = [item.start for item in body.items]
    wanted = HoldRequest(asking.items(body.items), body.location, body.seats)

    def act() -> Held:
        return actions.hold(found.pk, wanted, client_actor(request))

    def made() -> HttpResponse:
        held = asking.explained(found.pk, body.location, sent, act)
        try:
            asking.require_same_offset(sent, held.items)
        except Refusal:
            actions.release_hold(found.pk, held.token, client_actor(request))
            raise
        zone = held.items[0].start.tzinfo
        return answer({"hold": held.token, "expires_at": held.expires_at.astimezone(zone).isoformat()}, 201)

    return kept(request, found.pk, "anonymous", made)


@router.post(
    "/organizations/{slug}/holds/{hold}/extension", response=ExtensionOut, summary="Keep them longer"
)
def extend(
    request: HttpRequest, slug: str, hold: Token, sent_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """The same time again from now, up to the limit in all (30 minutes by default); then 410 `hold_expired`."""
    found = by_slug(request, slug, "hold")
    with scope(found.pk):
        zone = queries.location(holds.read(hold).location_id).zone

    def made() -> HttpResponse:
        held = actions.extend_hold(found.pk, hold, client_actor(request))
        return answer({"expires_at": iso(held.expires_at, zone)})

    return kept(request, found.pk, "anonymous", made)


@router.delete("/organizations/{slug}/holds/{hold}", response={204: None}, summary="Give the times up")
def release(request: HttpRequest, slug: str, hold: Token) -> HttpResponse:
    """Frees the times at once; a hold that is gone already is no error."""
    found = by_slug(request, slug, "hold")
    actions.release_hold(found.pk, hold, client_actor(request))
    return empty()

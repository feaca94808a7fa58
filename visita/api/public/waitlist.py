"""The waitlist without a key: joining it, and leaving it by the link that was sent."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from visita.api import asking, wanted
from visita.api.answers import answer, empty
from visita.api.auth import anyone
from visita.api.once import kept
from visita.api.params import IDEMPOTENCY_KEY
from visita.api.public.manage import ManageToken
from visita.api.public.schemas import ClientIn
from visita.api.tenant import by_slug, client_actor, counted
from visita.api.wanted import WantedIn
from visita.bookings import actions
from visita.bookings.waitlist import links
from visita.foundation.scope import scope

Code = Annotated[str, Field(max_length=40)]


class WaitlistToken(ManageToken):
    """The rule of leaving: `X-Waitlist-Token`, the last part of the link that was sent."""

    param_name = "X-Waitlist-Token"


class JoiningIn(WantedIn):
    """Who waits for what, and when; a phone or an email, for the link is sent there."""

    client: ClientIn


class JoiningOut(BaseModel):
    """The link to the entry was sent to the client's contact, and is told to nobody else."""

    sent: Literal[True] = True


router = Router(tags=["Waitlist"], auth=anyone)


@router.post("/organizations/{slug}/waitlist", response={201: JoiningOut}, summary="Join the waitlist")
def join(
    request: HttpRequest, slug: str, body: JoiningIn, sent_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Whoever waits for the same already has their place changed to these times; the answer is the same, so nobody learns
    who waits or is a client."""
    found = by_slug(request, slug, "book")
    wish = actions.WaitRequest(
        wanted.items(body), wanted.window(body), client=asking.client(body.client), location_id=body.location,
        seats=body.seats, note=body.note, subject=asking.subject(body.subject),
    )  # fmt: skip

    def made() -> HttpResponse:
        actions.join(found.pk, wish, client_actor(request))
        return answer({"sent": True}, 201)

    with counted(request, found):
        return kept(request, found.pk, "anonymous", made)


@router.post(
    "/organizations/{slug}/waitlist/{code}/departure",
    auth=WaitlistToken(),
    response={204: None},
    summary="Leave the waitlist",
)
def leave(
    request: HttpRequest, slug: str, code: Code, sent_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """An open offer is given up with it; leaving twice is no error. Wrong code and wrong token are the same 404."""
    found = by_slug(request, slug, "manage")
    token: str = request.auth  # type: ignore[attr-defined]
    with scope(found.pk):
        waiting = links.opened(code, token)

    def gone() -> HttpResponse:
        actions.leave(found.pk, waiting.pk, client_actor(request))
        return empty()

    return kept(request, found.pk, "anonymous", gone)

"""Booking without a key: the client's side of the write path."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from visita.activity.idempotency import Idempotency, StoredAnswer, replay
from visita.api import asking
from visita.api.answers import dumped, written
from visita.api.auth import anyone
from visita.api.limits import count_told
from visita.api.once import idempotency, once
from visita.api.params import IDEMPOTENCY_KEY
from visita.api.public.schemas import BookedOut, BookingIn
from visita.api.tenant import by_slug, client_actor, counted, own_program, take_back
from visita.bookings import actions
from visita.bookings.requests import Booked, BookRequest
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import queries

router = Router(tags=["Bookings"], auth=anyone)


@router.post("/organizations/{slug}/bookings", response={201: BookedOut}, summary="Book")
def book(
    request: HttpRequest, slug: str, body: BookingIn, sent_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Books all items as one visit, or nothing. Send a new random `Idempotency-Key` with each booking, and the same
    one to ask again: the answer is then repeated byte for byte, and nothing is booked twice."""
    key = idempotency(request, "anonymous", "bookings")
    try:
        found = by_slug(request, slug, "book")
    except Refusal:
        if (told := told_before(request, slug, key)) is None:
            raise
        return written(told.body, told.status)
    sent = [item.start for item in body.items]
    own, name = own_program(request, found), f"{body.client.first_name} {body.client.last_name or ''}".strip()
    wanted = _request(body, vouched=own is not None)
    actor = own.actor if own else client_actor(request, name)

    answer = b""

    def render(booked: Booked) -> bytes:
        nonlocal answer  # what is kept is what is sent
        asking.require_same_offset(sent, booked.items)
        answer = dumped(shown(booked))
        return answer

    def act() -> Booked | StoredAnswer:
        return actions.book(found.pk, wanted, actor, idempotency=key, render=render)

    with counted(request, found):
        booked = asking.explained(found.pk, body.location, sent, lambda: once(found.pk, key, act))
    if isinstance(booked, StoredAnswer):
        take_back(request, found)
        return written(booked.body, booked.status)
    return written(answer, 201)


def told_before(request: HttpRequest, slug: str, key: Idempotency | None) -> StoredAnswer | None:
    """What was answered to this request when it was first sent: no limit keeps that from whoever did not hear it."""
    found = queries.by_slug(slug) if slug.isascii() and slug.isprintable() else None
    if found is None or key is None:
        return None
    count_told(request, slug)
    with scope(found.pk):
        return replay(key)


def shown(booked: Booked) -> asking.Fields:
    """A booking as it is acknowledged."""
    return {
        "code": booked.code,
        "manage_token": booked.manage_token,
        "status": booked.status,
        "start": booked.start.isoformat(),
        "end": booked.end.isoformat(),
        "items": asking.shown_items(booked.items),
    }


def _request(body: BookingIn, *, vouched: bool) -> BookRequest:
    return BookRequest(
        asking.items(body.items),
        client=asking.client(body.client),
        vouched=vouched,
        location_id=body.location,
        seats=body.seats,
        hold=body.hold or None,
        subject=asking.subject(body.subject),
        others=asking.others(body.others),
        fields=dict(body.fields),
        consents=tuple(body.consents),
        note=body.note or "",
        price_seen=body.price_seen,
        scheme=body.scheme or "",
    )

"""Accept an offer: the time becomes a visit, or the visit moves to it, in one transaction with the end of the offer."""

from dataclasses import dataclass, field, replace
from typing import Any

from visita.activity.record import record
from visita.bookings import errors, holds, subjects, verbs
from visita.bookings.actions.book import book
from visita.bookings.actions.end_offer import end_offer, end_within
from visita.bookings.actions.move import move
from visita.bookings.locking import appointments
from visita.bookings.models import Offer, OfferStatus, Waiting, WaitingStatus
from visita.bookings.requests import (
    Beside,
    Booked,
    BookRequest,
    Item,
    Moved,
    MoveItem,
    MoveRequest,
    SubjectDetails,
)
from visita.bookings.waitlist import links
from visita.clients import queries as clients
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy.models import Organization


@dataclass(frozen=True, slots=True)
class Answers:
    """What the booking asks besides its time, as typed on the offer's page."""

    fields: dict[str, Any] = field(default_factory=dict)
    consents: tuple[Any, ...] = ()
    phone_confirmed: bool = False
    subject: SubjectDetails | None = None
    others: dict[int, SubjectDetails] = field(default_factory=dict)
    subject_id: int | None = None


def accept(organization_id: int, waiting_id: int, answers: Answers, actor: Actor) -> Booked | Moved:
    """Take the open offer of an entry. Refuses offer_over, offer_taken, and what booking or moving refuses."""
    with scope(organization_id):
        waiting = Waiting.objects.filter(pk=waiting_id).first()
        offer = Offer.objects.filter(waiting_id=waiting_id, status=OfferStatus.OPEN).first()
        token = _hold(organization_id, offer)
        known = appointments(waiting.visit_id) if waiting and waiting.visit_id else []
        subject = subjects.waited_for(waiting) if waiting else None
    if waiting is None or offer is None or offer.expires_at <= clock.now():
        raise errors.offer_over()
    beside = Beside(
        lambda: _require_open(offer, waiting), lambda visit: _settle(offer, waiting, visit, actor)
    )
    try:
        if waiting.visit_id is not None:
            return _moved(organization_id, waiting, offer, known, actor, beside)
        return _booked(
            organization_id, waiting, offer, token, replace(answers, subject_id=subject), actor, beside
        )
    except Refusal as refusal:
        raise _kindly(organization_id, waiting, offer, refusal, actor) from refusal


def _hold(organization_id: int, offer: Offer | None) -> str | None:
    """The token of the hold that keeps the offer's time; None where nothing keeps it."""
    if offer is None or not offer.hold:
        return None
    public_id = Organization.objects.get(pk=organization_id).public_id
    return links.hold_token(offer.code, public_id, clock.to_minute(offer.made_at))


def _booked(
    organization_id: int,
    waiting: Waiting,
    offer: Offer,
    hold: str | None,
    answers: Answers,
    actor: Actor,
    beside: Beside,
) -> Booked:
    request = BookRequest(
        tuple(_item(part, one) for part, one in zip(offer.parts, waiting.items, strict=True)),
        client_id=waiting.client_id,
        location_id=waiting.location_id,
        seats=waiting.seats,
        hold=hold,
        fields=answers.fields,
        consents=answers.consents,
        subject=None if answers.subject_id else answers.subject,
        subject_id=answers.subject_id,
        others=answers.others,
        phone_confirmed=answers.phone_confirmed,
        note=waiting.note,
        staff=offer.staff,
        warned=True,  # a warning is for staff to read, not for who takes what they offered
    )
    booked = book(organization_id, request, actor, beside=beside)
    assert isinstance(booked, Booked)
    return booked


def _item(part: dict[str, Any], wanted: dict[str, Any]) -> Item:
    start = clock.from_minute(part["s"])
    subject, kind = wanted.get("subject", 0), wanted.get("kind", "")
    return Item(part["service"], part["resource"], start, subject=subject, kind=kind, binds=True)


def _moved(
    organization_id: int, waiting: Waiting, offer: Offer, known: list[Any], actor: Actor, beside: Beside
) -> Moved:
    """The organization offered it, so neither deadline nor number of moves stands in the way."""
    items = tuple(
        MoveItem(each.pk, clock.from_minute(part["s"]), part["resource"])
        for each, part in zip(known, offer.parts, strict=True)
    )
    assert waiting.visit_id is not None
    request = MoveRequest(clock.from_minute(offer.s), items=items, staff=True, warned=True)
    return move(organization_id, waiting.visit_id, request, actor, beside=beside)


def _require_open(offer: Offer, waiting: Waiting) -> None:
    """Under the entry's lock the offer still stands; a move's own hold makes way for it."""
    _lock(waiting)
    if not Offer.objects.filter(pk=offer.pk, status=OfferStatus.OPEN, expires_at__gt=clock.now()).exists():
        raise errors.offer_over()
    if waiting.visit_id is not None and offer.hold:
        holds.drop(offer.hold)


def _lock(waiting: Waiting) -> None:
    """The client before the entry, as who joins and who merges records do: booking locks the client anyway."""
    clients.present(waiting.client_id)
    Waiting.objects.filter(pk=waiting.pk).select_for_update(no_key=True).get()


def _settle(offer: Offer, waiting: Waiting, visit_id: int, actor: Actor) -> None:
    payload = {"offer": offer.code, "visit": visit_id, "location": offer.location_id}
    event = record(verbs.OFFER_ACCEPTED, "offer", waiting.pk, actor, payload)
    Offer.objects.filter(pk=offer.pk).update(
        status=OfferStatus.ACCEPTED, ended_at=clock.now(), activity_id=event
    )
    Waiting.objects.filter(pk=waiting.pk).update(
        status=WaitingStatus.BOOKED, booked_id=visit_id, activity_id=event
    )
    _end_others(offer, actor)


def _end_others(offer: Offer, actor: Actor) -> None:
    """Who was told of the very same time has lost it; their entries wait on."""
    if offer.hold:
        return
    same = Offer.objects.filter(
        status=OfferStatus.OPEN, location_id=offer.location_id, s=offer.s, hold="", parts=offer.parts
    ).exclude(pk=offer.pk)
    for other in list(same.order_by("waiting_id").values_list("waiting_id", flat=True)):
        lost = Waiting.objects.filter(pk=other).select_for_update(no_key=True, skip_locked=True).first()
        if lost is not None:  # who is just answering finds out by the booking itself
            end_within(lost, "lost", actor)


def _kindly(organization_id: int, waiting: Waiting, offer: Offer, refusal: Refusal, actor: Actor) -> Refusal:
    """A time that went to somebody else ends the offer, in words for one of several who were told."""
    if refusal.code not in ("slot_taken", "hold_expired", "not_offered"):
        return refusal
    end_offer(organization_id, waiting.pk, "lost", actor)
    return errors.offer_over() if offer.hold else errors.offer_taken()

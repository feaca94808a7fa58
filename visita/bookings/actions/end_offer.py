"""An offer ends without a booking: declined, not answered in time, or somebody else was faster. Its time is free again."""

from typing import Literal

from visita.activity.record import record
from visita.bookings import holds, verbs
from visita.bookings.models import Offer, OfferStatus, Waiting
from visita.bookings.news import news
from visita.bookings.waitlist.freed import zone_of
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import SYSTEM, Actor

How = Literal["declined", "expired", "lost"]


@Action
def end_offer(waiting_id: int, how: How, actor: Actor) -> bool:
    """End the entry's open offer; False where there is none (any more)."""
    waiting = Waiting.objects.filter(pk=waiting_id).select_for_update(no_key=True).first()
    return waiting is not None and end_within(waiting, how, actor)


@Action
def expire_offer(code: str) -> bool:
    """End the offer of this code if its time is up and nobody answered."""
    offer = Offer.objects.filter(code=code).first()
    if offer is None or offer.status != OfferStatus.OPEN or offer.expires_at > clock.now():
        return False
    waiting = Waiting.objects.filter(pk=offer.waiting_id).select_for_update(no_key=True).get()
    now = Offer.objects.filter(code=code, status=OfferStatus.OPEN).exists()  # the lock was waited for
    return now and end_within(waiting, "expired", SYSTEM)


def end_within(waiting: Waiting, how: How, actor: Actor) -> bool:
    """The same inside a running scope, under the entry's lock."""
    offer = Offer.objects.filter(waiting_id=waiting.pk, status=OfferStatus.OPEN).first()
    if offer is None:
        return False
    if offer.hold:
        holds.drop(offer.hold)
    payload = {"how": how, "s": offer.s, "e": offer.e, "location": offer.location_id, "offer": offer.code}
    ring = news(offer.location_id, clock.from_minute(offer.s).astimezone(zone_of(offer.location_id)), 0)
    offer.activity_id = record(verbs.OFFER_ENDED, "offer", waiting.pk, actor, payload, news=ring)
    offer.status, offer.ended_at = how, clock.now()
    offer.save(update_fields=["status", "ended_at", "activity_id"])
    return True

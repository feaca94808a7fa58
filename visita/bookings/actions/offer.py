"""Offer a free time to one who waits: kept for them a while, or told to several of whom the first to answer gets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from visita.activity import outbox
from visita.activity.outbox import Wanted
from visita.activity.record import record
from visita.bookings import errors, placing, rules, verbs, writing
from visita.bookings.attempts import attempts
from visita.bookings.models import Offer, OfferStatus, Waiting, WaitingStatus
from visita.bookings.news import news
from visita.bookings.requests import Item, Placed, Search
from visita.bookings.rules import Rules
from visita.bookings.waitlist import links
from visita.bookings.waitlist.rules import AT_ONCE
from visita.foundation import clock, ids
from visita.foundation.actor import Actor
from visita.foundation.scope import scope

EXPIRY: Final = "waitlist.expiry"  # the consumer that ends offers nobody answered


@dataclass(frozen=True, slots=True)
class Time:
    """What to offer: the start, and whom of each item (None: whoever is free); `staff` lifts the rules for clients."""

    start: datetime
    items: tuple[tuple[int, int | None, datetime], ...]
    staff: bool = False


def offer(
    organization_id: int, waiting_id: int, time: Time, actor: Actor, *, shared: bool | None = None
) -> Offer:
    """Make the offer; it is told by the worker and ends by itself after `waitlist_minutes`.

    `shared` None follows the organization's mode. Refuses not_waiting, offer_open, slot_taken, and what booking refuses.
    """
    with scope(organization_id):
        waiting = Waiting.objects.filter(pk=waiting_id).first()
    if waiting is None:
        raise errors.not_found()
    items = _items(waiting, time)
    return attempts(
        organization_id,
        lambda turn: _offer(waiting_id, time, actor, turn, shared),
        items,
        waiting.location_id,
        waiting.seats,
        time.staff,
    )


def _items(waiting: Waiting, time: Time) -> list[Item]:
    return [
        Item(service, resource, start, one.get("minutes"), one.get("subject", 0), one.get("kind", ""), True)
        for (service, resource, start), one in zip(time.items, waiting.items, strict=True)
    ]


def _offer(waiting_id: int, time: Time, actor: Actor, turn: int, shared: bool | None) -> Offer:
    waiting = _free_to_be_asked(waiting_id)
    items = _items(waiting, time)
    found = rules.load(waiting.location_id, tuple(item.service_id for item in items))
    placed = placing.place(found, items, Search(waiting.seats, time.staff, turn=turn))
    at_once = _mode(found) == AT_ONCE if shared is None else shared
    made = _row(waiting, found, placed, time)
    if not at_once:
        made.hold = _keep(found, placed, made)
    made.activity_id = _tell(made, found, actor)
    made.save()
    outbox.later(made.activity_id, EXPIRY, Wanted(f"offer:{made.code}", "expiry", due=made.expires_at))
    return made


def _free_to_be_asked(waiting_id: int) -> Waiting:
    """The entry, locked: still waiting, and without an offer that waits for an answer."""
    waiting = Waiting.objects.filter(pk=waiting_id).select_for_update(no_key=True).first()
    if waiting is None or waiting.status != WaitingStatus.WAITING:
        raise errors.not_waiting()
    if Offer.objects.filter(waiting_id=waiting_id, status=OfferStatus.OPEN).exists():
        raise errors.offer_open()
    return waiting


def _mode(found: Rules) -> str:
    return str(found.setting("waitlist_mode", next(iter(found.services.values()))))


def _row(waiting: Waiting, found: Rules, placed: Sequence[Placed], time: Time) -> Offer:
    minutes = max(int(found.setting("waitlist_minutes", each)) for each in found.services.values())
    s, e = min(each.s for each in placed), max(each.e for each in placed)
    return Offer(
        code=ids.code(), waiting_id=waiting.pk, location_id=found.location_id, s=s, e=e, parts=_parts(placed),
        made_at=clock.now(), expires_at=min(clock.now() + timedelta(minutes=minutes), clock.from_minute(s)),
        staff=time.staff,
    )  # fmt: skip


def _parts(placed: Sequence[Placed]) -> list[dict[str, Any]]:
    return [
        {"service": each.service_id, "resource": each.resource_id, "s": each.s, "e": each.e}
        for each in placed
    ]


def _keep(found: Rules, placed: Sequence[Placed], made: Offer) -> str:
    """Hold the time until the offer ends; the hold's hash."""
    token = links.hold_token(made.code, found.public_id, clock.to_minute(made.made_at))
    writing.hold(found.location_id, placed, ids.digest(token), made.expires_at)
    return ids.digest(token)


def _tell(made: Offer, found: Rules, actor: Actor) -> int:
    """The event; the day's journals are rung, for a time was taken."""
    payload = {"waiting": made.waiting_id, "s": made.s, "e": made.e, "location": made.location_id}
    ring = news(made.location_id, found.local(made.s), 0)
    return record(verbs.OFFERED, "offer", made.waiting_id, actor, {**payload, "offer": made.code}, news=ring)

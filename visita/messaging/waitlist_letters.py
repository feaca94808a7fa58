"""Writes to those who wait: that they are on the list (with the link), and when something is offered to them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visita.activity import outbox
from visita.activity.outbox import Consumer, Errand, Event, Wanted
from visita.bookings import verbs
from visita.bookings.actions.end_offer import end_offer
from visita.bookings.models import Offer, OfferStatus, Waiting, WaitingStatus
from visita.bookings.waitlist import links, reasons
from visita.bookings.waitlist.freed import zone_of
from visita.catalog.models import Service
from visita.foundation import clock, scope
from visita.foundation.actor import SYSTEM
from visita.foundation.formats import Formats, formats_for
from visita.foundation.words import text
from visita.messaging import letters
from visita.messaging.letters import Letter
from visita.tenancy import queries


def wanted(event: Event) -> Iterable[Wanted]:
    """The client of the entry; an entry or offer that has ended meanwhile concerns nobody."""
    waiting = Waiting.objects.filter(pk=event.object_id).first()
    if waiting is None or waiting.status != WaitingStatus.WAITING:
        return []
    return [Wanted(f"client:{waiting.client_id}", "letter")]


def carry(errand: Errand) -> None:
    """Write to the client."""
    client_id = int(errand.recipient.partition(":")[2])
    offered = errand.event.verb == verbs.OFFERED
    purpose = "waitlist_offer" if offered else "waitlist_joined"
    withheld = letters.send(
        errand, client_id, purpose, lambda: _offer(errand) if offered else _joined(errand)
    )
    if withheld and offered and errand.event.actor_kind == SYSTEM.kind:
        _let_go(errand, client_id)


def _let_go(errand: Errand, client_id: int) -> None:
    """Nobody keeps a time they do not hear of; what staff offered stays, for they may have the client on the phone."""
    with scope.scope(errand.organization_id, durable=True):
        offer = Offer.objects.filter(code=errand.event.payload["offer"], status=OfferStatus.OPEN).first()
        if offer is not None and end_offer.here(offer.waiting_id, "lost", SYSTEM):
            day = clock.from_minute(offer.s).astimezone(zone_of(offer.location_id)).date()
            reasons.keep(offer.waiting_id, day, reasons.unreachable(client_id) or reasons.BUDGET)


def _joined(errand: Errand) -> Letter | None:
    waiting = Waiting.objects.filter(pk=errand.event.object_id).first()
    if waiting is None or waiting.status != WaitingStatus.WAITING:
        return None
    words = _words(waiting)
    if waiting.visit_id is not None:
        body = _(
            "%(name)s: if an earlier time for %(service)s comes free, we write to you. To see or end this: %(link)s"
        )
    else:
        body = _("%(name)s: you are on the waitlist for %(service)s. To see, change or leave it: %(link)s")
    return Letter(_("You are on the waitlist"), body % words)


def _offer(errand: Errand) -> Letter | None:
    """Only while it can be accepted."""
    offer = Offer.objects.filter(code=errand.event.payload["offer"]).first()
    if offer is None or offer.status != OfferStatus.OPEN or offer.expires_at <= clock.now():
        return None
    waiting = Waiting.objects.get(pk=offer.waiting_id)
    zone, shown = zone_of(offer.location_id), _formats()
    until = offer.expires_at.astimezone(zone)
    same_day = until.date() == clock.now().astimezone(zone).date()
    words = {
        **_words(waiting),
        "when": shown.moment(clock.from_minute(offer.s).astimezone(zone)),
        "until": shown.time(until) if same_day else shown.moment(until),
    }
    if not offer.hold:
        body = _("%(name)s: %(when)s came free for %(service)s. Whoever accepts first gets it: %(link)s")
    elif waiting.visit_id is not None:
        body = _(
            "%(name)s: you can come earlier, %(when)s (%(service)s). Kept for you until %(until)s: %(link)s"
        )
    else:
        body = _("%(name)s: %(when)s is free for you (%(service)s). Kept until %(until)s: %(link)s")
    return Letter(_("A time came free"), body % words)


def _words(waiting: Waiting) -> dict[str, Any]:
    profile = queries.profile()
    language = get_language() or profile.language
    names = dict(
        Service.objects.filter(pk__in=[one["service"] for one in waiting.items]).values_list("id", "name")
    )
    services = [
        text(names[one["service"]], language, profile.language)
        for one in waiting.items
        if one["service"] in names
    ]
    return {"name": profile.name, "service": ", ".join(services), "link": address(waiting.code)}


def _formats() -> Formats:
    profile = queries.profile()
    return formats_for(get_language() or profile.language, profile.country)


def address(code: str) -> str:
    """The whole link to an entry of the running scope."""
    return letters.linked(f"waitlist/{code}/{links.token(code)}/")


outbox.register(Consumer("waitlist.letters", frozenset({verbs.WAITING, verbs.OFFERED}), wanted, carry))

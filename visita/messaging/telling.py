"""Tells clients what staff did to their visits, where staff wished it (`actions.tell`)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visita.activity import outbox
from visita.activity.outbox import Consumer, Errand, Event, Wanted
from visita.bookings import queries
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.wall import local
from visita.foundation.errors import Refusal
from visita.foundation.formats import formats_for
from visita.messaging import letters, verbs
from visita.messaging.letters import Letter
from visita.tenancy import queries as tenancy

UNDO: Final = timedelta(seconds=8)  # in which staff may take it back, and nobody hears of it


def wanted(event: Event) -> Iterable[Wanted]:
    """The visit's client, unless it came otherwise meanwhile."""
    visit = _visit(event)
    return [Wanted(f"client:{visit.client_id}", "letter")] if visit else []


def carry(errand: Errand) -> None:
    """Write to the client."""
    client_id = int(errand.recipient.partition(":")[2])
    what = str(errand.event.payload["what"])
    letters.send(errand, client_id, f"visit_{what}", lambda: _letter(errand.event))


def _visit(event: Event) -> Visit | None:
    """The visit, if what was to be told of it is still so."""
    try:
        visit = queries.visit(event.object_id).visit
    except Refusal:
        return None
    cancelled = visit.status == VisitStatus.CANCELLED
    if event.payload["what"] == "cancelled":
        return visit if cancelled else None
    same = (visit.s, visit.location_id) == (event.payload["s"], event.payload["location"])
    return visit if same and not cancelled else None


def _letter(event: Event) -> Letter | None:
    visit = _visit(event)
    if visit is None:
        return None
    profile, place = tenancy.profile(), tenancy.location(visit.location_id)
    when, shown = local(visit), formats_for(get_language() or profile.language, profile.country)
    words = {
        "name": profile.name,
        "place": place.name,
        "when": shown.moment(when),
        "phone": place.phone or profile.phone,
    }
    if event.payload["what"] == "cancelled":
        subject, body = _("Your visit is cancelled"), _cancelled()
    else:
        subject, body = _("Your visit has a new time"), _moved()
    return Letter(subject, body % words)


def _moved() -> str:
    return _("%(name)s: your visit is now on %(when)s, %(place)s. Questions: %(phone)s")


def _cancelled() -> str:
    return _("%(name)s: your visit on %(when)s is cancelled. For another time call %(phone)s")


outbox.register(Consumer("visit.told", frozenset({verbs.TOLD}), wanted, carry, delay=UNDO))

"""What is written to the client, told on the pages: before booking by which way a message goes, afterwards that it went.

Never more than they typed themselves: the masked contact is the booking's own, whether or not a record was known (CB-06).
"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from visita.activity.models import Activity, Errand
from visita.bookings import queries, reaching, verbs
from visita.clients.contacts import Kind
from visita.messaging import log, visit_letters, wishes
from visita.messaging.message import Channel
from visita.messaging.models import DeliveryState
from visita.web.front.offer import Offer
from visita.web.front.place import Place
from visita.web.front.summary import Part
from visita.web.front.visit import Booking

_NEWS = (verbs.BOOKED, verbs.CONFIRMED, verbs.MOVED, verbs.CANCELLED)


def before(place: Place, found: Offer, location: int, parts: Collection[Part]) -> str:
    """By which way a message about the booking will go; empty where none will."""
    asked = any(found.setting("approval", location, part.service) for part in parts)
    event = wishes.REQUESTED if asked else wishes.BOOKED
    both = set(wishes.ways(place.rows, event, ("email", "phone"), location))
    only: tuple[Kind, ...] = ("phone",)
    phone = set(wishes.ways(place.rows, event, only, location))
    return _promise(both, instead="sms" in phone and "sms" not in both)


def _promise(ways: set[Channel], *, instead: bool) -> str:
    if ways == {"email", "sms"}:
        return _("We write to you about this booking by SMS, and by email if you give one.")
    if ways == {"sms"}:
        return _("We write to you about this booking by SMS.")
    if instead:
        return _("We write to you about this booking by email, or by SMS if you give none.")
    return _("We write to you about this booking by email, if you give one.") if ways else ""


def after(booking: Booking) -> list[str]:
    """What went out about the last thing that happened to the visit, and to whom; inside a scope."""
    acts = Activity.objects.filter(object_kind="visit", object_id=booking.visit.pk, verb__in=_NEWS)
    last = acts.order_by("-id").values_list("id", "dispatched_at").first()
    payload = reaching.booking_of(booking.visit.pk)
    if last is None or not (booking.reader.proven or "reach" in payload):
        return []
    left = [row for row in log.of_visit(booking.visit.pk) if (row.told or 0) >= last[0]]
    if sent := [row.recipient for row in left if row.state == DeliveryState.SENT]:
        return [_("We have written to %(contact)s.") % {"contact": each} for each in sorted(sent)]
    errands = Errand.objects.filter(event_id=last[0], consumer=visit_letters.NAME, done_at=None)
    return _coming(booking, last[0]) if last[1] is None or errands.exists() else []


def _coming(booking: Booking, act: int) -> list[str]:
    view = queries.visit(booking.visit.pk)
    masked = [contact.shown for contact in visit_letters.coming(view, act)]
    return [_("A message to %(contact)s is on its way.") % {"contact": each} for each in sorted(masked)]

"""Writes to clients about their visits: booked, asked for, confirmed, moved, cancelled (NT-01, CB-05).

The organization says which of these it wants and by which way (`wishes`), `bookings.reaching` at which contact. What staff
did at the desk to a visit's time is told where they wished it (`telling`), nothing here. Composed at the last moment: a letter
tells the visit as it is then, what a later letter has told already is not told again, and of a visit that is over, gone or
was never heard of there is nothing to tell.
"""

from collections.abc import Iterable
from typing import Final

from django.utils import translation

from visita.activity import outbox
from visita.activity.models import Activity
from visita.activity.models import Errand as Row
from visita.activity.outbox import Consumer, Errand, Event, Wanted
from visita.bookings import queries, reaching, verbs
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.queries import VisitView
from visita.clients.contacts import Contact
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging import limits, log, outgoing, wishes
from visita.messaging import verbs as messaging
from visita.messaging.actions.begin_again import About, Behind
from visita.messaging.delay import notice_delay
from visita.messaging.letters import Letter
from visita.messaging.message import Channel, Message
from visita.messaging.models import Delivery, DeliveryState
from visita.messaging.visit_facts import facts, house
from visita.messaging.visit_words import GONE, RESTORED, News, email, sms
from visita.tenancy import queries as tenancy

NAME: Final = "visit.letters"
_SERIES: Final = {verbs.SERIES_BOOKED: wishes.BOOKED, verbs.SERIES_CANCELLED: wishes.CALLED_OFF}
_AGAIN: Final = (verbs.RESTORED, verbs.BROUGHT_BACK)
_VERBS: Final = (verbs.BOOKED, verbs.CONFIRMED, verbs.MOVED, verbs.CANCELLED, *_AGAIN, *_SERIES)
_OPEN: Final = (VisitStatus.REQUESTED, VisitStatus.CONFIRMED)


def wanted(event: Event) -> Iterable[Wanted]:
    """The client, by each way that the organization wishes; what staff did waits until it can be taken back no more."""
    kind, visits = _kind(event), _visits(event)
    if not kind or not visits:
        return
    due = None if event.actor_kind == "client" else event.at + notice_delay()
    for channel in ways(kind, visits[0]):
        yield Wanted(f"client:{visits[0].client.pk}", channel, {"kind": kind}, due)


def ways(kind: str, view: VisitView) -> dict[Channel, Contact]:
    """How the client of a visit is told such news, and where. Inside a scope."""
    reach = reaching.contacts(reaching.booking_of(view.visit.pk), view.client)
    wish = wishes.CONFIRMED if kind == RESTORED else kind
    ways = wishes.ways(tenancy.setting_rows(), wish, reach, view.visit.location_id)
    return {channel: reach[wishes.KINDS[channel]] for channel in ways}


def coming(view: VisitView, act: int) -> list[Contact]:
    """Where the news of an act on the visit, that has not left yet, will go. Inside a scope."""
    row = Activity.objects.get(pk=act)
    told = (row.pk, row.at, row.verb, row.object_kind, row.object_id, row.actor_kind, row.payload)
    kind = _kind(Event(*told))
    return list(ways(kind, view).values()) if kind and _is_so(view, kind) else []


def carry(errand: Errand) -> None:
    """Write to the client."""
    with scope(errand.organization_id):
        found = _composed(errand)
    if found is None:
        return
    message, contact, hindered, about = found
    try:
        outgoing.deliver(errand.organization_id, message, contact.shown, withheld=hindered, about=about)
    except Behind:
        carry(errand)


def _kind(event: Event) -> str:
    """What the client is to be told of it; empty for nothing."""
    payload = event.payload
    if payload.get("silent") or event.actor_kind == "import":
        return ""
    if event.verb == verbs.BOOKED:
        return {"requested": wishes.REQUESTED, "confirmed": wishes.BOOKED}.get(payload["status"], "")
    if event.verb == verbs.MOVED:
        return "" if _at_the_desk(event) else wishes.MOVED
    if event.verb in _AGAIN:
        return RESTORED
    if event.verb == verbs.CONFIRMED:
        return wishes.CONFIRMED
    by_client = event.actor_kind == "client" and event.verb in (verbs.CANCELLED, verbs.SERIES_CANCELLED)
    return wishes.CANCELLED if by_client else _SERIES.get(event.verb, wishes.CALLED_OFF)


def _at_the_desk(event: Event) -> bool:
    """Where staff are asked whether the client shall hear of it."""
    source = Activity.objects.filter(pk=event.id).values_list("source", flat=True).first()
    return event.actor_kind == "staff" and source == "desk"


def _visits(event: Event) -> list[VisitView]:
    """The event's visits by time."""
    return queries.views(Visit.objects.filter(pk__in=_keys(event)).order_by("s", "id"))


def _keys(event: Event) -> list[int]:
    return list(event.payload.get("visits", [])) if event.verb in _SERIES else [event.object_id]


def _composed(errand: Errand) -> tuple[Message, Contact, str, About] | None:
    """The message, where it goes, why it is withheld; None where there is nothing to tell any more."""
    event, kind = errand.event, str(errand.payload["kind"])
    known = log.last_acts(_keys(event))  # before what it says is read
    visits = [each for each in _visits(event) if _is_so(each, kind)]
    if not visits or _told_otherwise(event, kind) or _unheard(event, kind):
        return None
    first, payload = visits[0], reaching.booking_of(visits[0].visit.pk)
    contact = reaching.contacts(payload, first.client).get(wishes.KINDS[_channel(errand)])
    if contact is None:
        return None
    language = reaching.language(payload, first.client, tenancy.profile().language)
    with translation.override(language):
        letter = _letter(errand, _now(kind, first), visits, contact)
    about = About(first.visit.pk, event.id, max(event.id, known[first.visit.pk]))
    return _message(errand, letter, contact, language, kind), contact, _hindered(errand, contact), about


def _is_so(view: VisitView, kind: str) -> bool:
    """Whether it is still to come, and still what the letter says."""
    if view.visit.s <= clock.minute():
        return False
    return view.visit.status == VisitStatus.CANCELLED if kind in GONE else view.visit.status in _OPEN


def _now(kind: str, view: VisitView) -> str:
    """Whoever was not written of the booking yet is told that first, as it is now."""
    first = kind in (wishes.MOVED, wishes.CONFIRMED) and _booking_was_kept_back(view.visit.pk)
    if first or kind in (wishes.BOOKED, wishes.REQUESTED):
        return wishes.REQUESTED if view.visit.status == VisitStatus.REQUESTED else wishes.BOOKED
    return kind


def _told_otherwise(event: Event, kind: str) -> bool:
    """Whether staff have said since whether the client shall hear of it."""
    acts = Activity.objects.filter(object_kind="visit", object_id=event.object_id, id__gt=event.id)
    said = acts.filter(verb__in=(messaging.TOLD, messaging.UNTOLD)).order_by("-id").first()
    if said is None or event.verb == verbs.BOOKED or event.verb in _SERIES:
        return False
    return kind == wishes.CALLED_OFF or said.verb == messaging.TOLD


def _unheard(event: Event, kind: str) -> bool:
    """Whether it takes back what the client was never written of: a booking cancelled before its letter left, or a
    cancellation that they did not hear of before the visit was brought back."""
    if event.verb in _SERIES:
        return False
    if kind == RESTORED:
        sent = (
            Delivery.objects.filter(visit_id=event.object_id, state=DeliveryState.SENT)
            .order_by("-id")
            .first()
        )
        return sent is None or sent.purpose not in [_purpose(one) for one in GONE]
    return kind in GONE and _booking_was_kept_back(event.object_id)


def _booking_was_kept_back(visit_id: int) -> bool:
    acts = Activity.objects.filter(object_kind="visit", object_id=visit_id, verb=verbs.BOOKED).order_by("id")
    booked = acts.values_list("id", "dispatched_at").first()
    if booked is None:
        return False
    if booked[1] is None:
        return True
    rows = list(Row.objects.filter(event_id=booked[0], consumer=NAME))
    written = Delivery.objects.filter(visit_id=visit_id).exists()
    return not written and any(row.done_at is None or row.recipient for row in rows)


def _channel(errand: Errand) -> Channel:
    return "sms" if errand.channel == "sms" else "email"


def _letter(errand: Errand, kind: str, visits: list[VisitView], contact: Contact) -> Letter:
    own = house()
    news = News(kind, [facts(own, each) for each in visits])
    return sms(news) if _channel(errand) == "sms" else email(news, contact.value)


def _hindered(errand: Errand, contact: Contact) -> str:
    """Why it may not leave; tried again it counts once."""
    if Delivery.objects.filter(key=errand.key).exists():
        return ""
    return limits.hindrance(contact)


def _message(errand: Errand, letter: Letter, contact: Contact, language: str, kind: str) -> Message:
    return Message(
        channel=_channel(errand),
        to=contact.value,
        language=language,
        subject=letter.subject,
        body=letter.body,
        purpose=_purpose(kind),
        key=errand.key,
        html=letter.html,
        calendar=letter.calendar,
        method=letter.method,
    )


def _purpose(kind: str) -> str:
    return f"visit_{kind}"


outbox.register(Consumer(NAME, frozenset(_VERBS), wanted, carry))

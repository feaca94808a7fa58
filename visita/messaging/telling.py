"""Tells clients what staff did to their visits, where staff wished it (`actions.tell`): by email the whole letter with the entry
for the calendar, as after their own doings, by phone in a sentence; several visits of a series once, with all their times.

Nothing leaves before `notice_delay_seconds` are over, counted anew by a further move; the moment of sending asks once more
whether the visit is still so, whether the client knows it so already, and whether a later wish took this one's place.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visita.activity import outbox
from visita.activity.models import Activity
from visita.activity.outbox import Consumer, Errand, Event, Wanted
from visita.bookings import policies, queries
from visita.bookings import verbs as bookings
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.queries import VisitView
from visita.bookings.wall import local
from visita.catalog.models import Service
from visita.clients.contacts import Contact
from visita.foundation import clock
from visita.foundation.formats import Formats, formats_for
from visita.foundation.scope import scope
from visita.foundation.words import text
from visita.messaging import letters, verbs, visit_letters, wishes
from visita.messaging.actions.tell import services_of
from visita.messaging.delay import notice_delay
from visita.messaging.letters import Letter
from visita.messaging.visit_facts import facts, house
from visita.messaging.visit_words import CHANGED, News, email, sms
from visita.scheduling.models import Resource
from visita.tenancy import queries as tenancy


def wanted(event: Event) -> Iterable[Wanted]:
    """The visit's client, after the time in which it can be taken back."""
    visit = Visit.objects.filter(pk__in=told(event)).first()
    return [Wanted(f"client:{visit.client_id}", "letter", due=event.at + notice_delay())] if visit else []


def told(event: Event) -> list[int]:
    """The visits that a wish is about: one, or several of a series."""
    return list(map(int, event.payload["visits"])) if event.object_kind == "series" else [event.object_id]


def email_of(view: VisitView, what: str = "moved") -> Contact | None:
    """Where the whole letter goes: to the email that the client's own letter about such news would go to, if there is one.
    Else the client is told in a sentence by phone, as `letters` finds it. Inside a scope."""
    kind = wishes.CALLED_OFF if what == "cancelled" else wishes.MOVED
    return visit_letters.ways(kind, view).get("email")


def carry(errand: Errand) -> None:
    """Write to the client, or wait where the visit was moved again a moment ago."""
    with scope(errand.organization_id, durable=True):
        due = _undoable(errand.event)
        if due > clock.now():
            outbox.later(
                errand.event.id, errand.consumer, Wanted(errand.recipient, f"letter {due:%H%M%S}", due=due)
            )
            return
    client_id = int(errand.recipient.partition(":")[2])
    with scope(errand.organization_id):
        visits = _visits(errand.event)
        email = email_of(visits[0], errand.event.payload["what"]) if visits else None
    if not visits:
        return
    what = "moved" if errand.event.object_kind == "series" else str(errand.event.payload["what"])
    letters.send(
        errand, client_id, f"visit_{what}", lambda: _letter(errand.event, email), visit_id=visits[0].visit.pk, email=email
    )  # fmt: skip


def _undoable(event: Event) -> datetime:
    """Until when the last move or change of services can still be taken back."""
    acts = _acts(event).filter(verb__in=(bookings.MOVED, bookings.EXCHANGED), id__gt=event.id)
    last = acts.order_by("-id").first()
    return (last.at if last else event.at) + notice_delay()


def _acts(event: Event) -> QuerySet[Activity]:
    return Activity.objects.filter(object_kind="visit", object_id__in=told(event))


def _visits(event: Event) -> list[VisitView]:
    """The visits by time, as far as what was to be told of them is still so and no later wish stands."""
    later = _acts(event).filter(verb__in=(verbs.TOLD, verbs.UNTOLD), id__gt=event.id)
    taken = set(later.values_list("object_id", flat=True))
    rows = Visit.objects.filter(pk__in=set(told(event)) - taken).order_by("s", "id")
    return [view for view in queries.views(rows) if _is_so(view, event)]


def _is_so(view: VisitView, event: Event) -> bool:
    if event.payload["what"] == "cancelled":
        return view.visit.status == VisitStatus.CANCELLED
    if event.payload["what"] == "series" and view.visit.s <= clock.minute():
        return False
    return view.visit.status in policies.MOVABLE and not _known(view, event)


def _known(view: VisitView, event: Event) -> bool:
    """Whether every part is where the client knows it to be: the move, or the change of services, was undone."""
    said = event.payload
    if said["what"] == "services":
        now = [
            {"service_id": one.service_id, "s": one.s, "resource_id": one.resource_id}
            for one in view.appointments
        ]
        return said.get("parts") == services_of(now)
    if said["what"] == "series":
        said = said["visits"][str(view.visit.pk)]
    was = said.get("was", {})
    same = said.get("was_location") == view.visit.location_id
    parts = {str(each.pk): [each.s, each.resource_id] for each in view.appointments}
    return bool(was) and same and all(parts.get(part) == there for part, there in was.items())


_KINDS: Final = {"cancelled": wishes.CALLED_OFF, "services": CHANGED}


def _letter(event: Event, to: Contact | None) -> Letter | None:
    visits = _visits(event)
    if not visits:
        return None
    if to is None and event.object_kind != "series":
        return _sentence(event, visits[0])
    own = house()
    news = News(_KINDS.get(event.payload["what"], wishes.MOVED), [facts(own, each) for each in visits])
    return sms(news) if to is None else email(news, to.value)


def _sentence(event: Event, view: VisitView) -> Letter:
    """For the phone."""
    visit = view.visit
    profile, place = tenancy.profile(), tenancy.location(visit.location_id)
    when, shown = local(visit), formats_for(get_language() or profile.language, profile.country)
    people = Resource.objects.filter(pk__in=[each.resource_id for each in view.appointments], kind="person")
    words = {
        "name": profile.name,
        "place": ", ".join([*map(str, people), place.name]),
        "when": shown.moment(when),
        "phone": place.phone or profile.phone,
    }
    if event.payload["what"] == "cancelled":
        subject, body = _("Your visit is cancelled"), _cancelled()
    elif event.payload["what"] == "services":
        subject, body = _("Your visit has changed"), _services()
        words["services"] = _named(view, shown, get_language() or profile.language, profile.language)
    else:
        subject, body = _("Your visit has a new time"), _moved()
    return Letter(subject, body % words)


def _moved() -> str:
    return _("%(name)s: your visit is now on %(when)s, %(place)s. Questions: %(phone)s")


def _services() -> str:
    return _("%(name)s: your visit on %(when)s is now: %(services)s. %(place)s. Questions: %(phone)s")


def _named(view: VisitView, shown: Formats, language: str, fallback: str) -> str:
    """The services by time; what is on another day than the visit says so."""
    names = Service.objects.in_bulk({each.service_id for each in view.appointments})
    parts = sorted(view.appointments, key=lambda each: (each.s, each.position))
    told, zone = [], ZoneInfo(view.visit.zone)
    for each in parts:
        name, start = text(names[each.service_id].name, language, fallback), clock.from_minute(each.s)
        at = start.astimezone(zone)
        told.append(name if at.date() == local(view.visit).date() else f"{name} ({shown.moment(at)})")
    return ", ".join(told)


def _cancelled() -> str:
    return _("%(name)s: your visit on %(when)s is cancelled. For another time call %(phone)s")


outbox.register(Consumer("visit.told", frozenset({verbs.TOLD}), wanted, carry))

"""Tells clients what staff did to their visits, where staff wished it (`actions.tell`).

Nothing leaves before `notice_delay_seconds` are over, counted anew by a further move; the moment of sending asks once more
whether the visit is still so, whether the client knows it so already, and whether a later wish took this one's place.
"""

from collections.abc import Iterable
from datetime import datetime
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
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.formats import Formats, formats_for
from visita.foundation.scope import scope
from visita.foundation.words import text
from visita.messaging import letters, verbs
from visita.messaging.actions.tell import services_of
from visita.messaging.delay import notice_delay
from visita.messaging.letters import Letter
from visita.scheduling.models import Resource
from visita.tenancy import queries as tenancy


def wanted(event: Event) -> Iterable[Wanted]:
    """The visit's client, after the time in which it can be taken back."""
    visit = Visit.objects.filter(pk=event.object_id).first()
    return [Wanted(f"client:{visit.client_id}", "letter", due=event.at + notice_delay())] if visit else []


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
    what = str(errand.event.payload["what"])
    letters.send(
        errand, client_id, f"visit_{what}", lambda: _letter(errand.event), visit_id=errand.event.object_id
    )


def _undoable(event: Event) -> datetime:
    """Until when the last move or change of services can still be taken back."""
    acts = _acts(event).filter(verb__in=(bookings.MOVED, bookings.EXCHANGED), id__gt=event.id)
    last = acts.order_by("-id").first()
    return (last.at if last else event.at) + notice_delay()


def _acts(event: Event) -> QuerySet[Activity]:
    return Activity.objects.filter(object_kind="visit", object_id=event.object_id)


def _visit(event: Event) -> VisitView | None:
    """The visit, if what was to be told of it is still so and no later wish stands."""
    if _acts(event).filter(verb__in=(verbs.TOLD, verbs.UNTOLD), id__gt=event.id).exists():
        return None
    try:
        view = queries.visit(event.object_id)
    except Refusal:
        return None
    if event.payload["what"] == "cancelled":
        return view if view.visit.status == VisitStatus.CANCELLED else None
    return view if view.visit.status in policies.MOVABLE and not _known(view, event) else None


def _known(view: VisitView, event: Event) -> bool:
    """Whether every part is where the client knows it to be: the move, or the change of services, was undone."""
    if event.payload["what"] == "services":
        now = [
            {"service_id": one.service_id, "s": one.s, "resource_id": one.resource_id}
            for one in view.appointments
        ]
        return event.payload.get("parts") == services_of(now)
    was = event.payload.get("was", {})
    same = event.payload.get("was_location") == view.visit.location_id
    parts = {str(each.pk): [each.s, each.resource_id] for each in view.appointments}
    return bool(was) and same and all(parts.get(part) == there for part, there in was.items())


def _letter(event: Event) -> Letter | None:
    view = _visit(event)
    if view is None:
        return None
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

"""What the page of an entry shows: what is waited for, the offer that is open, and what became of it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from visita.bookings import subjects
from visita.bookings.models import Offer, OfferStatus, Visit, Waiting, WaitingStatus
from visita.bookings.waitlist import queries
from visita.catalog import queries as catalog
from visita.catalog.models import Service
from visita.clients.models import Subject
from visita.foundation import clock, ids
from visita.scheduling.models import Resource
from visita.tenancy import settings
from visita.tenancy.models import Location
from visita.web.components import windows
from visita.web.front import asks
from visita.web.front.asks import Asks
from visita.web.front.flow import Flow, FlowItem
from visita.web.front.place import Place


@dataclass(frozen=True)
class Entry:
    """An entry with what its page needs; loaded inside a scope."""

    place: Place
    waiting: Waiting
    location: Location
    services: dict[int, Service]
    resources: dict[int, Resource]
    about: str
    offer: Offer | None
    visit: Visit | None
    token: str

    @property
    def zone(self) -> ZoneInfo:
        """The location's wall clock."""
        return ZoneInfo(self.location.zone)

    @property
    def today(self) -> date:
        """The date there."""
        return clock.now().astimezone(self.zone).date()

    @property
    def open_offer(self) -> Offer | None:
        """The offer, while it can be accepted."""
        live = self.offer is not None and self.offer.status == OfferStatus.OPEN
        return self.offer if live and self.offer and self.offer.expires_at > clock.now() else None

    @property
    def waits(self) -> bool:
        """Whether it still counts."""
        return self.waiting.status == WaitingStatus.WAITING and self.waiting.last_day >= self.today

    def url(self, name: str) -> str:
        """One of the link's addresses."""
        return self.place.url(name, None, code=self.waiting.code, token=self.token)


def load(place: Place, waiting: Waiting, token: str) -> Entry:
    """Everything of an entry; inside a scope."""
    services = Service.objects.in_bulk([one["service"] for one in waiting.items])
    offer = queries.last_offer(waiting.pk)
    people = [one["resource"] for one in [*waiting.items, *(offer.parts if offer else [])] if one["resource"]]
    visit = Visit.objects.filter(pk=waiting.booked_id or waiting.visit_id or 0).first()
    location = Location.objects.get(pk=waiting.location_id)
    known = Resource.objects.in_bulk(people)
    return Entry(place, waiting, location, services, known, _about(place, waiting), offer, visit, token)


def _about(place: Place, waiting: Waiting) -> str:
    """Whom or what it is for: by name, or by the kind that was chosen."""
    named = Subject.objects.filter(pk=waiting.subject_id).first() if waiting.subject_id else None
    kind = waiting.kind
    if named is not None or not kind:
        return str(named or "")
    return next((place.text(one.name) for one in catalog.kinds() if one.code == kind), kind)


def about(place: Place, location: int, service: Service, kind: str) -> Asks:
    """What joining asks besides who and when: whom or what it is for, where the service is booked for others."""
    of = {"specialty": service.specialty_id, "service": service.pk}
    return Asks(kinds=tuple(settings.value(place.rows, "booked_for", location=location, **of)), kind_of=kind)


def asked(entry: Entry, offer: Offer) -> Asks:
    """What accepting asks besides a press: the same as booking does; nothing for a visit that only moves."""
    if entry.waiting.visit_id is not None:
        return asks.NOTHING
    waiting = entry.waiting
    items = tuple(
        FlowItem(
            part["service"], part["resource"], part["resource"], part["s"], part["e"], one.get("subject", 0)
        )
        for part, one in zip(offer.parts, waiting.items, strict=True)
    )
    flow = Flow(entry.place.id, waiting.location_id, items, waiting.seats, "", 0, "", waiting.kind)
    found = asks.load(entry.place, flow)
    return (
        found if subjects.waited_for(waiting) is None else replace(found, kinds=())
    )  # named when the wait began


def context(entry: Entry) -> dict[str, Any]:
    """For `front/waitlist/entry.html`."""
    waiting = entry.waiting
    found: dict[str, Any] = {
        "entry": entry,
        "what": ", ".join(entry.place.text(each.name) for each in _services(entry)),
        "who": _people(entry, waiting.items) or _("anyone"),
        "when": windows.told(entry.place.formats, waiting),
        "where": entry.location.name,
        "about": entry.about,
        "seats": waiting.seats,
        "code": ids.shown(waiting.code),
        "earlier": waiting.visit_id is not None,
        "state": _state(entry),
        "accept_url": entry.url("waiting-accept"),
        "decline_url": entry.url("waiting-decline"),
        "leave_url": entry.url("waiting-leave"),
        "again_url": entry.place.url(
            "home", {"service": waiting.items[0]["service"], "location": waiting.location_id}
        ),
    }
    if entry.visit is not None:
        local = clock.from_minute(entry.visit.s).astimezone(entry.zone)
        found["visit_when"] = entry.place.formats.moment(local)
    return {**found, **_offered(entry)}


def _state(entry: Entry) -> str:
    """offered, waiting, booked, left (by whom ever) or over."""
    if entry.waiting.status != WaitingStatus.WAITING:
        return "booked" if entry.waiting.status == WaitingStatus.BOOKED else "left"
    if not entry.waits:
        return "over"
    return "offered" if entry.open_offer else "waiting"


def _offered(entry: Entry) -> dict[str, Any]:
    offer = entry.open_offer
    if offer is None:
        last = entry.offer
        lost = last is not None and last.status in (OfferStatus.LOST, OfferStatus.EXPIRED, OfferStatus.OPEN)
        return {"offer": None, "missed": bool(lost and entry.waits)}
    formats = entry.place.formats
    start, end = (clock.from_minute(at).astimezone(entry.zone) for at in (offer.s, offer.e))
    until = offer.expires_at.astimezone(entry.zone)
    return {
        "offer": offer,
        "offer_day": formats.full_day(start.date()),
        "offer_span": formats.span(start, end),
        "offer_who": _people(entry, offer.parts),
        "offer_until": formats.time(until) if until.date() == entry.today else formats.moment(until),
        "shared": not offer.hold,
        "missed": False,
    }


def _services(entry: Entry) -> list[Service]:
    return [entry.services[one["service"]] for one in entry.waiting.items if one["service"] in entry.services]


def _people(entry: Entry, rows: list[dict[str, Any]]) -> str:
    known = (entry.resources.get(one["resource"]) for one in rows if one["resource"])
    return ", ".join(dict.fromkeys(str(each) for each in known if each and each.kind == "person"))

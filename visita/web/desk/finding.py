"""What the desk's script asks while somebody types or drags: clients, services, legal starts and reasons."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from visita.bookings import journal_offer, reliability
from visita.bookings.models import Appointment, Visit
from visita.bookings.spans import AskItem
from visita.clients import subject_search
from visita.clients.models import Client
from visita.clients.search import search
from visita.clients.similar import similar
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.engine import Reason
from visita.scheduling.models import Resource
from visita.web.components.trades import words
from visita.web.desk import party
from visita.web.desk.answers import answer
from visita.web.desk.comers import finder_words
from visita.web.desk.door import Guest, data
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.reading import LAST_MINUTE, Body, query
from visita.web.desk.reasons import sentences

SUGGESTIONS = 8
CODE = 8  # characters of a visit's code


@data
def clients(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?q=`: what `suggested` finds."""
    guest.require(rights.CLIENTS_SEE)
    with scope(guest.organization.pk):
        return answer(suggested(frame(request, guest, Body({})), query(request).text("q", 120)))


def suggested(place: Frame, text: str) -> dict[str, Any]:
    """Up to eight clients whose name, phone tail or email begins so, or whose pet, child or vehicle (`about`), each with the nearest visit; or a visit's code.

    `more` says that there are others. Where there is none, `similar`: those whose name is one wrong letter away. Inside a scope.
    """
    guest = place.guest
    contacts = guest.may(rights.CLIENTS_PHONES)
    found = search(text, SUGGESTIONS + 1, contacts=contacts)
    named = _by_code(_seen(guest), text)
    near = not found and named is None
    if near:
        found = similar(text, SUGGESTIONS + 1, contacts=contacts)
    found, more = found[:SUGGESTIONS], len(found) > SUGGESTIONS
    visits = _nearest(_seen(guest), [client.pk for client in found])
    if named is not None:
        found, visits = list(Client.objects.filter(pk=named.client_id)), {named.client_id: named}
    trust = reliability.of_clients(client.pk for client in found)
    rows = [_client(client, guest, visits.get(client.pk), place) for client in found]
    about = subject_search.names(text, contacts=contacts)
    for row, client in zip(rows, found, strict=True):
        row |= {"about": about[client.pk]} if client.pk in about else {}
        row |= _trust(trust.get(client.pk, reliability.NOBODY))
    return {"clients": rows, "similar": near and bool(rows)} | (
        {"more": True} if more and named is None else {}
    )


def sought(place: Frame, values: Body) -> dict[str, Any]:
    """Clients found by `q` for a page without script, each told in one line; nothing where they may not be seen. Inside a
    scope."""
    if not place.guest.may(rights.CLIENTS_SEE):
        return {}
    text, said = values.text("q", 120), finder_words(words(place.profile.trade).who)
    found = suggested(place, text) if text else {"clients": []}
    for one in found["clients"]:
        came = said["came_of"].format(came=one["came"], of=one["of"]) if one.get("of") else ""
        one["told"] = " · ".join(filter(None, (one["name"], one.get("about"), one["phone"], came)))
    return {"can_find": True, "sought": text, "found": found, "telling": said}


def _trust(known: reliability.Reliability) -> dict[str, Any]:
    """How often the client came, for whoever books; nothing where nothing is known."""
    return {"came": known.came, "of": known.of} if known.of else {}


def _client(client: Client, guest: Guest, visit: Visit | None, place: Frame) -> dict[str, Any]:
    phones = guest.may(rights.CLIENTS_PHONES)
    found: dict[str, Any] = {"id": client.pk, "name": str(client), "phone": client.phone if phones else ""}
    if visit is not None:
        at = clock.from_minute(visit.s).astimezone(ZoneInfo(visit.zone))
        found["visit"] = {
            "id": visit.pk,
            "date": at.date().isoformat(),
            "location": visit.location_id,
            "when": place.formats.moment(at),
        }
    return found


def _seen(guest: Guest) -> QuerySet[Visit]:
    """The visits the guest may see: all, or those with the guest's own calendar."""
    if guest.may(rights.VISITS_SEE):
        return Visit.objects.all()
    mine = Appointment.objects.filter(resource_id=guest.resource_id or 0)
    return Visit.objects.filter(pk__in=mine.values("visit_id"))


def _by_code(seen: QuerySet[Visit], text: str) -> Visit | None:
    """The visit of a code read out on the phone, with or without its dash."""
    code = text.replace("-", "").replace(" ", "").upper()
    return seen.filter(code=code).first() if len(code) == CODE else None


def _nearest(seen: QuerySet[Visit], clients: list[int]) -> dict[int, Visit]:
    """Each client's next visit, else the last one."""
    over = Q(e__lt=clock.minute())
    near = Case(When(over, then=-F("s")), default=F("s"))
    visits = seen.filter(client_id__in=clients).exclude(status="cancelled").distinct("client_id")
    visits = visits.order_by("client_id", Case(When(over, then=1), default=0), near)
    return {visit.client_id: visit for visit in visits.only("client_id", "s", "zone", "location_id")}


@data
def services(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=`: what is given there, by whom, how long and for how much."""
    guest.require(rights.VISITS_BOOK)
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        found = journal_offer.services(place.location.pk, guest.language, place.profile.language)
        currency = place.profile.currency
        for service in found:
            service["by"] = {
                resource: {
                    "minutes": minutes,
                    "length": place.formats.length(minutes),
                    "price": place.formats.price(price, currency),
                }
                for resource, (minutes, price) in service["by"].items()
            }
        return answer({"services": found})


@data
def starts(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Legal starts on a date (of a move on up to seven `days`): `?visit=&appointment=&alone=` of a move, or `?service=&resource=` of a new visit, with its party (`service_1` and so on)."""
    only(guest)
    values = query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        visit = values.number("visit")
        if visit is None:
            found = _starts_for_new(values, place)
        else:
            what = journal_offer.moving(visit, values.number("appointment"), alone=values.flag("alone"))
            minutes, days = values.number("minutes", high=2880), values.number("days", high=7) or 1
            found = journal_offer.starts_for_move(what, place.day, minutes, days)
        return answer({"starts": found})


def _starts_for_new(values: Body, place: Frame) -> dict[int, list[int]]:
    """By resource; of several who come along together, under 0."""
    service, resource = values.required("service"), values.number("resource")
    minutes = values.number("minutes", high=2880)
    every = party.asked(values, AskItem(service, resource, minutes=minutes))
    if len(every) > 1:
        return {0: [each.start for each in party.starts(place, every, place.day)]}
    return journal_offer.starts_for_new(place.location.pk, service, place.day, resource, minutes)


@data
def reasons(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Why a start (epoch minute) cannot be had; an empty list when it can."""
    only(guest)
    values = query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        try:
            return answer({"reasons": sentences(_reasons(values, place), place)})
        except Refusal as refusal:
            who = Resource.objects.filter(pk=values.number("resource") or 0).first()
            if refusal.code != "staff_service_mismatch" or who is None:
                raise
            return answer({"reasons": [_("%(name)s does not give this service.") % {"name": who}]})


def _reasons(values: Body, place: Frame) -> list[Reason]:
    visit, resource = values.number("visit"), values.number("resource")
    start, minutes = values.required("start", high=LAST_MINUTE), values.number("minutes", high=2880)
    if visit is None:
        service = values.required("service")
        return journal_offer.reasons_for_new(place.location.pk, service, place.day, resource, start, minutes)
    what = journal_offer.moving(visit, values.number("appointment"), alone=values.flag("alone"))
    return journal_offer.reasons_for_move(what, place.day, resource, start, minutes)

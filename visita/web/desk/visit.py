"""A visit in the side panel: the same address gives the panel's part to the script and a whole page to people."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from visita.bookings import journal_visit, policies
from visita.bookings import queries as visits
from visita.bookings.journal import ONLINE
from visita.bookings.journal_visit import Card, Line
from visita.bookings.models import Session, Visit
from visita.catalog.models import Service
from visita.clients import doubts
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.messaging import log, visit_letters, wishes
from visita.scheduling.models import Allocation
from visita.tenancy import queries
from visita.web.components.formats import Formats
from visita.web.desk import elsewhere, readings, sums
from visita.web.desk.card import letters
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.labels import SIGNS, scheme_words, statuses
from visita.web.desk.papers import papers
from visita.web.desk.reading import Body
from visita.web.desk.series.line import line as series_line
from visita.web.desk.story import told
from visita.web.video.links import staff_room_url

PART = "X-Part"  # request header by which the script asks for the panel's part alone

RESTORING = (rights.HISTORY_SEE, rights.VISITS_CHANGE, rights.VISITS_STATUS, rights.VISITS_CANCEL)
_STEPS = {"confirm": "confirmed", "arrive": "arrived", "complete": "completed", "no_show": "no_show"}


@page
def visit(request: HttpRequest, guest: Guest, visit: int) -> HttpResponse:
    """The panel of a visit."""
    return show(request, guest, visit)


def show(
    request: HttpRequest,
    guest: Guest,
    visit_id: int,
    refusal: Refusal | None = None,
    sent: Body | None = None,
) -> HttpResponse:
    """The panel of a visit, with what was refused to a form sent without script and what had been typed there."""
    with scope(guest.organization.pk):
        card = seen_card(guest, visit_id)
        day = clock.from_minute(card.visit.s).astimezone(card.start.tzinfo).date()
        place = frame(request, guest, Body({"location": card.visit.location_id, "date": day.isoformat()}))
        readings.note(place, "visit", visit_id)
        room = staff_room_url(guest.organization.slug, card.visit)
        context = {**place.context(), **_card(card, place), "refusal": refusal, "room_url": room}
        context["typed"] = sent.values if sent else {}
        context |= _doubts(card, place) | papers(card.visit, place, refusal) | series_line(card.visit, place)
        part = bool(request.headers.get(PART))
        if (
            not part and "move" in context["can"] and context["may_change"]
        ):  # the panel's script asks for itself
            context |= elsewhere.context(place, card, sent or Body({}))
        template = "desk/parts/visit.html" if part else "desk/visit.html"
        return render(request, template, context, status=refusal.status if refusal else 200)


def seen_card(guest: Guest, visit_id: int) -> Card:
    """The visit, inside a scope; 404 for one the guest may not see."""
    seen = only(guest)
    card = journal_visit.card(visit_id, guest.language, queries.profile().language)
    if seen is not None and seen not in {line.resource_id for line in card.lines}:
        raise Http404
    return card


def span_of(card: Card, line: Line, formats: Formats) -> str:
    """From when to when; with the date where it is another than the visit's."""
    span, day = formats.span(line.start, line.end), line.start.date()
    return span if day == card.lines[0].start.date() else f"{formats.day(day)}, {span}"


def _card(card: Card, place: Frame) -> dict[str, Any]:
    visit, formats, guest = card.visit, place.formats, place.guest
    lines = [
        {
            "id": line.id,
            "time": formats.time(line.start),
            "day": "" if line.start.date() == card.lines[0].start.date() else formats.day(line.start.date()),
            "clock": f"{line.start:%H:%M}",
            "span": formats.span(line.start, line.end),
            "service": line.service,
            "who": line.resource,
            "whose": _whose(line, card),
            "resource": line.resource_id,
            "length": formats.length(int((line.end - line.start).total_seconds()) // 60),
            "price": formats.price(line.price_minor, line.currency),
        }
        for line in card.lines
    ]
    return {
        "card": card,
        "visit": visit,
        "client": card.client,
        "subject": None if any(line.whose for line in card.lines) else card.subject,
        "phone": card.client.phone if guest.may(rights.CLIENTS_PHONES) else "",
        "lines": lines,
        "when": formats.full_day(card.start.date()),
        "date": card.start.date().isoformat(),
        "time": f"{card.start:%H:%M}",
        "booked": formats.moment(visit.booked_at.astimezone(place.zone)),
        "online": visit.source in ONLINE,
        "word": statuses()[visit.status],
        "sign": SIGNS[visit.status],
        "scheme": dict(scheme_words()).get(visit.scheme, ""),
        "code": f"{visit.code[:4]}-{visit.code[4:]}",
        "initials": _initials(card),
        "can": steps(visit, guest),
        "cancel_told": cancel_told(visit),
        "its_day": policies.is_near(visit.s, visit.e, clock.minute(), place.zone),
        "history": told(visit, place) if guest.may(rights.HISTORY_SEE) else None,
        "letters": letters(log.of_visit(visit.pk), place) if guest.may(rights.HISTORY_SEE) else [],
        "may_restore": may_restore(guest),
        "readings": readings.told(place, visit=[visit.pk]) if guest.may(rights.READINGS_SEE) else (),
        "sum": sums.told(card, place),
        "may_change": guest.may(rights.VISITS_CHANGE),
        "others": len(card.lines) > 1,
        "elsewhere": guest.may(rights.VISITS_CHANGE) and guest.may(rights.VISITS_BOOK),
    }


def cancel_told(visit: Visit) -> str:
    """Whom a cancellation is written to by itself; empty for nobody."""
    if not policies.may_become(visit.status, "cancelled") or visit.s <= clock.minute():
        return ""
    found = visit_letters.ways(wishes.CALLED_OFF, visits.visit(visit.pk))
    return ", ".join(contact.shown for contact in found.values())


def may_restore(guest: Guest) -> bool:
    """Whether the history offers to bring anything back: who may do whatever that would do."""
    return all(guest.may(right) for right in RESTORING)


def _whose(line: Line, card: Card) -> str:
    """Who comes for a service, where several come and were named."""
    return ", ".join(name or str(card.client) for name in line.whose)


def _doubts(card: Card, place: Frame) -> dict[str, Any]:
    """The way to the client's card, and whether something about the record waits there."""
    if not place.guest.may(rights.CLIENTS_SEE):
        return {}
    differences, pairs = doubts.differences(card.client.pk), doubts.pairs(card.client.pk)
    return {
        "card_url": place.url("client", client=card.client.pk),
        "differences": differences,
        "pairs": pairs,
        "doubtful": bool(differences or pairs),
    }


def steps(visit: Visit, guest: Guest) -> set[str]:
    """What the panel offers: what the status leads to and the role allows; nobody is missed before the start."""
    found: set[str] = set()
    status = visit.status
    if guest.may(rights.VISITS_STATUS):
        found |= {step for step, after in _STEPS.items() if policies.may_become(status, after)}
        found -= set() if policies.has_begun(visit.s, clock.minute()) else {"no_show"}
        found |= {"restore"} if status in policies.RESTORABLE else set()
    if guest.may(rights.VISITS_CANCEL_MANY):
        found.add("source")
    if guest.may(rights.VISITS_CANCEL) and policies.may_become(status, "cancelled"):
        found.add("cancel")
    if guest.may(rights.VISITS_CHANGE) or guest.may(rights.VISITS_CHANGE_OWN):
        found |= {"note", "move"} if status in policies.MOVABLE else {"note"}
    return found


def _initials(card: Card) -> str:
    return f"{card.client.first_name[:1]}{card.client.last_name[:1]}".upper()


def _gives(seen: int | None, session: Session) -> bool:
    """Whether who sees the calendar `seen` alone, None for all, gives the class."""
    return seen is None or Allocation.objects.filter(session_id=session.pk, resource_id=seen).exists()


@page
def session(request: HttpRequest, guest: Guest, session: int) -> HttpResponse:
    """Who is in a dated class; 404 where the guest sees the own calendar alone and another gives it."""
    seen = only(guest)
    with scope(guest.organization.pk):
        found = Session.objects.filter(pk=session).first()
        if found is None or not _gives(seen, found):
            raise Http404
        place = frame(request, guest, Body({"location": found.location_id}))
        service = Service.objects.get(pk=found.service_id)
        start, end = (clock.from_minute(m).astimezone(place.zone) for m in (found.s, found.e))
        words = statuses()
        people: list[dict[str, Any]] = [
            {"visit": visit, "name": name, "status": status, "word": words[status], "seats": seats}
            for visit, name, status, seats in journal_visit.of_session(found.pk)
        ]
        context = {
            **place.context(),
            "session": found,
            "service": place.text(service.name),
            "time": place.formats.span(start, end),
            "when": place.formats.full_day(start.date()),
            "date": start.date().isoformat(),
            "people": people,
            "taken": sum(person["seats"] for person in people),
        }
        template = "desk/parts/session.html" if request.headers.get(PART) else "desk/session.html"
        return render(request, template, context)

"""A new visit from the desk: the form in the side panel, and the booking itself."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from visita.activity.idempotency import StoredAnswer
from visita.bookings import actions, journal_offer
from visita.bookings.requests import Booked
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.models import Resource
from visita.web.desk import asking, finding, further, party, pressed, typed
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.over import goes_over
from visita.web.desk.reading import Body, body, query
from visita.web.desk.visit import PART


@page
def new(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The form; `?location=&date=&resource=&time=HH:MM` fill it in."""
    guest.require(rights.VISITS_BOOK)
    return _form(request, guest, query(request))


def _form(request: HttpRequest, guest: Guest, values: Body, refusal: Refusal | None = None) -> HttpResponse:
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        resource = values.number("resource")
        services = journal_offer.services(place.location.pk, guest.language, place.profile.language)
        groups, chosen = _groups(services, resource, place), values.number("service")
        context = {
            **place.context(),
            "groups": groups,
            "people": _people(services, place),
            "resource": resource,
            "service_chosen": chosen,
            "time": values.text("time", 8),
            "minutes": values.number("minutes", high=typed.LONGEST),
            "values": values.values,
            "refusal": refusal,
            "near": _near(refusal, place),
            "pressed": values.text(pressed.FIELD, 40) or pressed.key(),
            "further": further.lines(values, place),
            "goes_over": goes_over(guest, refusal),
            **party.context(place, values, services),
            **asking.context(place, _service(groups, chosen), values, refusal),
        }
        part = bool(request.headers.get(PART))
        context |= (
            {} if part else finding.sought(place, values)
        )  # in the panel the script finds while one types
        template = "desk/parts/new.html" if part else "desk/new.html"
        return render(request, template, context, status=refusal.status if refusal else 200)


def _near(refusal: Refusal | None, place: Frame) -> list[dict[str, str]]:
    """The free times that a refusal names, each a press away."""
    found = refusal.extra.get("alternatives", []) if refusal else []
    starts = dict.fromkeys(datetime.fromisoformat(each["start"]).astimezone(place.zone) for each in found)
    formats = place.formats
    return [
        {
            "start": at.isoformat(),
            "time": formats.time(at) if at.date() == place.day else formats.moment(at),
        }
        for at in starts
    ]


def _service(groups: list[dict[str, Any]], chosen: int | None) -> int | None:
    """The service the form shows: the one chosen where it is offered, else the first."""
    offered = [service["id"] for group in groups for service in group["services"]]
    return chosen if chosen in offered else next(iter(offered), None)


def _groups(services: list[dict[str, Any]], resource: int | None, place: Frame) -> list[dict[str, Any]]:
    """What this resource gives, by specialty; everything where none is chosen."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for service in services:
        if resource is not None and resource not in service["by"]:
            continue
        minutes, price = service["by"].get(resource) or next(iter(service["by"].values()))
        option = {
            "id": service["id"],
            "name": service["name"],
            "length": place.formats.length(minutes),
            "price": place.formats.price(price, place.profile.currency),
        }
        groups.setdefault(service["group"], []).append(option)
    return [{"name": name, "services": options} for name, options in groups.items()]


def _people(services: list[dict[str, Any]], place: Frame) -> list[dict[str, Any]]:
    """Everybody who gives anything here."""
    ids = {resource for service in services for resource in service["by"]}
    return [{"id": row.pk, "name": str(row)} for row in Resource.objects.filter(pk__in=ids)]


@require_POST
def book(request: HttpRequest, organization: str) -> HttpResponse:
    """Book: `service`, `resource`, `start` (aware, or `date` and `time` of the location), `client` or its details."""
    form = request.content_type != "application/json"
    return _by_form(request, organization) if form else _by_script(request, organization)  # type: ignore[return-value]


@page
def _by_form(request: HttpRequest, guest: Guest) -> HttpResponse:
    sent = body(request)
    if sent.flag("look"):
        return _form(request, guest, sent)
    try:
        booked = _book(request, guest, sent)
    except Refusal as refusal:
        return _form(request, guest, sent, refusal)
    return redirect("desk:visit", organization=guest.organization.slug, visit=booked["visit"])


@data
def _by_script(request: HttpRequest, guest: Guest) -> HttpResponse:
    return answer(_book(request, guest, body(request)), 201)


def _book(request: HttpRequest, guest: Guest, sent: Body) -> dict[str, Any]:
    guest.require(rights.VISITS_BOOK)
    if sent.flag("force"):
        guest.require(rights.VISITS_OVERBOOK)
    if sent.flag("override"):
        guest.require(rights.VISITS_OVERRIDE_RULES)
    if sent.values.get("client"):  # what is answered, and what is refused, tells who it is
        guest.require(rights.CLIENTS_SEE)
    with scope(guest.organization.pk):
        place = frame(request, guest, sent)
        wanted = replace(typed.visit(sent, place), force=sent.flag("force"))
    key = pressed.once(guest, "visit", sent)

    def book() -> Booked | StoredAnswer:
        return actions.book(guest.organization.pk, wanted, guest.actor, idempotency=key, render=_told)

    booked = pressed.patiently(book)
    told: dict[str, Any] = json.loads(booked.body if isinstance(booked, StoredAnswer) else _told(booked))
    return told


def _told(booked: Booked) -> bytes:
    shown = {"visit": booked.visit_id, "code": booked.code, "status": booked.status}
    return json.dumps({**shown, "start": booked.start.isoformat(), "end": booked.end.isoformat()}).encode()

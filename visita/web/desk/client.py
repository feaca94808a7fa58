"""A client's card: data, animals or children, visits, reliability, and what waits for a decision about the record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from visita.bookings import client_visits, reliability
from visita.bookings.client_visits import Row
from visita.clients import actions, doubts, queries
from visita.clients.details import Details
from visita.clients.models import Client, PersonalData
from visita.clients.personal_data import Personal
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.foundation.text import LONGEST_NOTE
from visita.identity import rights
from visita.web.desk import card
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame, only
from visita.web.desk.labels import SIGNS, statuses
from visita.web.desk.reading import Body, body, query
from visita.web.desk.series import line as series_line

_KEPT = ("source", "external_id")


@page
def client(request: HttpRequest, guest: Guest, client: int) -> HttpResponse:
    """GET: the card (of a merged record its survivor's); POST: the data as typed."""
    guest.require(rights.CLIENTS_SEE)
    with scope(guest.organization.pk):
        found = queries.client(client)
    if found.pk != client and request.method == "GET":
        return redirect("desk:client", organization=guest.organization.slug, client=found.pk)
    if request.method == "POST":
        return _saved(request, guest, found)
    return show(request, guest, found.pk)


@require_POST
def personal(request: HttpRequest, organization: str, client: int) -> HttpResponseBase:
    """POST `birth_date`, `address`, `postal_code`, `city`; the tax code stays as it is."""
    return _personal(request, organization, client=client)


@page
def _personal(request: HttpRequest, guest: Guest, client: int) -> HttpResponse:
    guest.require(rights.CLIENTS_CHANGE)
    guest.require(rights.CLIENTS_PHONES)
    sent = body(request)
    with scope(guest.organization.pk):
        found = queries.client(client)
        row = PersonalData.objects.filter(client_id=found.pk).first()
    code, country = (row.tax_code, row.tax_country) if row else ("", "")
    try:
        typed = Personal(sent.text("birth_date", 10), code, country, sent.text("address", 300),
                         sent.text("postal_code", 16), sent.text("city", 120))  # fmt: skip
        actions.set_personal_data(guest.organization.pk, found.pk, typed, actor=guest.actor)
    except Refusal as refusal:
        return show(request, guest, found.pk, refusal, kept=sent)
    return redirect("desk:client", organization=guest.organization.slug, client=found.pk)


def _saved(request: HttpRequest, guest: Guest, found: Client) -> HttpResponse:
    guest.require(rights.CLIENTS_CHANGE)
    sent = body(request)
    try:
        details, version = _details(found, sent, guest), sent.required("version")
        actions.change(guest.organization.pk, found.pk, details, actor=guest.actor, version=version)
    except Refusal as refusal:
        return show(request, guest, found.pk, refusal, sent)
    return redirect("desk:client", organization=guest.organization.slug, client=found.pk)


def _details(found: Client, sent: Body, guest: Guest) -> Details:
    """As typed; what the reader may not see stays."""
    contact = sent if guest.may(rights.CLIENTS_PHONES) else Body({"phone": found.phone, "email": found.email})
    return Details(
        sent.text("first_name", 120),
        sent.text("last_name", 120),
        contact.text("phone", 40),
        contact.text("email", 254),
        found.language,
        sent.text("note", LONGEST_NOTE),
        found.source,
        found.external_id,
    )


def show(
    request: HttpRequest,
    guest: Guest,
    client_id: int,
    refusal: Refusal | None = None,
    sent: Body | None = None,
    kept: Body | None = None,
) -> HttpResponse:
    """The card, with what was refused: `sent` of the data, `kept` of a note or a tag."""
    with scope(guest.organization.pk):
        place = frame(request, guest, query(request))
        found = queries.client(client_id)
        seen = only(guest) if guest.may(rights.VISITS_SEE_OWN) or guest.may(rights.VISITS_SEE) else 0
        rows = client_visits.of_client(found.pk, (guest.language, place.profile.language), seen)
        coming = [row for row in rows if row.end >= clock.now()]
        context = {
            **place.context(),
            **card.kept(found, rows, place, kept),
            "section": "clients",
            "client": found,
            "initials": f"{found.first_name[:1]}{found.last_name[:1]}".upper(),
            "values": sent.values if sent else found.__dict__,
            "phone": found.phone if guest.may(rights.CLIENTS_PHONES) else "",
            "email": found.email if guest.may(rights.CLIENTS_PHONES) else "",
            "phones": guest.may(rights.CLIENTS_PHONES),
            "may_change": guest.may(rights.CLIENTS_CHANGE),
            "subjects": queries.subjects(found.pk),
            "coming": [_visit(row, place) for row in reversed(coming)],
            "past": [_visit(row, place) for row in rows if row not in coming],
            "reliability": reliability.of_client(found.pk),
            "bars": [row.status for row in rows if row not in coming and row.status != "cancelled"][:12][::-1],
            "differences": doubts.differences(found.pk),
            "pairs": [_other(pair, found.pk) for pair in doubts.pairs(found.pk)],
            "merges": [(merge, other, place.formats.moment(merge.at.astimezone(place.zone)))
                       for merge, other in doubts.merges(found.pk)],
            "since": place.formats.month(found.created.astimezone(place.zone).date()),
            "repeats": series_line.of_client(found.pk, place) if guest.may(rights.VISITS_SEE) else [],
            "refusal": refusal,
            "here": place.url("client", client=found.pk),
        }  # fmt: skip
        return render(request, "desk/client.html", context, status=refusal.status if refusal else 200)


def _other(pair: doubts.Pair, client_id: int) -> dict[str, Any]:
    """The record beside this one."""
    return {"id": pair.id, "other": pair.known if pair.made.pk == client_id else pair.made}


def _visit(row: Row, place: Frame) -> dict[str, Any]:
    return {
        "row": row,
        "when": f"{place.formats.full_day(row.start.date())}, {place.formats.time(row.start)}",
        "word": statuses()[row.status],
        "sign": SIGNS[row.status],
        "price": place.formats.price(row.price_minor, row.currency),
    }

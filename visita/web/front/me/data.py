"""Everything kept about the people of an account, to read and to take away (JSON).

What staff write for themselves is not in it: notes, files, answers to fields that are theirs, reasons of their own. They may
hold the rights of others, so the organization hands them out itself.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from visita.bookings import attendees, consents, own, verbs
from visita.bookings.models import Acceptance, Withdrawal
from visita.bookings.queries import VisitView
from visita.catalog import queries as catalog
from visita.catalog.models import Service
from visita.clients import queries
from visita.clients.models import Client
from visita.foundation import clock, ids
from visita.web.front import ticks
from visita.web.front.me import kept
from visita.web.front.me.account import Account, mine
from visita.web.front.me.kinds import words
from visita.web.front.me.rows import status_words
from visita.web.front.page import show
from visita.web.front.place import Place


@mine
def page(request: HttpRequest, account: Account) -> HttpResponse:
    """GET: to read."""
    place = account.place
    context = {
        "people": _worded(place, everything(account)["people"]),
        "download_url": place.outside("me-download"),
        "me_url": place.outside("me"),
    }
    return show(request, place, "front/me/data.html", context)


def _worded(place: Place, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with the organization's words for kinds and sentences whose links can be pressed; the file keeps them raw."""
    known = words(place)
    for consent in (each for one in people for visit in one["visits"] for each in visit["consents"]):
        consent["words"] = ticks.pieces(consent["label"])
    for subject in (subject for one in people for subject in one["subjects"]):
        subject["kind"] = known.get(subject["kind"], subject["kind"])
    return people


@mine
def download(_request: HttpRequest, account: Account) -> HttpResponse:
    """GET: `data.json`."""
    body = json.dumps(everything(account), ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data.json"'
    return response


def everything(account: Account) -> dict[str, Any]:
    """All of it as plain values."""
    return {
        "organization": account.place.profile.name,
        "at": clock.now().isoformat(),
        "people": [_person(account, each) for each in account.people],
    }


def _person(account: Account, client: Client) -> dict[str, Any]:
    personal = queries.personal_data(client.pk)
    return {
        "first_name": client.first_name,
        "last_name": client.last_name,
        "phone": client.phone,
        "email": client.email,
        "language": client.language,
        "registered": client.created.isoformat(),
        "birth_date": personal.birth_date.isoformat() if personal.birth_date else "",
        "tax_code": personal.tax_code,
        "address": personal.address,
        "postal_code": personal.postal_code,
        "city": personal.city,
        "subjects": [
            {"kind": each.kind, "name": each.name, "details": each.details}
            for each in queries.subjects(client.pk)
        ],
        "visits": _visits(account, client),
        "waitlist": kept.waits(account.place, client.pk),
        "letters": kept.letters(account.place, client.pk),
    }


def _visits(account: Account, client: Client) -> list[dict[str, Any]]:
    found = own.everything([client.pk])
    services = Service.objects.in_bulk({part.service_id for view in found for part in view.appointments})
    accepted: dict[int, list[Acceptance]] = {}
    for one in Acceptance.objects.filter(visit_id__in=[view.visit.pk for view in found]).order_by("id"):
        accepted.setdefault(one.visit_id, []).append(one)
    whose, theirs = attendees.named(found), _theirs(found)
    gone = consents.withdrawals(one.pk for each in accepted.values() for one in each)
    return [
        {
            **_visit(account, view, services),
            **theirs[view.visit.pk],
            "about": ", ".join(whose[view.visit.pk]),
            "consents": [_consent(one, gone.get(one.pk)) for one in accepted.get(view.visit.pk, [])],
        }
        for view in found
    ]


def _theirs(found: list[VisitView]) -> dict[int, dict[str, Any]]:
    """Of each visit the words that are the client's own."""
    keys, ours = [view.visit.pk for view in found], catalog.staff_fields()
    noted = kept.own_words("visit", keys, verbs.BOOKED, verbs.NOTED)
    cancelled = kept.own_words("visit", keys, verbs.CANCELLED)
    return {
        view.visit.pk: {
            "note": view.visit.note if view.visit.pk in noted else "",
            "answers": {code: one for code, one in view.visit.fields.items() if code not in ours},
            "cancel_reason": view.visit.cancel_reason if view.visit.pk in cancelled else "",
        }
        for view in found
    }


def _consent(one: Acceptance, gone: Withdrawal | None) -> dict[str, Any]:
    return {
        "label": one.label,
        "text": one.text,
        "version": one.version,
        "at": one.at.isoformat(),
        "sha256": one.sha256,
        "withdrawn": gone.at.isoformat() if gone else "",
    }


def _visit(account: Account, view: VisitView, services: dict[int, Service]) -> dict[str, Any]:
    visit = view.visit
    return {
        "code": ids.shown(visit.code),
        "status": visit.status,
        "status_words": status_words(visit.status),
        "start": view.local(visit.s).isoformat(),
        "end": view.local(visit.e).isoformat(),
        "moment": account.place.formats.moment(view.local(visit.s)),
        "services": [account.place.text(services[part.service_id].name) for part in view.appointments],
        "booked": visit.booked_at.isoformat(),
    }

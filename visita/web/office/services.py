"""The rules of services: how long, what is kept free around them, how many at once, when they start, the notice, the price.

Visits that are booked stay as they are. Which ones differ from the new rule is shown first; it is saved by whoever saw that.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from visita.bookings.actions.change_rules import RulesFelt, change_rules, version_of
from visita.catalog import queries
from visita.catalog.models import Service
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.foundation.words import text
from visita.web.desk.door import Guest, page
from visita.web.desk.reading import body
from visita.web.office import felt, rules_form
from visita.web.office.room import CATALOG, Room, enter, show


@page
def listed(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: the services at hand, each with its length and price."""
    with scope(guest.organization.pk):
        room = enter(guest, CATALOG)
        rows = [_row(room, each) for each in queries.services()]
        return show(request, room, "office/services.html", {"rows": rows})


def _row(room: Room, service: Service) -> tuple[str, str, str]:
    price = room.formats.price(service.price_minor, room.profile.currency)
    length = room.formats.length(service.minutes) if service.minutes else ""
    return _url(room, service.pk), _name(room, service), " · ".join(filter(None, (length, price)))


def _url(room: Room, service: int) -> str:
    return reverse(
        "office:service", kwargs={"organization": room.guest.organization.slug, "service": service}
    )


def _name(room: Room, service: Service) -> str:
    return text(service.name, room.guest.language, room.profile.language)


@page
def rules(request: HttpRequest, guest: Guest, service: int) -> HttpResponse:
    """GET: the rules. POST them with `version`; with `agreed` = what was shown, if visits differ from the new rule."""
    with scope(guest.organization.pk):
        room = enter(guest, CATALOG)
        found = queries.service(service)
        if request.method != "POST":
            return _page(request, room, found)
    try:
        _save(request, room, service)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        with scope(guest.organization.pk):
            return _page(request, room, queries.service(service), refusal)
    return redirect(f"{_url(room, service)}?{urlencode({'saved': 1})}")


def _save(request: HttpRequest, room: Room, service: int) -> None:
    sent = body(request)
    read = rules_form.read(rules_form.typed(request.POST), room.profile.currency)
    version = sent.number("version", low=0)
    change_rules(
        room.guest.organization.pk, service, read.changes, read.lead,
        actor=room.guest.actor, version=version or 0, agreed=sent.text("agreed", 64),
    )  # fmt: skip


def _page(request: HttpRequest, room: Room, service: Service, refusal: Refusal | None = None) -> HttpResponse:
    kept = rules_form.kept(service, room.rows, room.profile.currency)
    values = rules_form.typed(request.POST) if refusal else kept
    wrong = {refusal.field: refusal.message} if refusal and refusal.field else {}
    stale = refusal is not None and refusal.code == "changed_meanwhile"
    context: dict[str, Any] = {
        "name": _name(room, service),
        "version": version_of(service),
        "fields": [
            {
                "key": key, "name": name, "value": values[key], "error": wrong.get(key, ""),
                "now": kept[key] or "–" if stale and kept[key] != values[key] else "",
            }
            for key, name in rules_form.names().items()
        ],
        "refusal": refusal if refusal and not refusal.field and not isinstance(refusal, RulesFelt) else None,
        "felt": felt.told(refusal.effect, room) if isinstance(refusal, RulesFelt) else [],
        "agreed": refusal.extra["token"] if isinstance(refusal, RulesFelt) else "",
        "currency": room.profile.currency,
        "saved": "saved" in request.GET and refusal is None,
    }  # fmt: skip
    return show(request, room, "office/service.html", context, refusal.status if refusal else 200)

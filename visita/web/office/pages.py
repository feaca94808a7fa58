"""The pages for clients: whether they may book at all, the organization's own words on the services page, maps."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import maps, queries, settings
from visita.tenancy.actions import set_services_page, set_setting
from visita.tenancy.actions.set_services_page import KEY as WORDS
from visita.tenancy.errors import not_found
from visita.tenancy.markup import LONGEST
from visita.web.desk.door import Guest, page
from visita.web.front.place import name_of, offered
from visita.web.office.room import SHARING, Room, enter, show

INTERFACE = "client_interface"


@page
def pages(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: what is set. POST `part`: interface, words or maps, saved apart from each other."""
    with scope(guest.organization.pk):
        room = enter(guest, SHARING)
        if request.method != "POST":
            return _page(request, room)
    part = request.POST.get("part", "")
    if part not in _PARTS:
        raise not_found()
    try:
        _PARTS[part](request, room)
    except Refusal as refusal:
        with scope(guest.organization.pk):
            return _page(request, room, refusal, part)
    return redirect(f"{room.url('pages')}?{urlencode({'saved': part})}#{part}")


def _interface(request: HttpRequest, room: Room) -> None:
    set_setting(room.guest.organization.pk, INTERFACE, "open" in request.POST, actor=room.guest.actor)


def _words(request: HttpRequest, room: Room) -> None:
    typed = {code: _typed(request, f"words_{code}", LONGEST + 1) for code in offered(room.profile)}
    kept = {code: words for code, words in typed.items() if words}
    set_services_page(room.guest.organization.pk, kept, actor=room.guest.actor)


def _maps(request: HttpRequest, room: Room) -> None:
    with scope(room.guest.organization.pk, durable=True):  # all of them or none
        for one in queries.locations():
            place: dict[str, Any] = {"scope_kind": "location", "scope_id": one.pk}
            address = _typed(request, f"map_{one.pk}", 1001)
            set_setting.here(maps.KEY, address, actor=room.guest.actor, **place)


_PARTS: dict[str, Callable[[HttpRequest, Room], None]] = {
    "interface": _interface,
    "words": _words,
    "maps": _maps,
}


def _typed(request: HttpRequest, name: str, most: int) -> str:
    return request.POST.get(name, "")[:most].strip()


def _page(request: HttpRequest, room: Room, refusal: Refusal | None = None, part: str = "") -> HttpResponse:
    saved = request.GET.get("saved", "") if request.method == "GET" else ""
    context = {
        "open": room.setting(INTERFACE),
        "tongues": [_tongue(request, room, code, part) for code in offered(room.profile)],
        "places": [_location(request, room, one, part) for one in queries.locations()],
        "wrong": {part: refusal.message} if refusal else {},
        "saved": _("Saved. Clients see it at once.") if saved in _PARTS else "",
    }
    return show(request, room, "office/pages.html", context, refusal.status if refusal else 200)


def _tongue(request: HttpRequest, room: Room, code: str, part: str) -> dict[str, str]:
    kept = room.setting(WORDS).get(code, "")
    typed = request.POST.get(f"words_{code}", "") if part == "words" else kept
    return {"code": code, "name": name_of(code), "value": typed[: LONGEST + 1]}


def _location(request: HttpRequest, room: Room, one: Any, part: str) -> dict[str, Any]:
    kept = settings.value(room.rows, maps.KEY, location=one.pk)
    typed = _typed(request, f"map_{one.pk}", 1001) if part == "maps" else kept
    return {"id": one.pk, "name": one.name, "value": typed}

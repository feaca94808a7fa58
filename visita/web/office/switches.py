"""The switches of what happens beside booking: walk-in queue, waitlist, the hint of who may not come, the hours shown, and
the limits against floods."""

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.bookings import queue
from visita.bookings.models import Ticket
from visita.catalog import queries as catalog
from visita.catalog.models import Service
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.foundation.words import text
from visita.tenancy import queries, settings
from visita.tenancy.actions import set_setting
from visita.tenancy.errors import not_found
from visita.tenancy.models import Location
from visita.web.desk.door import Guest, page
from visita.web.office import nearer, switches_form
from visita.web.office.room import LOOK, Room, enter, show
from visita.web.office.switches_form import PARTS, Refused

WEEK = range(7)


@page
def switches(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: what is set. POST `part`: queue, waitlist, risk, hours or limits, each saved whole or not at all; or
    `rule`: one that a place, service or person has of its own, which shall follow the common one again."""
    with scope(guest.organization.pk):
        room = enter(guest, LOOK)
        if request.method != "POST":
            return _page(request, room)
    part = request.POST.get("part", "")
    if part not in PARTS:
        raise not_found()
    if "rule" in request.POST:
        with scope(guest.organization.pk, durable=True):
            nearer.follow(room, request.POST["rule"])
        return _saved(room, part)
    try:
        values = switches_form.read(part, request.POST)
        with scope(guest.organization.pk, durable=True):
            if part == "queue":
                _queue(request, room)
            _save(room, values)
    except Refused as refusal:
        with scope(guest.organization.pk):
            return _page(request, room, refusal, part)
    return _saved(room, part)


def _saved(room: Room, part: str) -> HttpResponse:
    return redirect(f"{room.url('switches')}?{urlencode({'saved': part})}#{part}")


def _save(room: Room, values: dict[str, Any]) -> None:
    """What differs, so that the record tells of changes only."""
    for key, value in values.items():
        kept = [[day, *value] for day in WEEK] if key == "online_hours" and value else value
        if kept != room.setting(key):
            set_setting.here(key, kept, actor=room.guest.actor)


def _queue(request: HttpRequest, room: Room) -> None:
    """Where there is a queue, and for which services. It is not switched off over the heads of those who stand in it."""
    for one in queries.locations():
        wanted = f"queue_{one.pk}" in request.POST
        if wanted == settings.value(room.rows, "queue", location=one.pk):
            continue
        if not wanted and (many := _waiting(one)):
            told = ngettext(
                "%(count)s person waits there with a number: serve or end it first.",
                "%(count)s people wait there with a number: serve or end them first.",
                many,
            )
            raise Refused({f"queue_{one.pk}": told % {"count": many}})
        set_setting.here("queue", wanted, actor=room.guest.actor, scope_kind="location", scope_id=one.pk)
    for service in _services():
        wanted = f"walk_in_{service.pk}" in request.POST
        if wanted != settings.value(room.rows, "walk_in", service=service.pk):
            where: dict[str, Any] = {"scope_kind": "service", "scope_id": service.pk}
            set_setting.here("walk_in", wanted, actor=room.guest.actor, **where)


def _waiting(location: Location) -> int:
    """How many stand in the queue of today."""
    today = clock.now().astimezone(ZoneInfo(location.zone)).date()
    return Ticket.objects.filter(location_id=location.pk, date=today, state__in=queue.OPEN).count()


def _services() -> list[Service]:
    return [each for each in catalog.services() if each.kind != "class" and each.online]


def _page(request: HttpRequest, room: Room, refused: Refused | None = None, part: str = "") -> HttpResponse:
    saved = request.GET.get("saved", "") if request.method == "GET" else ""
    wrong = dict(refused.wrong) if refused else {}
    context = {
        "parts": {name: _fields(request, room, name, wrong, part) for name in PARTS},
        "places": [_place(request, room, one, wrong, part) for one in queries.locations()],
        "services": [_service(request, room, one, part) for one in _services()],
        "refusal": refused, "part": part, "own": {name: nearer.listed(room, name) for name in PARTS}, "uneven": _uneven(room),
        "saved": _("Saved. It holds at once, at the desk and for clients.") if saved in PARTS else "",
    }  # fmt: skip
    return show(request, room, "office/switches.html", context, 422 if refused else 200)


def _fields(
    request: HttpRequest, room: Room, name: str, wrong: dict[str, Any], part: str
) -> list[dict[str, Any]]:
    sent = switches_form.typed(name, request.POST) if part == name else {}
    return [
        {**field.shown(sent.get(field.key, _kept(room, field.key))), "error": wrong.get(field.key, "")}
        for field in PARTS[name]
    ]


def _kept(room: Room, key: str) -> Any:
    """A setting as its field shows it: of the week's hours the one span that holds every day."""
    value = room.setting(key)
    if key != "online_hours":
        return value
    return list(value[0][1:]) if value and not _uneven(room) else []


def _uneven(room: Room) -> bool:
    """Whether clients' hours differ by day, which this form would make alike."""
    value = room.setting("online_hours")
    return bool(value) and (
        sorted(row[0] for row in value) != list(WEEK) or len({tuple(row[1:]) for row in value}) > 1
    )


def _place(
    request: HttpRequest, room: Room, one: Location, wrong: dict[str, Any], part: str
) -> dict[str, Any]:
    key = f"queue_{one.pk}"
    kept = settings.value(room.rows, "queue", location=one.pk)
    on = key in request.POST if part == "queue" else kept
    return {"key": key, "name": one.name, "on": on, "error": wrong.get(key, "")}


def _service(request: HttpRequest, room: Room, one: Service, part: str) -> dict[str, Any]:
    key = f"walk_in_{one.pk}"
    kept = settings.value(room.rows, "walk_in", service=one.pk)
    name = text(one.name, room.guest.language, room.profile.language)
    return {"key": key, "name": name, "on": key in request.POST if part == "queue" else kept}

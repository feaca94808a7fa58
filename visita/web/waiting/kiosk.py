"""The kiosk: somebody with a visit checks in, somebody without takes a number. Touch, no keyboard needed but for digits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.bookings import actions, errors, journal_offer, queue, queue_estimate
from visita.bookings.queue import Joined, JoinRequest
from visita.bookings.queue_estimate import Estimate, Wanted
from visita.catalog.models import Service
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rate
from visita.tenancy import queries, settings
from visita.web.waiting import finding
from visita.web.waiting.ahead import ahead
from visita.web.waiting.door import Room, device
from visita.web.waiting.words import times, wait

TRIES = rate.Limit(10, 5)  # at finding a visit, at one kiosk
NUMBERS = rate.Limit(40, 10)
MOST = 12  # services shown
LEAVES = 45  # seconds after which the kiosk begins anew
LOOKS = 60  # seconds after which a kiosk without numbers looks whether there are some


@device("kiosk")
def kiosk(request: HttpRequest, room: Room, token: str) -> HttpResponse:
    """GET `?step=visit|number`; POST `do` = find, confirm, number."""
    response = _answer(request, room)
    if request.method == "POST" or request.GET.get("step"):
        response["Refresh"] = f"{LEAVES}; url=?"  # whoever walks away leaves nothing to the next
    else:
        response["Refresh"] = f"{LOOKS}; url=?"  # the queue may be switched on or off meanwhile
    return response


def _answer(request: HttpRequest, room: Room) -> HttpResponse:
    if request.method == "POST":
        try:
            return _DEEDS.get(request.POST.get("do", ""), _home)(request, room)
        except Refusal as refusal:
            return _home(request, room, refusal)
    return _home(request, room)


def _home(request: HttpRequest, room: Room, refusal: Refusal | None = None) -> HttpResponse:
    """The two ways, or one of them opened."""
    step = request.POST.get("step", "") or request.GET.get("step", "")
    context: dict[str, Any] = {"room": room, "step": step, "refusal": refusal}
    with scope(room.organization.pk):
        rows = queries.setting_rows()
        context["has_queue"] = settings.value(rows, "queue", location=room.location.pk)
        if step == "number" and context["has_queue"]:
            context["services"] = _services(room)
            context["full"] = not any(one["possible"] for one in context["services"])
        elif step == "number":
            context["step"] = ""
        if context.get("full") or not (context["has_queue"] or context["step"]):
            context["ahead"] = ahead(request, room, rows, [one["id"] for one in _online(room)])
    status = refusal.status if refusal else 200
    return render(request, "waiting/kiosk.html", context, status=status)


def _online(room: Room) -> list[dict[str, Any]]:
    """What is given here to one alone, without a date of its own, and booked by clients themselves."""
    language = room.profile.language
    online = set(Service.objects.filter(online=True).values_list("pk", flat=True))
    offered = journal_offer.services(room.location.pk, language, language)
    return [each for each in offered if each["kind"] != "class" and each["id"] in online]


def _offered(room: Room) -> list[dict[str, Any]]:
    """What walk-ins can have here."""
    rows = queries.setting_rows()
    return [each for each in _online(room) if settings.value(rows, "walk_in", service=each["id"])][:MOST]


def _services(room: Room) -> list[dict[str, Any]]:
    """The same with the wait somebody would have who came now."""
    offered = _offered(room)
    day = clock.now().astimezone(room.zone).date()
    waiting = queue.tickets(room.location.pk, day, queue.OPEN)
    told = queue_estimate.of_tickets(room.location.pk, waiting, [Wanted(each["id"]) for each in offered])
    return [
        {"id": each["id"], "name": each["name"], "wait": wait(one, room.formats), "possible": one is not None}
        for each, one in zip(offered, told[len(waiting) :], strict=True)
    ]


def _find(request: HttpRequest, room: Room) -> HttpResponse:
    """A visit by its code, or by the phone's end and the time: only initials are shown."""
    rate.hit(TRIES, room.organization.pk, "kiosk-find", str(room.device.pk))
    code, tail = request.POST.get("code", "")[:20], request.POST.get("tail", "")[:20]
    with scope(room.organization.pk):
        visit = (
            finding.by_code(room, code)
            if code.strip()
            else finding.by_phone(room, tail, request.POST.get("time", "")[:5])
        )
        start = clock.from_minute(visit.s).astimezone(room.zone)
        context = {
            "room": room, "step": "confirm", "initials": finding.initials(visit), "time": room.formats.time(start),
            "sealed": finding.sealed(visit),
        }  # fmt: skip
    return render(request, "waiting/kiosk.html", context)


def _confirm(request: HttpRequest, room: Room) -> HttpResponse:
    visit = finding.opened(request.POST.get("visit", "")[:200])
    made = actions.check_in(room.organization.pk, visit, room.actor)
    return _done(request, room, made)


def _number(request: HttpRequest, room: Room) -> HttpResponse:
    rate.hit(NUMBERS, room.organization.pk, "kiosk-number", str(room.device.pk))
    chosen = request.POST.get("service", "")
    service = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19 else 0
    with scope(room.organization.pk):
        name = next((each["name"] for each in _offered(room) if each["id"] == service), None)
    if name is None:
        raise errors.not_offered("service")
    made = actions.join_queue(room.organization.pk, room.location.pk, JoinRequest(service), room.actor)
    return _done(request, room, made, name)


def _done(request: HttpRequest, room: Room, made: Joined, service: str = "") -> HttpResponse:
    told = None if made.low is None or made.high is None else Estimate(made.low, made.high)
    context = {
        "room": room, "step": "done", "number": made.number, "service": service, "wait": wait(told, room.formats) if made.number else "",
        "at": times(told, room), "now": room.formats.moment(clock.now().astimezone(room.zone)),
    }  # fmt: skip
    return render(request, "waiting/kiosk.html", context)


_DEEDS = {"find": _find, "confirm": _confirm, "number": _number}

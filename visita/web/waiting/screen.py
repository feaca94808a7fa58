"""The waiting room's screen: numbers that are called, who comes next, and the wait; no name unless the house wants it."""

from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.bookings import queue, queue_estimate
from visita.bookings.models import Ticket, TicketState
from visita.clients.models import Client
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling.models import Resource
from visita.web.waiting.door import Room, device
from visita.web.waiting.words import times, wait

PART = "X-Part"
CALLED = 5  # numbers shown large
NEXT = 12


@device("screen")
def screen(request: HttpRequest, room: Room, token: str) -> HttpResponse:
    """The page; its script asks for the part again and again, and what has not changed is 304."""
    with scope(room.organization.pk):
        context = {"room": room, **_queue(room)}
    if not request.headers.get(PART):
        return render(request, "waiting/screen_page.html", context)
    response = render(request, "waiting/screen.html", context)
    tag = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    response["ETag"] = tag
    return response


def _queue(room: Room) -> dict[str, Any]:
    day = clock.now().astimezone(room.zone).date()
    open_ = queue.tickets(room.location.pk, day, queue.OPEN)
    told = queue_estimate.of_tickets(room.location.pk, open_)
    called = [each for each in open_ if each.state == TicketState.CALLED]
    called.sort(key=lambda each: each.called_at or each.arrived_at, reverse=True)
    waiting = [
        (each, one) for each, one in zip(open_, told, strict=True) if each.state == TicketState.WAITING
    ]
    names = _names(open_) if room.device.names else {}
    places = Resource.objects.in_bulk({each.to_id for each in called if each.to_id})
    return {
        "called": [
            {
                "number": each.number,
                "to": str(places.get(each.to_id or 0, "")),
                "name": names.get(each.pk, ""),
            }
            for each in called[:CALLED]
        ],
        "next": [
            {
                "number": each.number,
                "wait": wait(one, room.formats),
                "at": times(one, room),
                "name": names.get(each.pk, ""),
            }
            for each, one in waiting[:NEXT]
        ],
        "more": max(0, len(waiting) - NEXT),
    }


def _names(tickets: list[Ticket]) -> dict[int, str]:
    """Maria I.: only where the house chose to show them."""
    clients = Client.objects.in_bulk({each.client_id for each in tickets if each.client_id})
    found = {}
    for each in tickets:
        client = clients.get(each.client_id or 0)
        first, last = (client.first_name, client.last_name) if client else _typed(each.name)
        found[each.pk] = f"{first} {last[:1]}." if last else first
    return found


def _typed(name: str) -> tuple[str, str]:
    first, _space, last = name.partition(" ")
    return first, last

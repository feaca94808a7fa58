"""Which messages about their visits clients get, and by which way: a table of switches, saved whole."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from visita.foundation.scope import scope
from visita.messaging import wishes
from visita.messaging.message import CHANNELS
from visita.tenancy.actions import set_setting
from visita.web.desk.door import Guest, page
from visita.web.office.room import LOOK, Room, enter, show

_FURTHER = (wishes.INSTEAD, "sms_plain")


@page
def letters(request: HttpRequest, guest: Guest) -> HttpResponse:
    """GET: what is set. POST: a name for each switch that is on."""
    posted = request.method == "POST"
    with scope(guest.organization.pk, durable=posted):
        room = enter(guest, LOOK)
        if not posted:
            return _page(request, room)
        _save(request, room)
    return redirect(f"{room.url('letters')}?{urlencode({'saved': 1})}")


def _save(request: HttpRequest, room: Room) -> None:
    """What differs, so that the record tells of changes only."""
    for key in (*(wishes.key(event, channel) for event in wishes.EVENTS for channel in CHANNELS), *_FURTHER):
        wanted = key in request.POST
        if wanted != room.setting(key):
            set_setting.here(key, wanted, actor=room.guest.actor)


def _page(request: HttpRequest, room: Room) -> HttpResponse:
    words = _events()
    context = {
        "rows": [{"name": words[event][0], "about": words[event][1], "ways": _ways(room, event)} for event in wishes.EVENTS],
        "instead": {"key": wishes.INSTEAD, "on": room.setting(wishes.INSTEAD)},
        "plain": {"key": "sms_plain", "on": room.setting("sms_plain")},
        "saved": _("Saved. It holds for the next message.") if "saved" in request.GET else "",
    }  # fmt: skip
    return show(request, room, "office/letters.html", context)


def _ways(room: Room, event: str) -> list[dict[str, Any]]:
    keys = {channel: wishes.key(event, channel) for channel in ("email", "sms")}
    names = {"email": _("Email"), "sms": _("SMS")}
    return [{"key": key, "name": names[channel], "on": room.setting(key)} for channel, key in keys.items()]


def _events() -> dict[str, tuple[str, str]]:
    """Each event in the owner's words, and what else there is to know of it."""
    return {
        wishes.BOOKED: (_("Booked"), _("Also what staff book for a client.")),
        wishes.REQUESTED: (_("Asked for"), _("Where you confirm bookings yourself.")),
        wishes.CONFIRMED: (_("Confirmed"), ""),
        wishes.MOVED: (_("Moved by the client"), _("When you move a visit, the journal asks whether the client shall know.")),
        wishes.CANCELLED: (_("Cancelled by the client"), ""),
        wishes.CALLED_OFF: (_("Cancelled by you"), ""),
    }  # fmt: skip

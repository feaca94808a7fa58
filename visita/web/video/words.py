"""What the room's page shows for each state, and the words its script speaks."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext as _

from visita.foundation import clock
from visita.integrations.video.rooms import Room
from visita.web.components.formats import Formats

_SIGNS = {"early": "clock", "waiting": "clock", "over": "check"}


def look_again(response: HttpResponse, wait: int) -> HttpResponse:
    """A page that is early (`wait` seconds, 0 = it is time) asks again by itself, every minute at least."""
    if wait:
        response["Refresh"] = str(min(wait, 60))
    return response


def context(room: Room, zone: ZoneInfo, formats: Formats) -> dict[str, Any]:
    """What `video/room.html` shows beside its addresses."""
    return {
        "room": room,
        "title": titles()[room.state],
        "start": formats.moment(room.start.astimezone(zone)),
        "sign": _SIGNS.get(room.state, "cross"),
        "opens": formats.moment(room.opens.astimezone(zone)),
        "wait": max(1, _seconds(room.opens)) if room.state == "early" else 0,
        "ice": room.ice,
        "words": _words(),
    }


def _seconds(until: datetime) -> int:
    return -int((clock.now() - until).total_seconds())


def titles() -> dict[str, str]:
    """The heading of each state."""
    return {
        "open": _("Your video visit"),
        "early": _("You are early"),
        "over": _("This video visit is over"),
        "waiting": _("Not confirmed yet"),
        "closed": _("This room is closed"),
    }


def _words() -> dict[str, str]:
    return {
        "waiting": _("You are in. The other side has not come yet."),
        "connecting": _("Connecting…"),
        "connected": _("Connected"),
        "lost": _("The connection broke. Trying again…"),
        "gone": _("The other side has left."),
        "denied": _("The camera and the microphone are not allowed here. Allow them in the browser, then join again."),
        "nothing": _("No camera and no microphone were found. You can see and hear, but not be seen or heard."),
        "offline": _("No connection to the server. Trying again…"),
        "closed": _("The room was closed."),
        "mute": _("Microphone off"),
        "unmute": _("Microphone on"),
        "hide": _("Camera off"),
        "show": _("Camera on"),
    }  # fmt: skip

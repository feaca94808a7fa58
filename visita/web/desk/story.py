"""The history of a visit as sentences: who did what and when, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from visita.activity.models import Activity
from visita.bookings import verbs
from visita.foundation import clock
from visita.web.desk.frame import Frame


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the history."""

    what: str
    who: str
    when: str
    at: datetime
    icon: str
    detail: str = ""


def told(events: Sequence[Activity], frame: Frame) -> list[Told]:
    """The events in words."""
    return [_told(event, frame) for event in events]


def _told(event: Activity, frame: Frame) -> Told:
    at = event.at.astimezone(frame.zone)
    what, icon = _verb(event.verb)
    return Told(what, _who(event), frame.formats.moment(at), at, icon, _detail(event.payload, frame))


def _verb(verb: str) -> tuple[str, str]:
    return {
        verbs.BOOKED: (_("Booked"), "calendar-add"),
        verbs.MOVED: (_("Moved"), "move"),
        verbs.CONFIRMED: (_("Confirmed"), "check"),
        verbs.ARRIVED: (_("Arrived"), "arrived"),
        verbs.COMPLETED: (_("Done"), "checks"),
        verbs.NO_SHOW: (_("Not shown"), "person-off"),
        verbs.CANCELLED: (_("Cancelled"), "cross"),
        verbs.RESTORED: (_("Restored"), "undo"),
        verbs.NOTED: (_("Note changed"), "note"),
        verbs.MARKED: (_("Public or private changed"), "tag"),
        verbs.ANSWERED: (_("Answers changed"), "note"),
    }.get(verb, (verb, "info"))


def _who(event: Activity) -> str:
    if event.actor_kind == "client":
        return _("the client, online")
    return event.actor_label


def _detail(payload: Mapping[str, Any], frame: Frame) -> str:
    """From when to when, for a move; nothing personal stands in a payload."""
    before, after = _first(payload.get("before")), _first(payload.get("after"))
    if before is None or after is None:
        return ""
    return f"{_moment(before, frame)} → {_moment(after, frame)}"


def _first(parts: Any) -> int | None:
    """The start of the first part of a move's payload."""
    return parts[0]["s"] if isinstance(parts, list) and parts else None


def _moment(minute: int, frame: Frame) -> str:
    return frame.formats.moment(clock.from_minute(minute).astimezone(frame.zone))

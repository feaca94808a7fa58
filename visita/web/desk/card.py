"""What a client's card shows besides data and visits: notes, files, tags, birthday, letters, who opened it."""

from typing import Any

from django.utils.translation import gettext as _

from visita.bookings.client_visits import Row
from visita.clients import base
from visita.clients.models import Client, ClientFile, PersonalData, TagColor
from visita.identity import rights
from visita.messaging import log
from visita.messaging.models import Delivery
from visita.web.desk import readings
from visita.web.desk.frame import Frame
from visita.web.desk.reading import Body

_KILO, _MEGA = 1024, 1024 * 1024  # bytes


def kept(client: Client, rows: list[Row], place: Frame, sent: Body | None) -> dict[str, Any]:
    """Everything of it; `sent` is what was typed into a form that was refused. A constant number of statements."""
    personal = PersonalData.objects.filter(client_id=client.pk).first()
    readings.note(place, "client", client.pk)
    return {
        "notes": [_note(note, place) for note in base.notes(client.pk)],
        "files": [_file(row, place) for row in base.files(client.pk)],
        "tags": base.tags_of([client.pk]).get(client.pk, []),
        "known_tags": [tag for tag, _count in base.tags()],
        "colors": colors(),
        "personal": personal or PersonalData(client_id=client.pk),
        "born": _birthday(personal, place),
        "letters": letters(log.of_client(client.pk), place),
        "readings": readings.told(place, client=[client.pk], visit=[row.id for row in rows])
        if place.guest.may(rights.READINGS_SEE)
        else (),
        "typed": sent.values if sent else {},
    }


def colors() -> list[tuple[str, str]]:
    """The colours of tags, in words."""
    words = {"grey": _("grey"), "blue": _("blue"), "green": _("green"), "amber": _("amber"), "red": _("red"),
             "violet": _("violet")}  # fmt: skip
    return [(color, words[color]) for color in TagColor.values]


def _note(note: Any, place: Frame) -> dict[str, Any]:
    formats, zone = place.formats, place.zone
    changed = formats.moment(note.changed.astimezone(zone)) if note.changed else ""
    return {"row": note, "when": formats.moment(note.made.astimezone(zone)), "changed": changed}


def _file(row: ClientFile, place: Frame) -> dict[str, Any]:
    icon = "document" if row.kind == "pdf" else "image"
    when = place.formats.moment(row.made.astimezone(place.zone))
    return {"row": row, "when": when, "size": _size(row.size), "icon": icon}


def _size(number: int) -> str:
    return f"{number / _MEGA:.1f} MB" if number >= _MEGA else f"{max(1, round(number / _KILO))} KB"


def _birthday(personal: PersonalData | None, place: Frame) -> dict[str, Any] | None:
    """The date, the age, and whether it is today."""
    if personal is None or personal.birth_date is None:
        return None
    born, today = personal.birth_date, place.today
    had = (today.month, today.day) >= (born.month, born.day)
    shown = f"{place.formats.full_day(born).partition(', ')[2] or place.formats.full_day(born)} {born.year}"
    return {
        "date": shown,
        "age": today.year - born.year - (not had),
        "today": (today.month, today.day) == (born.month, born.day),
    }


def letters(rows: list[Delivery], place: Frame) -> list[dict[str, Any]]:
    """What was sent, as staff read it."""
    return [_letter(row, place) for row in rows]


def _purposes() -> dict[str, str]:
    return {
        "visit_booked": _("Visit booked"),
        "visit_requested": _("Visit to be confirmed"),
        "visit_confirmed": _("Visit confirmed"),
        "visit_moved": _("Visit moved"),
        "visit_services": _("Visit changed"),
        "visit_cancelled": _("Visit cancelled"),
        "visit_called_off": _("Visit cancelled"),
        "visit_restored": _("Visit brought back"),
        "waitlist": _("A place came free"),
    }


def _letter(row: Delivery, place: Frame) -> dict[str, Any]:
    states = {
        "sending": _("on its way"),
        "sent": _("sent"),
        "failed": _("failed"),
        "withheld": _("withheld") if row.reason and row.reason != "no contact" else _("no contact"),
    }
    return {
        "what": _purposes().get(row.purpose, row.purpose.replace("_", " ").capitalize()),
        "to": row.recipient,
        "state": states[row.state],
        "failed": row.state == "failed",
        "reason": row.reason,
        "when": place.formats.moment(row.at.astimezone(place.zone)),
        "icon": "phone" if row.channel == "sms" else "mail",
    }

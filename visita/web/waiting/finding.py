"""Whose visit it is, at a kiosk: by the code, or by the end of the phone and the booked time. One answer for every miss."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core import signing

from visita.bookings import queue_errors, rules
from visita.bookings.actions.join_queue import may_check_in
from visita.bookings.locking import appointments
from visita.bookings.models import Visit
from visita.clients.models import Client
from visita.foundation import clock, ids
from visita.integrations.video.rooms import remote
from visita.web.waiting.door import Room

TAIL = 4  # digits of the phone
_SALT, _LIVES = "visita.kiosk", 120  # seconds between finding and confirming


def by_code(room: Room, code: str) -> Visit:
    """Inside a scope; refuses not_found_here."""
    found = Visit.objects.filter(code=ids.read_code(code)[:8], location_id=room.location.pk).first()
    return _allowed(found)


def by_phone(room: Room, tail: str, wall: str) -> Visit:
    """The last digits of the client's phone and the time of the visit; refuses not_found_here, also where several fit."""
    digits = re.sub(r"\D", "", tail)[-TAIL:]
    start = _minute(wall, clock.now().astimezone(room.zone).date(), room.zone)
    if len(digits) < TAIL or start is None:
        raise queue_errors.not_checked_in()
    rows = list(Visit.objects.filter(location_id=room.location.pk, s=start).exclude(status="cancelled"))
    known = Client.objects.filter(pk__in=[row.client_id for row in rows], phone_e164__endswith=digits)
    ids_ = set(known.values_list("pk", flat=True))
    found = [row for row in rows if row.client_id in ids_]
    return _allowed(found[0] if len(found) == 1 else None)


def _minute(wall: str, day: date, zone: ZoneInfo) -> int | None:
    try:
        return clock.to_minute(datetime.combine(day, time.fromisoformat(wall), zone))
    except ValueError:
        return None


def _allowed(visit: Visit | None) -> Visit:
    if visit is None:
        raise queue_errors.not_checked_in()
    parts = appointments(visit.pk)
    services = tuple(part.service_id for part in parts)
    may = may_check_in(visit, rules.load(visit.location_id, services, archived=True))
    if not may or remote(visit, parts):
        raise queue_errors.not_checked_in()
    return visit


def initials(visit: Visit) -> str:
    """All a kiosk shows of who it is."""
    client = Client.objects.get(pk=visit.client_id)
    return ". ".join(name[:1].upper() for name in (client.first_name, client.last_name) if name) + "."


def sealed(visit: Visit) -> str:
    """The visit found, for the press that confirms it."""
    return signing.dumps(visit.pk, salt=_SALT)


def opened(value: str) -> int:
    """The visit's id; refuses not_found_here when it is old or not ours."""
    try:
        return int(signing.loads(value, salt=_SALT, max_age=_LIVES))
    except (signing.BadSignature, ValueError) as error:
        raise queue_errors.not_checked_in() from error

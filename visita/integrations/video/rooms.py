"""Whether a visit is held by video, and whether its room is open at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from visita.bookings.models import Appointment, Visit
from visita.bookings.queries import VisitView
from visita.catalog.models import Service
from visita.foundation import clock
from visita.integrations.video.providers import PROVIDERS, name
from visita.tenancy import queries, settings

_HELD = ("confirmed", "arrived")


@dataclass(frozen=True, slots=True)
class Room:
    """`state` is open, early, over, waiting (not confirmed yet) or closed; instants are UTC; `address` only while open."""

    visit_id: int
    state: str
    start: datetime
    opens: datetime
    closes: datetime
    address: str
    ice: list[dict[str, str]]


def room(visit: Visit, appointments: Sequence[Appointment]) -> Room | None:
    """The room of a visit held by video, else None; inside a scope.

    It follows the visit as it stands now: a move moves it, a cancellation closes it.
    """
    rows = queries.setting_rows()
    if not any(row.key == "video" for row in rows) or not _by_video(visit, appointments, rows):
        return None

    def setting(key: str) -> int:
        return int(settings.value(rows, key, location=visit.location_id))

    start = clock.from_minute(visit.s)
    opens = start - timedelta(minutes=setting("video_early_minutes"))
    closes = clock.from_minute(visit.e) + timedelta(minutes=setting("video_late_minutes"))
    state = _state(visit.status, opens, closes)
    provider = PROVIDERS[str(settings.value(rows, "video_provider", location=visit.location_id))]
    server = str(settings.value(rows, "video_address", location=visit.location_id))
    address = provider(server, name(visit.pk, visit.s)) if state == "open" else ""
    return Room(visit.pk, state, start, opens, closes, address, settings.value(rows, "video_ice"))


def path(view: VisitView) -> str:
    """Where the room is below the visit's manage link; empty where it has none any more. Inside a scope."""
    found = room(view.visit, view.appointments)
    return "" if found is None or found.state in ("closed", "over") else "room/"


def _by_video(visit: Visit, appointments: Sequence[Appointment], rows: Sequence[settings.Row]) -> bool:
    return any(_parts(visit, appointments, rows))


def _parts(visit: Visit, appointments: Sequence[Appointment], rows: Sequence[settings.Row]) -> list[bool]:
    services = Service.objects.in_bulk({each.service_id for each in appointments})
    return [
        by_video(rows, visit.location_id, services[each.service_id], each.resource_id)
        for each in appointments
    ]


def by_video(rows: Sequence[settings.Row], location: int, service: Service, resource: int | None) -> bool:
    """Whether a service is held by video there, by whom it is."""
    wanted = {"specialty": service.specialty_id, "service": service.pk, "resource": resource}
    return bool(settings.value(rows, "video", location=location, **wanted))


def remote(visit: Visit, appointments: Sequence[Appointment]) -> bool:
    """Whether all of a visit is held by video, so that nobody comes; inside a scope."""
    return all(_parts(visit, appointments, queries.setting_rows()))


def _state(status: str, opens: datetime, closes: datetime) -> str:
    now = clock.now()
    if status == "completed":  # also where it ended before its time
        return "over"
    if status == "requested" and now < closes:
        return "waiting"
    if status not in _HELD:
        return "closed"
    if now >= closes:
        return "over"
    return "early" if now < opens else "open"

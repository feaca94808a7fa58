"""Whether a visit is held by video, and whether its room is open at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from visita.bookings.models import Appointment, Visit
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

    opens = clock.from_minute(visit.s) - timedelta(minutes=setting("video_early_minutes"))
    closes = clock.from_minute(visit.e) + timedelta(minutes=setting("video_late_minutes"))
    state = _state(visit.status, opens, closes)
    provider = PROVIDERS[str(settings.value(rows, "video_provider", location=visit.location_id))]
    server = str(settings.value(rows, "video_address", location=visit.location_id))
    address = provider(server, name(visit.pk, visit.s)) if state == "open" else ""
    return Room(visit.pk, state, opens, closes, address, settings.value(rows, "video_ice"))


def _by_video(visit: Visit, appointments: Sequence[Appointment], rows: Sequence[settings.Row]) -> bool:
    services = Service.objects.in_bulk({each.service_id for each in appointments})
    return any(
        settings.value(
            rows,
            "video",
            location=visit.location_id,
            specialty=services[each.service_id].specialty_id,
            service=each.service_id,
            resource=each.resource_id,
        )
        for each in appointments
    )


def _state(status: str, opens: datetime, closes: datetime) -> str:
    if status == "requested":
        return "waiting"
    now = clock.now()
    if now >= closes:
        return "over"
    if status not in _HELD:
        return "closed"
    return "early" if now < opens else "open"

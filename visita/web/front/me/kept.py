"""What is kept about a client beside visits: what they wait for, which letters they were sent, whose words a note is."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from visita.activity.models import Activity
from visita.bookings import verbs
from visita.bookings.models import Waiting
from visita.bookings.waitlist import queries as waitlist
from visita.catalog.models import Service
from visita.foundation import ids
from visita.messaging import log
from visita.messaging.models import DeliveryState
from visita.tenancy import queries
from visita.web.components import windows
from visita.web.front.place import Place

_CLIENTS = frozenset({"client", "key"})


def own_words(kind: str, objects: Iterable[int], *acts: str) -> set[int]:
    """The objects for which all these acts were the client's, or of a program they used; the staff's words are not theirs."""
    rows = Activity.objects.filter(object_kind=kind, object_id__in=list(objects), verb__in=acts)
    found: dict[int, set[str]] = {}
    for pk, actor in rows.values_list("object_id", "actor_kind"):
        found.setdefault(pk, set()).add(actor)
    return {pk for pk, actors in found.items() if actors <= _CLIENTS}


def waits(place: Place, client_id: int) -> list[dict[str, Any]]:
    """Every entry of the waitlist, ended ones too."""
    rows = waitlist.every_of_client(client_id)
    services = Service.objects.in_bulk({one["service"] for row in rows for one in row.items})
    own = own_words("waiting", (row.pk for row in rows), verbs.WAITING, verbs.WAITING_CHANGED)
    return [_wait(place, row, services, own=row.pk in own) for row in rows]


def _wait(place: Place, row: Waiting, services: dict[int, Service], *, own: bool) -> dict[str, Any]:
    found = (services[one["service"]] for one in row.items if one["service"] in services)
    return {
        "code": ids.shown(row.code),
        "status": row.status,
        "made": row.made_at.isoformat(),
        "services": [place.text(each.name) for each in found],
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "when": windows.told(place.formats, row),
        "places": row.seats,
        "note": row.note if own else "",
    }


def letters(place: Place, client_id: int) -> list[dict[str, Any]]:
    """Every letter that left, the latest first; the log keeps the masked contact and never what it said."""
    zone = ZoneInfo(queries.locations()[0].zone)
    return [
        {
            "kind": row.purpose,
            "channel": row.channel,
            "to": row.recipient,
            "at": row.at.isoformat(),
            "moment": place.formats.moment(row.at.astimezone(zone)),
        }
        for row in log.of_client(client_id, most=None)
        if row.state == DeliveryState.SENT
    ]

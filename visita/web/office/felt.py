"""The visits that a changed rule of their service would touch: what becomes different of them, and which they are."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import ngettext

from visita.bookings.models import Visit
from visita.bookings.rule_change import Effect, Row
from visita.bookings.wall import local
from visita.clients.models import Client
from visita.identity import rights
from visita.web.office.room import Room

SHOWN: Final = 30  # visits of each kind


def told(effect: Effect, room: Room) -> list[dict[str, Any]]:
    """Each kind with its sentence and its visits, the soonest first; `more` are those beyond SHOWN. Inside a scope."""
    counts, kinds = effect.counts(), {"length": effect.length, "close": effect.close, "beyond": effect.beyond}
    said = {
        "length": ngettext(
            "%(count)s visit is booked with another length.", "%(count)s visits are booked with another length.",
            counts["length"],
        ),
        "close": ngettext(
            "%(count)s visit has not that much free around it.", "%(count)s visits have not that much free around them.",
            counts["close"],
        ),
        "beyond": ngettext(
            "%(count)s visit has a place that would be no more.", "%(count)s visits have places that would be no more.",
            counts["beyond"],
        ),
    }  # fmt: skip
    return [
        {
            "text": one % {"count": counts[name]},
            "visits": _visits(kinds[name], room),
            "more": max(0, counts[name] - SHOWN),
        }
        for name, one in said.items()
        if counts[name]
    ]


def _visits(rows: Iterable[Row], room: Room) -> list[dict[str, str]]:
    """For who may see visits; a client's name only for who may see clients."""
    if not room.guest.may(rights.VISITS_SEE):
        return []
    found = list(Visit.objects.filter(pk__in={row.visit_id for row in rows}).order_by("s", "id")[:SHOWN])
    known = room.guest.may(rights.CLIENTS_SEE)
    names = Client.objects.in_bulk({each.client_id for each in found}) if known else {}
    return [
        {
            "when": room.formats.moment(local(each)),
            "who": str(names.get(each.client_id, "")),
            "url": reverse("desk:visit", args=[room.guest.organization.slug, each.pk]),
        }
        for each in found
    ]

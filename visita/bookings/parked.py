"""The strip of parked visits of a location: laid aside by whom and since when, with the blocks they can be lifted by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from visita.bookings import journal_rows, policies
from visita.bookings.journal import blocks_of
from visita.bookings.models import Visit

MOST = 50  # a strip with more is no strip any more; the oldest stay


@dataclass(frozen=True, slots=True)
class Parked:
    """A visit on the strip; `blocks` are its parts as the journal shows them, the first one first."""

    visit: Visit
    by: str
    since: datetime
    blocks: list[dict[str, Any]]


def parked(location_id: int, words: tuple[str, str], only: int | None = None) -> list[Parked]:
    """Those of the location, longest parked first, in two statements; `only` leaves one resource's visits."""
    visits = Visit.objects.filter(
        location_id=location_id, parked_at__isnull=False, status__in=policies.MOVABLE
    ).order_by("parked_at", "id")[:MOST]
    known = {visit.pk: visit for visit in visits}
    blocks: dict[int, list[dict[str, Any]]] = {}
    for block in blocks_of(journal_rows.of_visits(list(known)), location_id, words) if known else ():
        if block["role"] == 0:
            blocks.setdefault(block["visit"], []).append(block)
    return [
        Parked(visit, visit.parked_by, visit.parked_at, blocks[key])
        for key, visit in known.items()
        if visit.parked_at and key in blocks and _seen(blocks[key], only)
    ]


def _seen(blocks: list[dict[str, Any]], only: int | None) -> bool:
    return only is None or any(block["resource"] == only for block in blocks)

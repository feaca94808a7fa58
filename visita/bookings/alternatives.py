"""The nearest free times to one that is gone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from visita.bookings import availability, rules
from visita.bookings.requests import Item
from visita.bookings.spans import Ask, AskItem
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.scheduling.claims import NOTHING, Ignored

MOST = 3


def near(
    items: Sequence[Item],
    location_id: int | None,
    seats: int,
    staff: bool,
    ignored: Ignored = NOTHING,
    most: int = MOST,
    apart: bool = False,
) -> list[dict[str, Any]]:
    """Up to `most` starts around the wanted one, nearest first, then earlier: same people, else anyone.

    Each is `{"start", "end", "items": [{"service", "resource", "start", "end"}]}` with ISO instants; JSON-ready.
    `ignored`: claims a move gives up, which are in nobody's way. `apart`: the items keep their distances and their people,
    as a visit that is shifted does. None where the service or place is given no more.
    """
    try:
        found = rules.load(location_id, tuple(item.service_id for item in items))
    except Refusal:
        return []
    wanted = clock.to_minute(min(item.start for item in items))
    day = found.local(max(wanted, clock.minute())).date()
    asked = tuple(
        AskItem(item.service_id, item.resource_id, item.subject, item.kind, item.minutes) for item in items
    )
    first, last = day - timedelta(days=1), day + timedelta(days=7)
    kept = _distances(items) if apart else ()
    ask = Ask(found.location_id, asked, first, last, seats, staff, ignored=ignored, apart=kept)
    starts = _starts(ask)
    if not kept and len(starts) < most and any(item.resource_id for item in items):
        anyone = replace(ask, items=tuple(replace(item, resource_id=None) for item in asked))
        known = {start.start for start in starts}
        starts += [start for start in _starts(anyone) if start.start not in known]
    starts.sort(key=lambda start: (abs(start.start - wanted), start.start))
    return [_shown(found, ask, start) for start in starts if start.start != wanted][:most]


def _distances(items: Sequence[Item]) -> tuple[int, ...]:
    """The minutes between the first start and each item's; empty for one service alone."""
    begins = [clock.to_minute(item.start) for item in items]
    return tuple(each - min(begins) for each in begins) if len(begins) > 1 else ()


def _starts(ask: Ask) -> list[availability.Start]:
    try:
        return [start for day in availability.availability(ask).days for start in day.starts]
    except Refusal:  # the service was withdrawn meanwhile: no alternatives, the refusal itself still stands
        return []


def _shown(found: rules.Rules, ask: Ask, start: availability.Start) -> dict[str, Any]:
    parts = start.items or (
        availability.StartItem(
            ask.items[0].service_id, start.resources[0] if start.resources else 0, start.start, start.end
        ),
    )
    items = [
        {
            "service": part.service_id,
            "resource": part.resource_id or None,
            **_span(found, part.start, part.end),
        }
        for part in parts
    ]
    return {**_span(found, start.start, start.end), "items": items}


def _span(found: rules.Rules, start: int, end: int) -> dict[str, str]:
    return {"start": found.local(start).isoformat(), "end": found.local(end).isoformat()}

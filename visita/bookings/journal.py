"""The journal of one day at one location: who works when, what is claimed, and the figures above it.

Six statements whatever the number of claims. All instants are epoch minutes in UTC; `stretches` says which offset
holds when, so that days of 23 and 25 hours are drawn with the hours they have.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery

from visita.bookings import hints
from visita.bookings.errors import not_found
from visita.bookings.journal_hours import Hours, hours
from visita.bookings.journal_rows import Row, rows
from visita.bookings.models import Appointment, Visit
from visita.foundation.timeline import Span, merged, without
from visita.foundation.words import text
from visita.scheduling.engine.zones import DAY, local_days
from visita.scheduling.models import Resource, ResourceLocation
from visita.tenancy.models import Location, Profile

ONLINE = ("web", "widget", "popup", "link", "qr")  # sources of visits that clients booked themselves
_TO_COME = ("requested", "confirmed", "arrived")
_EPOCH = date(1970, 1, 1).toordinal()
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A local date: its first minute, the minute after its last, and (from, to, offset in minutes) stretches."""

    s: int
    e: int
    stretches: tuple[tuple[int, int, int], ...]

    def wall(self, minute: int) -> str:
        """What the wall clock shows at an epoch minute of the day, as H:MM."""
        hour, rest = divmod(self.minutes(minute), 60)
        return f"{hour}:{rest:02d}"

    def minutes(self, minute: int) -> int:
        """The same as minutes after midnight."""
        offset = next((o for s, e, o in self.stretches if s <= minute < e), self.stretches[-1][2])
        return (minute + offset) % DAY


def local_day(zone: ZoneInfo, when: date) -> LocalDay:
    """The stretches of UTC a local date is made of."""
    days = local_days(zone, when.toordinal(), when.toordinal())
    base = days.bases[0]
    if base is not None:
        midnight = (when.toordinal() - _EPOCH) * DAY
        return LocalDay(base, base + DAY, ((base, base + DAY, midnight - base),))
    stretches = days.changing[when.toordinal()].stretches
    return LocalDay(stretches[0][0], stretches[-1][1], stretches)


def journal(location_id: int, when: date, language: str, only: int | None = None) -> Fields:
    """Everything the day's picture needs, ready for JSON. Raises the refusal 404 for an unknown location.

    `language` is the reader's; tenants' texts fall back to the organization's. `only` leaves one resource's column,
    for those who may see their own visits alone.
    """
    place = place_of(location_id)
    zone = ZoneInfo(place.zone)
    day = local_day(zone, when)
    resources = resources_of(location_id, day)
    working = hours(location_id, resources, when, zone)
    claimed = rows(location_id, [resource.id for resource in resources], day.s, day.e)
    words = (language, place.language)
    blocks = blocks_of(claimed, location_id, words)
    columns = columns_of(resources, working, blocks, day, words)
    columns = [column for column in columns if only in (None, column["id"])]
    shown = {column["id"] for column in columns}
    blocks = [block for block in blocks if block["resource"] in shown]
    for column in columns:
        tell_outside(column, [block for block in blocks if block["resource"] == column["id"]], day)
    hints.put(blocks)
    return {
        "date": when.isoformat(),
        "zone": place.zone,
        "location": {"id": place.id, "name": place.name},
        "day": {"s": day.s, "e": day.e, "stretches": day.stretches},
        "shown": shown_of(place, day, columns, blocks),
        "previous": _iso(working.previous),
        "next": _iso(working.next),
        "resources": columns,
        "blocks": blocks,
        "stats": stats_of(columns, blocks),
    }


def place_of(location_id: int) -> Any:
    language = Profile.objects.filter(organization_id=OuterRef("organization_id")).values("language")[:1]
    found = Location.objects.filter(pk=location_id).annotate(language=Subquery(language)).first()
    if found is None:
        raise not_found()
    return found


def resources_of(location_id: int, day: LocalDay) -> list[Resource]:
    """Those who work at the location, and those who still have visits there on that day."""
    here = ResourceLocation.objects.filter(location_id=location_id).values("resource_id")
    booked = Appointment.objects.filter(
        s__gte=day.s, s__lt=day.e, visit_id__in=_visits(location_id, day), resource_id__isnull=False
    )
    found = Resource.objects.filter(Q(pk__in=here) | Q(pk__in=booked.values("resource_id")))
    return list(found.filter(in_journal=True))


def _visits(location_id: int, day: LocalDay) -> Any:
    inside = Visit.objects.filter(location_id=location_id, s__gte=day.s, s__lt=day.e)
    return inside.exclude(status="cancelled").values("id")


def blocks_of(claimed: Sequence[Row], location_id: int, words: tuple[str, str]) -> list[Fields]:
    """One block for each claim; a party's places on several lanes are one block with `seats`."""
    order: dict[int | None, list[int | None]] = defaultdict(list)
    blocks: dict[tuple[Any, ...], Fields] = {}
    for row in claimed:
        if row.role == 0 and row.appointment not in order[row.visit]:
            order[row.visit].append(row.appointment)
    for row in claimed:
        key = (row.appointment, row.resource, row.s) if row.visit else (row.id,)
        if key in blocks:
            blocks[key]["seats"] += 1
        else:
            blocks[key] = _block(row, location_id, words, order[row.visit])
    return list(blocks.values())


def _block(row: Row, location_id: int, words: tuple[str, str], siblings: Sequence[int | None]) -> Fields:
    """One block. `s`, `e` are what is shown; `from`, `to` the whole claim with its buffers."""
    s = row.s if row.shown_s is None else max(row.s, row.shown_s)
    e = row.e if row.shown_e is None else min(row.e, row.shown_e)
    if s >= e:  # a claim that is nothing but buffer
        s, e = row.s, row.e
    block: Fields = {
        "id": row.id,
        "resource": row.resource,
        "s": s,
        "e": e,
        "from": row.s,
        "to": row.e,
        "seats": 1,
    }
    block |= {"state": _state(row, location_id), "role": row.role, "title": _title(row), "facts": _facts(row)}
    block["service"] = text(json.loads(row.service), *words) if row.service else ""
    if row.service_id is not None:
        block["service_id"] = row.service_id
    if row.visit is not None:
        block |= {"visit": row.visit, "appointment": row.appointment, "version": row.version}
        block |= {"n": siblings.index(row.appointment) + 1 if row.appointment in siblings else 1}
        block |= {"of": max(len(siblings), 1)}
        block |= {"client": row.client}
        block |= {"scheme": row.scheme} if row.scheme else {}
        if row.role == 0 and row.price_minor is not None:
            block |= {"price": row.price_minor, "currency": row.currency}
            block |= {"discount": row.discount_minor} if row.discount_minor else {}
    if row.session is not None:
        block |= {
            "session": row.session,
            "places": row.places,
            "capacity": row.capacity,
            "attended": row.attended,
        }
    return block


def _state(row: Row, location_id: int) -> str:
    if row.location != location_id:
        return "elsewhere"
    if row.kind == "visit":
        return row.status or "confirmed"
    return {"hold": "held", "session": "session"}.get(row.kind, "blocked")


def _title(row: Row) -> str:
    """The client and whom the visit is about (a pet, a vehicle); a block's reason."""
    if not row.visit:
        return row.reason
    client = f"{row.first_name or ''} {row.last_name or ''}".strip()
    return f"{client} · {row.subject}" if row.subject else client


def _facts(row: Row) -> list[str]:
    """Signs on the block, the most useful first; at most three are drawn."""
    if row.visit is None:
        return ["overbooked"] if row.overbooked else []
    facts = {
        "overbooked": row.overbooked,
        "parked": bool(row.parked),
        "online": row.source in ONLINE,
        "new": row.known is False,
        "series": bool(row.repeats),
        "note": bool(row.note),
        "form": bool(row.unanswered),
        "public": row.scheme == "public",
    }
    return [name for name, true in facts.items() if true]


def columns_of(
    resources: Iterable[Resource],
    working: Hours,
    blocks: Iterable[Fields],
    day: LocalDay,
    words: tuple[str, str],
) -> list[Fields]:
    claims: dict[int, list[Fields]] = defaultdict(list)
    for block in blocks:
        claims[block["resource"]].append(block)
    found = [
        column_of(resource, working.spans(resource.id, day.s, day.e), claims[resource.id], day, words)
        for resource in resources
    ]
    here = {id_ for id_, blocks_ in claims.items() if any(b["state"] != "elsewhere" for b in blocks_)}
    return [column for column in found if column["work"] or column["id"] in here]


def column_of(
    resource: Resource,
    work: list[Span],
    claims: Sequence[Mapping[str, Any]],
    day: LocalDay,
    words: tuple[str, str],
) -> Fields:
    """Somebody's day; of what goes on over midnight the part of the day counts."""
    live = [block for block in claims if block["state"] not in ("cancelled", "held")]
    taken = merged((block["from"], block["to"]) for block in live)
    visits = [block for block in live if block["state"] not in ("blocked", "elsewhere")]
    parts = [(max(block["s"], day.s), min(block["e"], day.e)) for block in visits]
    served = merged(part for part in parts if part[0] < part[1])
    return {
        "id": resource.id,
        "kind": resource.kind,
        "name": str(resource),
        "occupation": text(resource.occupation, *words),
        "work": work,
        "hours": _length(work),
        "used": _length(served),
        "free": sum(_length(without(span, taken)) for span in work),
    }


def tell_outside(column: Fields, claims: Iterable[Fields], day: LocalDay) -> None:
    """Adds the fact `outside` to visits still to come that stand outside their person's working time of the day."""
    if column["kind"] != "person":
        return
    for block in claims:
        first, last = max(block["s"], day.s), min(block["e"], day.e)
        inside = any(s <= first and last <= e for s, e in column["work"])
        if (
            not inside
            and block["role"] == 0
            and block["state"] in _TO_COME
            and "outside" not in block["facts"]
        ):
            block["facts"].insert(0, "outside")


def _length(spans: Iterable[Span]) -> int:
    return sum(e - s for s, e in spans)


def shown_of(place: Location, day: LocalDay, columns: list[Fields], blocks: list[Fields]) -> tuple[int, int]:
    """The minutes drawn: the location's usual hours, wider where there is work or a visit; on whole hours."""
    first, last = day.s + place.journal_start, day.s + place.journal_end
    spans = [span for column in columns for span in column["work"]]
    spans += [(block["from"], block["to"]) for block in blocks]
    first = min([first, *(s for s, _ in spans)])
    last = max([last, *(e for _, e in spans)])
    offset = day.stretches[0][2] % 60  # hours of the wall, not of UTC
    first, last = (first + offset) // 60 * 60 - offset, -(-(last + offset) // 60) * 60 - offset
    return max(first, day.s), min(last, day.e)


def stats_of(columns: Iterable[Fields], blocks: Iterable[Fields]) -> Fields:
    """Visits of the day and the free hours of those who serve (people; where there are none, everything)."""
    blocks = list(blocks)
    states = {block["visit"]: block["state"] for block in blocks if "visit" in block}
    classes = {block["session"]: block["attended"] for block in blocks if block.get("attended")}.values()
    counted = Counter(state for state in states.values() if state != "elsewhere")
    columns = list(columns)
    serving = [column for column in columns if column["kind"] == "person"] or columns
    hours_, free = sum(c["hours"] for c in serving), sum(c["free"] for c in serving)
    return {
        "visits": sum(counted.values()) - counted["cancelled"] + sum(each[0] for each in classes),
        "done": counted["completed"] + sum(each[1] for each in classes),
        **_money(blocks, sum(int(each[2]) for each in classes)),
        "cancelled": counted["cancelled"],
        "free": free,
        "filled": round(100 * (hours_ - free) / hours_) if hours_ else 0,
    }


def _money(blocks: Sequence[Fields], of_classes: int) -> Fields:
    """What completed visits brought, and what all that are booked would, after discounts; in minor units of one currency.

    A part is counted once, whatever pieces its time is in.
    """
    parts = {block["appointment"]: block for block in blocks if "price" in block}
    booked = [each for each in parts.values() if each["state"] not in ("cancelled", "no_show", "elsewhere")]
    done = sum(_brought(each) for each in booked if each["state"] == "completed") + of_classes
    return {
        "revenue": done,
        "booked": sum(map(_brought, booked)) + of_classes,
        "currency": next((each["currency"] for each in booked), ""),
    }


def _brought(part: Fields) -> int:
    return int(part["price"] * part["seats"] - part.get("discount", 0))


def _iso(when: date | None) -> str | None:
    return None if when is None else when.isoformat()

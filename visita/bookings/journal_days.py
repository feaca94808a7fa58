"""Several days of the journal at once: a week by resource, or the week of one as a picture whose columns are dates.

As many statements as one day has, whatever the number of days and claims.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from visita.bookings.journal import (
    Fields,
    LocalDay,
    blocks_of,
    column_of,
    local_day,
    place_of,
    resources_of,
    shown_of,
    stats_of,
    tell_outside,
)
from visita.bookings.journal_hours import Hours, plan
from visita.bookings.journal_rows import rows
from visita.scheduling.models import Resource

WEEK = 7


@dataclass(frozen=True, slots=True)
class Day:
    """One date: its stretches of UTC, everybody's column (working time, hours, used, free) and the blocks that begin on it."""

    date: date
    local: LocalDay
    hours: Hours
    columns: dict[int, Fields]
    blocks: dict[int, list[Fields]]

    def stats(self, kinds: bool = True) -> Fields:
        """The figures of the day."""
        return stats_of(self.columns.values(), [block for each in self.blocks.values() for block in each])


@dataclass(frozen=True, slots=True)
class Days:
    """Some days of one location. `resources` are those who work or have visits on any of them, in their order."""

    place: Any
    zone: ZoneInfo
    days: list[Day]
    resources: list[Resource]


def days(
    location_id: int, first: date, count: int, language: str, only: Collection[int] | None = None
) -> Days:
    """`count` days from `first`; `only` leaves some calendars. Raises the refusal 404 for an unknown location."""
    place = place_of(location_id)
    zone, words = ZoneInfo(place.zone), (language, place.language)
    dates = [first + timedelta(at) for at in range(count)]
    local = [local_day(zone, when) for when in dates]
    whole = LocalDay(local[0].s, local[-1].e, local[0].stretches)
    resources = [each for each in resources_of(location_id, whole) if only is None or each.pk in only]
    working = plan(location_id, dates[0], dates[-1])
    claimed = rows(location_id, [each.pk for each in resources], whole.s, whole.e)
    blocks = blocks_of(claimed, location_id, words)
    made = [
        _day(when, day, working.of(resources, when, zone), resources, blocks, words)
        for when, day in zip(dates, local, strict=True)
    ]
    busy = {pk for day in made for pk, column in day.columns.items() if column["work"] or day.blocks[pk]}
    return Days(place, zone, made, [each for each in resources if each.pk in busy or only is not None])


def _day(
    when: date,
    day: LocalDay,
    hours: Hours,
    resources: Sequence[Resource],
    blocks: Sequence[Fields],
    words: tuple[str, str],
) -> Day:
    claims: dict[int, list[Fields]] = defaultdict(list)
    for block in blocks:
        if block["s"] < day.e and block["e"] > day.s:
            claims[block["resource"]].append(block)
    columns = {
        each.pk: column_of(each, hours.spans(each.pk, day.s, day.e), claims[each.pk], day, words)
        for each in resources
    }
    for pk, column in columns.items():
        tell_outside(column, claims[pk], day)
    return Day(when, day, hours, columns, claims)


def week_of_one(found: Days, resource: Resource) -> Fields:
    """The week of one as the grid's data: a column for each date, keyed -1, -2, …; instants stay true, `week` says
    how to lay them on the first day's clock."""
    first = found.days[0]
    blocks = {block["id"]: block for day in found.days for block in day.blocks[resource.pk]}
    columns = [
        {**day.columns[resource.pk], "id": -1 - at, "kind": "day", "date": day.date.isoformat()}
        for at, day in enumerate(found.days)
    ]
    return {
        "date": first.date.isoformat(),
        "zone": found.place.zone,
        "location": {"id": found.place.id, "name": found.place.name},
        "day": {"s": first.local.s, "e": first.local.e, "stretches": first.local.stretches},
        "shown": _shown(found, resource.pk),
        "previous": (first.date - timedelta(WEEK)).isoformat(),
        "next": (first.date + timedelta(WEEK)).isoformat(),
        "resources": columns,
        "blocks": sorted(blocks.values(), key=lambda block: (block["s"], block["id"])),
        "stats": stats_of(columns, blocks.values()),
        "week": {"resource": resource.pk, "days": [_stretches(day, at) for at, day in enumerate(found.days)]},
    }


def _stretches(day: Day, at: int) -> Fields:
    return {
        "key": -1 - at,
        "date": day.date.isoformat(),
        "s": day.local.s,
        "e": day.local.e,
        "stretches": day.local.stretches,
    }


def _shown(found: Days, resource: int) -> tuple[int, int]:
    """The hours drawn for all days, on the first day's clock."""
    edges = []
    for day in found.days:
        s, e = shown_of(found.place, day.local, [day.columns[resource]], day.blocks[resource])
        edges.append((s - day.local.s, e - day.local.s))
    origin = found.days[0].local.s
    return origin + min(s for s, _ in edges), origin + max(e for _, e in edges)

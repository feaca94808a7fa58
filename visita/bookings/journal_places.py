"""One day of many locations side by side: who is at work, how full they are, what is booked.

Six statements whatever the number of locations, people and claims. A chain of sixty branches has thousands of visits a
day: their figures are all summed, but only the blocks of the locations that are looked at are read with names and notes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from visita.bookings.journal import Fields, LocalDay, blocks_of, column_of, local_day, stats_of
from visita.bookings.journal_hours import Plan, plans
from visita.bookings.journal_rows import Row, counted, rows
from visita.scheduling.models import Resource, ResourceLocation
from visita.tenancy.models import Location


@dataclass(frozen=True, slots=True)
class PlaceDay:
    """One location's day: its columns as in the journal, its blocks by column, its figures. Where it is not `whole`, the
    blocks say only what the figures count. `previous` and `next` are the nearest dates on which anybody works there."""

    location: Location
    columns: list[Fields]
    blocks: dict[int, list[Fields]]
    stats: Fields
    whole: bool
    previous: date | None
    next: date | None


def places(
    locations: Sequence[Location],
    when: date,
    words: tuple[str, str],
    only: Collection[int] | None = None,
    whole: Collection[int] | None = None,
) -> list[PlaceDay]:
    """The day of each location, on its own clock. `words` are the reader's and the organization's language; `whole` has
    the ids of the locations that are looked at, None for all."""
    teams = _teams([each.pk for each in locations], only)
    hours = plans([each.pk for each in locations], when, when)
    days = {each.pk: local_day(ZoneInfo(each.zone), when) for each in locations}
    looked = {each.pk for each in locations if whole is None or each.pk in whole}
    claimed = _claimed(teams, looked, days.values())
    return [
        _place(each, teams[each.pk], hours[each.pk], days[each.pk], claimed, when, words, each.pk in looked)
        for each in locations
    ]


def _claimed(
    teams: Mapping[int, Sequence[Resource]], looked: Collection[int], days: Collection[LocalDay]
) -> dict[int, list[Row]]:
    """The claims by resource: with everything for whoever works at a location looked at, counted for the others."""
    if not days:
        return {}
    span = (min(day.s for day in days), max(day.e for day in days))
    near = {each.pk for place in looked for each in teams[place]}
    far = {each.pk for team in teams.values() for each in team} - near
    found: dict[int, list[Row]] = defaultdict(list)
    for row in (
        *(rows(0, sorted(near), *span) if near else ()),
        *(counted(sorted(far), *span) if far else ()),
    ):
        found[row.resource].append(row)
    return found


def _teams(locations: list[int], only: Collection[int] | None) -> dict[int, list[Resource]]:
    here = ResourceLocation.objects.filter(resource_id=OuterRef("pk"), location_id__in=locations)
    team = Resource.objects.filter(in_journal=True, archived_at=None)
    found: dict[int, list[Resource]] = {each: [] for each in locations}
    for each in team.annotate(places=ArraySubquery(here.values("location_id"))):
        for location in each.places if only is None or each.pk in only else ():
            found[location].append(each)
    return found


def _place(
    location: Location,
    team: Sequence[Resource],
    hours: Plan,
    day: LocalDay,
    claimed: Mapping[int, Sequence[Row]],
    when: date,
    words: tuple[str, str],
    whole: bool,
) -> PlaceDay:
    every = (row for each in team for row in claimed.get(each.pk, ()) if row.s < day.e and row.e > day.s)
    mine = sorted(every, key=lambda row: (row.s, row.id))
    blocks: dict[int, list[Fields]] = defaultdict(list)
    for block in blocks_of(mine, location.pk, words):
        blocks[block["resource"]].append(block)
    working = hours.of(team, when, ZoneInfo(location.zone))
    made = [
        column_of(each, working.spans(each.pk, day.s, day.e), blocks[each.pk], day, words) for each in team
    ]
    columns = [each for each in made if each["work"] or _here(blocks[each["id"]])]
    shown: list[Any] = [block for each in columns for block in blocks[each["id"]]]
    near = hours.nearest(team, when, -1), hours.nearest(team, when, 1)
    return PlaceDay(location, columns, blocks, stats_of(columns, shown), whole, *near)


def _here(blocks: Iterable[Fields]) -> bool:
    return any(block["state"] != "elsewhere" for block in blocks)

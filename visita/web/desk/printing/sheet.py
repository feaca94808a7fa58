"""The table on paper: rows of hours (or of people, in the week of everybody), columns of people or dates, entries in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import Truncator

from visita.bookings.journal_days import Day, Days
from visita.bookings.models import Visit
from visita.clients.models import Client
from visita.foundation import clock
from visita.tenancy import queries, settings
from visita.web.desk.frame import Frame
from visita.web.desk.labels import statuses
from visita.web.desk.printing.options import SHEET_HOURS, Options

LONGEST = 400  # characters of a note on paper; the rest is read on the screen
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a cell: the clock, who, what, the state in words unless it is the usual one, a phone, a note."""

    time: str
    who: str
    what: str = ""
    state: str = ""
    phone: str = ""
    note: str = ""
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A person or a date with a second line."""

    title: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An hour or a person; `cells` by the columns' order, `closed` tells in which nobody works then."""

    label: str
    cells: list[list[Entry]] = field(default_factory=list)
    closed: list[bool] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[list[Entry], bool]]:
        """Each cell with whether nobody works then."""
        return list(zip(self.cells, self.closed, strict=True))


@dataclass(frozen=True, slots=True)
class Page:
    """The columns that stand on one page (or run of pages), with the rows cut to them."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything printed, before it is cut into pages."""

    columns: list[Column]
    rows: list[Row]

    def pages(self, width: int) -> list[Page]:
        """At most `width` columns a page, spread evenly so that no page has one left over."""
        many = max(1, -(-len(self.columns) // width))
        even = max(1, -(-len(self.columns) // many))
        whole = range(len(self.columns))
        parts = [whole[at : at + even] for at in range(0, max(1, len(whole)), even)]
        return [self._page(part, at, len(parts)) for at, part in enumerate(parts, 1)]

    def _page(self, part: Sequence[int], number: int, of: int) -> Page:
        rows = [
            Row(row.label, [row.cells[at] for at in part], [row.closed[at] for at in part])
            for row in self.rows
        ]
        return Page([self.columns[at] for at in part], rows, number, of)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the blocks do not carry: a visit's note and its client's phone, only where asked for and allowed."""

    notes: Mapping[int, str]
    phones: Mapping[int, str]

    @classmethod
    def load(cls, visits: set[int], options: Options, phones: bool) -> "Facts":
        """At most two statements."""
        found = list(Visit.objects.filter(pk__in=visits).values_list("pk", "client_id", "note"))
        notes = {pk: Truncator(note).chars(LONGEST) for pk, _client, note in found} if options.notes else {}
        known = {}
        if options.phones and phones:
            clients = {client for _pk, client, _note in found}
            known = dict(Client.objects.filter(pk__in=clients).values_list("pk", "phone"))
        return cls(notes, {pk: known.get(client, "") for pk, client, _note in found})


def of_day(journal: Fields, place: Frame, options: Options, facts: Facts) -> Sheet:
    """A day: hours by people or rooms."""
    columns = [Column(each["name"], _used(each, place)) for each in journal["resources"]]
    by: dict[int, list[Fields]] = {each["id"]: [] for each in journal["resources"]}
    for block in journal["blocks"]:
        by[block["resource"]].append(block)
    parts = [(by[each["id"]], each["work"]) for each in journal["resources"]]
    return Sheet(columns, _hours(parts, [journal["day"]["s"]] * len(parts), place, options, facts))


def of_week_of_one(found: Days, resource: int, place: Frame, options: Options, facts: Facts) -> Sheet:
    """The week of one: hours by dates."""
    columns = [Column(place.formats.day(day.date), _used(day.columns[resource], place)) for day in found.days]
    parts = [(day.blocks.get(resource, []), day.columns[resource]["work"]) for day in found.days]
    return Sheet(columns, _hours(parts, [day.local.s for day in found.days], place, options, facts))


def of_week(found: Days, place: Frame, facts: Facts) -> Sheet:
    """The week of everybody: people by dates."""
    columns = [Column(place.formats.day(day.date), "") for day in found.days]
    rows = [
        Row(
            str(each),
            [_entries(day.blocks.get(each.pk, []), day.date, place, facts) for day in found.days],
            [not _works(day, each.pk) for day in found.days],
        )
        for each in found.resources
    ]
    return Sheet(columns, rows)


def _works(day: Day, resource: int) -> bool:
    return bool(day.columns[resource]["work"])


def _used(column: Fields, place: Frame) -> str:
    return place.formats.length(column["hours"]) if column["hours"] else ""


def _usual(place: Frame) -> tuple[int, int]:
    """The organization's hours for paper (WT-08), else those of the journal; minutes of the day."""
    kept = settings.value(queries.setting_rows(), SHEET_HOURS)
    return (kept[0], kept[1]) if kept else (place.location.journal_start, place.location.journal_end)


def _hours(
    parts: Sequence[tuple[Sequence[Fields], Sequence[Sequence[int]]]],
    midnights: Sequence[int],
    place: Frame,
    options: Options,
    facts: Facts,
) -> list[Row]:
    """A row for each hour of the wall clock; hours outside the chosen ones appear where something is booked in them."""
    shown = [[block for block in blocks if _printed(block)] for blocks, _work in parts]
    begun = [[b for b in blocks if b["s"] >= at] for blocks, at in zip(shown, midnights, strict=True)]
    booked = {_hour(block["s"], place) for blocks in begun for block in blocks}
    start, end = _usual(place)
    first = options.first if options.first is not None else start // 60
    last = options.last if options.last is not None else -(-end // 60)
    wanted = sorted({*range(first, max(first + 1, last)), *booked})
    columns = [(_date(at, place), at, blocks) for at, blocks in zip(midnights, shown, strict=True)]

    def begins(block: Fields, midnight: int) -> int:
        """The hour it stands at: what began on a day before stands at the first."""
        return _hour(block["s"], place) if block["s"] >= midnight else wanted[0]

    return [
        Row(
            f"{hour:02d}:00",
            [
                _entries([b for b in blocks if begins(b, at) == hour], day, place, facts)
                for day, at, blocks in columns
            ],
            [
                not any(s < midnight + hour * 60 + 60 and e > midnight + hour * 60 for s, e in work)
                for (_blocks, work), midnight in zip(parts, midnights, strict=True)
            ],
        )
        for hour in wanted
    ]


def _hour(minute: int, place: Frame) -> int:
    return clock.from_minute(minute).astimezone(place.zone).hour


def _date(minute: int, place: Frame) -> date:
    return clock.from_minute(minute).astimezone(place.zone).date()


def _printed(block: Fields) -> bool:
    return block["state"] not in ("cancelled", "held", "elsewhere")


def _entries(blocks: Sequence[Fields], day: date, place: Frame, facts: Facts) -> list[Entry]:
    found = sorted((b for b in blocks if _printed(b)), key=lambda b: (b["s"], b["id"]))
    return [_entry(block, day, place, facts) for block in found]


def _entry(block: Fields, day: date, place: Frame, facts: Facts) -> Entry:
    start, end = (clock.from_minute(block[edge]).astimezone(place.zone) for edge in ("s", "e"))
    word, visit = statuses()[block["state"]], block.get("visit")
    blocked = visit is None
    who = block["title"] or (block["service"] if block.get("session") else word)
    return Entry(
        place.formats.span_on(day, start, end),
        f"{who} × {block['seats']}" if block["seats"] > 1 else who,
        "" if who == block["service"] else block["service"],
        "" if block["state"] == "confirmed" or blocked else word,
        facts.phones.get(visit or 0, ""),
        facts.notes.get(visit or 0, ""),
        blocked and block["state"] == "blocked",
    )

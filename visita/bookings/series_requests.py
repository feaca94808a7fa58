"""What the actions of series take and give: plain records, the same for every door."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from visita.bookings.repeating import Repeat
from visita.bookings.requests import Booked, BookRequest, Item

Span = Literal["this", "following", "all"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A date of the preview as it was accepted: its number in the rule, who and when, and the price shown."""

    number: int
    items: tuple[Item, ...]
    price_seen: int | None = None


@dataclass(frozen=True, slots=True)
class SeriesRequest:
    """A series as it was previewed. `visit` is its first visit as asked for; numbers not `chosen` are left out.

    `first`: a visit that exists and becomes the series' first. `skips`: dates that were lost since the preview are left
    out too instead of refusing everything.
    """

    visit: BookRequest
    rule: Repeat
    chosen: tuple[Chosen, ...]
    first: int | None = None
    skips: bool = False


@dataclass(frozen=True, slots=True)
class BookedSeries:
    """The visits as they were booked, by time, and the dates that were left out because they were lost."""

    series_id: int
    booked: tuple[Booked, ...]
    lost: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """Where one visit of a series goes: each appointment's start and resource as shown, the version that was seen.

    `kept`: each appointment's service and minutes where they were sent along; they have to be those the visit has.
    """

    visit_id: int
    version: int
    items: tuple[tuple[datetime, int | None], ...]
    kept: tuple[tuple[int | None, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedSeries:
    """How many visits changed."""

    series_id: int
    visits: tuple[int, ...]

"""What somebody on the waitlist wants, as both parts of the API take it: services, dates, weekdays, parts of the day."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from visita.api.fields import BodyId, Day, Short, Strict
from visita.api.public.schemas import SubjectIn
from visita.bookings.waitlist.windows import Window


class WantedItem(Strict):
    """A service, with somebody in particular or with anyone (null)."""

    service: BodyId
    resource: BodyId | None = None


class PartIn(Strict):
    """A part of the day in which the visit may begin, in minutes after midnight; the end is not in it."""

    start: Annotated[int, Field(ge=0, le=1440)]
    end: Annotated[int, Field(ge=0, le=1440)]


class WantedIn(Strict):
    """Dates at the location, both included; weekdays 0 (Monday) to 6, none for all; no parts for all day; `subject` is
    whom or what it is for: an animal is offered only what is for its kind."""

    location: BodyId | None = None
    items: list[WantedItem] = Field(min_length=1, max_length=10)
    first_day: Day
    last_day: Day
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(default_factory=list, max_length=7)
    parts: list[PartIn] = Field(default_factory=list, max_length=8)
    seats: Annotated[int, Field(ge=1, le=100)] = 1
    subject: SubjectIn | None = None
    note: Short = ""


def window(body: WantedIn) -> Window:
    """The times wanted."""
    parts = tuple((part.start, part.end) for part in body.parts)
    return Window(_day(body.first_day), _day(body.last_day), tuple(body.weekdays), parts)


def items(body: WantedIn) -> tuple[tuple[int, int | None], ...]:
    """The services wanted, in order."""
    return tuple((item.service, item.resource) for item in body.items)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)

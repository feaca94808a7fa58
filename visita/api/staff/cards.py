"""What the staff part takes and gives about clients, resources and working time."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from visita.api.fields import BodyId, Day, Email, Name, Note, Phone, Short, Strict

Language = Annotated[str, Field(max_length=8)]


class NewClientIn(Strict):
    """A client's card."""

    first_name: Name
    last_name: Short | None = ""
    phone: Phone | None = ""
    email: Email | None = ""
    language: Language | None = ""
    note: Note | None = ""


class ClientChangeIn(Strict):
    """The fields to change; what is left out stays."""

    first_name: Name | None = None
    last_name: Short | None = None
    phone: Phone | None = None
    email: Email | None = None
    language: Language | None = None
    note: Note | None = None


class ClientOut(BaseModel):
    """A client with the version to send back in If-Match."""

    id: int
    version: int
    first_name: str
    last_name: str
    phone: str
    email: str
    language: str
    note: str
    source: str
    external_id: str | None
    created: str


class ClientsOut(BaseModel):
    """Clients; `next` is null at the end, and for searches."""

    clients: list[ClientOut]
    next: str | None


Kind = Literal["person", "room", "device"]
Words = dict[Annotated[str, Field(max_length=8)], Short]


class NewResourceIn(Strict):
    """A calendar: a person, a room, a device."""

    name: Name
    locations: list[BodyId] = Field(min_length=1, max_length=100)
    kind: Kind = "person"
    title: Short = ""
    occupation: Words = Field(default_factory=dict, max_length=20)
    color: Annotated[str, Field(max_length=7)] = ""
    position: int = Field(default=0, ge=0, le=100_000)
    online: bool = True
    in_journal: bool = True


class ResourceChangeIn(Strict):
    """The fields to change; what is left out stays."""

    name: Name | None = None
    kind: Kind | None = None
    title: Short | None = None
    occupation: Words | None = Field(default=None, max_length=20)
    color: Annotated[str, Field(max_length=7)] | None = None
    position: int | None = Field(default=None, ge=0, le=100_000)
    online: bool | None = None
    in_journal: bool | None = None


class StaffResourceOut(BaseModel):
    """A resource with the version to send back in If-Match. `occupation` is {language: text}."""

    id: int
    version: int
    kind: Kind
    name: str
    title: str
    occupation: dict[str, str]
    color: str
    position: int
    online: bool
    in_journal: bool
    external_id: str
    locations: list[int]


class ResourcesOut(BaseModel):
    """All resources at hand, in their order."""

    resources: list[StaffResourceOut]


_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)


def _clock(value: str) -> str:
    if not _CLOCK.fullmatch(value):
        raise PydanticCustomError("bad_datetime", "Write a time of day such as 09:30; 24:00 ends a day.")
    return value


Clock = Annotated[str, AfterValidator(_clock), Field(json_schema_extra={"examples": ["09:00"]})]


class IntervalIn(Strict):
    """From `start` to `end` on the wall clock."""

    start: Clock
    end: Clock


class IntervalOut(BaseModel):
    """From `start` to `end` on the wall clock."""

    start: str
    end: str


class PatternIn(Strict):
    """One interval of a week on the location's wall clock; `weekday` 0 is Monday, `valid_from` null from today.

    `online`: the parts of it that clients may book by themselves; null all of it, empty none.
    """

    weekday: int = Field(ge=0, le=6)
    start: Clock
    end: Clock
    valid_from: Day | None = None
    valid_to: Day | None = None
    every_weeks: int = Field(default=1, ge=1, le=52)
    online: list[IntervalIn] | None = Field(default=None, max_length=48)


class PlanIn(Strict):
    """The whole weekly plan of a resource at a location."""

    patterns: list[PatternIn] = Field(max_length=200)


class PatternOut(BaseModel):
    """One interval of a week."""

    weekday: int
    start: str
    end: str
    valid_from: str
    valid_to: str | None
    every_weeks: int
    online: list[IntervalOut] | None


class PlanOut(BaseModel):
    """The weekly plan of a resource at a location."""

    resource: int
    location: int
    zone: str
    patterns: list[PatternOut]


class ExceptionIn(Strict):
    """What holds on the date instead of the weekly plan; no interval: absent, or closed."""

    intervals: list[IntervalIn] = Field(default_factory=list, max_length=48)
    online: list[IntervalIn] | None = Field(default=None, max_length=48)
    reason: Annotated[Short, Field(max_length=40)] = "changed"


class ExceptionOut(BaseModel):
    """What holds on a date instead of the weekly plan. `location` null: everywhere."""

    resource: int | None
    location: int | None
    date: str
    intervals: list[IntervalOut]
    online: list[IntervalOut] | None
    reason: str

"""How an example business is written down: plain records, one file for each business."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Words = Mapping[str, str]


def clock_minutes(text: str) -> int:
    """Minutes of the day: "09:30" → 570."""
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def span(text: str) -> tuple[int, int]:
    """Minutes of an interval: "09:30-13:00" → (570, 780)."""
    start, _, end = text.partition("-")
    return clock_minutes(start), clock_minutes(end)


@dataclass(frozen=True, slots=True)
class Hours:
    """Working time: `days` are weekdays as digits (0 = Monday), `spans` like "08:00-14:00", `at` a location's key.

    `weeks` 2 with `phase` 0 or 1: every other ISO week.
    """

    days: str
    spans: tuple[str, ...]
    at: str = "main"
    weeks: int = 1
    phase: int = 0

    def holds(self, day: date) -> bool:
        """Whether a date is one of them."""
        week = (day.toordinal() - day.weekday()) // 7
        return str(day.weekday()) in self.days and week % self.weeks == self.phase


@dataclass(frozen=True, slots=True)
class Place:
    """A location; `journal` is the span shown first."""

    name: str
    address: str
    city: str
    phone: str
    key: str = "main"
    journal: str = "08:00-20:00"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A resource: person, room or device."""

    key: str
    name: str
    hours: tuple[Hours, ...]
    kind: str = "person"
    title: str = ""
    occupation: Words = field(default_factory=dict)
    online: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """A specialty: base interval in minutes and clients at one time."""

    key: str
    name: Words
    base: int = 30
    capacity: int = 1


@dataclass(frozen=True, slots=True)
class By:
    """Who gives a service, with own minutes and price (major units) where they differ."""

    key: str
    minutes: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A service. `by` the resources that give it, `needs` groups of further ones, `price` in major units.

    `weight` is how often it is booked; `fields` any further columns of a service, `settings` what is set at it.
    `guests`: "women" or "men" where only they ask for it.
    """

    key: str
    group: str
    name: Words
    by: tuple[By, ...]
    minutes: int
    price: int | None = None
    needs: tuple[tuple[str, ...], ...] = ()
    weight: float = 1.0
    settings: Mapping[str, Any] = field(default_factory=dict)
    guests: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deal:
    """A promotion of a service for the coming `weeks`: percent off on `days` (digits) within `hours`."""

    service: str
    name: Words
    percent: int
    days: str
    hours: str
    weeks: int = 8


@dataclass(frozen=True, slots=True)
class Lesson:
    """A class of the week: which service, on which weekdays, at what time, with whom and where."""

    service: str
    days: str
    time: str
    with_: tuple[str, ...]
    capacity: int
    at: str = "main"


@dataclass(frozen=True, slots=True)
class People:
    """Names and phones of a country. Last names come in pairs (woman's, man's) where the language has pairs."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    last: tuple[tuple[str, str], ...]
    phone: str  # digits with # for any digit


@dataclass(frozen=True, slots=True)
class Pets:
    """Subjects of the clients: names by kind, and facts to choose from."""

    names: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """An extra field of a booking; `choices` as code and words, `services` the keys of those it is asked for."""

    code: str
    label: Words
    kind: str = "text"
    choices: Mapping[str, Words] = field(default_factory=dict)
    required: bool = False
    hint: Words = field(default_factory=dict)
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a booking path, by the name in `catalog.paths`; own ones with texts, answers with keys of services, a form
    with the codes of its fields."""

    name: str
    key: str = ""
    title: Words = field(default_factory=dict)
    text: Words = field(default_factory=dict)
    answers: Mapping[str, tuple[Words, tuple[str, ...]]] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


def steps(*names: str) -> tuple[Step, ...]:
    """Steps that need no words."""
    return tuple(Step(name) for name in names)


@dataclass(frozen=True, slots=True)
class Consent:
    """A tick-box: its sentence, what it is about, the whole text or the name of a PDF beside this package."""

    label: Words
    purpose: str = "terms"
    body: Words = field(default_factory=dict)
    file: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Staff:
    """A sign-in: the part before the @, name, role, own calendar, and whether it has a second factor."""

    login: str
    name: str
    role: str
    calendar: str = ""
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class Business:
    """One example organization with everything in it."""

    slug: str
    name: str
    trade: str
    language: str
    zone: str
    country: str
    currency: str
    phone: str
    accent: str
    places: tuple[Place, ...]
    calendars: tuple[Calendar, ...]
    groups: tuple[Group, ...]
    services: tuple[Offered, ...]
    people: People
    staff: tuple[Staff, ...]
    clients: int = 90
    languages: tuple[str, ...] = ()
    notice: Words = field(default_factory=dict)
    policy: Words = field(default_factory=dict)
    confirmation: Words = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    consents: tuple[Consent, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    deals: tuple[Deal, ...] = ()
    paths: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)  # by link; "" is the own page's
    subjects: Pets | None = None
    kinds: Mapping[str, Words] = field(default_factory=dict)  # of subject, by code
    settings: Mapping[str, Any] = field(default_factory=dict)
    holidays: tuple[tuple[int, int], ...] = ()  # month, day
    notes: tuple[str, ...] = ()
    meeting: str = ""  # what blocked time is called
    density: float = 1.0
    around: tuple[int, int] = (12, 18)  # days filled with visits, back and ahead of today

    @property
    def domain(self) -> str:
        """Where its mail would live."""
        return f"{self.slug}.example"

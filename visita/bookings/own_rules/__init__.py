"""What a booking rule of your own is given and what it answers: interface version 1 (docs/howto/own-booking-rules.md).

A rule is a function `(proposal, parameters) -> Verdict`, marked with `@rule` and named by an entry point of the group
`visita.rules`. It runs in a process of its own with nothing of Visita's but this module: no database, no settings.

>>> @rule
... def no_mondays(proposal, parameters):
...     monday = any(item.start.weekday() == 0 for item in proposal.items)
...     return refuse({"en": "We rest on Mondays."}) if monday else ACCEPT
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

VERSION = 1
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """A service of the proposed visit: ids as the API shows them, aware times on the location's wall clock."""

    service: int
    name: Words
    resource: int | None
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Client:
    """Who books. `id` is None for somebody who was never here; `born` where it is known."""

    id: int | None
    first_name: str
    last_name: str
    phone: str
    email: str
    language: str
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what the visit is about (a pet, a child, a car); `details` are the trade's own facts."""

    kind: str
    name: str
    details: Mapping[str, Any]
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """Another visit of this client, earlier or to come. `services` are their ids."""

    code: str
    status: str
    start: datetime
    services: tuple[int, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A visit as it shall become. `door` is web, api, desk, key …; `staff` whether staff book; `moving` the code of the
    visit that is moved, if one is. `history` are the client's other visits, newest first, at most 200; `fields` the answers by code, as the visit keeps them
    (numbers as decimal texts, dates as ISO texts, ticks true)."""

    now: datetime
    door: str
    staff: bool
    location: int
    seats: int
    items: tuple[Item, ...]
    client: Client
    subject: Subject | None
    history: tuple[Past, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    moving: str | None = None

    @property
    def start(self) -> datetime:
        """When the visit begins."""
        return min(item.start for item in self.items)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule answers. `text` is shown to the client, or to staff, in the best of its languages."""

    kind: Literal["accept", "refuse", "warn"]
    text: Words = field(default_factory=dict)


ACCEPT = Verdict("accept")
Rule = Callable[[Proposal, Mapping[str, Any]], Verdict]


def refuse(text: Words) -> Verdict:
    """The visit cannot be booked, and why: {"en": "…", "ro": "…"}."""
    return Verdict("refuse", dict(text))


def warn(text: Words) -> Verdict:
    """Staff shall think twice (they may confirm); clients are not stopped."""
    return Verdict("warn", dict(text))


def rule(function: Rule) -> Rule:
    """Marks a function as a rule of this version of the interface."""
    function.interface = VERSION  # type: ignore[attr-defined]  # a mark that the loader reads
    return function

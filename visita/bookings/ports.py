"""The four ports by which packages above act inside a booking: refuse, price, reserve, release; and one that is asked
before somebody who waits is offered a time, unreachable, and one before a worker is told of a booking, hears.

A package registers in its `AppConfig.ready`; what is registered runs for every door, in the order of `order`, inside the
transaction of the booking, the move or the cancellation. So it may read and write, but must not wait for anybody: no
HTTP, mail or files (docs/architecture.md).

- `refuse(proposal)`: raise a Refusal. The client is known, no resource is locked yet.
- `price(quote) -> quote`: the price of one appointment, from the list price on (decision 28: list, agreement, promotion).
- `reserve(written)`: the visit was written (or moved, or brought back after a cancellation); take what it uses up, or raise a Refusal and undo it all.
- `release(freed)`: the visit was cancelled; give back what it took.
- `unreachable(client_id) -> reason`: why no message can leave to the client now (a code of `waitlist.reasons`), empty where
  one can. Only looked at: nothing is counted, sent or locked.
- `hears(found, request, actor) -> bool`: whether the package's consumer of `visit.booked` has something to do about this
  booking. Where none has, its event is written as dispatched and costs the worker nothing. By what is at hand: no queries.
"""

from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from visita.bookings.requests import BookRequest, Item, Placed
from visita.bookings.rules import Rules, ServiceRule
from visita.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Proposal:
    """A visit as it shall become; `visit_id` is set where one that exists is moved, `staff` where staff book."""

    found: Rules
    items: tuple[Item, ...]
    client_id: int
    subject_id: int | None
    seats: int
    actor: Actor
    staff: bool
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of an appointment so far (minor units, None = none) and the line it came from."""

    found: Rules
    service: ServiceRule
    resource_id: int | None
    s: int
    client_id: int
    price_minor: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Written:
    """A visit as it was just written, with its places in time; `moved` if it stood elsewhere before."""

    proposal: Proposal
    visit_id: int
    placed: tuple[Placed, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Freed:
    """A visit that was just cancelled."""

    visit_id: int
    client_id: int
    actor: Actor


_F = TypeVar("_F")


@dataclass(order=True, slots=True)
class _Entry(Generic[_F]):
    order: int
    name: str
    function: _F = field(compare=False)


class Port(Generic[_F]):
    """What is registered under one of the four names, in order."""

    def __init__(self) -> None:
        self._entries: list[_Entry[_F]] = []

    def register(self, name: str, function: _F, order: int = 100) -> None:
        """Add a function, or replace the one of the same name."""
        self.remove(name)
        insort(self._entries, _Entry(order, name, function))

    def remove(self, name: str) -> None:
        """Take it away again (tests)."""
        self._entries = [entry for entry in self._entries if entry.name != name]

    def __iter__(self) -> Iterator[_F]:
        return iter([entry.function for entry in self._entries])


refuse: Port[Callable[[Proposal], None]] = Port()
price: Port[Callable[[Quote], Quote]] = Port()
reserve: Port[Callable[[Written], None]] = Port()
release: Port[Callable[[Freed], None]] = Port()
unreachable: Port[Callable[[int], str]] = Port()
hears: Port[Callable[[Rules, BookRequest, Actor], bool]] = Port()

# The places of those known so far; others stand between or after them
AGREEMENT, PROMOTION, ADJUSTERS = 100, 200, 300

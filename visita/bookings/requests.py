"""What the booking actions take and give: plain records, the same for every door.

`ClientDetails` is the clients' own form: who books, as typed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from visita.clients.details import Details as ClientDetails
from visita.scheduling.claims import NOTHING, Claim, Ignored

__all__ = [
    "Beside",
    "BookRequest",
    "Booked",
    "BookedItem",
    "Changed",
    "ClientDetails",
    "External",
    "Held",
    "HoldRequest",
    "Item",
    "MoveItem",
    "MoveRequest",
    "Moved",
    "PartWish",
    "Placed",
    "Pressed",
    "Search",
    "ServicesRequest",
    "SubjectDetails",
]


@dataclass(frozen=True, slots=True)
class Item:
    """A service at an aware instant, with somebody in particular or with anyone (None). `minutes` replaces its length.

    `subject` tells for which of those who come: services of one follow each other, those of others may go on beside.
    `kind` is that one's kind (a dog), which not everybody may be for; staff may book all the same unless it `binds`.
    """

    service_id: int
    resource_id: int | None
    start: datetime
    minutes: int | None = None
    subject: int = 0
    kind: str = ""
    binds: bool = False


@dataclass(frozen=True, slots=True)
class SubjectDetails:
    """Whom or what the visit is about, as typed (a pet, a vehicle)."""

    kind: str
    name: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class External:
    """The visit's name in another system; with it the same row books once only (decision 46)."""

    source: str
    id: str


@dataclass(frozen=True, slots=True)
class BookRequest:
    """A booking as asked for. Either `client` (matched or registered) or `client_id` (staff).

    `subject` is whom the visit is about; where several come (`Item.subject`, or the places of a party) it is the first
    of them, and `others` names the further ones by their number.

    `scheme` (public, private) is empty where the service's own holds.

    `path`: the booking path it came by, with its version and what was answered on the way; kept with the terms.
    `price_seen` is what the client was shown for one place of everything, in minor units; None asks no question.
    `phone_confirmed`: a code sent to the client's phone was typed back; where that is wanted, no client's door books without.

    `vouched`: the organization's own program sends it and answers for what its client agreed to, told and confirmed.

    `begins`: the visit begins in this very minute (a walk-in is called in), which otherwise has passed already.

    `silent`: nobody is written to about it (an example, a visit of a series that is told as one).

    Of staff: `force` overbooks, `warned` says that a rule's warning was read, `override` goes over a rule's refusal;
    the door checks the rights.
    """

    items: tuple[Item, ...]
    client: ClientDetails | None = None
    client_id: int | None = None
    location_id: int | None = None
    seats: int = 1
    hold: str | None = None
    subject: SubjectDetails | None = None
    subject_id: int | None = None
    others: dict[int, SubjectDetails] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    consents: tuple[Any, ...] = ()
    note: str = ""
    scheme: str = ""
    staff: bool = False
    force: bool = False
    warned: bool = False
    override: bool = False
    status: str | None = None
    external: External | None = None
    path: dict[str, Any] = field(default_factory=dict)
    price_seen: int | None = None
    phone_confirmed: bool = False
    vouched: bool = False
    begins: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """Times to keep for some minutes while the client types."""

    items: tuple[Item, ...]
    location_id: int | None = None
    seats: int = 1
    release: str | None = None
    staff: bool = False


@dataclass(frozen=True, slots=True)
class MoveItem:
    """Where one appointment of a visit goes, with whom; `subject` tells for which of those who come."""

    appointment_id: int
    start: datetime
    resource_id: int | None = None
    subject: int = 0


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Where a visit (or one of its appointments) shall go. `minutes` resizes; `version` None moves whatever is there.

    `location_id` takes the whole visit to another location, where whoever is free does it unless `resource_id` is there.
    `items`: a place for every appointment, as a combination was offered; empty where all keep their distances.
    `merge`: changes of something else since `version` are no reason to refuse. `keeps_price`: a place where
    what moves costs another price than now is refused, unless `price_seen` is that price. `back`: a move is undone, so
    the time it came from may have passed.
    """

    start: datetime
    resource_id: int | None = None
    appointment_id: int | None = None
    minutes: int | None = None
    version: int | None = None
    items: tuple[MoveItem, ...] = ()
    staff: bool = False
    force: bool = False
    warned: bool = False
    override: bool = False
    location_id: int | None = None
    merge: bool = False
    keeps_price: bool = False
    price_seen: int | None = None
    back: bool = False


@dataclass(frozen=True, slots=True)
class PartWish:
    """One service of a visit as it shall be: an appointment that stays (`appointment_id`), else a new one.

    None leaves it as it is: who (where that one gives the service), how long (as usual, for another service) and when. A
    part begins later by itself where the one before it grew into it; a new one follows the last.
    """

    service_id: int
    appointment_id: int | None = None
    resource_id: int | None = None
    start: datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ServicesRequest:
    """All services of a visit as staff want them; appointments left out are removed. The rest as in `MoveRequest`."""

    parts: tuple[PartWish, ...]
    version: int | None = None
    force: bool = False
    warned: bool = False
    override: bool = False
    merge: bool = False
    staff: bool = True


@dataclass(frozen=True, slots=True)
class Pressed:
    """What staff's second press says where a visit only claims its time again: a warning was read, a rule is gone over."""

    warned: bool = False
    override: bool = False
    staff: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """What else belongs into the transaction of a booking or move: `before` it begins (it may refuse), and `after` it,
    with the visit's id. Both run again with every attempt."""

    before: Callable[[], None]
    after: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class BookedItem:
    """A booked appointment: aware instants on the location's wall clock."""

    service_id: int
    resource_id: int | None
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """An acknowledged booking. `manage_token` is shown once; only its hash is kept."""

    visit_id: int
    code: str
    manage_token: str
    status: str
    start: datetime
    end: datetime
    items: tuple[BookedItem, ...]
    client_created: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A kept time: the token that books, extends or gives it up."""

    token: str
    expires_at: datetime
    items: tuple[BookedItem, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A visit at its new time; same id and code, next version."""

    visit_id: int
    version: int
    start: datetime
    end: datetime
    items: tuple[BookedItem, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A visit after a change of status."""

    visit_id: int
    status: str
    version: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An appointment with its place in time: epoch minutes shown, the claims that hold it, or seats of a session."""

    service_id: int
    resource_id: int | None
    s: int
    e: int
    claims: tuple[Claim, ...] = ()
    session_id: int | None = None
    seats: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """How to look for a place: the door's rights, what to ignore, whom to prefer, and how often it failed before.

    `stays`: staff resize or bring back what stands at its time, so that time may have passed. `held`: the
    minute from which a client's living hold covers the time; what was offered then still stands. `apart`: the items keep the distances they
    have (a move), so that gaps staff made between them are no reason to refuse.
    """

    seats: int = 1
    staff: bool = False
    force: bool = False
    ignored: Ignored = NOTHING
    holds: tuple[str, ...] = ()
    prefer: tuple[int, ...] = ()
    turn: int = 0
    stays: bool = False
    held: int | None = None
    apart: bool = False

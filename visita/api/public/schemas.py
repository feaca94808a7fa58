"""What the public part takes and gives."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from visita.api.fields import (
    Address,
    Answer,
    BodyId,
    Email,
    Instant,
    Name,
    Note,
    Phone,
    Reason,
    Seats,
    Short,
    Strict,
    Version,
)

Status = Literal["requested", "confirmed", "arrived", "completed", "cancelled", "no_show"]


class ItemIn(Strict):
    """A service at a time, by one resource or by anyone (null); `subject` tells for which of those who come (0 = the
    client or the booking's `subject`, others are named in `others`)."""

    service: BodyId
    resource: BodyId | None = None
    start: Instant
    subject: Annotated[int, Field(ge=0, le=20)] = 0


class HoldIn(Strict):
    """Times to keep while the client types."""

    location: BodyId | None = None
    items: list[ItemIn] = Field(min_length=1, max_length=10)
    seats: Seats = 1


class ClientIn(Strict):
    """Who books."""

    first_name: Name
    last_name: Short | None = ""
    phone: Phone | None = ""
    email: Email | None = ""
    address: Address | None = ""


class SubjectIn(Strict):
    """Whom or what the visit is about: a pet, a child, a vehicle."""

    kind: Name
    name: Name
    details: dict[Name, Short] = Field(default_factory=dict, max_length=30)


class OtherIn(SubjectIn):
    """Somebody else who comes along; `number` is how the items (`subject`) or the places of a party tell them apart."""

    number: Annotated[int, Field(ge=1, le=20)]


class BookingIn(HoldIn):
    """A booking; `hold` is the token of a hold on the same times.

    `fields` are answers by code or id, `consents` what was ticked, with the version that was read (`"12.3"`); `12` alone
    only where the text has had one version, else 422 `consent_version_needed`. With `price_seen`, in minor units for one place, another price is refused instead of booked.
    """

    hold: Short | None = None
    client: ClientIn
    subject: SubjectIn | None = None
    others: list[OtherIn] = Field(default_factory=list, max_length=20)
    fields: dict[Name, Answer | int | bool | list[Name] | None] = Field(default_factory=dict, max_length=50)
    consents: list[BodyId | Name] = Field(default_factory=list, max_length=50)
    note: Note | None = ""
    price_seen: Annotated[int, Field(ge=0, le=10**12)] | None = None
    scheme: Literal["public", "private"] | None = None


class CancellationIn(Strict):
    """Why a visit is given up; `version` as it was read, or null."""

    reason: Reason | None = ""
    version: Version | None = None


class MoveIn(Strict):
    """The new start; `resource` null keeps the service's free choice, `version` null moves whatever is there.

    Of several services all keep their distances, unless `items` says where each goes, as the free times offered it.
    """

    start: Instant
    resource: BodyId | None = None
    items: list[ItemIn] = Field(default_factory=list, max_length=10)
    version: Version | None = None


class ItemOut(BaseModel):
    """An appointment of a booking."""

    service: int
    resource: int | None
    start: str
    end: str


class StartOut(BaseModel):
    """A free start: who can take it, or the best combination where several services were asked."""

    start: str
    end: str
    resources: list[int] | None = None
    items: list[ItemOut] | None = None
    places: int | None = None


class DayOut(BaseModel):
    """A local date and its free starts."""

    date: str
    starts: list[StartOut]


class AvailabilityOut(BaseModel):
    """Free times in the zone of the location; every asked date is there."""

    zone: str
    days: list[DayOut]


class HoldOut(BaseModel):
    """A kept time."""

    hold: str
    expires_at: str


class ExtensionOut(BaseModel):
    """The new end of a hold."""

    expires_at: str


class BookedOut(BaseModel):
    """An acknowledged booking; the manage token is told this once (and in the repeated answer of the same key)."""

    code: str
    manage_token: str
    status: Status
    start: str
    end: str
    items: list[ItemOut]


class BookingOut(BaseModel):
    """The client's own booking."""

    code: str
    status: Status
    version: int
    location: int
    zone: str
    start: str
    end: str
    seats: int
    items: list[ItemOut]


class Alternative(BaseModel):
    """A free time near the one that was taken."""

    start: str
    end: str
    items: list[ItemOut]


class FieldProblem(BaseModel):
    """One field that was refused."""

    field: str
    code: str
    message: str


class Problem(BaseModel):
    """RFC 9457. `errors` with 422, `alternatives` with `slot_taken`; some codes carry further facts."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem] | None = None
    alternatives: list[Alternative] | None = None


class LocationOut(BaseModel):
    """A branch."""

    id: int
    name: str
    address: str
    city: str
    zone: str
    phone: str
    email: str


class SpecialtyOut(BaseModel):
    """A group of services."""

    id: int
    name: str


class PriceOut(BaseModel):
    """Minor units (cents, bani) of an ISO currency."""

    minor: int
    currency: str


class ServiceOut(BaseModel):
    """What can be booked online; `minutes` as usual, some resources take their own time."""

    id: int
    specialty: int | None
    kind: Literal["appointment", "class"]
    name: str
    description: str
    minutes: int | None
    price: PriceOut | None
    max_party: int
    resources: list[int]


class ResourceOut(BaseModel):
    """Whoever or whatever gives services."""

    id: int
    kind: str
    name: str
    title: str
    occupation: str
    locations: list[int]


class WhereOut(BaseModel):
    """Where something is asked: every id that is set must fit."""

    location: int | None
    specialty: int | None
    service: int | None


class ChoiceOut(BaseModel):
    """A value to choose."""

    code: str
    label: str


class FieldOut(BaseModel):
    """A question of a booking; asked everywhere where `where` is empty."""

    id: int
    code: str
    label: str
    hint: str
    kind: Literal["text", "long_text", "choice", "number", "date", "tick"]
    choices: list[ChoiceOut]
    required: bool
    version: int
    where: list[WhereOut]


class ConsentOut(BaseModel):
    """A tick-box; `text` is the whole text, or `file` the address of a PDF."""

    id: int
    version: int
    purpose: Literal["terms", "privacy", "cookies", "health", "marketing", "other"]
    label: str
    text: str
    file: str
    required: bool
    where: list[WhereOut]


class OrganizationOut(BaseModel):
    """An organization as clients see it."""

    slug: str
    name: str
    trade: str
    language: str
    languages: list[Any]
    zone: str
    currency: str
    country: str
    phone: str
    email: str
    locations: list[LocationOut]
    specialties: list[SpecialtyOut]
    services: list[ServiceOut]
    resources: list[ResourceOut]
    fields: list[FieldOut]
    consents: list[ConsentOut]

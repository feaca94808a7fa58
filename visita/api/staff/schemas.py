"""What the staff part takes and gives about visits, appointments and sessions."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from visita.api.fields import Answer, BodyId, Instant, Name, Note, Reason, Seats, Strict
from visita.api.public.schemas import ClientIn, Status, SubjectIn
from visita.scheduling.models.allocation import LONGEST


class StaffItemIn(Strict):
    """A service at a time; `minutes` replaces its usual length."""

    service: BodyId
    resource: BodyId | None = None
    start: Instant
    minutes: int | None = Field(default=None, ge=1, le=LONGEST)


class VisitIn(Strict):
    """A booking by staff: for a known client (`client_id`) or with details (`client`), not both. `force` overbooks, by right.

    `warned`: a rule's warning was read; `override`, by right: book against a rule. `consents` name the version that was
    read (`"12.3"`); `12` alone only where the text has had one version, else 422 `consent_version_needed`.
    """

    location: BodyId | None = None
    items: list[StaffItemIn] = Field(min_length=1, max_length=20)
    seats: Seats = 1
    client_id: BodyId | None = None
    client: ClientIn | None = None
    subject: SubjectIn | None = None
    fields: dict[Name, Answer | int | bool | list[Name] | None] = Field(default_factory=dict, max_length=50)
    consents: list[BodyId | Name] = Field(default_factory=list, max_length=50)
    note: Note | None = ""
    scheme: Literal["public", "private"] | None = None
    status: Literal["requested", "confirmed"] = "confirmed"
    force: bool = False
    warned: bool = False
    override: bool = False


class PartMoveIn(Strict):
    """Where one appointment of a visit shall go, and with whom (null: anyone who gives it)."""

    appointment: BodyId
    start: Instant
    resource: BodyId | None = None


class VisitMoveIn(Strict):
    """Where a visit, or one of its appointments, shall go; `minutes` resizes; `location` takes the whole visit there.

    All appointments keep their distances, unless `items` names a place for every one of them.
    """

    start: Instant
    resource: BodyId | None = None
    location: BodyId | None = None
    appointment: BodyId | None = None
    minutes: int | None = Field(default=None, ge=1, le=LONGEST)
    items: list[PartMoveIn] = Field(default_factory=list, max_length=10)
    force: bool = False
    warned: bool = False
    override: bool = False


class ServicePartIn(Strict):
    """A service as it shall be: an `appointment` of the visit that stays, or a new one. What is left out stays as it is."""

    service: BodyId
    appointment: BodyId | None = None
    resource: BodyId | None = None
    start: Instant | None = None
    minutes: int | None = Field(default=None, ge=1, le=LONGEST)


class ServicesIn(Strict):
    """All services of the visit; appointments that are not named are removed."""

    services: list[ServicePartIn] = Field(min_length=1, max_length=20)
    force: bool = False
    warned: bool = False
    override: bool = False


class DiscountIn(Strict):
    """Either `percent` or `amount_minor`, and why."""

    percent: int | None = Field(default=None, ge=1, le=100)
    amount_minor: int | None = Field(default=None, ge=1, le=10**12)
    reason: Name


class OverIn(Strict):
    """`warned`: a rule's warning was read; `override`, by right: against a rule."""

    warned: bool = False
    override: bool = False


class ReasonIn(Strict):
    """Why."""

    reason: Reason | None = ""


class AllocationOut(BaseModel):
    """A resource held for a visit, buffers included. `seats` is [first, after the last]; null: all from the first up."""

    id: int
    resource: int
    kind: Literal["hold", "visit", "session", "block"]
    seats: list[int | None]
    start: str
    end: str
    overbooked: bool


class AppointmentOut(BaseModel):
    """A service at a time. A place in a dated class has `session` and `places` instead of allocations of its own.

    `price_minor` is that of one place; `discount_minor` its share of the visit's discounts, for all places.
    """

    id: int
    service: int
    resource: int | None
    session: int | None
    places: list[int]
    start: str
    end: str
    price_minor: int | None
    discount_minor: int
    currency: str
    allocations: list[AllocationOut]


class DiscountOut(BaseModel):
    """A discount: either a percentage of the prices or an amount; why and who gave it."""

    number: int
    percent: int | None
    amount_minor: int | None
    reason: str
    by: str


class VisitClientOut(BaseModel):
    """Whose visit it is."""

    id: int
    first_name: str
    last_name: str
    phone: str
    email: str


class VisitOut(BaseModel):
    """A visit with everything that holds its time. Cancelled ones hold nothing."""

    id: int
    code: str
    status: Status
    version: int
    location: int
    zone: str
    start: str
    end: str
    seats: int
    client: VisitClientOut
    subject: int | None
    source: str
    external_id: str | None
    note: str
    scheme: str
    discounts: list[DiscountOut]
    fields: dict[str, Any]
    consents: list[Any]
    cancel_reason: str
    booked_at: str
    appointments: list[AppointmentOut]


class BookedVisitOut(VisitOut):
    """A visit just booked, with the client's manage token, which is told this once."""

    manage_token: str


class VisitsOut(BaseModel):
    """A page of visits by start."""

    visits: list[VisitOut]
    page: int
    pages: int
    count: int


class PlainAppointmentOut(BaseModel):
    """An appointment with the visit it belongs to."""

    id: int
    visit: int
    code: str
    status: Status
    location: int
    client: int
    service: int
    resource: int | None
    session: int | None
    start: str
    end: str


class AppointmentsOut(BaseModel):
    """Appointments by start; ask with `cursor` = `next` for more, null is the end."""

    appointments: list[PlainAppointmentOut]
    next: str | None


class SessionOut(BaseModel):
    """A dated class with its places; its resources are held by allocations of kind session."""

    id: int
    service: int
    location: int
    start: str
    end: str
    capacity: int
    taken: int
    allocations: list[AllocationOut]


class SessionsOut(BaseModel):
    """Dated classes by start."""

    sessions: list[SessionOut]
    next: str | None


class ActorOut(BaseModel):
    """Who did it."""

    kind: str
    label: str


class DeedOut(BaseModel):
    """Something done to a visit."""

    id: int
    at: str
    verb: str
    actor: ActorOut
    source: str
    payload: dict[str, Any]


class HistoryOut(BaseModel):
    """What was done to a visit, newest first."""

    history: list[DeedOut]
    next: str | None

"""Which letters about visits an organization wants, and by which way: two switches for each event (NT-01, CB-05)."""

from collections.abc import Collection, Iterable
from typing import Final

from visita.bookings.requests import BookRequest
from visita.bookings.rules import Rules
from visita.clients.contacts import Kind
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.messaging.message import CHANNELS, Channel
from visita.tenancy import settings
from visita.tenancy.settings import Row, declare

BOOKED, REQUESTED, CONFIRMED, MOVED, CANCELLED, CALLED_OFF = EVENTS = (
    "booked", "requested", "confirmed", "moved", "cancelled", "called_off",
)  # fmt: skip
"""What a client is told of: a booking, or a request for one, made; it was confirmed; they moved it; they cancelled it; the
business did."""
INSTEAD: Final = "letters_sms_instead"
KINDS: Final[dict[Channel, Kind]] = {"email": "email", "sms": "phone"}


def key(event: str, channel: Channel) -> str:
    """The setting's name."""
    return f"letter_{event}_{channel}"


for _event in EVENTS:
    declare(key(_event, "email"), bool, True)
    declare(key(_event, "sms"), bool, False)  # it costs
declare(INSTEAD, bool, False)  # to who gave no email, what would go by email goes by SMS


def ways(
    rows: Iterable[Row], event: str, known: Collection[Kind], location: int | None = None
) -> list[Channel]:
    """The channels by which an event is told to who gave these kinds of contact."""
    rows = list(rows)

    def on(name: str) -> bool:
        return bool(settings.value(rows, name, location=location))

    wished: list[Channel] = [channel for channel in CHANNELS if on(key(event, channel))]
    found = [channel for channel in wished if KINDS[channel] in known]
    if "email" in wished and not found and "phone" in known and on(INSTEAD):
        return ["sms"]
    return found


def hears(found: Rules, request: BookRequest, actor: Actor) -> bool:
    """The port of bookings: whether a letter may follow this one. Of a client whom staff chose the record will tell."""
    if actor.kind == "import" or all(item.start <= clock.now() for item in request.items):
        return False
    typed, known = request.client, set(KINDS.values())
    if typed is not None and actor.kind != "staff":
        known = {kind for kind, value in (("email", typed.email), ("phone", typed.phone)) if value.strip()}  # type: ignore[misc]
    return any(ways(found.rows, event, known, found.location_id) for event in (BOOKED, REQUESTED))

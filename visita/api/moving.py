"""The items of a move: a place for every appointment of a visit, as both parts of the API take them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from visita.bookings.locking import appointments
from visita.bookings.requests import MoveItem
from visita.foundation.errors import Refusal


class _Place(Protocol):
    @property
    def start(self) -> datetime: ...
    @property
    def resource(self) -> int | None: ...


class ByService(_Place, Protocol):
    """A service at a time."""

    @property
    def service(self) -> int: ...


class ByPart(_Place, Protocol):
    """An appointment at a time."""

    @property
    def appointment(self) -> int: ...


def by_service(visit_id: int, items: Sequence[ByService], start: datetime) -> tuple[MoveItem, ...]:
    """The visit's appointments by their services, in the order booked. Refuses bad_items. Inside a scope."""
    if not items:
        return ()
    free = appointments(visit_id)
    found = []
    for item in items:
        part = next((each for each in free if each.service_id == item.service), None)
        if part is None:
            raise _bad_items()
        free.remove(part)
        found.append(MoveItem(part.pk, item.start, item.resource))
    return _whole(found, start, free)


def by_part(items: Sequence[ByPart], start: datetime, appointment: int | None) -> tuple[MoveItem, ...]:
    """The same by appointment; one appointment alone has no items."""
    if items and appointment is not None:
        raise _bad_items()
    found = [MoveItem(item.appointment, item.start, item.resource) for item in items]
    return _whole(found, start, ())


def _whole(found: list[MoveItem], start: datetime, left: Sequence[object]) -> tuple[MoveItem, ...]:
    if found and (left or min(item.start for item in found) != start):
        raise _bad_items()
    return tuple(found)


def _bad_items() -> Refusal:
    message = _("Name every appointment of the booking once; `start` is the earliest of their starts.")
    return Refusal("bad_items", 422, message, field="items")

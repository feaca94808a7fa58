"""Bodies turned into what the booking actions take, and what they give into answers."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from visita.api.public.schemas import ClientIn, ItemIn, OtherIn, SubjectIn
from visita.api.times import check_offset
from visita.bookings.requests import BookedItem, Item, SubjectDetails
from visita.clients.details import Details
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import queries

_T = TypeVar("_T")

Fields = dict[str, Any]


def items(sent: Sequence[ItemIn]) -> tuple[Item, ...]:
    """The items as the actions take them; their instants keep the offset they were sent with."""
    return tuple(Item(each.service, each.resource, each.start, subject=each.subject) for each in sent)


def client(sent: ClientIn) -> Details:
    """Who books."""
    return Details(sent.first_name, sent.last_name or "", sent.phone or "", sent.email or "", source="api",
                   address=sent.address or "")  # fmt: skip


def subject(sent: SubjectIn | None) -> SubjectDetails | None:
    """Whom or what the visit is about."""
    return None if sent is None else SubjectDetails(sent.kind, sent.name, dict(sent.details))


def others(sent: Sequence[OtherIn]) -> dict[int, SubjectDetails]:
    """Who comes besides the first, by the number that the items name them with."""
    return {each.number: SubjectDetails(each.kind, each.name, dict(each.details)) for each in sent}


def shown_items(booked: Sequence[BookedItem]) -> list[Fields]:
    """Appointments in an answer."""
    return [
        {
            "service": each.service_id,
            "resource": each.resource_id,
            "start": each.start.isoformat(),
            "end": each.end.isoformat(),
        }
        for each in booked
    ]


def require_same_offset(
    sent: Sequence[datetime], booked: Sequence[BookedItem], prefix: str = "items."
) -> None:
    """Refuses a booking whose times were sent with another offset than the location's clock has then.

    Asked before the commit, with the zone the action has loaded anyway: no query of its own.
    """
    for at, (start, item) in enumerate(zip(sent, booked, strict=False)):
        zone = getattr(item.start.tzinfo, "key", "")
        if zone:
            check_offset(start, zone, f"{prefix}{at}.start" if prefix else "start")


def explained(
    organization_id: int,
    location_id: int | None,
    sent: Sequence[datetime],
    act: Callable[[], _T],
    field: str = "",
) -> _T:
    """Runs the action; where it refuses a time, first looks whether the time was sent with a wrong offset.

    That is the truer answer (`time_does_not_exist`, `bad_datetime`), and asking only on refusal costs nothing else.
    """
    try:
        return act()
    except Refusal as refusal:
        if refusal.code in _ABOUT_TIME:
            with scope(organization_id):
                _check_zone(location_id, sent, field)
        raise


_ABOUT_TIME = {"not_offered", "too_late", "notice_required", "too_far", "slot_taken"}


def _check_zone(location_id: int | None, sent: Sequence[datetime], field: str) -> None:
    places = [place for place in queries.locations() if location_id in (None, place.pk)]
    if len(places) == 1:
        for at, start in enumerate(sent):
            check_offset(start, places[0].zone, field or f"items.{at}.start")

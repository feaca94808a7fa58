"""Who may see and change working time: everybody's, or the own."""

from collections.abc import Iterable

from visita.bookings.hours.deciding import Decision
from visita.bookings.models import Appointment
from visita.foundation.scope import scope
from visita.identity import rights
from visita.scheduling.changes import Block, Change
from visita.web.desk.door import Guest


def seen(guest: Guest) -> int | None:
    """The one resource whose hours the guest may see, None for all; 403 where none may be seen."""
    guest.require(rights.WORKING_TIME_SEE)
    return None if guest.may(rights.VISITS_SEE) else guest.resource_id or 0


def may_change(guest: Guest, resource_id: int | None) -> bool:
    """Of this resource, or (None) of a whole location."""
    if guest.may(rights.WORKING_TIME_CHANGE):
        return True
    own = resource_id is not None and resource_id == guest.resource_id
    return own and guest.may(rights.WORKING_TIME_CHANGE_OWN)


def may_block(guest: Guest, resource_id: int) -> bool:
    """Who sees all visits blocks anybody's time, others their own alone."""
    return guest.may(rights.VISITS_BOOK) and (
        guest.may(rights.VISITS_SEE) or resource_id == guest.resource_id
    )


def require_block(guest: Guest, resource_id: int) -> None:
    """403 unless the guest may block the time of the resource."""
    guest.require(rights.VISITS_BOOK)
    if not may_block(guest, resource_id):
        guest.require(rights.VISITS_SEE)


def require_change(guest: Guest, changes: Iterable[Change]) -> None:
    """403 unless the guest may make all of the changes."""
    for change in changes:
        if isinstance(change, Block):
            require_block(guest, change.resource_id)
        elif not may_change(guest, change.resource_id):
            guest.require(rights.WORKING_TIME_CHANGE)


def may_decide(guest: Guest, do: str) -> bool:
    """Whether the guest may say this of a visit that cannot stay."""
    if do == "cancel":
        return guest.may(rights.VISITS_CANCEL)
    return guest.may(rights.VISITS_CHANGE) or guest.may(rights.VISITS_CHANGE_OWN)


def is_own(guest: Guest, visit_id: int) -> bool:
    """Whether every part of the visit is in the guest's own calendar; inside a scope."""
    calendars = set(Appointment.objects.filter(visit_id=visit_id).values_list("resource_id", flat=True))
    return guest.resource_id is not None and calendars == {guest.resource_id}


def require_decisions(guest: Guest, decisions: Iterable[Decision]) -> None:
    """403 for a visit of somebody else, or a place with somebody else, from who changes only the own calendar."""
    if guest.may(rights.VISITS_CHANGE):
        return
    with scope(guest.organization.pk):
        for each in decisions:
            to = {each.resource_id, *(who for _start, who in each.options)}
            if not is_own(guest, each.visit_id) or not to <= {None, guest.resource_id}:
                guest.require(rights.VISITS_CHANGE)

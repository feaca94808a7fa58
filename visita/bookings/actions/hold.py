"""Hold a time for some minutes while the client types; extend it; give it up."""

from datetime import timedelta

from visita.bookings import dated, holds, limits, placing, rules, writing
from visita.bookings.attempts import attempts
from visita.bookings.requests import BookedItem, Held, HoldRequest, Placed, Search
from visita.foundation import clock, ids
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.tenancy import queries, settings


def hold(organization_id: int, request: HoldRequest, actor: Actor) -> Held:
    """Keep the items' times until `expires_at` (setting hold_minutes, 5 by default).

    Refuses slot_taken with alternatives, too_many_holds, and what `book` refuses about times. `request.release` names an earlier
    hold of the same person, given up in the same transaction.
    """
    return attempts(
        organization_id,
        lambda turn: _hold(request, actor, turn),
        request.items,
        request.location_id,
        request.seats,
        request.staff,
    )


def _hold(request: HoldRequest, actor: Actor, turn: int) -> Held:
    found = rules.load(request.location_id, tuple(item.service_id for item in request.items))
    if request.release:
        holds.drop(ids.digest(request.release))
    search = Search(request.seats, request.staff, turn=turn)
    placed = placing.place(found, dated.arranged(found, request.items), search)
    limits.require_share(found, placed, actor)
    token = holds.mint(found.public_id)
    expires = clock.now() + timedelta(minutes=int(found.setting("hold_minutes")))
    writing.hold(found.location_id, placed, ids.digest(token), expires)
    return Held(token, expires, shown(found, placed))


def shown(found: rules.Rules, placed: list[Placed]) -> tuple[BookedItem, ...]:
    """Placed appointments on the location's wall clock."""
    return tuple(
        BookedItem(each.service_id, each.resource_id, found.local(each.s), found.local(each.e))
        for each in placed
    )


def extend_hold(organization_id: int, token: str, actor: Actor) -> Held:
    """Keep a living hold longer, in all at most hold_limit_minutes (30). Refuses hold_expired."""
    with scope(organization_id, durable=True):
        rows = queries.setting_rows()
        until = clock.now() + timedelta(minutes=int(settings.value(rows, "hold_minutes")))
        limit = timedelta(minutes=int(settings.value(rows, "hold_limit_minutes")))
        return Held(token, holds.prolong(token, until, limit), ())


def release_hold(organization_id: int, token: str, actor: Actor) -> None:
    """Give a hold up; one that is gone already is no error."""
    with scope(organization_id, durable=True):
        holds.drop(ids.digest(token))

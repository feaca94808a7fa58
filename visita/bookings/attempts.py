"""Several attempts at one writing: a lost race is tried again with the next candidate, each in a new transaction."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import IntegrityError

from visita.activity import idempotency
from visita.bookings import errors, writing
from visita.bookings.alternatives import near
from visita.bookings.placing import Taken
from visita.bookings.requests import Item
from visita.bookings.retrying import retrying
from visita.clients import meeting
from visita.foundation.errors import Refusal
from visita.foundation.insisting import what_broke
from visita.foundation.scope import scope
from visita.scheduling.claims import NOTHING, Ignored

_T = TypeVar("_T")

ATTEMPTS = 3  # candidates tried for "anyone" (decision 19)


def attempts(
    organization_id: int, writing: Callable[[int], _T], items: Sequence[Item], location_id: int | None, seats: int,
    staff: bool, ignored: Ignored = NOTHING, apart: bool = False,
) -> _T:  # fmt: skip
    """Run `writing(turn)` in a durable scope, up to three times while faster writers win.

    When the time is gone for good, refuses `slot_taken` with up to three near times, read in a scope of its own;
    `ignored` are the claims a move gives up; where the items stay `apart` as they are, so do those of the near times.
    """

    def once(turn: int) -> _T:
        try:
            with scope(organization_id, durable=True):
                return writing(turn)
        except IntegrityError as error:
            raise _known(error) from error

    for turn in range(ATTEMPTS):
        try:
            return retrying(lambda turn=turn: once(turn))  # type: ignore[misc]  # mypy cannot type the default
        except errors.Lost:
            continue
        except Taken:
            break
        except Refusal as refusal:
            if refusal.extra.get("alternatives") == []:
                with scope(organization_id):
                    refusal.extra["alternatives"] = near(
                        items, location_id, seats, staff, ignored, apart=apart
                    )
            raise
    with scope(organization_id):
        raise errors.slot_taken(near(items, location_id, seats, staff, ignored, apart=apart))


def _known(error: IntegrityError) -> Exception:
    """What a broken key means: the same request or the row of another system came twice, or two codes met (try again)."""
    if idempotency.is_doubled(error):
        return idempotency.in_flight()
    name = what_broke(error)
    if name == "visit_external_once":
        return errors.already_booked()
    if name in _MEANT:
        return _MEANT[name]()
    return errors.Lost() if "code" in name else error


_MEANT: dict[
    str, Callable[[], Exception]
] = {  # what was insisted on, so that nobody had to wait for the answer
    idempotency.IN_FLIGHT: idempotency.in_flight,
    meeting.GONE: errors.RulesChanged,
    writing.RULES: errors.RulesChanged,
    writing.LIMIT: errors.LimitReached,
    writing.CLAIMED: errors.Lost,
}

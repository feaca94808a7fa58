"""The refusal that the engine's reasons against a start deserve."""

from collections.abc import Sequence

from visita.bookings import errors
from visita.bookings.rules import Rules
from visita.foundation.errors import Refusal
from visita.scheduling import engine

_BUSY = {"booked", "buffer", "capacity", "needs_resource"}


def refused(found: Rules, reasons: Sequence[engine.Reason]) -> Refusal | None:
    """The refusal for the engine's reasons; None when the time is merely taken (or offered)."""
    if not reasons:
        return None
    first = reasons[0]
    if first.code in ("too_late", "notice_required", "too_far") and first.limit is not None:
        return errors.outside(first.code, found.local(first.limit), found.country)
    by_resource: dict[int | None, set[str]] = {}
    for reason in reasons:
        by_resource.setdefault(reason.resource, set()).add(reason.code)
    if any(codes <= _BUSY for codes in by_resource.values()):
        return None
    if any(codes <= {"leaves_gap"} for codes in by_resource.values()):
        return errors.leaves_gap()
    return errors.not_offered()

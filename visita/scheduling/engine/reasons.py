"""Why a start is not offered: the same conditions as the offer's, read one by one at a single minute."""

from collections.abc import Iterator
from dataclasses import dataclass

from visita.scheduling.engine.extras import extras, interlocked
from visita.scheduling.engine.needs import NO_LIMITS, Calendar, Limits, Need, Window
from visita.scheduling.engine.offers import Calendars, conditions, free, group_conditions
from visita.scheduling.engine.zones import ordinal_at


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause.

    `code`: too_late, notice_required, too_far (with the broken bound in `limit`); closed (outside working hours),
    absent (an exception of the resource's own on that date), too_long (begins in working time, does not fit),
    not_offered (not on the grid, not a fixed hour), staff_only (hours kept for staff), promotion_only (outside a
    promotion's hours), booked, buffer, capacity (too few lanes), leaves_gap (a rest nobody could book), needs_resource
    (with the index of the `group`; None: no candidate at all, or the groups compete for the same resources).
    """

    code: str
    resource: int | None = None
    group: int | None = None
    limit: int | None = None


def explain(start: int, need: Need, calendars: Calendars, limits: Limits = NO_LIMITS) -> list[Reason]:
    """The ordered causes, limits first, then per candidate by id. Empty exactly when `offers` gives this start.

    Where one candidate can take the start, the others' causes are left out; ask with one candidate to hear its own.
    """
    found = [
        reason
        for resource in sorted(set(need.candidates))
        for reason in _of(start, need, resource, calendars)
    ]
    able = set(need.candidates) - {reason.resource for reason in found}
    outside = limits.refusal(start)
    first = [] if outside is None else [Reason(outside[0], limit=outside[1])]
    if able:
        return first
    return [*first, *found] if need.candidates else [*first, Reason("needs_resource")]


def _of(start: int, need: Need, resource: int, calendars: Calendars) -> Iterator[Reason]:
    """What keeps one candidate from taking the start."""
    window, calendar = Window(start, start + 1), calendars[resource]
    works = calendar.works(1, *window)
    if not works:
        yield Reason(_off(start, calendar), resource)
    refused = not works
    for code, condition in conditions(need, calendar, window):
        if not condition and (works or code not in ("too_long", "not_offered")):
            if (
                code == "leaves_gap" and refused
            ):  # beside a time that is not free there is no rest to speak of
                continue
            refused = True
            yield Reason(_buffer_or(code, need, calendar, window), resource)
    lacking = [
        index for index, condition in group_conditions(need, resource, calendars, window) if not condition
    ]
    yield from (Reason("needs_resource", resource, group=index) for index in lacking)
    if (
        not lacking
        and interlocked(need, resource)
        and next(extras(need, start, resource, calendars), None) is None
    ):
        yield Reason("needs_resource", resource)


def _off(start: int, calendar: Calendar) -> str:
    own = calendar.work is not None and ordinal_at(calendar.work.zone, start) in calendar.work.own
    return "absent" if own else "closed"


def _buffer_or(code: str, need: Need, calendar: Calendar, window: Window) -> str:
    """ "buffer" where the visible time would be free and only the time around it is not."""
    if code not in ("booked", "capacity"):
        return code
    length = need.length(calendar.resource)
    seen = [(max(at, 0), min(at + span, length)) for at, span in need.parts(calendar.resource)]
    visible = [(s, e - s) for s, e in seen if s < e]
    return "buffer" if free(need, calendar, visible, window) else code

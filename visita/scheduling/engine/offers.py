"""The free starts of one need: who can take it, and when.

Every condition is a set of start minutes; a start is offered when it is in all of them. `conditions` names them one by
one, so that the offer and the reasons for its absence can never disagree.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from visita.foundation.timeline import Span, Timeline, from_spans, minutes
from visita.scheduling.engine.claims import Busy
from visita.scheduling.engine.extras import extras, group_starts, interlocked
from visita.scheduling.engine.gaps import tidy
from visita.scheduling.engine.grid import grid
from visita.scheduling.engine.needs import NO_LIMITS, Calendar, Limits, Need, Window

Calendars = Mapping[int, Calendar]


def offers(
    window: Window, need: Need, calendars: Calendars, limits: Limits = NO_LIMITS
) -> dict[int, tuple[int, ...]]:
    """Every start in the window with the resources that can take it, both ascending.

    `calendars` holds every resource the need names. Claims must be there from `window.origin - need.before` to the end
    of a visit that starts last, buffers included.
    """
    window = limits.clip(window)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for resource in sorted(set(need.candidates)):
        for start in minutes(resource_starts(need, resource, calendars, window), window.origin):
            found[start].append(resource)
    return {start: tuple(found[start]) for start in sorted(found)}


def resource_starts(need: Need, resource: int, calendars: Calendars, window: Window) -> Timeline:
    """The starts in the window that this resource can take."""
    starts = -1
    for _, condition in conditions(need, calendars[resource], window):
        starts &= condition
        if not starts:
            return 0
    for _, condition in group_conditions(need, resource, calendars, window):
        starts &= condition
    if starts and interlocked(need, resource):
        starts &= _distinct(need, resource, calendars, window, starts)
    return starts


def conditions(need: Need, calendar: Calendar, window: Window) -> Iterator[tuple[str, Timeline]]:
    """What the main resource alone must grant, in the order in which a refusal names it."""
    length = need.length(calendar.resource)
    yield "too_long", calendar.works(length, *window)
    yield "not_offered", grid(need.starts, calendar.work, *window)
    if calendar.online is not None or need.online:
        yield "staff_only", calendar.bookable_online(need, *window)
    if need.limited is not None:
        yield "promotion_only", from_spans(need.limited, *window)
    parts = need.parts(calendar.resource)
    yield ("booked" if need.lanes == need.seats == 1 else "capacity"), free(need, calendar, parts, window)
    if need.rests:
        yield "leaves_gap", tidy(need, calendar, window)


def group_conditions(
    need: Need, resource: int, calendars: Calendars, window: Window
) -> Iterator[tuple[int, Timeline]]:
    """For each further group, by its index: the starts at which one of its resources is free."""
    for index, group in enumerate(need.groups):
        yield index, group_starts(group, resource, need.length(resource), calendars, window)


def free(need: Need, calendar: Calendar, parts: list[Span], window: Window) -> Timeline:
    """The starts at which `parts` of the resource are free: all of it, or as many lanes as seats are wanted.

    A seat below 1 counts as one lane more that has to be free, too: so whoever was overbooked leaves one lane less.
    """
    if need.lanes == 1:
        return _fits(calendar.claims.whole, parts, window) if need.seats == 1 else 0
    first = calendar.claims.below
    wanted = need.seats + 1 - first
    at_least = [-1] + [0] * wanted  # at_least[n]: starts at which n lanes or more are free
    for seat in range(first, need.lanes + 1):
        lane = _fits(calendar.claims.lane(seat), parts, window)
        for n in range(wanted, 0, -1):
            at_least[n] |= at_least[n - 1] & lane
    return at_least[wanted]


def _fits(busy: Busy, parts: list[Span], window: Window) -> Timeline:
    starts = (1 << max(window.end - window.origin, 0)) - 1
    for offset, length in parts:
        starts &= busy.free(offset, length, *window)
    return starts


def _distinct(need: Need, resource: int, calendars: Calendars, window: Window, starts: Timeline) -> Timeline:
    """Of `starts`, those at which every group finds a resource of its own."""
    kept = 0
    for start in minutes(starts, window.origin):
        if next(extras(need, start, resource, calendars), None) is not None:
            kept |= 1 << (start - window.origin)
    return kept

"""Gap avoidance: which starts leave no rest beside them that is too short for anybody.

A rest is the free working time in a row that touches the claim of a visit (buffers included). It may be nothing at all
or long enough; what is shorter than the shortest service is time nobody can book.
"""

from collections.abc import Sequence
from dataclasses import replace

from visita.foundation.timeline import Timeline, starts
from visita.scheduling.engine.needs import Calendar, Need, Window, everything


def tidy(need: Need, calendar: Calendar, window: Window) -> Timeline:
    """The minutes in the window from which the need leaves no rest too short. Shared resources always are tidy.

    Claims must be known as far around the window as the rest is long.
    """
    shortest = need.rests.get(calendar.resource, 0)
    every = everything(*window)
    if shortest < 2 or need.lanes > 1:
        return every
    span = need.length(calendar.resource) + need.before + need.after
    origin, end = window.origin - need.before - shortest, window.end + span + shortest
    free = calendar.works(1, origin, end) & calendar.claims.whole.free(0, 1, origin, end)
    enough = starts(free, shortest)  # from here on at least the shortest rest is free
    if need.sides[0]:
        every &= ~(free >> (shortest - 1)) | enough
    if need.sides[1]:
        every &= ~(free >> (shortest + span)) | (enough >> (shortest + span))
    return every


def relaxed(need: Need) -> Need:
    """The same need, whatever it leaves beside it."""
    return replace(need, rests={})


def beside(needs: Sequence[Need], tracks: Sequence[int] = ()) -> tuple[Need, ...]:
    """Needs that follow each other: what counts is the rest before the first and the rest after the last of each track.

    `tracks`: whose each need is, equal neighbours together; empty = all for one.
    """
    tracks = tracks or [0] * len(needs)
    ends = [0, *(at for at in range(1, len(needs)) if tracks[at] != tracks[at - 1]), len(needs)]
    return tuple(replace(need, sides=(at in ends, at + 1 in ends)) for at, need in enumerate(needs))

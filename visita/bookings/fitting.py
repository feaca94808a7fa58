"""Needs and claims made to fit: quick answers about one candidate's claims beside the engine's whole ones."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from visita.scheduling import engine
from visita.scheduling.claims import Claim


def below(busy: engine.Claims, resource: int, s: int, e: int, at: int) -> Claim:
    """A claim on the first free seat below 1."""
    seat = 0
    while busy.lane(seat).slack(s, e, 0) is None:
        seat -= 1
    return Claim(resource, s, e, seat, seat + 1, at, 0, overbooked=True)


def busy_at(start: int, need: engine.Need, calendar: engine.Calendar) -> bool:
    """Whether a claim on the whole resource begins within the visible time, or is the last before it and still lasts.

    A quick look that never says so of a free time; holes in the need are left to the engine.
    """
    if need.holes or calendar.claims.lows is not None:
        return False
    starts, end = calendar.claims.starts, start + need.length(calendar.resource)
    at = bisect_left(starts, end)
    return at > 0 and calendar.claims.ends[at - 1] > start


def minutes(busy: engine.Claims, first: int, last: int) -> int:
    """Minutes of the claims that begin within [first, last)."""
    begin, end = bisect_left(busy.starts, first), bisect_left(busy.starts, last)
    return sum(busy.ends[begin:end]) - sum(busy.starts[begin:end])


def clash(rows: tuple[engine.Claim, ...], taken: tuple[engine.Claim, ...]) -> bool:
    """Whether any row of one booking would stand in the way of another's."""
    return any(
        row.resource == other.resource and row.start < other.end and other.start < row.end
        for row in rows
        for other in taken
    )


def within(need: engine.Need, known: Mapping[int, engine.Calendar]) -> engine.Need:
    """The need narrowed to the resources that are locked or looked at."""
    if not need.groups and all(who in known for who in need.candidates):
        return need
    groups = tuple(
        replace(group, candidates=tuple(who for who in group.candidates if who in known))
        for group in need.groups
    )
    return replace(need, candidates=tuple(who for who in need.candidates if who in known), groups=groups)

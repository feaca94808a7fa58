"""The further resources of a need: the room, the assistant, the device. One free resource out of each group."""

from collections.abc import Iterator, Mapping

from visita.foundation.timeline import Timeline
from visita.scheduling.engine.needs import Calendar, Claim, Group, Need, Window


def group_starts(
    group: Group, main: int, length: int, calendars: Mapping[int, Calendar], window: Window
) -> Timeline:
    """The starts in the window at which some resource of the group other than `main` is free."""
    union = 0
    for resource in set(group.candidates) - {main}:
        calendar = calendars[resource]
        union |= calendar.works(length, *window) & calendar.claims.whole.free(
            -group.before, group.before + length + group.after, *window
        )
    return union


def interlocked(need: Need, main: int) -> bool:
    """True if two groups could ask for the same resource, so that a free one in each is not yet enough."""
    members = [resource for group in need.groups for resource in set(group.candidates) - {main}]
    return len(members) != len(set(members))


def extras(
    need: Need, start: int, main: int, calendars: Mapping[int, Calendar], taken: tuple[Claim, ...] = ()
) -> Iterator[tuple[Claim, ...]]:
    """Every way to fill the groups at `start`, lowest ids first; `taken` are claims about to be made beside it."""
    return _fill(need.groups, (), start, need.length(main), {main}, calendars, taken)


def _fill(
    groups: tuple[Group, ...],
    chosen: tuple[Claim, ...],
    start: int,
    length: int,
    used: set[int],
    calendars: Mapping[int, Calendar],
    taken: tuple[Claim, ...],
) -> Iterator[tuple[Claim, ...]]:
    if not groups:
        yield chosen
        return
    for resource in sorted(set(groups[0].candidates) - used):
        claim = Claim(resource, start - groups[0].before, start + length + groups[0].after)
        if _free(claim, calendars[resource], start, length) and not clashes((claim,), taken):
            rest = (*chosen, claim)
            yield from _fill(groups[1:], rest, start, length, used | {resource}, calendars, taken)


def _free(claim: Claim, calendar: Calendar, start: int, length: int) -> bool:
    if not calendar.works(length, start, start + 1):
        return False
    return calendar.claims.whole.slack(claim.start, claim.end, 0) is not None


def clashes(some: tuple[Claim, ...], others: tuple[Claim, ...]) -> bool:
    """True if claims of two appointments overlap on one resource, whatever their seats."""
    return any(a.resource == b.resource and a.start < b.end and b.start < a.end for a in some for b in others)

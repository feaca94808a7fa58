"""Choosing: which candidate, which lanes, which rows to claim."""

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter

from visita.scheduling.engine.extras import extras
from visita.scheduling.engine.needs import Calendar, Claim, Need
from visita.scheduling.engine.zones import DAY


def rank(candidates: Iterable[int], booked_minutes: Mapping[int, int]) -> list[int]:
    """Candidates for "anyone": fewest booked minutes that day first, then the lowest id. Unmentioned ones have 0."""
    return sorted(candidates, key=lambda resource: (booked_minutes.get(resource, 0), resource))


def choose_lanes(need: Need, start: int, calendar: Calendar) -> tuple[int, ...]:
    """The seats to take, one per place, fullest lanes first; empty if there are not enough.

    The fullest lane is the one with the least free time left around the claim, a day on either side being as good as
    an empty lane; then the lowest seat.
    """
    ranked = []
    parts = [(start + at, start + at + length) for at, length in need.parts(calendar.resource)]
    for seat in range(1, need.lanes + 1):
        busy = calendar.claims.lane(seat)
        slack = [busy.slack(s, e, DAY) for s, e in parts]
        left = sum(minutes for minutes in slack if minutes is not None)
        if None not in slack:
            ranked.append((left, seat))
    seats = tuple(map(itemgetter(1), sorted(ranked)))
    return tuple(sorted(seats[: need.seats])) if len(seats) >= need.seats else ()


def main_claims(need: Need, start: int, calendar: Calendar) -> tuple[Claim, ...]:
    """The rows of the main resource: one per part and place. Empty if no lane is left."""
    resource = calendar.resource
    spans = [(start + at, start + at + length) for at, length in need.parts(resource)]
    if need.lanes == 1:
        return tuple(Claim(resource, s, e) for s, e in spans)
    seats = choose_lanes(need, start, calendar)
    return tuple(Claim(resource, s, e, seat, seat + 1) for seat in seats for s, e in spans)


def allocate(
    need: Need, start: int, resource: int, calendars: Mapping[int, Calendar], taken: tuple[Claim, ...] = ()
) -> tuple[Claim, ...]:
    """The rows to claim for an offered start: the main resource's, then one per group. Empty if the groups cannot be
    filled or no lane is left.

    `taken`: rows about to be claimed by earlier items of the same visit, which the groups must avoid too. The caller
    has made sure that `start` is offered for `resource`; the exclusion constraint has the last word.
    """
    return next(allocations(need, start, resource, calendars, taken), ())


def allocations(
    need: Need, start: int, resource: int, calendars: Mapping[int, Calendar], taken: tuple[Claim, ...] = ()
) -> Iterator[tuple[Claim, ...]]:
    """As `allocate`, every way to fill the groups: the first may take the room the next item cannot do without."""
    main = main_claims(need, start, calendars[resource])
    if main:
        for rest in extras(need, start, resource, calendars, (*taken, *main)):
            yield (*main, *rest)

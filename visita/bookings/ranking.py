"""In which order those are tried who could take an appointment: what the setting `anyone` says, and whom the asker prefers."""

import random
from collections.abc import Mapping, Sequence

from visita.bookings import fitting
from visita.bookings.requests import Search
from visita.bookings.rules import Rules
from visita.scheduling import engine


def ranked(
    found: Rules, search: Search, candidates: Sequence[int], start: int, minutes: Mapping[int, int]
) -> list[int]:
    """Preferred ones first, then the least booked; after a lost race in random order, so that losers spread.

    `minutes`: booked that day, by resource; `start`: the epoch minute asked about.
    """
    if len(candidates) == 1:
        return list(candidates)
    order = _in_turn(found, candidates, start, minutes)
    if search.turn:
        random.shuffle(order)
    return sorted(order, key=lambda who: who not in search.prefer)


def booked(
    candidates: Sequence[int], known: Mapping[int, engine.Calendar], first: int, last: int
) -> Mapping[int, int]:
    """The minutes booked with each of several candidates in epoch minutes [first, last); one alone has no order."""
    if len(candidates) == 1:
        return {}
    return {who: fitting.minutes(known[who].claims, first, last) for who in candidates}


def _in_turn(found: Rules, candidates: Sequence[int], start: int, minutes: Mapping[int, int]) -> list[int]:
    """In the order of the setting `anyone`; at random means the same for everybody who asks for this start."""
    how = found.setting("anyone") if found.has("anyone") else ""
    if how == "at_random":
        return random.Random(start).sample(sorted(candidates), len(candidates))  # noqa: S311 - no secret
    return list(candidates) if how == "in_order" else engine.rank(candidates, minutes)

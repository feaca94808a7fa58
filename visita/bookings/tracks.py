"""For which of those who come each appointment of a visit is, and whether a client could have booked them so."""

from collections.abc import Sequence
from itertools import pairwise

from visita.bookings.models import Appointment
from visita.bookings.rules import Rules


def tracks(known: Sequence[Appointment]) -> list[int]:
    """A number for each, in the order they were booked in: what begins before the last one ended is somebody else's."""
    numbers = [0] * min(1, len(known))
    for before, each in pairwise(known):
        numbers.append(numbers[-1] + (each.s < before.e))
    return numbers


def as_offered(found: Rules, known: Sequence[Appointment]) -> bool:
    """Whether they follow each other (beside each other for different ones) as free times are offered, without gaps
    that staff made."""
    whose = tracks(known)
    begin, gap = min(each.s for each in known), found.patience(found.services.values())
    firsts = [each.s for at, each in enumerate(known) if at == 0 or whose[at] != whose[at - 1]]
    waits = [
        later.s - one.e
        for (one, mine), (later, other) in pairwise(zip(known, whose, strict=True))
        if mine == other
    ]
    once = len({(each.service_id, who) for each, who in zip(known, whose, strict=True)}) == len(known)
    few = len(firsts) <= max(1, int(found.setting("subjects_most")))
    return once and few and set(firsts) == {begin} and all(0 <= wait <= gap for wait in waits)

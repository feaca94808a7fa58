"""What a change of working time would do, before it is done: whom it leaves outside, and where each could go.

The change is really written and taken back within one transaction, without a lock: so what is shown is what the booking
action itself would say, and nobody waits for somebody who is only looking.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from visita.bookings.hours.outside import Part, outside, parts, token
from visita.bookings.hours.places import Place, moving, places
from visita.bookings.models import Visit
from visita.scheduling import changes as said
from visita.scheduling import hours
from visita.scheduling.changes import Change

KEPT = 3  # places of each visit that no other visit is proposed: to move to, or for its client to choose from
MOST_PLACED = 40  # visits for which places are looked up in one turn: a page of them

Taken = tuple[int, int, int]
"""(resource, s, e): a place that was chosen for another of the visits."""


@dataclass(frozen=True, slots=True)
class Stranded:
    """A visit that would stand outside: its parts that do, and the places proposed, the best first."""

    visit: Visit
    parts: tuple[Part, ...]
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Ahead:
    """All of them by time, and the token that agrees to exactly these."""

    stranded: tuple[Stranded, ...] = ()
    token: str = ""


def ahead(
    changes: Sequence[Change], *, proposals: bool = True, page: int = 0, taken: Sequence[Taken] = ()
) -> Ahead:
    """Inside a scope. Places are proposed for `MOST_PLACED` visits from page × `MOST_PLACED` on, none of them `taken`.

    Refuses what the change itself would be refused for.
    """
    wanted = said.checked(changes)
    resources = hours.concerned(wanted)
    known = parts(resources)
    if not known:
        return Ahead()
    before = outside(known)

    def look() -> Ahead:
        found = outside(known) - before
        return Ahead(_listed(found, page if proposals else None, taken), token(found))

    return imagined(wanted, look)


def imagined(changes: Sequence[Change], look: Callable[[], Ahead]) -> Ahead:
    """What `look` sees if the changes were made."""
    with _taken_back():
        hours.write_all(changes)
        return look()


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def still_outside(resource_ids: Sequence[int]) -> tuple[Stranded, ...]:
    """The visits to come that stand outside as things are: kept there, or waiting for somebody's decision."""
    known = parts(resource_ids)
    return _listed(outside(known), None, ()) if known else ()


def _listed(found: set[Part], page: int | None, proposed: Sequence[Taken]) -> tuple[Stranded, ...]:
    of_visit: dict[int, list[Part]] = {}
    for part in sorted(found, key=lambda part: (part.s, part.visit_id, part.appointment_id)):
        of_visit.setdefault(part.visit_id, []).append(part)
    visits = Visit.objects.in_bulk(list(of_visit))
    taken = list(proposed)
    placed = range(0) if page is None else range(page * MOST_PLACED, (page + 1) * MOST_PLACED)
    rows = []
    for at, (key, theirs) in enumerate(of_visit.items()):
        free: list[Place] = []
        if at in placed:
            free = places(moving(visits[key]), taken)
            taken += [(place.resource_id, place.s, place.e) for place in free[:KEPT]]
        rows.append(Stranded(visits[key], tuple(theirs), tuple(free)))
    return tuple(rows)

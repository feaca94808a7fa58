"""For whom each appointment of a visit is, where several come: mother and child, two dogs, the places of a party."""

from collections.abc import Iterable, Mapping

from visita.bookings.models import Attendee
from visita.bookings.queries import VisitView
from visita.bookings.requests import BookRequest
from visita.clients.models import Subject

Whose = Mapping[int, list[str]]
"""The names of those whom the appointment at a position is for; an empty one is the client's own."""


def write(visit_id: int, request: BookRequest, subjects: Mapping[int, int | None]) -> None:
    """Keep who comes for what, in the booking's transaction; `subjects` by number. Nothing where one comes alone."""
    several = len({item.subject for item in request.items}) > 1
    if not any(subjects.values()) or not (several or request.seats > 1):
        return
    Attendee.objects.bulk_create(
        Attendee(visit_id=visit_id, position=position, number=number, subject_id=subjects.get(number))
        for position, item in enumerate(request.items)
        for number in ([item.subject] if several else range(request.seats))
        if several or number in subjects
    )


def whose(visit_id: int) -> Whose:
    """Who comes for what with one visit; empty where nobody was named apart. Two queries at most."""
    return every([visit_id]).get(visit_id, {})


def named(views: Iterable[VisitView], own: str = "") -> dict[int, list[str]]:
    """Everybody a visit is for, by its id: those named apart, else its one subject; the client by the first name (or as
    `own` says) where others come along. Two queries for any number."""
    found = list(views)
    apart = every(view.visit.pk for view in found)
    return {view.visit.pk: _named(view, apart.get(view.visit.pk, {}), own) for view in found}


def _named(view: VisitView, apart: Whose, own: str) -> list[str]:
    names = [name or own or view.client.first_name for each in apart.values() for name in each]
    return list(dict.fromkeys(names)) or ([str(view.subject)] if view.subject else [])


def every(visits: Iterable[int]) -> dict[int, dict[int, list[str]]]:
    """The same for many visits, by their ids."""
    rows = list(Attendee.objects.filter(visit_id__in=list(visits)).order_by("visit_id", "position", "number"))
    subjects = Subject.objects.in_bulk({row.subject_id for row in rows if row.subject_id})
    found: dict[int, dict[int, list[str]]] = {}
    for row in rows:
        name = subjects[row.subject_id].name if row.subject_id else ""
        found.setdefault(row.visit_id, {}).setdefault(row.position, []).append(name)
    return found

"""The kinds of those a visit is for, put on its items where somebody or something is for some kinds alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from visita.bookings.models import Appointment, Attendee, Visit
from visita.bookings.requests import BookRequest, Item
from visita.bookings.rules import Rules
from visita.clients.models import Subject


def of_booking(found: Rules, request: BookRequest) -> tuple[Item, ...]:
    """The items with the kind of their subject, where it is known only by now."""
    kind = request.subject.kind if request.subject else ""
    if not counts(found, kind) or len({item.subject for item in request.items}) > 1:
        return request.items
    return tuple(replace(item, kind=item.kind or kind) for item in request.items)


def of_move(
    found: Rules, visit: Visit, known: Sequence[Appointment], items: Iterable[Item]
) -> tuple[Item, ...]:
    """The items of appointments that move, with the kind of whom each is for. Two queries, none without the setting."""
    if not found.has("for_kinds"):
        return tuple(items)
    return tuple(
        replace(item, kind=kind) for item, kind in zip(items, of_visit(found, visit, known), strict=True)
    )


def of_visit(found: Rules, visit: Visit, known: Sequence[Appointment]) -> list[str]:
    """For each appointment of a visit the kind that narrows who may have it; empty for one that narrows nothing."""
    if not found.has("for_kinds"):
        return [""] * len(known)
    rows = Attendee.objects.filter(visit_id=visit.pk).order_by("-number")
    whose = {row.position: row.subject_id for row in rows}  # of a party the first counts, as in booking
    ids = [whose.get(each.position, visit.subject_id) for each in known]
    subjects = Subject.objects.in_bulk([one for one in ids if one is not None])
    kinds = [subjects[one].kind if one in subjects else "" for one in ids]
    return [kind if counts(found, kind) else "" for kind in kinds]


def counts(found: Rules, kind: str) -> bool:
    """Whether it is a kind that some are for; another word narrows nothing."""
    some = found.has("for_kinds") and kind
    return bool(some) and any(kind in row.value for row in found.rows if row.key == "for_kinds")

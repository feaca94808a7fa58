"""A client's own visits: those to come, those that were, and whether a code is theirs. Inside a scope."""

from collections.abc import Sequence
from typing import Final

from visita.bookings.models import Visit, VisitStatus
from visita.bookings.queries import VisitView, views
from visita.foundation import clock

PAGE: Final = 20
MOST: Final = 200
_AHEAD = (VisitStatus.REQUESTED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED)


def upcoming(client_ids: Sequence[int]) -> list[VisitView]:
    """Visits that still count and have not ended, the next first; at most 200."""
    rows = Visit.objects.filter(client_id__in=client_ids, e__gt=clock.minute(), status__in=_AHEAD)
    return views(rows.order_by("s", "id")[:MOST])


def past(client_ids: Sequence[int], page: int) -> tuple[list[VisitView], bool]:
    """All others, the newest first, 20 to a page (1 = first), and whether there are more."""
    mine = Visit.objects.filter(client_id__in=client_ids)
    rows = list(
        mine.exclude(e__gt=clock.minute(), status__in=_AHEAD).order_by("-s", "-id")[
            (page - 1) * PAGE : page * PAGE + 1
        ]
    )
    return views(rows[:PAGE]), len(rows) > PAGE


def everything(client_ids: Sequence[int]) -> list[VisitView]:
    """Every visit, for a download."""
    return views(Visit.objects.filter(client_id__in=client_ids).order_by("s", "id"))


def by_code(code: str, client_ids: Sequence[int]) -> Visit | None:
    """One of their visits by its code (as stored)."""
    if not code.isascii() or "\x00" in code:
        return None
    return Visit.objects.filter(code=code, client_id__in=client_ids).first()


def is_of(code: str, client_ids: Sequence[int]) -> bool:
    """Whether the visit of a code is one of theirs."""
    return by_code(code, client_ids) is not None

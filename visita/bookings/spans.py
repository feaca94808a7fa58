"""The question about free times, as every door asks it."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal
from visita.scheduling.claims import NOTHING, Ignored

MOST_DAYS = 92


@dataclass(frozen=True, slots=True)
class AskItem:
    """A service, with somebody in particular or with anyone (None); `subject` tells for which of those who come, `kind`
    of what kind that one is (a dog), which stands in staff's way too where it `binds`; `minutes` replaces its length."""

    service_id: int
    resource_id: int | None = None
    subject: int = 0
    kind: str = ""
    minutes: int | None = None
    binds: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Local dates first..last (inclusive, at most 92 days) at a location.

    `staff` lifts lead time, horizon and what is hidden from clients; `every` replaces the service's own starts by a
    grid of so many minutes (0 = any minute), `minutes` its length. `ignored`: claims that do not count. `stays`: about
    the time a visit has already, which may have passed. `apart`: minutes from the start at which each item begins, where
    the distances stay as they are (a move of what staff put so); empty where items follow each other.
    """

    location_id: int | None
    items: tuple[AskItem, ...]
    first: date
    last: date
    seats: int = 1
    staff: bool = False
    every: int | None = None
    minutes: int | None = None
    ignored: Ignored = NOTHING
    stays: bool = False
    apart: tuple[int, ...] = ()

    def within(self, first: date, last: date) -> "Ask":
        """The same question about other dates."""
        return replace(self, first=first, last=last)


def most_days(services: int) -> int:
    """How many days may be asked at once: the more services in a row, the more ways there are to combine them."""
    return MOST_DAYS if services <= 2 else 31 if services <= 4 else 7


def require_span(first: date, last: date, services: int = 1) -> None:
    """Refuse dates in the wrong order, too many of them, or outside what the clock tables know."""
    most = most_days(services)
    if not (first.year > 1970 and last.year < 2200):
        raise Refusal("bad_datetime", 422, _("This date is out of range."), field="from")
    if last < first:
        raise Refusal("bad_datetime", 422, _("The last day lies before the first."), field="to")
    if (last - first).days >= most:
        message = _("Ask for at most %(days)s days at once.") % {"days": most}
        raise Refusal("bad_span", 422, message, field="to")

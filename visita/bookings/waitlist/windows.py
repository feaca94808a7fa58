"""Which times one who waits wants: pure, on the location's wall clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal

FARTHEST: Final = 366  # days
PARTS: Final = 8


@dataclass(frozen=True, slots=True)
class Window:
    """Local dates first..last, weekdays (0 Monday; none = all), parts of the day in minutes (none = all day)."""

    first: date
    last: date
    weekdays: tuple[int, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()

    def takes_day(self, day: date) -> bool:
        """Whether a visit may be on that day."""
        return self.first <= day <= self.last and (not self.weekdays or day.weekday() in self.weekdays)

    def takes(self, local: datetime) -> bool:
        """Whether a visit may begin then."""
        minute = local.hour * 60 + local.minute
        in_part = not self.parts or any(start <= minute < end for start, end in self.parts)
        return self.takes_day(local.date()) and in_part

    def within(self, first: date, last: date) -> "tuple[date, date] | None":
        """The dates of it among first..last; None where there are none."""
        since, until = max(self.first, first), min(self.last, last)
        return (since, until) if since <= until else None


def read(window: Window, today: date) -> Window:
    """The window in order; refuses bad_window for dates behind us or too far, and what no clock shows."""
    if window.last < window.first:
        raise _bad("last_day", _("The last day is before the first."))
    first = max(window.first, today)
    if not first <= window.last or (window.last - today).days > FARTHEST:
        raise _bad("last_day", _("Choose a last day from today on, within a year."))
    if not all(0 <= day <= 6 for day in window.weekdays):
        raise _bad("weekdays", _("Choose days of the week."))
    if len(window.parts) > PARTS or not all(0 <= start < end <= 1440 for start, end in window.parts):
        raise _bad("parts", _("Choose parts of the day."))
    weekdays = tuple(sorted(set(window.weekdays)))
    return Window(first, window.last, () if len(weekdays) == 7 else weekdays, tuple(sorted(window.parts)))


def pairs(value: Iterable[Sequence[Any]]) -> tuple[tuple[int, int], ...]:
    """Parts as a row keeps them."""
    return tuple((int(start), int(end)) for start, end in value)


def _bad(field: str, message: Any) -> Refusal:
    return Refusal("bad_window", 422, message, field=field)

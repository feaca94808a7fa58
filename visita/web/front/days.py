"""The days to choose from: a strip of seven on a phone, a month on a desktop, each free day with its count."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.web.components.formats import Formats
from visita.web.front.times import Free

Link = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One day as shown (`key` is its date, for ids). `state` is free, full, off or past (or too soon, or too far); `label` is what a reader hears."""

    day: date
    key: str
    number: str
    weekday: str
    state: str
    count: int
    note: str
    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Days:
    """The strip and the month around the chosen day, with the ways to earlier and later ones (empty = none)."""

    strip: list[Cell]
    strip_title: str
    strip_back: str
    strip_on: str
    month: list[Cell]
    month_title: str
    month_back: str
    month_on: str
    weekdays: list[str]


def month_of(day: date) -> date:
    """The first of a day's month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first of the month after."""
    return (month_of(day) + timedelta(days=32)).replace(day=1)


def grid(month: date, first_weekday: int) -> tuple[date, date]:
    """First and last date of a month's whole weeks."""
    first = month - timedelta(days=(month.weekday() - first_weekday) % 7)
    last = next_month(month) - timedelta(days=1)
    return first, last + timedelta(days=(first_weekday + 6 - last.weekday()) % 7)


def strip_start(day: date, today: date) -> date:
    """The first of the seven days shown together with `day`."""
    return today + timedelta(days=max(0, (day - today).days) // 7 * 7)


class Calendar:
    """Builds the days of a page; `link` gives a day's address, `month_link` a month's."""

    def __init__(self, free: Free, formats: Formats, link: Link, month_link: Link) -> None:
        self.free, self.formats, self.link, self.month_link = free, formats, link, month_link

    def days(self, chosen: date, month: date) -> Days:
        """Strip and month; both carry the chosen day."""
        start = strip_start(chosen, self.free.today)
        first, last = grid(month, self.formats.first_weekday)
        week = [first + timedelta(days=n) for n in range(7)]
        back, on = self._strip_moves(start)
        months_back = self.month_link(month_of(month - timedelta(days=1)))
        return Days(
            strip=[self.cell(start + timedelta(days=n), chosen) for n in range(7)],
            strip_title=self.formats.month(chosen),
            strip_back=back,
            strip_on=on,
            month=[self.cell(first + timedelta(days=n), chosen) for n in range((last - first).days + 1)],
            month_title=self.formats.month(month),
            month_back=months_back if month > month_of(self.free.today) else "",
            month_on=self.month_link(next_month(month)),
            weekdays=[self.formats.weekday(day) for day in week],
        )

    def _strip_moves(self, start: date) -> tuple[str, str]:
        back = start - timedelta(days=7)
        return (self.link(back) if back >= self.free.today else "", self.link(start + timedelta(days=7)))

    def cell(self, day: date, chosen: date) -> Cell:
        """One day as shown."""
        count = len(self.free.on(day))
        state = self._state(day)
        off = "" if self.free.dated else _("off")
        note = {"free": str(count), "full": _("full"), "off": off, "past": ""}[state]
        return Cell(
            day=day,
            key=day.isoformat(),
            number=str(day.day),
            weekday=self._weekday(day),
            state=state,
            count=count,
            note=note,
            label=self._label(day, state, count),
            url=self.link(day) if state in ("free", "full") else "",
            chosen=day == chosen,
        )

    def _weekday(self, day: date) -> str:
        """The narrow tile has room for a short word only."""
        today = _("Today")
        return today if day == self.free.today and len(today) <= 5 else self.formats.weekday(day)

    def _state(self, day: date) -> str:
        found = self.free.state(day)
        return "past" if found in ("soon", "far") else found

    def _label(self, day: date, state: str, count: int) -> str:
        name = self.formats.full_day(day)
        said = {"full": _("full"), "off": _("no hours"), "past": _("cannot be booked")}
        if state == "free":
            return f"{name}, " + ngettext("%(count)d free time", "%(count)d free times", count) % {
                "count": count
            }
        return name if state == "off" and self.free.dated else f"{name}, {said[state]}"

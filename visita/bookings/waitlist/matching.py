"""What the engine has for one who waits: the same question every door asks, cut to the times they want."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from visita.bookings import availability
from visita.bookings.availability import Start
from visita.bookings.models import Visit, Waiting
from visita.bookings.spans import Ask, AskItem
from visita.bookings.waitlist.windows import Window, pairs
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.scheduling import engine

MOST_DAYS = 62  # of a window looked through at once


def window(waiting: Waiting) -> Window:
    """The times wanted."""
    return Window(waiting.first_day, waiting.last_day, tuple(waiting.weekdays), pairs(waiting.parts))


def items(waiting: Waiting) -> tuple[AskItem, ...]:
    """The services wanted, in the engine's words; the kind of whom they are for binds whoever offers."""
    return tuple(
        AskItem(
            one["service"],
            one["resource"],
            one.get("subject", 0),
            one.get("kind", ""),
            one.get("minutes"),
            True,
        )
        for one in waiting.items
    )


@dataclass(slots=True)
class Look:
    """One look at the engine, in a scope: the same question is asked once, until `forget`."""

    staff: bool = False
    _known: dict[Any, list[Start]] = field(default_factory=dict)

    def forget(self) -> None:
        """Something was claimed: ask anew."""
        self._known.clear()

    def free(self, waiting: Waiting, first: date, last: date) -> list[Start]:
        """Every start the engine offers for what is waited for, whatever the time of day."""
        wanted = window(waiting).within(first, min(last, first + timedelta(days=MOST_DAYS - 1)))
        if wanted is None:
            return []
        key = (waiting.location_id, items(waiting), waiting.seats, wanted)
        if key not in self._known:
            self._known[key] = _starts(_ask(waiting, *wanted, staff=self.staff))
        return self._known[key]

    def fitting(
        self, waiting: Waiting, visit: Visit | None, zone: Any, first: date, last: date
    ) -> list[Start]:
        """Those of them that are wanted, ascending; for a visit only earlier ones, that do not reach into it."""
        wanted = window(waiting)
        found = (
            start
            for start in self.free(waiting, first, last)
            if wanted.takes(clock.from_minute(start.start).astimezone(zone))
        )
        return [start for start in found if visit is None or start.end <= visit.s]

    def why(self, waiting: Waiting, minute: int) -> list[str]:
        """The engine's reasons why a start is not offered, by their codes."""
        day = clock.from_minute(minute).date()
        ask = _ask(waiting, day - timedelta(days=1), day + timedelta(days=1), staff=self.staff)
        try:
            reasons: Iterable[engine.Reason] = availability.explain(ask, minute)
        except Refusal as refusal:
            return [refusal.code]
        return list(dict.fromkeys(reason.code for reason in reasons))


def _ask(waiting: Waiting, first: date, last: date, *, staff: bool) -> Ask:
    return Ask(waiting.location_id, items(waiting), first, last, waiting.seats, staff)


def _starts(ask: Ask) -> list[Start]:
    try:
        return [start for day in availability.availability(ask).days for start in day.starts]
    except Refusal:  # withdrawn meanwhile: nothing is free for it
        return []

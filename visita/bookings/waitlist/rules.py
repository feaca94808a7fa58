"""What an organization decides about its waitlist. Declared at import, by service where it matters."""

from typing import Any, Final

from visita.tenancy.settings import declare

IN_TURN: Final = "in_turn"  # one after the other, each for whom the time is kept a while
AT_ONCE: Final = "at_once"  # everybody who fits is told; the first to accept gets it
BY_STAFF: Final = "by_staff"  # nobody is told by itself: staff choose
MODES: Final = (IN_TURN, AT_ONCE, BY_STAFF)


def _span(value: list[Any]) -> bool:
    """[from, to] minutes of the day."""
    return (
        all(isinstance(minute, int) and not isinstance(minute, bool) for minute in value)
        and len(value) == 2
        and 0 <= value[0] < value[1] <= 1440
    )


declare("waitlist", bool, True)
declare("waitlist_mode", str, IN_TURN, 0, 10, lambda value: value in MODES)
declare("waitlist_minutes", int, 30, 2, 2880)  # how long an offer is kept for one who waits
declare(
    "waitlist_hours", list, [480, 1260], 2, 2, _span
)  # when offers are made by themselves: nobody is woken
declare("waitlist_most", int, 5, 1, 100)  # entries one client may have

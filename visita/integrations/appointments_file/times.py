"""Times as the file writes them, and the instants they mean on a location's wall clock.

A time without offset is wall clock. Where the clocks go back, it is the first of the two; where they go forward, a
booking time that never was is the first moment that was, while a start that never was is refused.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

_FIRST_YEAR, _LAST_YEAR = 1971, 2199  # what free times can be asked for


def moment(text: str, pattern: str | None) -> datetime:
    """A date with a time, aware only if it was written with an offset; ValueError says what is wrong."""
    found = datetime.strptime(text, pattern) if pattern else datetime.fromisoformat(text)  # noqa: DTZ007
    if pattern is None and len(text) <= len("2016-W18-1"):
        raise ValueError(_("it has no hour"))
    _within_reach(found.year)
    return found


def day(text: str, pattern: str | None) -> date:
    """A date alone; ValueError says what is wrong."""
    found = datetime.strptime(text, pattern).date() if pattern else date.fromisoformat(text)  # noqa: DTZ007
    _within_reach(found.year)
    return found


def instant(value: datetime, zone: ZoneInfo) -> datetime:
    """The instant in UTC; a wall time that never was becomes the first moment after the gap."""
    if value.tzinfo is not None:
        return value.astimezone(UTC)
    found = value.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return found if exists(value, zone) else _after_gap(value, zone)


def exists(value: datetime, zone: ZoneInfo) -> bool:
    """False for a wall time that the clocks of the zone jumped over."""
    if value.tzinfo is not None:
        return True
    shown = value.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
    return shown.replace(tzinfo=None) == value.replace(fold=0)


def _after_gap(value: datetime, zone: ZoneInfo) -> datetime:
    """In a gap fold 1 reads the time with the later offset, just before the jump, and fold 0 just after it."""
    low = value.replace(tzinfo=zone, fold=1).astimezone(UTC)
    high = value.replace(tzinfo=zone, fold=0).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _within_reach(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(_("the year %s is out of reach") % year)

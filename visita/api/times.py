"""Instants at the border: read against the location's zone, shown with its offset."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from visita.foundation import clock
from visita.foundation.errors import Refusal


def shown(minute: int, zone: str) -> str:
    """An epoch minute as ISO 8601 with the zone's offset at that instant."""
    return iso(clock.from_minute(minute), zone)


def iso(instant: datetime, zone: str) -> str:
    """An aware instant as ISO 8601 with the zone's offset, to the second."""
    return instant.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def check_offset(sent: datetime, zone: str, field: str) -> None:
    """Refuses (422) a time whose offset the zone does not have then.

    `time_does_not_exist` where the clock jumps over the local time (with the next one that exists), else
    `bad_datetime`: reliability, table D.
    """
    there = ZoneInfo(zone)
    if sent.astimezone(there).utcoffset() == sent.utcoffset():
        return
    wall = sent.replace(tzinfo=there)
    again = wall.astimezone(UTC).astimezone(there)
    if again.replace(tzinfo=None) != sent.replace(tzinfo=None):
        raise _gap(_next_valid(wall, there), field)
    raise Refusal(
        "bad_datetime", 422, _("The offset is not that of %(zone)s then.") % {"zone": zone}, field=field
    )


def _next_valid(wall: datetime, there: ZoneInfo) -> datetime:
    """The first instant after the gap, found by halving the two days around it minute by minute."""
    middle_of_it = clock.to_minute(wall)
    low, high = middle_of_it - 1440, middle_of_it + 1440
    before = clock.from_minute(low).astimezone(there).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        same = clock.from_minute(middle).astimezone(there).utcoffset() == before
        low, high = (middle, high) if same else (low, middle)
    return clock.from_minute(high).astimezone(there)


def _gap(valid: datetime, field: str) -> Refusal:
    text = _("This local time does not exist: the clock jumps over it. The next one is %(next)s.")
    value = valid.isoformat(timespec="seconds")
    return Refusal("time_does_not_exist", 422, text % {"next": value}, field=field, next=value)


def span(first: date | datetime | None, last: date | datetime | None, zone: str) -> tuple[int, int]:
    """Epoch minutes [from, to) of a range; dates are whole local days of `zone`, the last one included.

    None is open: the beginning or the end of what a minute's column can hold.
    """
    start = 0 if first is None else clock.to_minute(_start(first, zone))
    end = 2**31 - 1 if last is None else clock.to_minute(_end(last, zone))
    if end <= start:
        raise Refusal("bad_range", 422, _("“to” lies before “from”."), field="to")
    return start, end


def _end(value: date | datetime, zone: str) -> datetime:
    return value if isinstance(value, datetime) else _start(value + timedelta(days=1), zone)


def _start(value: date | datetime, zone: str) -> datetime:
    """A date's first instant (where midnight is jumped over, the end of the gap)."""
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(), ZoneInfo(zone))

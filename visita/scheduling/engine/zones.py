"""Wall clock to UTC, date by date: which stretches of UTC a local date is made of.

Almost every date is one stretch of 1,440 minutes at one offset; those are kept as a plain number. A date on which the
clocks change is a `LocalDay` of several stretches: a gap is the wall time that no stretch shows, a fold the wall time
that two stretches show. Nothing else in the engine knows about offsets.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from visita.foundation.timeline import Span

DAY = 1440
_EPOCH = 719_163  # date(1970, 1, 1).toordinal()
_FARTHEST = 16 * 60  # no zone is or was farther than 16 h from UTC


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A date on which the clocks change.

    `midnight`: the wall clock's 00:00 counted in minutes as if it were UTC. `stretches`: (from, to, offset) in UTC
    minutes, ascending, together exactly the minutes that bear this date; minute m of the wall is `midnight + m - offset`.
    """

    midnight: int
    stretches: tuple[tuple[int, int, int], ...]

    def pieces(self, start: int, end: int) -> list[Span]:
        """The UTC minutes on which the wall shows start ≤ minute < end: none in a gap, both passes of a fold."""
        pieces = []
        for first, last, offset in self.stretches:
            s, e = max(first, self.midnight + start - offset), min(last, self.midnight + end - offset)
            if s < e:
                pieces.append((s, e))
        return pieces

    def at(self, minute: int) -> int | None:
        """The first UTC minute on which the wall shows `minute`; None in a gap."""
        for first, last, offset in self.stretches:
            if first <= self.midnight + minute - offset < last:
                return self.midnight + minute - offset
        return None

    def at_or_after(self, minute: int) -> int | None:
        """As `at`, but a minute in a gap becomes the first that exists after it (decision: clocks that jump)."""
        moved = [
            (max(first, self.midnight + minute - offset), last) for first, last, offset in self.stretches
        ]
        return min((at for at, last in moved if at < last), default=None)


@dataclass(frozen=True, slots=True, eq=False)
class LocalDays:
    """The dates from ordinal `first` on: `bases[i]` is the UTC minute of 00:00, or None where the clocks change."""

    first: int
    bases: tuple[int | None, ...]
    changing: dict[int, LocalDay]


@lru_cache(maxsize=512)
def local_days(zone: ZoneInfo, first: int, last: int) -> LocalDays:
    """The dates with ordinals first..last, inclusive. Kept per zone object: a reloaded zone is computed anew."""
    bases: list[int | None] = []
    changing: dict[int, LocalDay] = {}
    for ordinal in range(first, last + 1):
        day = _local_day(zone, (ordinal - _EPOCH) * DAY)
        bases.append(day if isinstance(day, int) else None)
        if isinstance(day, LocalDay):
            changing[ordinal] = day
    return LocalDays(first, tuple(bases), changing)


def _local_day(zone: ZoneInfo, midnight: int) -> int | LocalDay:
    low, high = midnight - _FARTHEST, midnight + DAY + _FARTHEST
    offset = offset_at(zone, low)
    if offset == offset_at(zone, high):  # no zone has moved away and back within 56 h
        return midnight - offset
    stretches = []
    for first, last, offset in _stretches(zone, low, high):
        s, e = max(first, midnight - offset), min(last, midnight + DAY - offset)
        if s < e:
            stretches.append((s, e, offset))
    if len(stretches) == 1 and stretches[0][1] - stretches[0][0] == DAY:
        return stretches[0][0]
    return LocalDay(midnight, tuple(stretches))


def _stretches(zone: ZoneInfo, low: int, high: int) -> list[tuple[int, int, int]]:
    """[low, high) cut where the offset changes."""
    found = []
    since = low
    for hour in range(low, high, 60):
        offset = offset_at(zone, hour)
        if offset_at(zone, hour + 60) != offset:
            change = _change(zone, hour, hour + 60, offset)
            found.append((since, change, offset))
            since = change
    return [*found, (since, high, offset_at(zone, high))]


def _change(zone: ZoneInfo, low: int, high: int, offset: int) -> int:
    """The first minute in (low, high] whose offset is no longer `offset`."""
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(zone, middle) == offset:
            low = middle
        else:
            high = middle
    return high


def offset_at(zone: ZoneInfo, minute: int) -> int:
    """Minutes by which the wall is ahead of UTC at an epoch minute."""
    offset = datetime.fromtimestamp(minute * 60, UTC).astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds()) // 60


def ordinal_at(zone: ZoneInfo, minute: int) -> int:
    """The ordinal of the local date of an epoch minute."""
    return (minute + offset_at(zone, minute)) // DAY + _EPOCH

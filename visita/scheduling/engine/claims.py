"""The claims on one resource, in the shape the engine reads fastest: columns of epoch minutes, sorted by start.

Seats count from 1. A claim on [low, high) takes those seats; high None = all from `low` on, so (1, None) is the whole
resource. Seats below 1 hold overbookings by right: they lie beside the seats that are sold, but whoever is there is
there, so they take the whole resource's time like any claim, and in a shared one a free lane each.
"""

import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from visita.foundation.timeline import Span, Timeline, from_spans

Row = tuple[int, int, int, int | None]  # start, end, low seat, high seat

_BEFORE, _AFTER = -(1 << 60), 1 << 60


class Busy:
    """Claimed time with the gaps between claims at hand. Overlapping claims are welcome."""

    __slots__ = ("_froms", "_tos")

    def __init__(self, starts: list[int], ends: list[int]) -> None:
        """`starts` ascending, `ends` beside them."""
        if sorted(ends) != ends:  # only then does a claim outlast a later one
            ends = list(accumulate(ends, max))
        self._froms, self._tos = [_BEFORE, *ends], [*starts, _AFTER]

    def free(self, offset: int, length: int, origin: int, end: int) -> Timeline:
        """The minutes t in [origin, end) for which [t + offset, t + offset + length) is free.

        Most gaps are shorter than `length`, so they are dropped before anything is built: that is what makes a month
        of fifty people cost milliseconds.
        """
        far = length + offset - 1
        gaps = [(s - offset, e - far) for s, e in zip(self._froms, self._tos, strict=True) if e - s >= length]
        return from_spans(gaps, origin, end)

    def slack(self, start: int, end: int, most: int) -> int | None:
        """Free minutes left around [start, end), at most `most` on each side; None if it is not free itself."""
        for s, e in zip(self._froms, self._tos, strict=True):
            if s <= start and end <= e:
                return min(start - s, most) + min(e - end, most)
        return None


@dataclass(frozen=True)
class Claims:
    """Columns beside each other, ascending by start. `lows` and `highs` are None where every claim is (1, None).

    Make them with `Claims.packed` (fastest), `Claims.pairs` or `Claims.rows`; expired holds are left out by the caller.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    lows: list[int] | None = None
    highs: list[int | None] | None = None

    @classmethod
    def packed(cls, data: bytes) -> "Claims":
        """From (start, end) as big-endian int4 after each other: `string_agg(int4send(s) || int4send(e), '' ORDER BY s)`.

        For claims on the whole resource. ValueError if the bytes are not whole pairs.
        """
        numbers = array("i")
        numbers.frombytes(data)
        if len(numbers) % 2:
            raise ValueError("packed claims are not whole pairs")
        if sys.byteorder == "little":
            numbers.byteswap()
        starts, ends = numbers[::2].tolist(), numbers[1::2].tolist()
        return cls(starts, ends) if sorted(starts) == starts else cls.pairs(zip(starts, ends, strict=True))

    @classmethod
    def pairs(cls, pairs: Iterable[Span]) -> "Claims":
        """From (start, end) in any order, each on the whole resource."""
        ordered = sorted(pairs)
        return cls([s for s, _ in ordered], [e for _, e in ordered])

    @classmethod
    def rows(cls, rows: Iterable[Row]) -> "Claims":
        """From (start, end, low seat, high seat or None) in any order; half-open like PostgreSQL's int4range."""
        ordered = sorted(rows, key=itemgetter(0))
        starts, ends = [row[0] for row in ordered], [row[1] for row in ordered]
        return cls(starts, ends, [row[2] for row in ordered], [row[3] for row in ordered])

    @cached_property
    def whole(self) -> Busy:
        """The time on which anybody is there: what an exclusive need must not touch."""
        return Busy(self.starts, self.ends)

    @cached_property
    def below(self) -> int:
        """The lowest seat that is taken, 1 where nobody was overbooked."""
        return min(1, *self.lows) if self.lows else 1

    def lane(self, seat: int) -> Busy:
        """The time on which this one seat is taken."""
        if self.lows is None or self.highs is None:
            return self.whole
        pairs = zip(self.lows, self.highs, strict=True)
        return self._where([low <= seat and (high is None or seat < high) for low, high in pairs])

    def _where(self, keep: Sequence[bool]) -> Busy:
        starts = [s for s, kept in zip(self.starts, keep, strict=True) if kept]
        return Busy(starts, [e for e, kept in zip(self.ends, keep, strict=True) if kept])

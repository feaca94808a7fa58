"""Sets of minutes as Python integers: bit i is minute i after an origin.

An origin is an epoch minute in UTC, so a day of 23 or 25 hours needs no special case. Union is `|`, intersection `&`,
difference `a & ~b`: each costs about a microsecond for a month. Building is what costs, hence `from_spans`.
"""

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, compress, count
from operator import lt

Timeline = int
Span = tuple[int, int]

_BIT = (1, 2, 4, 8, 16, 32, 64, 128)


def from_spans(spans: Iterable[Span], origin: int, end: int) -> Timeline:
    """The minutes of `spans` that lie in [origin, end).

    `spans` are half-open pairs of epoch minutes, in any order, touching or empty but never overlapping (see `merged`).
    One bit per end minus one bit per start fills everything between them by a single subtraction, so a span costs the
    same whatever its length, and nothing is ever shifted along the horizon.
    """
    size = max(end - origin, 0)
    opening, closing = bytearray(size // 8 + 1), bytearray(size // 8 + 1)
    for s, e in spans:
        s = s - origin if s > origin else 0
        e = e - origin if e < end else size
        if s < e:
            opening[s >> 3] |= _BIT[s & 7]
            closing[e >> 3] |= _BIT[e & 7]
    return int.from_bytes(closing, "little") - int.from_bytes(opening, "little")


def from_minutes(minutes: Iterable[int], origin: int, end: int) -> Timeline:
    """The single epoch minutes that lie in [origin, end)."""
    bits = bytearray(max(end - origin, 0) // 8 + 1)
    for minute in minutes:
        if origin <= minute < end:
            at = minute - origin
            bits[at >> 3] |= _BIT[at & 7]
    return int.from_bytes(bits, "little")


def minutes(timeline: Timeline, origin: int) -> list[int]:
    """The epoch minutes of a set, ascending. Reads 64 minutes at a time: made for sets that are mostly empty."""
    size = (timeline.bit_length() + 63) // 64
    words = struct.unpack(f"<{size}Q", timeline.to_bytes(size * 8, "little"))
    found: list[int] = []
    for before, word in zip(compress(count(origin - 1, 64), words), filter(None, words), strict=True):
        rest = word
        while rest:
            low = rest & -rest
            found.append(before + low.bit_length())
            rest ^= low
    return found


def spans(timeline: Timeline, origin: int) -> list[Span]:
    """The set as ascending half-open pairs of epoch minutes, none touching another."""
    edges = minutes(timeline ^ (timeline << 1), origin)
    return list(zip(edges[::2], edges[1::2], strict=True))


def starts(timeline: Timeline, length: int) -> Timeline:
    """The minutes from which `length` minutes in a row are in the set; found in log2(length) steps of shift and `&`."""
    have = 1
    while have < length:
        step = min(have, length - have)
        timeline &= timeline >> step
        have += step
    return timeline


def soon(timeline: Timeline, wait: int) -> Timeline:
    """The minutes after which some minute of the set comes within `wait` minutes (0: the set itself)."""
    have = 0
    while have < wait:
        step = min(have + 1, wait - have)
        timeline |= timeline >> step
        have += step
    return timeline


@lru_cache(maxsize=256)
def comb(step: int, phase: int, size: int) -> Timeline:
    """Every `step`-th minute below `size`, beginning with `phase` (0 ≤ phase < step)."""
    teeth, have = 1, step
    while have < size:
        teeth |= teeth << have
        have *= 2
    return (teeth << phase) & ((1 << size) - 1)


def merged(pieces: Iterable[Span]) -> list[Span]:
    """The same minutes as ascending spans that neither overlap nor touch; empty ones are dropped."""
    ordered = sorted(pieces)
    edges = list(chain.from_iterable(ordered))
    if all(map(lt, edges, edges[1:])):  # the usual case: nothing to merge
        return ordered
    joined: list[Span] = []
    for s, e in ordered:
        if joined and s <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(e, joined[-1][1]))
        elif s < e:
            joined.append((s, e))
    return joined


def without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """`span` less `holes` (any order, may overlap), as ascending spans."""
    left: list[Span] = []
    at, end = span
    for s, e in sorted(holes):
        if s >= e or e <= at:
            continue
        if at < min(s, end):
            left.append((at, min(s, end)))
        at = max(at, e)
    return [*left, (at, end)] if at < end else left

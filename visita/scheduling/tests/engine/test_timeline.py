"""Sets of minutes as integers, against Python's own sets."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from visita.foundation.timeline import (
    comb,
    from_minutes,
    from_spans,
    merged,
    minutes,
    soon,
    spans,
    starts,
    without,
)
from visita.scheduling.tests.engine.test_worlds import QUICK

PIECES = st.lists(st.tuples(st.integers(-50, 400), st.integers(-50, 400)), max_size=12)
SETS = st.sets(st.integers(100, 500))


def _covered(pieces: list[tuple[int, int]]) -> set[int]:
    return {minute for s, e in pieces for minute in range(s, e)}


@QUICK
@given(PIECES, st.integers(-20, 100), st.integers(0, 300))
def test_spans_become_exactly_their_minutes(pieces: list[tuple[int, int]], origin: int, size: int) -> None:
    inside = _covered(pieces) & set(range(origin, origin + size))
    timeline = from_spans(merged(pieces), origin, origin + size)
    assert set(minutes(timeline, origin)) == inside
    assert spans(timeline, origin) == merged((minute, minute + 1) for minute in inside)
    assert from_minutes(_covered(pieces), origin, origin + size) == timeline


@QUICK
@given(PIECES)
def test_merged_spans_are_ascending_apart_and_the_same(pieces: list[tuple[int, int]]) -> None:
    joined = merged(pieces)
    assert _covered(joined) == _covered(pieces)
    assert all(s < e for s, e in joined)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(joined))


@QUICK
@given(SETS, st.integers(0, 40))
def test_starts_and_soon(members: set[int], length: int) -> None:
    timeline = from_minutes(members, 100, 501)
    rows = {m for m in members if all(m + n in members for n in range(length))}
    assert set(minutes(starts(timeline, length), 100)) == rows
    near = {m for m in range(100, 501) if any(m + n in members for n in range(length + 1))}
    assert set(minutes(soon(timeline, length), 100)) == near


@QUICK
@given(st.integers(1, 90), st.integers(0, 89), st.integers(0, 400))
def test_comb(step: int, phase: int, size: int) -> None:
    assert minutes(comb(step, phase % step, size), 0) == list(range(phase % step, size, step))


@QUICK
@given(st.tuples(st.integers(0, 50), st.integers(0, 90)), PIECES)
def test_without(span: tuple[int, int], holes: list[tuple[int, int]]) -> None:
    left = without(span, holes)
    assert _covered(left) == _covered([span]) - _covered(holes)
    assert all(s < e for s, e in left)

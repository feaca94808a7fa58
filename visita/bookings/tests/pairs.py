"""Tables in which every pair of values of any two features comes together at least once (BY-02)."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]
_Pair = tuple[str, Any, str, Any]


def table(features: Mapping[str, Sequence[Any]]) -> list[Row]:
    """Rows until no pair is missing: each begins with a missing pair and takes, feature by feature, the value that
    meets most of those still missing. The same table every time."""
    missing = {
        (one, a, other, b)
        for one, other in itertools.combinations(features, 2)
        for a in features[one]
        for b in features[other]
    }
    rows = []
    while missing:
        one, a, other, b = min(missing, key=str)
        row: Row = {one: a, other: b}
        for name, values in features.items():
            if name not in row:
                row[name] = max(
                    values, key=lambda value: len(missing & pairs({**row, name: value}, features))
                )
        missing -= pairs(row, features)
        rows.append({name: row[name] for name in features})
    return rows


def pairs(row: Row, features: Mapping[str, Sequence[Any]]) -> set[_Pair]:
    """The pairs of a row, in the order of the features."""
    known = [name for name in features if name in row]
    return {(one, row[one], other, row[other]) for one, other in itertools.combinations(known, 2)}

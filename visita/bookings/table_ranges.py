"""Ranges the table of appointments is narrowed by: lengths, prices, places, and when it was booked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

Bounds = tuple[int | None, int | None]
"""From and to, both included; None where a side is open."""

MEASURES: Final = {
    "length": "a.e - a.s",
    "price": "a.price_minor",
    "discount": "a.discount_minor",
    "due": "a.price_minor * v.seats - a.discount_minor",
    "places": "v.seats",
}
"""What is measured: minutes, minor units of the money of one place and of all, places."""

Instants = tuple[datetime | None, datetime | None]
"""From, included, and to, not included."""


def booked(spans: Sequence[Instants]) -> Iterator[tuple[dict[str, Any], str]]:
    """When it was booked: one of these spans."""
    values: dict[str, Any] = {}
    either = []
    for at, (first, last) in enumerate(spans):
        both = []
        for sign, instant, side in ((">=", first, "first"), ("<", last, "last")):
            if instant is not None:
                values[f"booked{at}_{side}"] = instant
                both.append(f"v.booked_at {sign} %(booked{at}_{side})s")
        either.append(f"({' AND '.join(both) or 'true'})")
    if either:
        yield values, f"({' OR '.join(either)})"


def own(measured: Mapping[str, Sequence[Bounds]]) -> tuple[dict[str, Any], str] | None:
    """Those that an appointment has by itself, as one test of `x`, by which a rare value is looked up; None without any."""
    mine = {name: ranges for name, ranges in measured.items() if "v." not in MEASURES[name]}
    values: dict[str, Any] = {}
    both = []
    for named, test in tests(mine):
        values |= named
        both.append(test.replace("a.", "x."))
    return (values, " AND ".join(both)) if both else None


def tests(measured: Mapping[str, Sequence[Bounds]]) -> Iterator[tuple[dict[str, Any], str]]:
    """For each measure the values it names and its test; the ranges of one are alternatives."""
    for name, ranges in measured.items():
        values: dict[str, Any] = {}
        either = []
        for at, (low, high) in enumerate(ranges):
            sides = [(">=", low, "low"), ("<=", high, "high")]
            both = []
            for sign, value, side in sides:
                if value is not None:
                    values[f"{name}{at}_{side}"] = value
                    both.append(f"{MEASURES[name]} {sign} %({name}{at}_{side})s")
            either.append(f"({' AND '.join(both) or 'true'})")
        yield values, f"({' OR '.join(either)})"

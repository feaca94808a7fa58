"""The value of a time button: for each service whom it is with and the epoch minute it starts at."""

from collections.abc import Iterable
from typing import NamedTuple

from visita.web.front.choice import MOST, minute, number


class Slot(NamedTuple):
    """Where one service of the visit begins, with whom (None = anyone)."""

    resource: int | None
    minute: int


def slot(value: str) -> tuple[int | None, int | None]:
    """`12.29400630` or `any.29400630` as (person or None, epoch minute or None)."""
    who, _dot, at = value.partition(".")
    return number(who), minute(at)


def slots(value: str) -> tuple[Slot, ...]:
    """`12.29400630-any.29400660`, one part for each service; empty when a part is broken."""
    read = [slot(part) for part in value.split("-")]
    found = tuple(Slot(who, at) for who, at in read if at is not None)
    return found if len(found) == len(read) <= MOST else ()


def value(parts: Iterable[tuple[int | None, int]]) -> str:
    """The button's value for these people and minutes."""
    return "-".join(f"{who or 'any'}.{at}" for who, at in parts)

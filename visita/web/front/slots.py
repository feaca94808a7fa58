"""The value of a time button: whom it is with and the epoch minute it starts at."""

from visita.web.front.choice import number

_LATEST = 2**26  # epoch minutes: the year 2097


def slot(value: str) -> tuple[int | None, int | None]:
    """`12.29400630` or `any.29400630` as (person or None, epoch minute or None)."""
    who, _dot, minute = value.partition(".")
    found = number(minute)
    return number(who), found if found and found < _LATEST else None

"""Numbers that are sent: whole, within limits, or refused by name."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal

LARGEST_AMOUNT = 10**12  # minor units; far above any price, far below bigint


def whole(value: Any, *, field: str, low: int, high: int, code: str = "bad_number") -> int:
    """An int (never a bool or float) with low ≤ value ≤ high."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refusal(
            code, 422, _("A whole number from %(low)d to %(high)d.") % {"low": low, "high": high}, field=field
        )
    return value


def minutes(value: Any, *, field: str, low: int = 0, high: int = 1440) -> int:
    """A length in minutes; refused as bad_duration."""
    return whole(value, field=field, low=low, high=high, code="bad_duration")


def amount(value: Any, *, field: str = "price_minor") -> int:
    """An amount of money in minor units, not negative; refused as bad_amount."""
    return whole(value, field=field, low=0, high=LARGEST_AMOUNT, code="bad_amount")


def one_of(value: str, allowed: Collection[str], *, field: str) -> str:
    """One of a fixed set of words; refused as bad_choice with the set."""
    if value not in allowed:
        raise Refusal(
            "bad_choice",
            422,
            _("Choose one of the offered values."),
            field=field,
            allowed=sorted(allowed),
        )
    return value

"""Amounts of money as people type them."""

from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_precision
from django.utils.translation import gettext as _

from visita.foundation.errors import Refusal
from visita.foundation.numbers import LARGEST_AMOUNT


def minor(value: str, currency: str, field: str) -> int | None:
    """68.50 or 68,50 in minor units; None where nothing was typed. Refuses bad_amount."""
    if not value:
        return None
    try:
        amount = Decimal(value.replace(",", ".")).scaleb(get_currency_precision(currency))
        if amount.is_finite() and amount == amount.to_integral_value() and 0 <= amount < LARGEST_AMOUNT:
            return int(amount)
    except InvalidOperation:
        pass
    raise Refusal("bad_amount", 422, _("Write the price as a number, such as 68.50."), field=field)

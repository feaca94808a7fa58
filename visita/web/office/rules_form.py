"""The form of a service's rules: what is typed, as the catalogue reads it, and what stands in force beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.utils.translation import gettext as _

from visita.catalog.models import Service
from visita.tenancy import settings
from visita.web.components.amounts import minor

NUMBERS = ("minutes", "buffer_before", "buffer_after", "capacity", "start_step")
ALWAYS = ("buffer_before", "buffer_after")  # without them there is none; the others then follow a wider place
LONGEST = 20  # characters of a field


@dataclass(frozen=True, slots=True)
class Sent:
    """The typed rules: fields of the service, and the notice it wants."""

    changes: dict[str, Any]
    lead: Any


def names() -> dict[str, str]:
    """Field → its label, in the order of the form."""
    return {
        "minutes": _("Length in minutes"),
        "buffer_before": _("Minutes kept free before"),
        "buffer_after": _("Minutes kept free after"),
        "capacity": _("How many at one time"),
        "start_step": _("Minutes from one start to the next"),
        "lead": _("Shortest notice in minutes"),
        "price_minor": _("Price"),
    }


def kept(service: Service, rows: list[settings.Row], currency: str) -> dict[str, str]:
    """What is in force, as it would be typed."""
    own = [row.value for row in rows if _is_lead(row, service.pk)]
    values: dict[str, Any] = {name: getattr(service, name) for name in NUMBERS}
    values |= {"lead": own[0] if own else None, "price_minor": _major(service.price_minor, currency)}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _is_lead(row: settings.Row, service: int) -> bool:
    return (row.scope_kind, row.scope_id, row.key) == ("service", service, "lead_minutes")


def _major(minor: int | None, currency: str) -> str | None:
    return None if minor is None else str(Decimal(minor).scaleb(-get_currency_precision(currency)))


def typed(post: Mapping[str, str]) -> dict[str, str]:
    """The fields as they were sent."""
    return {name: post.get(name, "")[:LONGEST].strip() for name in names()}


def read(values: Mapping[str, str], currency: str) -> Sent:
    """Values for the action, which refuses what is no number; refuses bad_amount."""
    changes = {name: _number(values[name], 0 if name in ALWAYS else None) for name in NUMBERS}
    return Sent(
        {**changes, "price_minor": minor(values["price_minor"], currency, "price_minor")},
        _number(values["lead"]),
    )


def _number(value: str, empty: int | None = None) -> int | str | None:
    if not value:
        return empty
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdecimal() else value

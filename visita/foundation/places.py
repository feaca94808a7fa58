"""Zones, countries and currencies: names that must exist somewhere outside before we keep them."""

from functools import cache
from zoneinfo import available_timezones

import phonenumbers
from babel.numbers import list_currencies
from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal


def zone(value: str, *, field: str = "zone") -> str:
    """An IANA zone name that this machine knows; refused as bad_datetime."""
    if value not in _zones():
        raise Refusal(
            "bad_datetime", 422, _("This time zone is not known. Example: Europe/Rome."), field=field
        )
    return value


def country(value: str, *, field: str = "country") -> str:
    """An ISO 3166 country of two capital letters."""
    if value not in phonenumbers.SUPPORTED_REGIONS:
        raise Refusal("country_invalid", 422, _("This country is not known. Example: IT."), field=field)
    return value


def currency(value: str, *, field: str = "currency") -> str:
    """An ISO 4217 currency of three capital letters."""
    if value not in _currencies():
        raise Refusal("currency_invalid", 422, _("This currency is not known. Example: EUR."), field=field)
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())

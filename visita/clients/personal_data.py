"""Which personal data an organization asks for, and reading them as typed (CA-02)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from visita.clients import tax_codes
from visita.foundation import clock, text
from visita.foundation.errors import Refusal
from visita.tenancy.settings import declare

FIELDS: Final = ("last_name", "email", "birth_date", "tax_code", "address", "postal_code", "city")
ASKED: Final = ("no", "asked", "required")
_OLDEST: Final = 1880


def _fits(value: Mapping[str, Any]) -> bool:
    return all(name in FIELDS and how in ASKED for name, how in value.items())


declare("client_fields", dict, {"last_name": "required", "email": "asked"}, 0, len(FIELDS), _fits)


@dataclass(frozen=True, slots=True)
class Personal:
    """`birth_date` as 1980-12-31 or empty; `tax_country` ISO, decides how the tax code is checked."""

    birth_date: str = ""
    tax_code: str = ""
    tax_country: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns and their values; refuses birth_date_invalid, tax_code_invalid and what no text may be."""
        born = birthday(self.birth_date)
        code = tax_codes.read(self.tax_code, self.tax_country, born)
        return {
            "birth_date": born,
            "tax_code": code,
            "tax_country": text.line(self.tax_country, field="tax_country", limit=2) if code else "",
            "address": text.line(self.address, field="address", limit=300),
            "postal_code": text.line(self.postal_code, field="postal_code", limit=16),
            "city": text.line(self.city, field="city", limit=120),
        }


def birthday(value: str, *, field: str = "birth_date") -> date | None:
    """A date of birth; empty is none. Refuses what is no day, in the future or longer ago than people live."""
    if not value:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or not date(_OLDEST, 1, 1) <= found <= clock.latest_day():
        raise Refusal("birth_date_invalid", 422, _("This is no date of birth."), field=field)
    return found

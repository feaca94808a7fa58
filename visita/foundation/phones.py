"""Phone numbers: what was typed, and its E.164 form by which people are matched (decision 5)."""

from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberType

from visita.foundation import text
from visita.foundation.errors import Refusal

_COSTLY = (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.PAGER)


@dataclass(frozen=True, slots=True)
class Phone:
    """`typed` as a person wrote it, `e164` the match key (empty when unknown)."""

    typed: str
    e164: str


NONE = Phone("", "")


def e164(value: str, country: str) -> str:
    """The number as +40722123456, or empty when it cannot be one; `country` is the default region (ISO, 2)."""
    number = _parsed(value, country)[0]
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if number else ""


def dial_code(value: str) -> str:
    """The country's code of an E.164 number with its plus: +1, +40, +358; three characters of what is none."""
    number = _parsed(value, "")[0]
    return f"+{number.country_code}" if number else value[:3]


def national(value: str, country: str) -> str:
    """The national digits without prefix (722123456), or the bare digits when it cannot be parsed."""
    number = _parsed(value, country)[0]
    if number:
        return phonenumbers.national_significant_number(number)
    return "".join(character for character in value if character.isdecimal() and character.isascii())


def read(value: str, country: str, *, field: str = "phone", lenient: bool = False) -> Phone:
    """A number a person typed; refuses phone_invalid and phone_not_supported. `lenient` (an import) keeps it."""
    typed = text.line(value, field=field, limit=32)
    if not typed:
        return NONE
    number, kind = _parsed(typed, country)
    if lenient:
        return Phone(typed, e164(typed, country))
    if number is None:
        raise Refusal(
            "phone_invalid", 422, _("This phone number is not complete or has a digit too many."), field=field
        )
    if kind in _COSTLY:
        raise Refusal("phone_not_supported", 422, _("Give an ordinary phone number."), field=field)
    return Phone(typed, e164(typed, country))


def example(country: str) -> str:
    """A mobile number as people of a country (ISO, 2) write theirs, for an empty field; empty for an unknown country."""
    number = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL) if number else ""


def unbroken(value: str) -> str:
    """The number for a sentence: its parts stay on one line, and in order among words that run from right to left."""
    piece = value.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "-\N{WORD JOINER}")
    return f"\N{LEFT-TO-RIGHT ISOLATE}{piece}\N{POP DIRECTIONAL ISOLATE}" if get_language_bidi() else piece


@lru_cache(maxsize=256)  # one booking asks three times for the same number
def _parsed(value: str, country: str) -> tuple[phonenumbers.PhoneNumber | None, int]:
    """The number and its kind; none where there can be no such number (which is then of an unknown kind). 00 is read as +
    also where another prefix leads abroad: people from elsewhere write it so."""
    number, kind = _parsed_as(value, country)
    bare = value.lstrip(" (")
    return (number, kind) if number or not bare.startswith("00") else _parsed_as("+" + bare[2:], country)


def _parsed_as(value: str, country: str) -> tuple[phonenumbers.PhoneNumber | None, int]:
    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return None, PhoneNumberType.UNKNOWN
    kind: int = phonenumbers.number_type(number)
    return (None if kind == PhoneNumberType.UNKNOWN else number), kind

"""Tax codes: form, check character and birth date, by the rule of the country (python-stdnum knows the rules).

Italy: codice fiscale (decree 12 March 1974), Romania: CNP (law 105/1996), Finland: henkilötunnus (decree 128/2010).
Other countries' codes are kept as typed.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu
from stdnum.it import codicefiscale
from stdnum.ro import cnp

from visita.foundation import text
from visita.foundation.errors import Refusal

LONGEST: Final = 32
_HETU_CENTURIES: Final = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


def read(value: str, country: str, birth_date: date | None = None, *, field: str = "tax_code") -> str:
    """The code as it is kept; refuses tax_code_invalid, and tax_code_other_birth_date where the two disagree."""
    typed = text.line(value, field=field, limit=LONGEST)
    rule = _RULES.get(country)
    if not typed or rule is None:
        return typed
    validate, born = rule
    try:
        code = str(validate(typed))
        matches = birth_date is None or _same(born(code), birth_date)
    except (ValidationError, ValueError):
        raise Refusal(
            "tax_code_invalid", 422, _("This tax code has a typo: its check does not fit."), field=field
        ) from None
    if not matches:
        words = _("This tax code belongs to another date of birth.")
        raise Refusal("tax_code_other_birth_date", 422, words, field=field)
    return code


def known(country: str) -> bool:
    """Whether the country's rule is checked here."""
    return country in _RULES


def _same(coded: date, birth_date: date) -> bool:
    """The codice fiscale has two digits of the year only, so centuries are not compared."""
    return (coded.day, coded.month, coded.year % 100) == (
        birth_date.day,
        birth_date.month,
        birth_date.year % 100,
    )


def _hetu_birth_date(code: str) -> date:
    return date(_HETU_CENTURIES[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


_RULES: Final[dict[str, tuple[Callable[[str], str], Callable[[str], date]]]] = {
    "IT": (codicefiscale.validate, codicefiscale.get_birth_date),
    "RO": (cnp.validate, cnp.get_birth_date),
    "FI": (hetu.validate, _hetu_birth_date),
}

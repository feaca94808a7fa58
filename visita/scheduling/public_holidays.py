"""The public holidays of a country, named in a language where the library has it (ADR 48)."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=64)
def of(country: str, year: int, language: str) -> tuple[tuple[date, str], ...]:
    """(date, name) in order; empty for a country the library does not know. `country` is two letters (ISO 3166)."""
    import holidays  # takes long to load, and few pages ask for it

    if country not in holidays.list_supported_countries(include_aliases=False):
        return ()
    known = holidays.country_holidays(country)
    languages = [each for each in known.supported_languages if each.partition("_")[0] == language]
    fallback = next((each for each in known.supported_languages if each.startswith("en")), None)
    named = holidays.country_holidays(
        country, years=year, language=languages[0] if languages else fallback, observed=True
    )
    return tuple(sorted(named.items()))

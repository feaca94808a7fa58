"""A date as people write it: 22.11.2026, 22/11, 22 Nov, tomorrow, in the reader's language or as ISO."""

import re
from datetime import date, timedelta
from functools import cache

from babel import Locale
from django.utils.translation import gettext as _

from visita.clients.matching import fold
from visita.foundation.formats import Formats

_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d\d)|\2)?\.?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_SHORTEST = 3  # letters of a month's name


def read_date(text: str, formats: Formats, today: date) -> date | None:
    """The date that is written, None where it is none. Without a year the nearest such day; where day and month could be
    changed about, the reader's own order decides."""
    typed = fold(text.strip())
    if typed in (words := _near_days()):
        return today + timedelta(words[typed])
    if found := _ISO.fullmatch(typed):
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(typed):
        return _from_numbers(found, formats.locale, today)
    return _from_words(_WORD.findall(typed), formats.locale, today)


def _near_days() -> dict[str, int]:
    here = {fold(_("Yesterday")): -1, fold(_("Today")): 0, fold(_("Tomorrow")): 1}
    return {"yesterday": -1, "today": 0, "tomorrow": 1, **here}


def _from_numbers(found: re.Match[str], locale: str, today: date) -> date | None:
    one, mark, other, year = found.groups()
    if mark == "-" and len(year or "") != 4:
        return None  # the end of a phone
    orders = [(int(other), int(one)), (int(one), int(other))]
    if mark == "/" and _month_first(locale):
        orders.reverse()
    for month, day in orders:
        if fits := _in_year(year, month, day, today):
            return fits
    return None


def _from_words(words: list[str], locale: str, today: date) -> date | None:
    """22 Nov, November 22 2026, Sun 22 November: one day, one month's name, at most a year and a weekday."""
    numbers = [word for word in words if word.isdecimal()]
    names = [word for word in words if not word.isdecimal()]
    months = [month for word in names if (month := _month(word, locale))]
    others = [word for word in names if not _month(word, locale) and not _weekday(word, locale)]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) < 3]
    if (
        len(months) != 1
        or len(days) != 1
        or len(years) > 1
        or others
        or len(numbers) != len(years) + len(days)
    ):
        return None
    return _in_year(next(iter(years), None), months[0], int(days[0]), today)


def _in_year(year: str | None, month: int, day: int, today: date) -> date | None:
    if year is None:
        near = [found for each in (-1, 0, 1) if (found := _valid(today.year + each, month, day))]
        return min(near, key=lambda found: abs(found - today), default=None)
    return _valid(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 2000 <= year <= 2199 else None
    except ValueError:
        return None


def _month(word: str, locale: str) -> int | None:
    if len(word) < _SHORTEST:
        return None
    found = {month for name, month in _months(locale) if name.startswith(word)}
    return found.pop() if len(found) == 1 else None


def _weekday(word: str, locale: str) -> bool:
    return len(word) > 1 and any(name.startswith(word) for name in _weekdays(locale))


@cache
def _months(locale: str) -> tuple[tuple[str, int], ...]:
    return tuple(
        (fold(name).strip("."), month)
        for names in (Locale.parse(locale).months, Locale("en").months)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for month, name in names[context][width].items()
    )


@cache
def _weekdays(locale: str) -> tuple[str, ...]:
    return tuple(
        fold(name)
        for names in (Locale.parse(locale).days, Locale("en").days)
        for width in ("wide", "abbreviated")
        for name in names["format"][width].values()
    )


@cache
def _month_first(locale: str) -> bool:
    return str(Locale.parse(locale).date_formats["short"].pattern).lower().startswith("m")

"""Ranges as people type them: 30–60, from 5, up to 1 h 30, 1–22 Nov; read into bounds, written for an address, told in words.

A value alone is a range of itself. In an address: `30-60`, `30-`, `-60`, `45`; of dates `2026-11-01..2026-11-22`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision, get_currency_symbol
from django.utils.translation import gettext as _

from visita.bookings.table_ranges import Bounds
from visita.clients.matching import fold
from visita.foundation.errors import Refusal
from visita.foundation.numbers import LARGEST_AMOUNT
from visita.web.components.formats import Formats

LONGEST = 2880  # minutes of one visit
MOST_PLACES = 1000
Days = tuple[date | None, date | None]

_DASH = re.compile(r"\s*(?:–|—|…|\.\.\.?|\s-\s)\s*")
_HYPHEN = re.compile(r"\s*-\s*")
_ADDRESS = re.compile(r"(\d{0,13})(-?)(\d{0,13})", re.ASCII)
_APART = re.compile(r"\d\s+(?!\d{3}(?!\d))\d")  # spaces that part no thousands
_PIECE = re.compile(r"(\d{1,6})\s*([^\W\d_]*)\.?")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_AMOUNT = re.compile(r"(\d{1,12})(?:[.,](\d{1,3}))?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)")


@dataclass(frozen=True, slots=True)
class Measure:
    """Numbers a field holds: `read` one as typed (None where it is none), `words` of one, `none` what is said then, `plain`
    one as it is typed."""

    read: Callable[[str], int | None]
    words: Callable[[int], str]
    most: int
    none: str
    plain: Callable[[int], str] = str


def read(typed: str, measure: Measure) -> Bounds:
    """The bounds that are typed. Refuses bad_range with the word that belongs beside the field."""
    ends = _ends(typed, numbers=True)
    low, high = (measure.read(end) if end else None for end in ends)
    for end, value in zip(ends, (low, high), strict=True):
        if end and (value is None or not 0 <= value <= measure.most):
            raise _refused(measure.none)
    return _ordered(low, high)


def read_days(typed: str, written: Callable[[str], date | None]) -> Days:
    """The dates that are typed, as the reader writes dates. Refuses bad_range."""
    first, last = _ends(typed, numbers=False)
    found = tuple(written(end) if end else None for end in (first, last))
    if (first and not found[0]) or (last and not found[1]):
        raise _refused(_("Write a date, or two with a dash between them."))
    if found[0] and found[1] and found[0] > found[1]:
        raise _refused(_("The first value is after the second."))
    return found[0], found[1]


def _ends(typed: str, *, numbers: bool) -> tuple[str, str]:
    """Both ends as typed; an open one is empty, a value alone is both."""
    text = " ".join(typed.split())
    for words, low in ((_since(), True), (_until(), False)):
        for word in words:
            if fold(text).startswith(f"{word} "):
                rest = text.split(" ", 1)[1]
                return (_split(rest, numbers) or (rest, "")) if low else ("", rest)
    return _split(text, numbers) or (text, text)


def _split(text: str, numbers: bool) -> tuple[str, str] | None:
    """A text with one dash, or its word, in two; a minus before the only number is none."""
    words = "|".join(re.escape(word) for word in _until())
    for mark in (_DASH, re.compile(rf"\s+(?:{words})\s+", re.IGNORECASE), *([_HYPHEN] if numbers else [])):
        pieces = mark.split(text)
        if len(pieces) == 2 and any(pieces) and (pieces[0] or mark is _DASH):
            return pieces[0], pieces[1]
    return None


def _since() -> set[str]:
    return {"from", fold(_("From"))}


def _until() -> set[str]:
    return {"to", "until", fold(_("To")), fold(_("Until"))}


def _ordered(low: int | None, high: int | None) -> Bounds:
    if low is None and high is None:
        raise _refused(_("Write a value, or two with a dash between them."))
    if low is not None and high is not None and low > high:
        raise _refused(_("The first value is larger than the second."))
    return low, high


def _refused(words: str) -> Refusal:
    return Refusal("bad_range", 422, words, field="text")


def written(bounds: Bounds) -> str:
    """As an address has it."""
    low, high = ("" if each is None else str(each) for each in bounds)
    return low if low == high else f"{low}-{high}"


def typed(bounds: Bounds, measure: Measure) -> str:
    """As a form has it, so that it is read again."""
    low, high = ("" if each is None else measure.plain(each) for each in bounds)
    return low if low == high else f"{low}–{high}"


def of_address(value: str, most: int) -> Bounds | None:
    """The bounds of an address; None where nobody's form sends such."""
    found = _ADDRESS.fullmatch(value)
    if found is None or value in ("", "-"):
        return None
    low, dash, high = found.groups()
    bounds = (int(low) if low else None, int(high) if high else None if dash else int(low))
    both = [each for each in bounds if each is not None]
    return bounds if both and max(both) <= most and both == sorted(both) else None


def days_written(days: Days) -> str:
    """Dates as an address has them."""
    first, last = ("" if each is None else each.isoformat() for each in days)
    return first if first == last else f"{first}..{last}"


def days_of_address(value: str) -> Days | None:
    """The dates of an address; None where nobody's form sends such."""
    first, dots, last = value.partition("..")
    try:
        found = [date.fromisoformat(each) if each else None for each in (first, last if dots else first)]
    except ValueError:
        return None
    if any(len(each) not in (0, 10) for each in (first, last)) or not any(found):
        return None
    fits = all(each is None or 2000 <= each.year <= 2199 for each in found)
    return (found[0], found[1]) if fits and (not all(found) or found[0] <= found[1]) else None  # type: ignore[operator]


def told(bounds: tuple[Any, Any], words: Callable[[Any], str]) -> str:
    """A range in words: 30 min–1 h, from 30 min, up to 1 h, 45 min."""
    low, high = bounds
    if low == high:
        return words(low)
    if high is None:
        return str(_("from %(value)s") % {"value": words(low)})
    if low is None:
        return str(_("up to %(value)s") % {"value": words(high)})
    return f"{words(low)}–{words(high)}"


def lengths(formats: Formats) -> Measure:
    """Minutes, typed as 45, 45 min, 1:30 or 1 h 30."""
    hour = fold(formats.length(60)).strip("0123456789 .\xa0\u202f")[:1] or "h"

    def minutes(text: str) -> int | None:
        if clock := _CLOCK.fullmatch(text):
            return int(clock[1]) * 60 + int(clock[2])
        pieces = list(_PIECE.finditer(fold(text)))
        if not pieces or len(pieces) > 2 or _PIECE.sub("", fold(text)).strip():
            return None
        in_hours = [piece[2][:1] in {"h", hour} and bool(piece[2]) for piece in pieces]
        if len(pieces) == 2 and in_hours != [True, False]:
            return None
        return sum(
            int(piece[1]) * (60 if hours else 1) for piece, hours in zip(pieces, in_hours, strict=True)
        )

    return Measure(
        minutes, formats.length, LONGEST, _("Write a length, like 45 or 30–60 (minutes), or 1 h 30.")
    )


def prices(formats: Formats, currency: str) -> Measure:
    """Amounts of the organization's money, with or without its sign."""
    digits = get_currency_precision(currency)
    signs = {currency.casefold(), get_currency_symbol(currency, formats.locale).casefold()}

    def minor(text: str) -> int | None:
        if _APART.search(text):
            return None
        bare = re.sub(r"[\s\xa0\u202f]", "", text.casefold())
        for sign in sorted(signs, key=len, reverse=True):
            bare = bare.removeprefix(sign).removesuffix(sign)
        if _GROUPED.fullmatch(bare):
            bare = re.sub(r"[.,'’](?=\d{3})", "", bare)
        found = _AMOUNT.fullmatch(bare)
        if found is None or len(found[2] or "") > digits:
            return None
        return int(Decimal(f"{found[1]}.{found[2] or 0}").scaleb(digits))

    def plain(value: int) -> str:
        return f"{Decimal(value).scaleb(-digits):f}"

    none = _("Write an amount, like 150 or 100–200.")
    return Measure(minor, lambda value: formats.price(value, currency), LARGEST_AMOUNT, none, plain)


def places(formats: Formats) -> Measure:
    """Numbers of places."""

    def number(text: str) -> int | None:
        return int(text) if re.fullmatch(r"\d{1,6}", text) else None

    return Measure(number, formats.number, MOST_PLACES, _("Write a number of places, like 2 or 2–4."))

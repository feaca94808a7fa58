"""Times, dates, lengths and prices as people of a language and a country write them (Babel's CLDR data).

The language decides the words, the country the clock: an English page in Bucharest says 14:30, in Dallas 2:30 PM.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time, get_timezone_location
from babel.languages import get_official_languages
from babel.localedata import exists
from babel.numbers import format_currency, format_decimal, get_currency_precision
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

_MONDAY = date(2024, 1, 1)
_DECIMALS = re.compile(r"[.]0+")
_YEAR = re.compile(r"[,،]?\s*(?:'[^']*'\s*)?y+(?:\s*'[^']*'\.?)?")


@dataclass(frozen=True, slots=True)
class Formats:
    """`locale` is a Babel locale's name, `language` the page's."""

    locale: str
    language: str

    def time(self, moment: datetime) -> str:
        """10:30, 10.30 or 10:30 AM; with the zone's sign (2:30 CEST) in the hour that comes twice as clocks go back."""
        shown = _time(self.locale, moment.hour, moment.minute)
        return f"{shown} {moment.tzname()}" if _comes_twice(moment) else shown

    def wall(self, minute: int) -> str:
        """A minute of a plan's day: 9:00, 9.00 or 9:00 AM; the day's end is 24:00 where hours are counted so."""
        pattern = Locale.parse(self.locale).time_formats["short"].pattern
        if "a" in pattern:
            return _time(self.locale, minute // 60 % 24, minute % 60)
        return f"{minute // 60}{'.' if '.' in pattern else ':'}{minute % 60:02d}"

    def span(self, start: datetime, end: datetime) -> str:
        """From time to time; an end a day or more later names its day."""
        if end - start >= timedelta(days=1):
            return f"{self.time(start)}–{self.day(end.date())}, {self.time(end)}"
        return f"{self.time(start)}–{self.time(end)}"

    def span_on(self, day: date, start: datetime, end: datetime) -> str:
        """From time to time as a day's page tells it: what begins or ends on another day names it; midnight is the day's own."""
        begins = self.time(start) if start.date() == day else self.moment(start)
        last = (end - timedelta(microseconds=1)).date() if end > start else end.date()
        ends = self.time(end) if last in (day, start.date()) else self.moment(end)
        return f"{begins}–{ends}"

    def day(self, day: date) -> str:
        """Thu 12 Nov."""
        return _day(self.locale, day)

    def dated(self, day: date, near: date) -> str:
        """Thu 12 Nov; with its year where that is another than `near`'s."""
        return self.day(day) if day.year == near.year else _dated(self.locale, day)

    def full_day(self, day: date) -> str:
        """Thursday, 12 November."""
        return _full_day(self.locale, day)

    def moment(self, moment: datetime) -> str:
        """Thu 12 Nov, 10:30."""
        return f"{self.day(moment.date())}, {self.time(moment)}"

    def record(self, moment: datetime) -> str:
        """22 November 2026, 14:05:09 EET: whole, as a proof gives it."""
        return str(format_datetime(moment, "long", tzinfo=moment.tzinfo, locale=self.locale))

    def tongue(self, language: str) -> str:
        """A language's name in this one; its code where it has none."""
        return str(Locale.parse(self.locale).languages.get(language, language))

    def month(self, day: date) -> str:
        """November 2026."""
        return _capital(format_date(day, "LLLL y", locale=self.locale))

    def short_month(self, day: date) -> str:
        """Nov."""
        return _capital(format_date(day, "LLL", locale=self.locale)).rstrip(".")

    def weekday(self, day: date) -> str:
        """Thu."""
        return _weekday(self.locale, day.weekday())

    def weekday_full(self, day: date) -> str:
        """Thursday."""
        return _capital(format_date(day, "cccc", locale=self.locale))

    def number(self, count: int) -> str:
        """10,000."""
        return str(format_decimal(count, locale=self.locale))

    def length(self, minutes: int) -> str:
        """30 min, 1 h, 1 h 15 min."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return _("%(minutes)d min") % {"minutes": rest}
        if not rest:
            return _("%(hours)d h") % {"hours": hours}
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}

    def price(self, minor: int | None, currency: str) -> str:
        """An amount with its currency; empty when there is none."""
        if minor is None:
            return ""
        digits = get_currency_precision(currency)
        pattern = Locale.parse(self.locale).currency_formats["standard"].pattern
        if minor % 10**digits == 0:
            pattern = _DECIMALS.sub("", pattern)
        amount = Decimal(minor).scaleb(-digits)
        shown = format_currency(amount, currency, pattern, locale=self.locale, currency_digits=False)
        return str(shown).replace("RON", "lei")  # CLDR's narrow sign, as prices are written in shops

    def fee(self, minor: int | None, currency: str) -> str:
        """An amount as clients read it: what costs nothing is free, not 0 €."""
        return pgettext("price", "free") if minor == 0 else self.price(minor, currency)

    def city(self, zone: str) -> str:
        """The city a zone is named after."""
        return str(get_timezone_location(zone, locale=self.locale, return_city=True))

    @property
    def first_weekday(self) -> int:
        """0 = Monday."""
        return int(Locale.parse(self.locale).first_week_day)


def _comes_twice(moment: datetime) -> bool:
    return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()


# A page of times writes the same few days and hours again and again.


@lru_cache(maxsize=4096)
def _time(locale: str, hour: int, minute: int) -> str:
    return str(format_time(clock_time(hour, minute), "short", locale=locale))


@lru_cache(maxsize=4096)
def _day(locale: str, day: date) -> str:
    return str(format_skeleton("MMMEd", _noon(day), locale=locale)).replace(",", "", 1)


@lru_cache(maxsize=4096)
def _dated(locale: str, day: date) -> str:
    return str(format_skeleton("yMMMEd", _noon(day), locale=locale)).replace(",", "", 1)


@lru_cache(maxsize=4096)
def _full_day(locale: str, day: date) -> str:
    pattern = _YEAR.sub("", Locale.parse(locale).date_formats["full"].pattern)
    return _capital(format_date(day, pattern, locale=locale))


@lru_cache(maxsize=1024)
def _weekday(locale: str, weekday: int) -> str:
    return str(format_date(_MONDAY + timedelta(days=weekday), "ccc", locale=locale)).rstrip(".")


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - only its date is written


def _capital(value: str) -> str:
    return value[:1].upper() + value[1:]


@lru_cache(maxsize=256)
def formats_for(language: str, country: str) -> Formats:
    """The formats of a page's language in an organization's country (ISO 3166, two letters)."""
    base = language.replace("-", "_").split("_")[0]
    country = country.upper()
    if exists(f"{base}_{country}"):
        return Formats(f"{base}_{country}", language)
    if base == "en" and _clock_of_24_hours(country):
        return Formats("en_150", language)
    return Formats(base if exists(base) else "en", language)


def _clock_of_24_hours(country: str) -> bool:
    spoken = next(iter(get_official_languages(country)), "")
    name = f"{spoken}_{country}" if exists(f"{spoken}_{country}") else spoken
    return bool(name) and exists(name) and "H" in Locale.parse(name).time_formats["short"].pattern

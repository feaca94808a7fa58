"""A rule of repeating and what is wrong with a date, in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visita.bookings.repeating import Repeat
from visita.foundation.formats import Formats


def rule(repeat: Repeat, first: date, formats: Formats) -> str:
    """Every 2 weeks on Tue and Thu."""
    return f"{_unit(repeat)}{_days(repeat, first, formats)}"


def _unit(repeat: Repeat) -> str:
    every = {"every": repeat.every}
    if repeat.unit == "day":
        return ngettext("Every day", "Every %(every)s days", repeat.every) % every
    if repeat.unit == "week":
        return ngettext("Every week", "Every %(every)s weeks", repeat.every) % every
    return ngettext("Every month", "Every %(every)s months", repeat.every) % every


def _days(repeat: Repeat, first: date, formats: Formats) -> str:
    if repeat.unit == "week":
        days = repeat.weekdays or (first.weekday(),)
        names = ", ".join(formats.weekday(weekday(day)) for day in days)
        return " " + _("on %(days)s") % {"days": names}
    if repeat.unit == "month" and repeat.by_weekday:
        return " " + _("on the same weekday, %(day)s") % {"day": formats.weekday(first)}
    if repeat.unit == "month":
        return " " + _("on day %(day)s") % {"day": first.day}
    return ""


def weekday(number: int) -> date:
    """A date on that weekday (0 = Monday), for its name."""
    return date(2024, 1, 1 + number)


def why(code: str, message: Any) -> str:
    """Why a date is not free, in a few words where there are such."""
    short = {
        "slot_taken": _("taken"),
        "not_offered": _("closed or not at work"),
        "too_late": _("has passed"),
        "staff_service_mismatch": _("does not give this service"),
    }
    return short.get(code) or str(message)

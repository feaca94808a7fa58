"""What the mapping says about things to be made: the organization, its locations, their working time, the service."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from visita.integrations.appointments_file.tables import Table
from visita.scheduling.models.resource import ResourceKind

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Week = dict[int, tuple[tuple[int, int], ...]]  # weekday → (start, end) in minutes of the day


@dataclass(frozen=True, slots=True)
class Founding:
    """An organization that does not exist yet."""

    name: str
    trade: str
    language: str
    zone: str
    currency: str
    country: str
    phone: str
    email: str

    @classmethod
    def read(cls, table: Table, zone: str) -> "Founding":
        """From `[organization]`."""
        return cls(
            name=table.text("name"),
            trade=table.text("trade", most=40),
            language=table.text("language", "en", most=8),
            zone=zone,
            currency=table.text("currency", most=3),
            country=table.text("country", most=2),
            phone=table.text("phone", "", most=32),
            email=table.text("email", "", most=254),
        )


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """The one service all rows are booked as. `minutes` is its length and the step of its starts."""

    name: str
    specialty: str
    minutes: int

    @classmethod
    def read(cls, table: Table) -> "ServicePlan":
        """From `[service]`."""
        name = table.text("name", most=120)
        return cls(
            name, table.text("specialty", name or "-", most=120), table.whole("minutes", None, 1, 1440)
        )


@dataclass(frozen=True, slots=True)
class LocationPlan:
    """A location that does not exist yet. `resource_name` may hold `{number}`; `name` None = as the file says."""

    name: str | None
    city: str
    resources: int
    resource_name: str
    resource_kind: str
    since: date
    week: Week


def plan_of(table: Table, general: LocationPlan | None) -> LocationPlan:
    """From `[locations]`, or from `[locations.named.X]` with the general plan for what it does not say."""
    base = general or LocationPlan(None, "", 1, "{number}", ResourceKind.PERSON, date(2000, 1, 1), {})
    plan = replace(
        base,
        name=table.text("name", "") or None,
        city=table.text("city", base.city, most=120),
        resources=table.whole("resources", base.resources, 1, 500),
        resource_name=table.text("resource_name", base.resource_name, most=120),
        resource_kind=table.parsed("resource_kind", _kind, base.resource_kind),
        since=table.parsed("since", date.fromisoformat, base.since.isoformat()),
        week=_week(table.table("working_time")) or base.week,
    )
    if not plan.week:
        table.wrong("working_time", _('say when work is done, for example monday-friday = ["09:00-17:00"]'))
    return plan


def plans_in(table: Table, general: LocationPlan) -> dict[str, LocationPlan]:
    """From `[locations.named]`: the file's name of a location → its own plan."""
    found = {}
    for name, values in table.items(dict):
        one = Table(table.source, f"{table.path}.{name}", values)
        found[unicodedata.normalize("NFC", name)] = plan_of(one, general)
        one.close()
    return found


def _kind(text: str) -> str:
    if text not in ResourceKind.values:
        raise ValueError(_("is none of %s") % ", ".join(ResourceKind.values))
    return text


def _week(table: Table) -> Week:
    week: dict[int, list[tuple[int, int]]] = {}
    for key, intervals in table.items(list):
        try:
            for day in _days(key):
                week.setdefault(day, []).extend(_interval(text) for text in intervals)
        except (ValueError, TypeError) as error:
            table.wrong(key, str(error))
    for day, intervals in week.items():
        intervals.sort()
        if any(a[1] > b[0] for a, b in pairwise(intervals)):
            table.wrong("", _("two intervals of %s overlap") % DAYS[day])
    return {day: tuple(intervals) for day, intervals in week.items()}


def _days(key: str) -> range:
    """`monday` or `monday-friday`, as weekdays."""
    first, _dash, last = key.partition("-")
    days = range(_day(first), _day(last or first) + 1)
    if not days:
        raise ValueError(_("the week begins on monday: write the earlier day first"))
    return days


def _day(name: str) -> int:
    if name not in DAYS:
        raise ValueError(_("%r is not a day of the week") % name)
    return DAYS.index(name)


def _interval(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", text)
    start, end = (int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])) if found else (0, 0)
    if not start < end <= 1440:
        raise ValueError(_("%r is not an interval such as 09:00-17:00") % text)
    return start, end

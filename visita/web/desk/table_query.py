"""The table's address: read into what the query takes, and written back with changes for every link of the page."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from visita.bookings.models import Scheme, VisitStatus
from visita.bookings.table_orders import SORTS
from visita.bookings.table_ranges import Bounds
from visita.bookings.table_wanted import CHANGED, About, Wanted
from visita.clients.search import themselves
from visita.clients.subject_search import called
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.identity import rights
from visita.web.desk import ranges
from visita.web.desk.frame import Frame
from visita.web.desk.labels import statuses
from visita.web.desk.ranges import Measure
from visita.web.desk.reading import day as read_day
from visita.web.desk.reading import number
from visita.web.desk.table_names import Names

WEEK = timedelta(days=6)
FOUND = 200  # clients a search narrows the table to
COUNT = "count"  # asks for the number of all rows; goes along with no link
_DATES = ("from", "to", "booked_from", "booked_to")
_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says: `values` as given (for links and fields), `wanted` for the query.

    `typed` are ranges as their fields have them, `wrong` by field why one cannot be read: then nothing is found. `turned`: days stood in the wrong order."""

    values: Mapping[str, list[str]]
    wanted: Wanted
    after: tuple[Any, int] | None
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    turned: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether more clients fit what was typed than the table takes."""
        return self.wanted.either is not None and len(self.wanted.either[0]) >= FOUND

    def link(self, **changes: str | None) -> str:
        """The address's query with some names set anew; None takes a name away."""
        kept = {name: values for name, values in self.values.items() if name not in changes}
        kept |= {name: [value] for name, value in changes.items() if value}
        return "?" + (urlencode(kept, doseq=True) or "from=")

    def by(self, sort: str) -> "Asked":
        """The same in another order, from the first page on."""
        kept = {name: given for name, given in self.values.items() if name not in ("down", "after")}
        wanted = replace(self.wanted, sort=sort, down=False)
        return replace(self, values={**kept, "sort": [sort]}, wanted=wanted, after=None)

    def without(self, name: str, value: str) -> str:
        """The query without one value of a name, from the first page on."""
        kept = {key: values for key, values in self.values.items() if key != "after"}
        kept[name] = [each for each in kept.get(name, []) if each != value]
        return "?" + (urlencode(kept, doseq=True) or "from=")

    def one(self, name: str) -> str:
        """The first value of a name."""
        return next(iter(self.values.get(name, [])), "")


def read(query: QueryDict, place: Frame) -> Asked:
    """The address's question; without any filter the coming week. Refuses bad_date, bad_sort, bad_page, bad_choice."""
    values = {name: [each for each in given if each] for name, given in query.lists() if name != COUNT}
    if not query:
        values = {"from": [place.today.isoformat()], "to": [(place.today + WEEK).isoformat()]}
    typed, wrong = _ranges(values, place)
    turned = [_in_order(values, *pair) for pair in (_DATES[:2], _DATES[2:])]
    dates = {name: read_day(next(iter(values.get(name, [])), "")) for name in _DATES}
    wanted = Wanted(
        first=_minute(dates["from"], place),
        last=_minute(_next(dates["to"]), place),
        booked_first=midnight(dates["booked_from"], place),
        booked_last=midnight(_next(dates["booked_to"]), place),
        statuses=_known(values, "status", [*VisitStatus.values, CHANGED]),
        schemes=_known(values, "scheme", Scheme.values),
        either=_people(next(iter(values.get("q", [])), ""), place.guest.may(rights.CLIENTS_PHONES)),
        changed=bool(values.get("changed")),
        clients=() if wrong else None,
        measured=_measured(values, place),
        online={"yes": True, "no": False}.get(next(iter(values.get("online", [])), "")),
        sort=_sort(next(iter(values.get("sort", [])), "when")),
        down=bool(values.get("down")),
        locations=_ids(values.get("location", [])),
        specialties=_ids(values.get("specialty", [])),
        services=_ids(values.get("service", [])),
        resources=_ids(values.get("resource", [])),
    )
    after = _after(next(iter(values.get("after", [])), ""), wanted.sort)
    return Asked(values, wanted, after, typed, wrong, any(turned))


def _in_order(values: dict[str, list[str]], first: str, last: str) -> bool:
    """Days in the wrong order are meant the other way round; whether they were."""
    days = [read_day(next(iter(values.get(name, [])), "")) for name in (first, last)]
    if days[0] is None or days[1] is None or days[0] <= days[1]:
        return False
    values[first], values[last] = values[last], values[first]
    return True


TYPED = "_typed"  # the end of the name of a field in which a range is typed


def measures(place: Frame) -> dict[str, tuple[str, Measure]]:
    """(label, measure) of the filters that hold numbers, by name."""
    formats = place.formats
    return {
        "length": (_("Length"), ranges.lengths(formats)),
        "price": (_("Price"), ranges.prices(formats, place.profile.currency)),
        "places": (_("Places"), ranges.places(formats)),
    }


def _ranges(values: dict[str, list[str]], place: Frame) -> tuple[dict[str, str], dict[str, str]]:
    """Typed ranges become values of the address; what stands in the fields, and why one of them cannot be read."""
    typed: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for name, (_label, measure) in measures(place).items():
        for text in values.pop(f"{name}{TYPED}", [])[:1]:
            typed[name] = " ".join(text.replace("\x00", "").split())[:60]
            try:
                values[name] = [ranges.written(ranges.read(typed[name], measure))] if typed[name] else []
            except Refusal as refusal:
                values.pop(name, None)
                wrong[name] = str(refusal.message)
        for value in values.get(name, [])[:1]:
            bounds = ranges.of_address(value, measure.most)
            if bounds is None:
                raise Refusal("bad_range", 422, measure.none, field=name)
            typed[name] = ranges.typed(bounds, measure)
    return typed, wrong


def _measured(values: Mapping[str, list[str]], place: Frame) -> tuple[tuple[str, tuple[Bounds, ...]], ...]:
    found = {
        name: [ranges.of_address(value, measure.most) for value in values.get(name, [])]
        for name, (_label, measure) in measures(place).items()
    }
    return tuple((name, tuple(each for each in all_ if each)) for name, all_ in found.items() if all_)


def _next(day: date | None) -> date | None:
    return None if day is None else day + timedelta(days=1)


def midnight(day: date | None, place: Frame) -> datetime | None:
    """Where the day begins at the reader's location; on a day without midnight the first instant after it."""
    return None if day is None else datetime.combine(day, time(), ZoneInfo(place.location.zone))


def _minute(day: date | None, place: Frame) -> int | None:
    found = midnight(day, place)
    return None if found is None else clock.to_minute(found)


def minute_of(day: date, place: Frame) -> int:
    """The epoch minute at which a date begins at the reader's location."""
    return clock.to_minute(datetime.combine(day, time(), ZoneInfo(place.location.zone)))


def date_of(minute: int, place: Frame) -> date:
    """The date of an epoch minute at the reader's location."""
    return clock.from_minute(minute).astimezone(ZoneInfo(place.location.zone)).date()


def _known(values: Mapping[str, list[str]], name: str, allowed: list[str]) -> tuple[str, ...]:
    given = values.get(name, [])
    if any(each not in allowed for each in given):
        raise Refusal("bad_choice", 422, _("This is none of the choices."), field=name)
    return tuple(given)


def _ids(given: list[str]) -> tuple[int, ...]:
    """Ids of the address; what is no id matches nothing rather than everything."""
    return tuple(number(each) or 0 for each in given)


def _people(text: str, contacts: bool) -> tuple[tuple[int, ...], About] | None:
    """Whom a typed name, phone or plate means; None where nothing was typed."""
    if not text.strip():
        return None
    typed = text[:120].replace("\x00", "")
    clients = themselves(typed, FOUND, contacts=contacts)
    return tuple(client.pk for client in clients), About.of(called(typed, contacts=contacts))


def _sort(name: str) -> str:
    if name not in SORTS:
        raise Refusal("bad_sort", 422, _("The table has no such order."), field="sort", allowed=list(SORTS))
    return name


def cursor(after: tuple[Any, int]) -> str:
    """A place in the table as it stands in an address."""
    key = after[0].isoformat() if isinstance(after[0], datetime) else after[0]
    return base64.urlsafe_b64encode(json.dumps([key, after[1]]).encode()).decode().rstrip("=")


def _after(text: str, sort: str) -> tuple[Any, int] | None:
    if not text:
        return None
    try:
        key, id_ = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        key = datetime.fromisoformat(key) if sort == "booked" else key
        fits = _fits(key, sort) and type(id_) is int and abs(id_) < _LARGEST
    except (ValueError, TypeError, binascii.Error, RecursionError):
        fits = False
    if not fits:
        raise Refusal("bad_page", 422, _("This page of the table does not exist."), field="after")
    return key, id_


def _fits(key: Any, sort: str) -> bool:
    """Whether a page of this order can go on after the key."""
    if sort == "client":
        return isinstance(key, list) and len(key) == 2 and all(map(_storable, key))
    if isinstance(key, int):
        return sort not in _KINDS and not isinstance(key, bool) and abs(key) < _LARGEST
    return isinstance(key, _KINDS.get(sort, int)) and (not isinstance(key, str) or _storable(key))


def _storable(text: Any) -> bool:
    return isinstance(text, str) and not re.search("[\x00\ud800-\udfff]", text)


_TEXTS = ("status", "source", "scheme", "code", "about")
_KINDS: dict[str, type] = {"booked": datetime} | dict.fromkeys(_TEXTS, str)


def choices(asked: Asked, names: Names) -> list[dict[str, Any]]:
    """The lists of the filter form: name, label, options with those that are chosen."""
    lists = [
        (
            "status",
            _("Status"),
            {
                **{key: str(word) for key, word in statuses().items() if key in VisitStatus.values},
                CHANGED: _("Moved"),
            },
        ),
        ("resource", _("With"), _texts(names.resources)),
        ("service", _("Service"), _texts(names.services)),
        ("specialty", _("Group"), _texts(names.specialties)),
        ("location", _("Location"), _texts(names.locations)),
        ("scheme", _("Public or private"), dict(names.schemes)),
        ("online", _("Booked"), {"yes": _("online"), "no": _("by staff")}),
    ]
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": value, "text": text, "on": value in asked.values.get(name, [])}
                for value, text in options.items()
            ],
        }
        for name, label, options in lists
        if len(options) > 1
    ]


def _texts(names: Mapping[int, str]) -> dict[str, str]:
    return {str(key): name for key, name in names.items()}


def chips(asked: Asked, names: Names, place: Frame) -> list[dict[str, str]]:
    """What narrows the table now, each with the address without it."""
    words = {each["name"]: {o["value"]: o["text"] for o in each["options"]} for each in choices(asked, names)}
    words["changed"] = {"1": _("moved")}
    found = _of_ranges(asked, place)
    for name, values in asked.values.items():
        if name not in words and name != "q":
            continue
        for value in values:
            text = words.get(name, {}).get(value, value)
            found.append({"text": text, "url": asked.without(name, value)})
    return found


def _of_ranges(asked: Asked, place: Frame) -> list[dict[str, str]]:
    """Chips of numbers, and of the dates of booking."""
    found = []
    for name, (label, measure) in measures(place).items():
        for value in asked.values.get(name, []):
            bounds = ranges.of_address(value, measure.most)
            if bounds:
                text = f"{label}: {ranges.told(bounds, measure.words)}"
                found.append({"text": text, "url": asked.without(name, value)})
    days = read_day(asked.one("booked_from")), read_day(asked.one("booked_to"))
    if any(days):
        text = f"{_('Booked on')}: {ranges.told(days, place.formats.day)}"
        found.append({"text": text, "url": asked.link(booked_from=None, booked_to=None, after=None)})
    return found

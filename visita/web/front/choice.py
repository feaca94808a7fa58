"""What the visitor has chosen so far, read from the address: every link to a page can be kept, shared and repeated.

Reading is forgiving (a broken value counts as not chosen) and bounded (ids fit the database, dates the calendar);
`broken` says that something was asked for that cannot be, so that the page can answer 404 and still help.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.http import QueryDict

_LARGEST = 2**63 - 1
LATEST = 2**26  # epoch minutes: the year 2097
_PARTS = ("morning", "afternoon", "evening")
_ANSWER = "a."
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_VIEWS = ("month", "several")
MOST = 6  # services of one visit


class Wanted(NamedTuple):
    """A service of the visit, with whom (None = anyone), and for which of those who come (0 = the first)."""

    service: int
    resource: int | None = None
    subject: int = 0

    def __str__(self) -> str:
        """As it stands in an address: `12`, `12.3`, `12.any.1`."""
        if self.subject:
            return f"{self.service}.{self.resource or 'any'}.{self.subject}"
        return f"{self.service}.{self.resource}" if self.resource else str(self.service)


@dataclass(frozen=True, slots=True)
class Choice:
    """Ids, the day shown, the month shown on wide screens, places wanted, part of the day.

    `kind` is the kind of subject, `group` the specialty looked into, `link` the booking path with its `answers`.
    `at` is the epoch minute of a time whose person is still to be chosen.
    `also` are the further services of the same visit; `view` "several" chooses more of them, for `whose`.
    """

    location: int | None = None
    service: int | None = None
    resource: int | None = None
    day: date | None = None
    month: date | None = None
    seats: int = 1
    part: str = ""
    view: str = ""
    by: str = ""
    search: str = ""
    broken: bool = False
    also: tuple[Wanted, ...] = ()
    whose: int = 0
    kind: str = ""
    group: int | None = None
    city: str = ""
    link: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    at: int | None = None

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """Everything chosen for the visit so far."""
        first = () if self.service is None else (Wanted(self.service, self.resource),)
        return (*first, *self.also)

    def chosen(self, wanted: Iterable[Wanted]) -> "Choice":
        """The same choice with these services; those of one who comes stand together, the first is number 0."""
        once = {(each.service, each.subject): each for each in wanted}
        rows = sorted(once.values(), key=lambda each: each.subject)
        numbers = list(dict.fromkeys(each.subject for each in rows))
        rows = [each._replace(subject=numbers.index(each.subject)) for each in rows]
        first = rows[0] if rows else Wanted(0)
        return replace(self, service=first.service or None, resource=first.resource, also=tuple(rows[1:]))

    def with_one(self, service: int, resource: int | None = None) -> "Choice":
        """With one more service for whom services are chosen now."""
        return self.chosen((*self.wanted, Wanted(service, resource, self.whose)))

    def without(self, one: Wanted) -> "Choice":
        """Without this service for this one of those who come."""
        return self.chosen(each for each in self.wanted if each[::2] != one[::2])

    def query(self, **changes: Any) -> dict[str, Any]:
        """The address's query of this choice with some changes."""
        other = replace(self, **changes)
        return {
            "location": other.location,
            "service": other.service,
            "resource": other.resource,
            "also": "-".join(map(str, other.also)),
            "date": other.day.isoformat() if other.day else None,
            "month": other.month.isoformat()[:7] if other.month else None,
            "seats": other.seats if other.seats > 1 else None,
            "part": other.part,
            "view": other.view,
            "for": other.whose or None,
            "by": other.by,
            "q": other.search,
            "kind": other.kind,
            "group": other.group,
            "city": other.city,
            "flow": other.link,
            "at": other.at,
            **{f"{_ANSWER}{key}": answer for key, answer in other.answers},
        }

    @property
    def begun(self) -> bool:
        """Whether something is chosen by which the path goes on; a link, a day or a view of a page is not."""
        still = ("flow", "view", "date", "month", "part", "q", "seats")
        return any(given for name, given in self.query().items() if name not in still)

    def kept(self) -> dict[str, str]:
        """What a form carries along besides the services: kind, path and answers."""
        names = {"kind", "flow", *(f"{_ANSWER}{key}" for key, _ in self.answers)}
        return {name: str(given) for name, given in self.query().items() if name in names and given}

    def answered(self, key: str, answer: str) -> "Choice":
        """With an answer to one of the path's own steps."""
        return replace(self, answers=tuple({**dict(self.answers), key: answer}.items()))


def read(query: QueryDict) -> Choice:
    """The choice of an address or of a sent form."""
    ids = {name: query.get(name, "") for name in ("location", "service", "resource")}
    numbers = {name: number(value) for name, value in ids.items()}
    broken = any(ids[name] not in ("", "any") and numbers[name] is None for name in ids)
    part, view, by = query.get("part", ""), query.get("view", ""), query.get("by", "")
    found = Choice(
        **numbers,
        day=_date(query.get("date", "")),
        month=_date(query.get("month", "") + "-01"),
        seats=min(number(query.get("seats", "")) or 1, 100),
        part=part if part in _PARTS else "",
        view=view if view in _VIEWS else "",
        by=by if by in ("people", "anyone") else "",
        kind=_code(query.get("kind", "")),
        group=number(query.get("group", "")),
        city=query.get("city", "")[:80].replace("\x00", ""),
        link=_code(query.get("flow", "")),
        answers=_answers(query),
        search=query.get("q", "")[:80].replace("\x00", ""),
        broken=broken,
        also=_also(query.get("also", "")),
        at=minute(query.get("at", "")),
        whose=min(number(query.get("for", "")) or 0, MOST - 1),
    )
    return found.chosen(found.wanted) if found.also else found


def _code(value: str) -> str:
    """A code or link of the organization's; anything else counts as none."""
    return value if len(value) <= 60 and _CODE.fullmatch(value) else ""


def _answers(query: QueryDict) -> tuple[tuple[str, str], ...]:
    """The answers to a path's own steps: `a.key=answer`."""
    given = [(name[len(_ANSWER) :], query.get(name, "")) for name in query if name.startswith(_ANSWER)]
    return tuple((key, answer) for key, answer in given[:20] if _code(key) and _code(answer))


def _also(value: str) -> tuple[Wanted, ...]:
    found = []
    for part in value.split("-")[: MOST - 1]:
        service, _, rest = part.partition(".")
        resource, _, subject = rest.partition(".")
        known = number(service)
        if known is not None:
            found.append(Wanted(known, number(resource), min(number(subject) or 0, MOST - 1)))
    return tuple(found)


def number(value: str) -> int | None:
    """A positive whole number that a bigint holds, else None."""
    if not (value.isascii() and value.isdecimal() and len(value) < 20):
        return None
    found = int(value)
    return found if 0 < found <= _LARGEST else None


def minute(value: str) -> int | None:
    """An epoch minute within the years we know, else None."""
    found = number(value)
    return found if found and found < LATEST else None


def _date(value: str) -> date | None:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None

"""Search in a journal (JR-10): values that combine, stand as chips that come off, and are kept for the next time.

For any journal, of visits or of changes to working time. A journal declares what can be searched and asks its own query:

    FIELDS = (Field("person", _("Person"), options={"7": "Dr Ana Pop"}), Field("note", _("Note")), Field("day", _("Date"), day=True))
    asked = search.read(request.GET, FIELDS)          # ?find=person:7&find=note:ill, and what its form sends (`in`, `text`)
    asked.values("person")                            # ["7"]: values of one field are alternatives, fields narrow each other
    context |= search.context(asked, guest, "hours")  # for {% include "desk/parts/search.html" %}: form, chips, past searches

`context` also keeps the search among the person's past ones of that journal. A value in a list becomes a link with
`asked.adding("person", "7")`. Inside a scope.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from visita.clients.matching import fold
from visita.foundation.errors import Refusal
from visita.identity import actions as identity
from visita.identity.preferences import preference
from visita.web.components.formats import Formats, formats_for
from visita.web.desk import ranges
from visita.web.desk.door import Guest
from visita.web.desk.ranges import Measure

PAST = 12  # searches kept for one person in one journal
MOST = 20  # values in one search
LONGEST = 120  # characters of a value
ANY = "any"  # the field that means every text field


@dataclass(frozen=True, slots=True)
class Field:
    """What can be searched. With `options` (value → words) a choice, with `day` a date (with `spans` two as well), with
    `measure` a number or a range of them, else free text."""

    code: str
    label: Any
    options: Mapping[str, str] | None = None
    day: bool = False
    spans: bool = False
    measure: Measure | None = None

    @property
    def free(self) -> bool:
        """Whether any text may be searched in it."""
        return self.options is None and not self.day and self.measure is None

    def words(self, value: str, formats: Formats) -> str:
        """A value as a person reads it."""
        if self.spans and (days := ranges.days_of_address(value)):
            return ranges.told(days, formats.day)
        if self.day:
            return formats.day(date.fromisoformat(value))
        if self.measure and (bounds := ranges.of_address(value, self.measure.most)):
            return ranges.told(bounds, self.measure.words)
        return (self.options or {}).get(value, value)

    def fits(self, value: str) -> bool:
        """Whether an address may ask for it."""
        if self.measure:
            return ranges.of_address(value, self.measure.most) is not None
        if self.spans:
            return ranges.days_of_address(value) is not None
        if self.day:
            return len(value) == 10 and _is_date(value)
        return self.options is None or value in self.options


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for: (field's code, value) in the order they were added. `unknown` fits nothing at all.

    `wrong` says why what was `typed` into the field `into` cannot be read."""

    fields: Sequence[Field]
    finds: tuple[tuple[str, str], ...] = ()
    unknown: str = ""
    wrong: str = ""
    typed: str = ""
    into: str = ""
    kept: Mapping[str, list[str]] = field(default_factory=dict)

    def values(self, code: str) -> list[str]:
        """The alternatives of one field."""
        return [value for name, value in self.finds if name == code]

    def link(self, finds: Iterable[tuple[str, str]]) -> str:
        """The address's query for these values, with the page's own names beside it."""
        pairs = [("find", f"{code}:{value}") for code, value in finds]
        return "?" + urlencode([*pairs, *((n, v) for n, vs in self.kept.items() for v in vs)])

    def adding(self, code: str, value: str) -> str:
        """The query with one value more."""
        return self.link(dict.fromkeys([*self.finds, (code, value)]))

    def without(self, code: str, value: str) -> str:
        """The query with one value less."""
        return self.link(pair for pair in self.finds if pair != (code, value))

    @property
    def query(self) -> str:
        """Only the search, as an address writes it; empty when nothing is searched for."""
        return urlencode([("find", f"{code}:{value}") for code, value in self.finds])


def read(
    query: QueryDict,
    fields: Sequence[Field],
    keep: Iterable[str] = (),
    written: Callable[[str], date | None] = lambda _text: None,
) -> Asked:
    """The address's search; `keep` names what every link must carry on, `written` reads a typed date as the reader writes
    dates. Refuses bad_search for what no form sends."""
    known = {each.code: each for each in fields}
    finds = dict.fromkeys(_pair(text, known) for text in query.getlist("find")[:MOST])
    kept = {name: query.getlist(name) for name in keep if name in query}
    typed = " ".join(query.get("text", "").replace("\x00", "").split())[:LONGEST]
    if not typed:
        return Asked(fields, tuple(finds), kept=kept)
    into = known.get(query.get("in", ""))
    if into is not None and (into.measure or into.spans):
        return _ranged(Asked(fields, tuple(finds), kept=kept, typed=typed, into=into.code), into, written)
    day = typed if _is_date(typed) else written(typed)
    more = _meant(typed, str(day or ""), query.get("in", ""), fields)
    return Asked(fields, tuple(dict.fromkeys([*finds, *more])), "" if more else typed, kept=kept)


def _ranged(asked: Asked, into: Field, written: Callable[[str], date | None]) -> Asked:
    """With one range more; what cannot be read stays typed, and a word says why."""
    try:
        value = (
            ranges.written(ranges.read(asked.typed, into.measure))
            if into.measure
            else ranges.days_written(ranges.read_days(asked.typed, _iso_or(written)))
        )
    except Refusal as refusal:
        return replace(asked, wrong=str(refusal.message))
    return replace(asked, finds=tuple(dict.fromkeys([*asked.finds, (into.code, value)])), typed="", into="")


def _iso_or(written: Callable[[str], date | None]) -> Callable[[str], date | None]:
    return lambda text: date.fromisoformat(text) if _is_date(text) else written(text)


def _pair(text: str, known: Mapping[str, Field]) -> tuple[str, str]:
    code, _colon, value = text.partition(":")
    value = value.strip()[:LONGEST]
    if code not in known or not value or "\x00" in value or not known[code].fits(value):
        raise Refusal("bad_search", 422, _("This search cannot be read."), field="find")
    return code, value


def _meant(typed: str, day: str, code: str, fields: Sequence[Field]) -> list[tuple[str, str]]:
    """What was typed as values: a choice by its words, a date as dates are written, else the text itself."""
    wanted = [each for each in fields if each.code == code] or list(fields)
    days = [(each.code, day) for each in wanted if each.day and not each.spans and day][
        :1
    ]  # of "anything" the day itself, no limit
    found = [pair for each in wanted for pair in _named(each, typed, exact=len(wanted) > 1)] or days
    if found:
        return found
    free = [each for each in wanted if each.free]
    if code and not free:
        return []
    return [(ANY if any(each.code == ANY for each in free) else free[0].code, typed)] if free else []


def _named(each: Field, typed: str, *, exact: bool) -> list[tuple[str, str]]:
    same = fold(typed)
    names = {value: fold(words) for value, words in (each.options or {}).items()}
    whole = [(each.code, value) for value, name in names.items() if name == same]
    if whole or exact:
        return whole
    return [(each.code, value) for value, name in names.items() if same in name][:MOST]


def _is_date(text: str) -> bool:
    try:
        return 2000 <= date.fromisoformat(text).year <= 2199
    except ValueError:
        return False


def chips(asked: Asked, formats: Formats) -> list[dict[str, str]]:
    """Each value with its field's name and the address without it."""
    known = {each.code: each for each in asked.fields}
    return [
        {
            "code": code,
            "label": str(known[code].label),
            "text": known[code].words(value, formats),
            "url": asked.without(code, value),
        }
        for code, value in asked.finds
    ]


def context(asked: Asked, guest: Guest, journal: str, country: str = "") -> dict[str, Any]:
    """What `desk/parts/search.html` shows; keeps the search among the past ones."""
    formats = formats_for(guest.language, country)
    queries = remember(guest, journal, asked)
    return {
        "search": asked,
        "search_chips": chips(asked, formats),
        "search_fields": [each for each in asked.fields if each.code != ANY],
        "search_names": sorted({words for each in asked.fields for words in (each.options or {}).values()}),
        "search_past": list(_past(queries, asked, formats)),
        "search_none": asked.link(()),
    }


def remember(guest: Guest, journal: str, asked: Asked) -> list[str]:
    """The person's past searches, newest first, with this one in front."""
    name = f"search.{journal}"
    before: list[str] = preference(guest.user.pk, name) or []
    if not asked.query or before[:1] == [asked.query]:
        return before
    after = [asked.query, *(each for each in before if each != asked.query)][:PAST]
    identity.prefer.here(guest.user.pk, name, after)
    return after


def _past(queries: Iterable[str], asked: Asked, formats: Formats) -> Iterable[dict[str, str]]:
    """Past searches that still mean something, in words; the one shown is not past."""
    for query in queries:
        try:
            past = replace(read(QueryDict(query), asked.fields), kept=asked.kept)
        except Refusal:
            continue  # a person or service that is there no more
        if past.finds != asked.finds:
            words = ", ".join(each["text"] for each in chips(past, formats))
            yield {"text": words, "url": past.link(past.finds)}

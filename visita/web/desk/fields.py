"""The fields of a visit's states in words: what a field is called, and how its values read (names, never ids)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from visita.bookings import discounts
from visita.bookings.states import EXISTS, PERSONAL, Key, State
from visita.catalog.models import Service
from visita.clients.models import Subject
from visita.foundation import clock
from visita.scheduling.models import Resource
from visita.web.desk.frame import Frame
from visita.web.desk.labels import scheme_words, statuses

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that was `before` and became `after`, ready to read."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Names:
    """What ids stand for, read once for all the states of a page."""

    place: Frame
    resources: Mapping[int, str]
    services: Mapping[int, str]
    subjects: Mapping[int, str]

    @classmethod
    def of(cls, states: Iterable[State | None], place: Frame) -> "Names":
        """Three short reads; inside a scope."""
        known = [state for state in states if state is not None]
        parts = [part for state in known for part in state.parts.values()]
        subjects = {state.whole["subject_id"] for state in known}
        return cls(
            place,
            {row.pk: str(row) for row in Resource.objects.filter(pk__in=_ids(parts, "resource_id"))},
            {
                row.pk: place.text(row.name)
                for row in Service.objects.filter(pk__in=_ids(parts, "service_id"))
            },
            {row.pk: row.name for row in Subject.objects.filter(pk__in=subjects - {None})},
        )

    def moment(self, s: int, e: int) -> str:
        """Thu 12 Nov, 10:30–11:00."""
        start, end = (clock.from_minute(each).astimezone(self.place.zone) for each in (s, e))
        formats = self.place.formats
        return f"{formats.day(start.date())}, {formats.span(start, end)}"

    def location(self, pk: int) -> str:
        """A location's name; one that is closed for good keeps none."""
        return next((each.name for each in self.place.locations if each.pk == pk), NOTHING)


def _ids(parts: Iterable[Mapping[str, Any]], name: str) -> set[int]:
    return {part[name] for part in parts if part[name] is not None}


def changes(
    found: Mapping[Key, tuple[Any, Any]], after: State | None, names: Names, *, erased: bool = False
) -> list[Change]:
    """The changed fields in words, time first; `erased` keeps personal texts to themselves."""
    told: list[Change] = []
    for key in sorted(found, key=_order):
        was, became = found[key]
        if key == ("fields",) and not erased:
            told += _answers(was, became, names)
        elif key[0] in PERSONAL and erased:
            told.append(Change(_label(key, after, names), _("erased"), _("erased")))
        else:
            told.append(
                Change(_label(key, after, names), _value(key, was, names), _value(key, became, names))
            )
    return [each for each in told if each.before != each.after or erased]


def _order(key: Key) -> tuple[int, str]:
    kinds = (EXISTS, "when", "who", "service", "status", "location_id", "price", "discounts")
    kind = str(key[-1])
    return kinds.index(kind) if kind in kinds else len(kinds), str(key)


def _label(key: Key, after: State | None, names: Names) -> str:
    word = _words()[str(key[-1])]
    if len(key) == 1 or key[1] == EXISTS or after is None or len(after.parts) < 2:
        return word
    part = after.parts.get(int(key[0]))
    service = names.services.get(part["service_id"], "") if part else ""
    return f"{word} ({service})" if service else word


def _words() -> dict[str, str]:
    return {
        "when": _("Time"), "who": _("With"), "service": _("Service"), "price": _("Price"), "status": _("Status"),
        "location_id": _("Location"), "seats": _("Places"), "subject_id": _("For whom"),
        "scheme": _("Public or private"), "note": _("Note"), "fields": _("Answers"), "cancel_reason": _("Reason"),
        EXISTS: _("Service"), "discounts": _("Discount"),
    }  # fmt: skip


def _value(key: Key, value: Any, names: Names) -> str:
    kind = str(key[-1])
    if len(key) == 2:
        return _of_part(kind, value, names)
    known: dict[str, Mapping[Any, str]] = {
        "status": statuses(), "scheme": dict(scheme_words()), "subject_id": names.subjects,
    }  # fmt: skip
    if kind == "location_id":
        return names.location(value)
    if kind == "fields":
        return NOTHING
    if kind == "discounts":
        return discount_words(value, names.place) or NOTHING
    return (known[kind].get(value) if kind in known else str(value)) or NOTHING


def discount_words(rows: Iterable[Mapping[str, Any]], place: Frame) -> str:
    """10 % (Birthday), 5 lei (Came late)."""
    return ", ".join(f"{discount_size(line, place)} ({line.reason})" for line in discounts.read(rows))


def discount_size(line: discounts.Discount, place: Frame) -> str:
    """10 %, or an amount."""
    if line.percent is None:
        return place.formats.price(line.amount, place.profile.currency)
    return f"{line.percent} %"


def _of_part(kind: str, value: Any, names: Names) -> str:
    if kind == EXISTS:
        return _whole(value, names)
    if kind == "when":
        return names.moment(*value)
    if kind == "who":
        return names.resources.get(value[0]) or NOTHING
    if kind == "service":
        return names.services.get(value[0]) or NOTHING
    return names.place.formats.price(value[0], value[1]) or NOTHING


def _whole(part: Mapping[str, Any] | None, names: Names) -> str:
    """A service that came or went, with its time and who gives it."""
    if part is None:
        return NOTHING
    words = (names.services.get(part["service_id"]), names.moment(part["s"], part["e"]),
             names.resources.get(part["resource_id"] or 0))  # fmt: skip
    return ", ".join(filter(None, words))


def _answers(was: Mapping[str, Any], became: Mapping[str, Any], names: Names) -> list[Change]:
    """Each answer that changed, under the words of its question."""
    codes = [code for code in {**was, **became} if was.get(code) != became.get(code)]
    return [
        Change(_question(became.get(code) or was.get(code), names), _answer(was.get(code), names),
               _answer(became.get(code), names))
        for code in codes
    ]  # fmt: skip


def _question(kept: Any, names: Names) -> str:
    label = kept.get("label") if isinstance(kept, dict) else ""
    return (names.place.text(label) if isinstance(label, dict) else str(label or "")) or _("Answers")


def _answer(kept: Any, names: Names) -> str:
    if not isinstance(kept, dict):
        return NOTHING
    if kept.get("value") is True:
        return _("yes")
    shown = kept.get("shown", kept.get("value", ""))
    return (names.place.text(shown) if isinstance(shown, dict) else str(shown)) or NOTHING

"""Who may have a service (BY-15): pure rules over what is known of the person, read from the setting `eligibility`.

The setting of a service (or specialty, or all) is a table; every entry may be missing:

- `clients`: "new" (no other visit of any service, neither earlier nor to come: who books backwards is new once) or
  "returning" (was here by then)
- `after_days`: [days, [service ids, empty = any]]: no such visit nearer than so many days, before the start or after it
- `within_days`: the same pair: the last such visit lies at most so long before the start
- `ages`: [lowest or null, highest or null], in years at the start; an unknown age refuses nobody
- `kinds`: the kinds of subject the service is for ("dog", "cat")
- `needs_field`: the code of an extra field that must be filled (a referral's number)
- `offer`: the id of the service to offer instead
- `text`: {language: sentence} in place of Visita's own explanation
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from visita.tenancy import settings

KEYS = {"clients", "after_days", "within_days", "ages", "kinds", "needs_field", "offer", "text"}


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of who comes: earlier and coming visits as (date, services), without cancelled and missed ones."""

    visits: Sequence[tuple[date, frozenset[int]]] = ()
    born: date | None = None
    kind: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


def _is_age(value: Any) -> bool:
    return value is None or (type(value) is int and 0 <= value <= 150)


def _is_span(value: Any) -> bool:
    """[days, [service ids]]."""
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[1], list):
        return False
    return type(value[0]) is int and 0 <= value[0] <= 36_500 and all(type(each) is int for each in value[1])


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "clients": lambda value: value in ("new", "returning"),
    "after_days": _is_span,
    "within_days": _is_span,
    "ages": lambda value: isinstance(value, list) and len(value) == 2 and all(map(_is_age, value)),
    "kinds": lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    "needs_field": lambda value: isinstance(value, str),
    "offer": lambda value: type(value) is int,
    "text": lambda value: isinstance(value, dict) and all(isinstance(each, str) for each in value.values()),
}


def _fits(value: dict[str, Any]) -> bool:
    return value.keys() <= KEYS and all(_SHAPES[key](each) for key, each in value.items())


settings.declare("eligibility", dict, {}, 0, len(KEYS), _fits)


def problem(rule: Mapping[str, Any], person: Person, on: date, *, kept: bool = False) -> str | None:
    """Why the person may not have the service on that date: the entry that says so; None where nothing does.

    `kept`: a living visit that has the service is moved. Who was new when it was booked stays so while nothing comes
    before it, whatever was booked since.
    """
    checks = {
        "clients": _wrong_clients(rule, person, on, kept),
        "after_days": "after_days" in rule and _too_near(rule["after_days"], person, on),
        "within_days": "within_days" in rule and _too_long_ago(rule["within_days"], person, on),
        "ages": _wrong_age(rule, person, on),
        "kinds": not fits_kind(rule, person.kind),
        "needs_field": "needs_field" in rule and not person.fields.get(rule["needs_field"]),
    }
    return next((name for name, refused in checks.items() if refused), None)


def fits_kind(rule: Mapping[str, Any], kind: str) -> bool:
    """Whether the service is for this kind of subject; an unknown kind ("") fits, it is asked later."""
    return not kind or kind in (rule.get("kinds") or (kind,))


def age(born: date, on: date) -> int:
    """Full years on a date."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _wrong_clients(rule: Mapping[str, Any], person: Person, on: date, kept: bool) -> bool:
    if "clients" not in rule:
        return False
    was_here = any(day <= on for day, _services in person.visits)
    if rule["clients"] == "returning":
        return not was_here
    return was_here if kept else bool(person.visits)


def _such(span: Sequence[Any], person: Person) -> list[date]:
    services = set(span[1])
    return [day for day, given in person.visits if not services or services & given]


def _too_near(span: Sequence[Any], person: Person, on: date) -> bool:
    return any(abs((on - day).days) < span[0] for day in _such(span, person))


def _too_long_ago(span: Sequence[Any], person: Person, on: date) -> bool:
    """Whether the last such visit up to the date is too far back, or missing."""
    seen = [day for day in _such(span, person) if day <= on]
    return not seen or (on - max(seen)).days > span[0]


def _wrong_age(rule: Mapping[str, Any], person: Person, on: date) -> bool:
    if "ages" not in rule or person.born is None:
        return False
    lowest, highest = rule["ages"]
    years = age(person.born, on)
    too_young: bool = lowest is not None and years < lowest
    return too_young or bool(highest is not None and years > highest)

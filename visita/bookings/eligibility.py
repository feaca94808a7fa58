"""Who may have a service (BY-15): pure rules over what is known of the person, read from the setting `eligibility`.

The setting of a service (or specialty, or all) is a table; every entry may be missing:

- `clients`: "new" (never here for any service) or "returning"
- `after_days`, `within_days`: [days, [service ids, empty = any]]: the last such visit lies at least, or at most, so long
  before the start
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


def problem(rule: Mapping[str, Any], person: Person, on: date) -> str | None:
    """Why the person may not have the service on that date: the entry that says so; None where nothing does."""
    checks = {
        "clients": _wrong_clients(rule, person, on),
        "after_days": "after_days" in rule and _since(rule["after_days"], person, on, at_least=True),
        "within_days": "within_days" in rule and _since(rule["within_days"], person, on, at_least=False),
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


def _wrong_clients(rule: Mapping[str, Any], person: Person, on: date) -> bool:
    if "clients" not in rule:
        return False
    was_here = any(day <= on for day, _services in person.visits)
    wants_new: bool = rule["clients"] == "new"
    return was_here == wants_new


def _since(span: Sequence[Any], person: Person, on: date, *, at_least: bool) -> bool:
    """Whether the last such visit before the date is too near (`at_least`), or too far or missing."""
    days, services = span[0], set(span[1])
    seen = [day for day, given in person.visits if day <= on and (not services or services & given)]
    if not seen:
        return not at_least
    passed = (on - max(seen)).days
    too_soon: bool = passed < days
    return too_soon if at_least else passed > days


def _wrong_age(rule: Mapping[str, Any], person: Person, on: date) -> bool:
    if "ages" not in rule or person.born is None:
        return False
    lowest, highest = rule["ages"]
    years = age(person.born, on)
    too_young: bool = lowest is not None and years < lowest
    return too_young or bool(highest is not None and years > highest)

"""Sent values of specialties and services, checked field by field."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from visita.catalog import paths
from visita.catalog.errors import bad_code, twice
from visita.catalog.models.asking import AskedOf, ConsentPurpose, FieldKind
from visita.catalog.models.service import ServiceKind
from visita.foundation import numbers, text
from visita.scheduling.models.allocation import LONGEST

Reader = Callable[[Any], Any]
MOST_PLACES = 1000
MOST_CHOICES = 200
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def _position(value: Any) -> int:
    return numbers.whole(value, field="position", low=0, high=100_000)


def _minutes(name: str, low: int = 0, high: int = LONGEST) -> Reader:
    return lambda value: numbers.minutes(value, field=name, low=low, high=high)


def _maybe(reader: Reader) -> Reader:
    return lambda value: None if value is None else reader(value)


def _words(name: str, limit: int, required: bool = False) -> Reader:
    return lambda value: text.words(value, field=name, limit=limit, required=required)


def _hours(value: Sequence[int]) -> list[int]:
    """Start times of the day in minutes, ascending, each once."""
    return sorted({numbers.whole(at, field="start_hours", low=0, high=1439) for at in value})


def _places(name: str) -> Reader:
    return lambda value: numbers.whole(value, field=name, low=1, high=MOST_PLACES)


def _code(value: str, field: str = "code") -> str:
    if not _CODE.fullmatch(value):
        raise bad_code(field)
    return value


def _choices(value: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    numbers.whole(len(value), field="choices", low=0, high=MOST_CHOICES)
    read_choices = [
        {
            "code": _code(one["code"], "choices"),
            "label": text.words(one["label"], field="choices", limit=160, required=True),
        }
        for one in value
    ]
    if len({one["code"] for one in read_choices}) != len(read_choices):
        raise twice("choices")
    return read_choices


SPECIALTY: dict[str, Reader] = {
    "name": _words("name", 120, required=True),
    "base_minutes": _minutes("base_minutes", 1, 1440),
    "capacity": _places("capacity"),
    "position": _position,
}

SERVICE: dict[str, Reader] = {
    "name": _words("name", 160, required=True),
    "description": _words("description", 4000),
    "preparation": _words("preparation", 4000),
    "synonyms": _words("synonyms", 500),
    "kind": lambda value: numbers.one_of(value, ServiceKind.values, field="kind"),
    "minutes": _maybe(_minutes("minutes", 1)),
    "multiplier": lambda value: numbers.whole(value, field="multiplier", low=1, high=100),
    "buffer_before": _minutes("buffer_before", high=720),
    "buffer_after": _minutes("buffer_after", high=720),
    "hole_after": _minutes("hole_after"),
    "hole_minutes": _minutes("hole_minutes"),
    "price_minor": _maybe(numbers.amount),
    "price_shown": bool,
    "capacity": _maybe(_places("capacity")),
    "max_party": _places("max_party"),
    "start_step": _maybe(_minutes("start_step", 1, 1440)),
    "start_hours": _maybe(_hours),
    "online": bool,
    "is_default": bool,
    "color": text.color,
    "icon": lambda value: text.line(value, field="icon", limit=32),
    "position": _position,
    "external_id": lambda value: text.line(value, field="external_id", limit=120),
}


FIELD: dict[str, Reader] = {
    "code": _code,
    "label": _words("label", 200, required=True),
    "hint": _words("hint", 500),
    "kind": lambda value: numbers.one_of(value, FieldKind.values, field="kind"),
    "choices": _choices,
    "required": bool,
    "asked_of": lambda value: numbers.one_of(value, AskedOf.values, field="asked_of"),
    "position": _position,
}

CONSENT: dict[str, Reader] = {
    "purpose": lambda value: numbers.one_of(value, ConsentPurpose.values, field="purpose"),
    "required": bool,
    "position": _position,
}

KIND: dict[str, Reader] = {
    "code": _code,
    "name": _words("name", 80, required=True),
    "position": _position,
    "archived": bool,
}

PATH: dict[str, Reader] = {
    "name": _words("name", 120),
    "steps": paths.read_steps,
}

WORDING: dict[str, Reader] = {
    "label": _words("label", 1000, required=True),
    "body": _words("body", 100_000),
    "file_hash": str,
    "file_name": lambda value: text.line(value, field="file_name", limit=160),
}


def read(readers: Mapping[str, Reader], values: Mapping[str, Any]) -> dict[str, Any]:
    """Every value by its reader; an unknown name is a programmer's error (KeyError)."""
    return {name: readers[name](value) for name, value in values.items()}

"""Sent values of a resource, checked field by field."""

from collections.abc import Callable, Mapping
from typing import Any

from visita.foundation import numbers, text
from visita.scheduling.models.resource import ResourceKind

READERS: dict[str, Callable[[Any], Any]] = {
    "kind": lambda value: numbers.one_of(value, ResourceKind.values, field="kind"),
    "name": lambda value: text.line(value, field="name", limit=200, required=True),
    "title": lambda value: text.line(value, field="title", limit=80),
    "occupation": lambda value: text.words(value, field="occupation", limit=200),
    "color": text.color,
    "position": lambda value: numbers.whole(value, field="position", low=0, high=100_000),
    "online": bool,
    "in_journal": bool,
    "external_id": lambda value: text.line(value, field="external_id", limit=120),
}


def read(values: Mapping[str, Any]) -> dict[str, Any]:
    """Every value by its reader; an unknown name is a programmer's error (KeyError)."""
    return {name: READERS[name](value) for name, value in values.items()}

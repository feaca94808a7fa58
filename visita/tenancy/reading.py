"""Sent values of organizations and locations, checked field by field; each reader refuses what cannot be kept."""

from collections.abc import Callable, Mapping
from typing import Any

from visita.foundation import numbers, phones, places, text

Reader = Callable[[Any], Any]


def profile_readers(country: str) -> dict[str, Reader]:
    """How each field of a profile is read; `country` is the default region of its phone."""
    return {
        "name": lambda value: text.line(value, field="name", limit=200, required=True),
        "trade": lambda value: text.line(value, field="trade", limit=40, required=True),
        "language": text.language,
        "languages": lambda value: [text.language(tag, field="languages") for tag in value],
        "currency": places.currency,
        "country": places.country,
        "phone": lambda value: phones.read(value, country).typed,
        "email": text.email,
        "accent": lambda value: text.color(value, field="accent"),
        "notice": lambda value: text.words(value, field="notice", limit=2000),
        "confirmation": lambda value: text.words(value, field="confirmation", limit=2000),
        "policy": lambda value: text.words(value, field="policy", limit=20000),
    }


def location_readers(country: str) -> dict[str, Reader]:
    """How each field of a location is read."""
    return {
        "name": lambda value: text.line(value, field="name", limit=200, required=True),
        "address": lambda value: text.line(value, field="address", limit=300),
        "city": lambda value: text.line(value, field="city", limit=120),
        "zone": places.zone,
        "phone": lambda value: phones.read(value, country).typed,
        "email": text.email,
        "map_url": lambda value: text.url(value, field="map_url"),
        "journal_start": lambda value: numbers.minutes(value, field="journal_start", high=1439),
        "journal_end": lambda value: numbers.minutes(value, field="journal_end", low=1),
        "position": lambda value: numbers.whole(value, field="position", low=0, high=100_000),
        "external_id": lambda value: text.line(value, field="external_id", limit=120),
    }


def read(readers: Mapping[str, Reader], values: Mapping[str, Any]) -> dict[str, Any]:
    """Every value by its reader; an unknown name is a programmer's error (KeyError)."""
    return {name: readers[name](value) for name, value in values.items()}

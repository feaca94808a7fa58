"""A tenant's own texts: `{language: text}`, read with the fallback language, then whatever there is."""

from collections.abc import Mapping

Words = dict[str, str]


def text(value: Mapping[str, str], language: str, fallback: str) -> str:
    """The text in `language`, else in `fallback` (the organization's language), else the first, else empty."""
    return value.get(language) or value.get(fallback) or next(iter(value.values()), "")

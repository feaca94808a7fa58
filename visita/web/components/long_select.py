"""A choice of hundreds (the countries), written in one go: Django renders a template for each option, 10 ms a field."""

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """One of many plain options: no groups, no attributes of their own."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The same HTML as Django's, in one step."""
        known = tuple((str(key), str(words)) for key, words in self.choices)
        around = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", around, _options(known, *self.format_value(value)))


@lru_cache(maxsize=32)
def _options(known: tuple[tuple[str, str], ...], *chosen: str) -> SafeString:
    return format_html_join("\n", "{}", ((_option(key, words, key in chosen),) for key, words in known))


def _option(key: str, words: str, chosen: bool) -> SafeString:
    if chosen:
        return format_html('<option value="{}" selected>{}</option>', key, words)
    return format_html('<option value="{}">{}</option>', key, words)

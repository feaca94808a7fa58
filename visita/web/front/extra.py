"""The organization's own questions as form fields, named `field_<code>`; read by the rules of every door."""

from collections.abc import Callable
from typing import Any

from django import forms

from visita.catalog import answers
from visita.catalog.asking import Door, FieldRule
from visita.catalog.models import FieldKind
from visita.foundation.errors import Refusal

PREFIX = "field_"
Text = Callable[[dict[str, str]], str]


def build(rule: FieldRule, text: Text, door: Door = "client") -> forms.Field:
    """A form field for a rule, its words in the page's language; required where the door asks it so."""
    more: dict[str, Any] = {
        "label": text(rule.label),
        "help_text": text(rule.hint),
        "required": rule.must(door),
    }
    if rule.kind == FieldKind.TICK:
        return forms.BooleanField(widget=forms.CheckboxInput(), **more)
    return forms.CharField(widget=_widget(rule, text), **more)


def _widget(rule: FieldRule, text: Text) -> forms.Widget:
    if rule.kind == FieldKind.CHOICE:
        offered = [("", "—"), *((str(one["code"]), text(one["label"])) for one in rule.choices)]
        return forms.Select(attrs={"class": "input"}, choices=offered)
    if rule.kind == FieldKind.LONG_TEXT:
        return forms.Textarea(attrs={"class": "input", "rows": 3, "maxlength": answers.NOTE})
    by_kind: dict[FieldKind, dict[str, Any]] = {
        FieldKind.NUMBER: {"inputmode": "decimal", "maxlength": 20},
        FieldKind.DATE: {"type": "date"},
    }
    more = by_kind.get(FieldKind(rule.kind), {"maxlength": answers.LINE})
    return forms.TextInput(attrs={"class": "input", "autocomplete": "off", **more})


def read(form: forms.Form, rules: tuple[FieldRule, ...]) -> dict[str, Any]:
    """The answers by code; what is wrong is said at its field."""
    found: dict[str, Any] = {}
    for rule in rules:
        name = f"{PREFIX}{rule.code}"
        if name not in form.cleaned_data:
            continue
        try:
            value = answers.answer(rule, form.cleaned_data[name])
        except Refusal as refusal:
            form.add_error(name, str(refusal.message))
            continue
        if value is not None:
            found[rule.code] = value
    return found

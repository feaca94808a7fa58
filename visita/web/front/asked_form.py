"""A form among the steps of a booking path: some of the organization's own questions, asked before the details."""

from collections.abc import Sequence
from typing import Any

from django import forms

from visita.catalog import queries as catalog
from visita.catalog.asking import FieldRule
from visita.catalog.paths import OWN
from visita.web.front import extra
from visita.web.front.place import Place


class AskedForm(forms.Form):
    """The fields with these codes that clients are asked; `sent` once the visitor pressed "Continue"."""

    def __init__(self, place: Place, codes: Sequence[str], typed: dict[str, str], *, sent: bool) -> None:
        super().__init__(typed if sent else None, initial=typed)
        self.rules = _rules(codes)
        for rule in self.rules:
            self.fields[f"{extra.PREFIX}{rule.code}"] = extra.build(rule, place.text)

    def clean(self) -> dict[str, Any]:
        """By the rules of the details."""
        found: dict[str, Any] = super().clean() or {}
        extra.read(self, self.rules)
        return found


def codes(steps: Sequence[dict[str, Any]]) -> frozenset[str]:
    """The codes of all fields that a path asks before the details."""
    return frozenset(code for step in steps if step["step"] in OWN for code in step.get("fields", ()))


def _rules(codes: Sequence[str]) -> tuple[FieldRule, ...]:
    known = {rule.code: rule for rule in catalog.asked().fields if rule.asks("client")}
    return tuple(known[code] for code in codes if code in known)

"""Tick-boxes beside the booking: what stands beside each, and whether it was ticked as it was read."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext as _

from visita.catalog import queries
from visita.catalog.asking import ConsentRule
from visita.catalog.models import ConsentVersion
from visita.web.front.place import Place

PREFIX = "consent_"
_LINK = re.compile(r"\[([^\]\[]{1,200})\]\((https?://[^\s()<>\"']{1,500})\)")


class Words(NamedTuple):
    """A piece of a sentence; a link where it has an address."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A consent on the page: its sentence in pieces, the address of its whole text (empty: there is none)."""

    rule: ConsentRule
    words: tuple[Words, ...]
    url: str

    @property
    def name(self) -> str:
        """The form's name of it."""
        return f"{PREFIX}{self.rule.id}"

    def field(self) -> forms.BooleanField:
        """The form field; never ticked beforehand."""
        return forms.BooleanField(
            required=self.rule.required, error_messages={"required": _("Tick this to go on.")}
        )


def ticks(place: Place, rules: tuple[ConsentRule, ...]) -> list[Tick]:
    """The consents to ask for, in their order; one query, none where nothing is asked. Inside a scope."""
    words = queries.wordings(rules)
    return [_tick(place, rule, words[rule.id]) for rule in rules if rule.id in words]


def _tick(place: Place, rule: ConsentRule, words: ConsentVersion) -> Tick:
    has_more = words.file_hash or place.text(words.body)
    url = place.url("text", consent=str(rule.id), version=str(rule.version)) if has_more else ""
    return Tick(rule, pieces(place.text(words.label)), url)


def pieces(sentence: str) -> tuple[Words, ...]:
    """A sentence cut at its links, which are written `[words](https://…)`."""
    found: list[Words] = []
    end = 0
    for link in _LINK.finditer(sentence):
        found += [Words(sentence[end : link.start()]), Words(link[1], link[2])]
        end = link.end()
    return tuple(each for each in [*found, Words(sentence[end:])] if each.text)


def read(form: forms.Form, asked: list[Tick]) -> tuple[str, ...]:
    """What was ticked, as `<id>.<version>`; a box of another version asks to be read again."""
    given = []
    for tick in asked:
        if not form.cleaned_data.get(tick.name):
            continue
        if form.data.get(tick.name) != str(tick.rule.version):
            form.add_error(tick.name, _("This text was changed meanwhile. Read it again and tick it."))
            continue
        given.append(f"{tick.rule.id}.{tick.rule.version}")
    return tuple(given)

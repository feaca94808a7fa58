"""The organization's own questions and tick-boxes at the desk: as form fields, and read from what a form sends."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from visita.bookings import papers
from visita.catalog import queries
from visita.catalog.asking import ConsentRule, FieldRule
from visita.foundation.errors import Refusal, Refusals
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import Frame, frame
from visita.web.desk.reading import Body, query
from visita.web.front import extra, ticks


class Box(NamedTuple):
    """A text the client may have accepted at the desk; `value` is its present version."""

    name: str
    value: int
    words: tuple[ticks.Words, ...]
    url: str
    ticked: bool


@page
def asked(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`?location=&service=`: the part of the new visit's form that asks what this service asks."""
    guest.require(rights.VISITS_BOOK)
    values = query(request)
    with scope(guest.organization.pk):
        place = frame(request, guest, values)
        return render(request, "desk/parts/asked.html", context(place, values.number("service"), values))


def context(
    place: Frame, service_id: int | None, values: Body, refusal: Refusal | None = None
) -> dict[str, Any]:
    """What `desk/parts/asked.html` shows, with what was typed and what was refused of it."""
    if service_id is None:
        return {}
    found = papers.asked_here(place.location.pk, service_id)
    return {
        "asked": questions(place, found.fields, values.values, refusal, "new"),
        "boxes": _boxes(place, found.consents, values),
    }


def questions(
    place: Frame, rules: Iterable[FieldRule], typed: Mapping[str, Any], refusal: Refusal | None, prefix: str
) -> forms.Form:
    """A form of the questions; `prefix` begins the ids of its fields."""
    form = forms.Form(dict(typed), auto_id=f"{prefix}-%s", use_required_attribute=False)
    for rule in rules:
        form.fields[f"{extra.PREFIX}{rule.code}"] = extra.build(rule, place.text, "staff")
    form.full_clean()
    form.errors.clear()  # the action alone judges: its refusals are told at their fields
    for one in _every(refusal):
        if (name := field_name(one)) in form.fields:
            form.add_error(name, str(one.message))
    return form


def _every(refusal: Refusal | None) -> list[Refusal]:
    if refusal is None:
        return []
    return refusal.all if isinstance(refusal, Refusals) else [refusal]


def field_name(refusal: Refusal) -> str:
    """The form's name of a refused field."""
    kind, _dot, code = (refusal.field or "").partition(".")
    return f"{extra.PREFIX}{code}" if kind == "fields" else kind


def _boxes(place: Frame, rules: tuple[ConsentRule, ...], typed: Body) -> list[Box]:
    words = queries.wordings(rules)
    return [_box(place, rule, words[rule.id], typed) for rule in rules if rule.id in words]


def _box(place: Frame, rule: ConsentRule, words: Any, typed: Body) -> Box:
    name, slug = f"{ticks.PREFIX}{rule.id}", place.guest.organization.slug
    url = ""
    if words.file_hash or place.text(words.body):
        url = reverse("front:text", args=[slug, rule.id, rule.version])
    sentence = ticks.pieces(place.text(words.label))
    return Box(name, rule.version, sentence, url, typed.text(name) == str(rule.version))


def answers(sent: Body) -> dict[str, Any]:
    """The answers by code; what is empty is no answer."""
    return {
        name.removeprefix(extra.PREFIX): value
        for name, value in sent.values.items()
        if name.startswith(extra.PREFIX) and value not in ("", None)
    }


def told(sent: Body) -> tuple[str, ...]:
    """The texts accepted by word or on paper, as `<id>.<version>`."""
    names = [name for name in sent.values if name.startswith(ticks.PREFIX) and sent.text(name, 12)]
    return tuple(f"{name.removeprefix(ticks.PREFIX)}.{sent.text(name, 12)}" for name in names)

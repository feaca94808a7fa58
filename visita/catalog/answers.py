"""Answers to a booking's fields: checked by kind, and kept with the label and version they were asked with.

One reader for every door. A field is named by its code or its id; what is refused names it as `fields.<code>`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from visita.catalog.asking import Door, FieldRule
from visita.catalog.models.asking import FieldKind
from visita.foundation import text
from visita.foundation.errors import Refusal, Refusals

LINE, NOTE = 300, 4000  # longest answers
_YES = frozenset(["on", "true", "yes", "1"])
_NO = frozenset(["", "off", "false", "no", "0"])
_NUMBER = re.compile(r"[+-]?\d{1,12}([.,]\d{1,6})?", re.ASCII)


def read(
    rules: Iterable[FieldRule], given: Mapping[str, Any], door: Door, *, complete: bool = True
) -> dict[str, Any]:
    """What a visit keeps: `{code: {id, version, label, kind, position, value[, shown]}}`, empty answers left out.

    Refuses unknown_field, field_required (not asked for when `complete` is off: an import), bad_choice, bad_number,
    bad_datetime, wrong_type, too_long, text_invalid; several at once as `Refusals`.
    """
    known = [rule for rule in rules if rule.asks(door)]
    refused = [unknown(key) for key in given if not any(key in (each.code, str(each.id)) for each in known)]
    kept: dict[str, Any] = {}
    for position, rule in enumerate(known):
        try:
            value = answer(rule, given.get(rule.code, given.get(str(rule.id))))
            if value is None and complete and rule.must(door):
                raise missing(rule)
        except Refusal as refusal:
            refused.append(refusal)
            continue
        if value is not None:
            kept[rule.code] = _kept(rule, position, value)
    if refused:
        raise refused[0] if len(refused) == 1 else Refusals(refused)
    return kept


def values(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answers alone of what a visit keeps: `{code: value}`."""
    return {code: one.get("value") if isinstance(one, dict) else one for code, one in kept.items()}


def answer(rule: FieldRule, sent: Any) -> Any:
    """The value as it is kept; None for nothing answered. Texts are trimmed, numbers decimal texts, dates ISO."""
    if sent is None or sent == "":
        return None
    return _READERS[rule.kind](rule, sent)


def unknown(key: str) -> Refusal:
    """422: no field of this name is asked for here."""
    return Refusal(
        "unknown_field", 422, _("There is no such field here. Leave it out."), field=f"fields.{key[:60]}"
    )


def missing(rule: FieldRule) -> Refusal:
    """422: it must be answered."""
    return Refusal("field_required", 422, _("Fill in this field."), field=name(rule))


def name(rule: FieldRule) -> str:
    """How a refusal names the field."""
    return f"fields.{rule.code}"


def _kept(rule: FieldRule, position: int, value: Any) -> dict[str, Any]:
    found = {"id": rule.id, "version": rule.version, "label": rule.label, "kind": rule.kind}
    if rule.kind == FieldKind.CHOICE:
        found["shown"] = next(one["label"] for one in rule.choices if one["code"] == value)
    return {**found, "position": position, "value": value}


def _text(rule: FieldRule, sent: Any) -> str | None:
    return text.line(_string(rule, sent), field=name(rule), limit=LINE) or None


def _long_text(rule: FieldRule, sent: Any) -> str | None:
    return text.note(_string(rule, sent), field=name(rule), limit=NOTE) or None


def _choice(rule: FieldRule, sent: Any) -> str:
    codes = [str(one["code"]) for one in rule.choices]
    if sent not in codes:
        raise Refusal(
            "bad_choice", 422, _("Choose one of the offered values."), field=name(rule), allowed=codes
        )
    return str(sent)


def _number(rule: FieldRule, sent: Any) -> str:
    written = str(sent).strip() if isinstance(sent, int | str) and not isinstance(sent, bool) else ""
    if not _NUMBER.fullmatch(written):
        raise Refusal("bad_number", 422, _("Write a number, such as 12 or 12.5."), field=name(rule))
    return f"{Decimal(written.replace(',', '.')):f}"


def _date(rule: FieldRule, sent: Any) -> str:
    try:
        found = date.fromisoformat(sent) if isinstance(sent, str) and len(sent) == 10 else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise Refusal(
            "bad_datetime", 422, _("Write a date that exists, such as 2026-11-23."), field=name(rule)
        )
    return found.isoformat()


def _tick(rule: FieldRule, sent: Any) -> bool | None:
    if isinstance(sent, bool):
        return sent or None
    if isinstance(sent, str) and sent.lower() in _YES | _NO:
        return sent.lower() in _YES or None
    raise _wrong_type(rule)


def _string(rule: FieldRule, sent: Any) -> str:
    if not isinstance(sent, str):
        raise _wrong_type(rule)
    return sent


def _wrong_type(rule: FieldRule) -> Refusal:
    return Refusal("wrong_type", 422, _("This value has the wrong type."), field=name(rule))


_READERS: dict[str, Callable[[FieldRule, Any], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.CHOICE: _choice,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.TICK: _tick,
}

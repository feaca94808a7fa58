"""What the schemas reject, said in our codes: one error per field, ids that cannot exist as 404."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visita.api.body import bad_json
from visita.api.problems import not_found
from visita.foundation.errors import Refusal, Refusals

_CODES = {
    "extra_forbidden": "unknown_field",
    "missing": "required",
    "string_too_long": "too_long",
    "string_too_short": "required",
    "too_long": "too_many",
    "too_short": "required",
    "string_unicode": "text_invalid",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "literal_error": "not_a_choice",
}
_LENGTH = ("bad_duration", gettext_lazy("This length is not possible."))
_OF_FIELD = {
    ("minutes", "out_of_range"): _LENGTH,
    ("email", "too_long"): (
        "email_invalid",
        gettext_lazy("This email address is not complete or has a typo."),
    ),
}  # said of these fields as the actions say it
_TYPE = re.compile(r"int|bool|\[key\]|(constrained-|list|function-).*")
_WHOLE_BODY = ("body", "body")  # what ninja calls a body of which nothing was sent
_OURS = frozenset({"bad_datetime", "bad_page", "not_offered", "wrong_type"})


def refusal_of(errors: list[dict[str, Any]]) -> Refusal:
    """The refusal for a list of validation errors: 404 for an id no row can have, 400 for no body at all where one is
    needed, else 422 with every field."""
    if any(error["type"] == "no_such_id" or _no_address(error) for error in errors):
        return not_found()
    if any(error["type"] == "missing" and tuple(error["loc"]) == _WHOLE_BODY for error in errors):
        return bad_json()
    refusals = _of_each_field([_one(error) for error in errors])
    return refusals[0] if len(refusals) == 1 else Refusals(refusals)


def _of_each_field(refusals: list[Refusal]) -> list[Refusal]:
    """One for each field: of a value that may be of several types, what the type says that fits it best."""
    told: dict[str | None, Refusal] = {}
    for one in refusals:
        if one.field not in told or told[one.field].code == "wrong_type":
            told[one.field] = one
    return list(told.values())


def _no_address(error: Mapping[str, Any]) -> bool:
    """A part of the address that cannot be; a date that does not exist is told as such."""
    return bool(error["loc"][0] == "path" and error["type"] != "bad_datetime")


def _one(error: Mapping[str, Any]) -> Refusal:
    kind, field = error["type"], _field(error["loc"])
    if kind == "refused":  # a text's own refusal, already said in words
        return Refusal(error["ctx"]["code"], 422, error["msg"], field=field)
    code = kind if kind in _OURS else _CODES.get(kind, "wrong_type")
    if (own := _OF_FIELD.get((field.rpartition(".")[2], code))) is not None:
        return Refusal(own[0], 422, own[1], field=field)
    return Refusal(code, 422, _message(code, error), field=field)


def _field(loc: tuple[Any, ...]) -> str:
    """`("body", "body", "items", 0, "start")` → `items.0.start`: the address inside what was sent, without the type that
    was tried there (`fields.a.int` → `fields.a`)."""
    inner = loc[2:] if loc[0] == "body" else loc[1:]
    if len(inner) > 1 and _TYPE.fullmatch(str(inner[-1])):
        inner = inner[:-1]
    return ".".join(str(part) for part in inner)


def _message(code: str, error: Mapping[str, Any]) -> str:
    limits = error.get("ctx", {})
    if code == "too_long":
        return _("This text is longer than %(limit)s characters.") % {"limit": limits.get("max_length", "")}
    if code == "out_of_range" and "ge" in limits:
        return _("Write a number not below %(low)s.") % {"low": limits["ge"]}
    if code == "out_of_range":
        return _("Write a number not above %(high)s.") % {"high": limits.get("le", "")}
    if code == "not_a_choice":
        return _("Choose one of: %(choices)s.") % {"choices": limits.get("expected", "")}
    return _texts().get(code) or str(error["msg"])


def _texts() -> dict[str, str]:
    return {
        "unknown_field": _("There is no such field here. Leave it out."),
        "required": _("This is needed."),
        "too_many": _("There are too many entries."),
        "text_invalid": _("This text contains characters that cannot be kept (control or direction marks)."),
        "wrong_type": _("This value has the wrong type."),
    }

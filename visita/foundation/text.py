"""Texts that people, programs and files send: normalised to NFC, or refused with a reason.

Accepted: every script, emoji, right-to-left text, markup (shown escaped). Refused: NUL and other controls, lone
surrogates, bidi overrides, towers of combining marks, and what is longer than its column.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal

_BIDI = "\u202a-\u202e\u2066-\u2069"
_BAD_LINE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff{_BIDI}]")
_BAD_NOTE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{_BIDI}]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_URL = re.compile(r"https?://[^\s<>\"'@\\]+")
LONGEST_NOTE = (
    10_000  # characters of a note of staff: of a visit, a client, a series, by hand, by API, from a file
)
MARKS = 6  # combining marks in a row that real scripts stay under (Tibetan, pointed Hebrew, Vietnamese)
EMAIL = EmailValidator()


def line(value: str, *, field: str, limit: int, required: bool = False) -> str:
    """One line of text: NFC, trimmed, at most `limit` characters. Refuses text_invalid, too_long, required."""
    return _checked(value, _BAD_LINE, field, limit, required)


def note(value: str, *, field: str, limit: int = LONGEST_NOTE) -> str:
    """Text of several lines; line ends become LF. What staff note has one limit at every door."""
    return _checked(value.replace("\r\n", "\n").replace("\r", "\n"), _BAD_NOTE, field, limit, False)


def words(value: Mapping[str, str], *, field: str, limit: int, required: bool = False) -> dict[str, str]:
    """A tenant's text in several languages, `{language: text}`; empty ones are dropped."""
    texts = {language(key, field=field): note(text, field=field, limit=limit) for key, text in value.items()}
    kept = {key: text for key, text in texts.items() if text}
    if required and not kept:
        raise missing(field)
    return kept


def email(value: str, *, field: str = "email") -> str:
    """An address, lower-cased and trimmed; empty stays empty."""
    value = value.strip(" ").lower()
    if not value:
        return ""
    try:
        EMAIL(value)
    except ValidationError:
        raise _email_invalid(field) from None
    if len(value) > 254 or _BAD_LINE.search(value):
        raise _email_invalid(field)
    return unicodedata.normalize("NFC", value)


def language(value: str, *, field: str = "language") -> str:
    """A language tag of two or three letters, with an optional script or region."""
    if not _LANGUAGE.fullmatch(value) or value.partition("-")[0] not in _languages():
        raise Refusal("language_invalid", 422, _("This language is not known."), field=field)
    return value


@cache
def _languages() -> frozenset[str]:
    """Those that have a name (CLDR)."""
    return frozenset(Locale("en").languages)


def color(value: str, *, field: str = "color") -> str:
    """A colour as #rrggbb, lower-cased; empty stays empty."""
    if value and not _COLOR.fullmatch(value):
        raise Refusal("color_invalid", 422, _("A colour is written like #3366cc."), field=field)
    return value.lower()


def url(value: str, *, field: str, limit: int = 500) -> str:
    """A web address shown as a link (http or https only, no user part); empty stays empty."""
    value = line(value, field=field, limit=limit)
    if value and not _URL.fullmatch(value):
        raise Refusal(
            "url_not_allowed", 422, _("A web address begins with https:// and has no spaces."), field=field
        )
    return value


def missing(field: str) -> Refusal:
    """The refusal of an empty field that must be filled."""
    return Refusal("required", 422, _("Fill in this field."), field=field)


def _checked(value: str, bad: re.Pattern[str], field: str, limit: int, required: bool) -> str:
    if bad.search(value):
        raise _invalid(field)
    value = unicodedata.normalize("NFC", value).strip()
    if _tower(value):
        raise _invalid(field)
    if len(value) > limit:
        raise Refusal(
            "too_long",
            422,
            _("This text has %(many)d characters, %(most)d fit: nothing was saved, shorten it.")
            % {"many": len(value), "most": limit},
            field=field,
            limit=limit,
        )
    if required and not value:
        raise missing(field)
    return value


def _tower(value: str) -> bool:
    if value.isascii():
        return False
    height = 0
    for character in value:
        height = height + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if height > MARKS:
            return True
    return False


def _invalid(field: str) -> Refusal:
    return Refusal(
        "text_invalid",
        422,
        _("This text has characters that cannot be kept. Type it again."),
        field=field,
    )


def _email_invalid(field: str) -> Refusal:
    return Refusal("email_invalid", 422, _("This email address is not complete or has a typo."), field=field)

"""Reading what the desk's script and forms send: dates, ids and bodies, each refused with its field when wrong."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from visita.foundation import clock
from visita.foundation.errors import Refusal

LONGEST_BODY = 64 * 1024  # bytes; a booking with a long note is under 5,000
_BIG = 2**63 - 1
LAST_MINUTE = 2**26  # epoch minutes: the year 2097
_ESCAPED_HALF = re.compile(rb"\\u[dD][89abAB]")
_FIRST, _LAST = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Body:
    """Values by name, read with a type; a wrong one raises the refusal 422 that names its field."""

    values: Mapping[str, Any]

    def number(self, name: str, *, low: int = 1, high: int = _BIG) -> int | None:
        """A whole number or None where it is absent. Form fields come as text."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,19}", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise _bad("bad_number", name)
        return value

    def required(self, name: str, *, high: int = _BIG) -> int:
        """A whole number that must be there."""
        value = self.number(name, high=high)
        if value is None:
            raise Refusal("required", 422, _("This is missing."), field=name)
        return value

    def text(self, name: str, longest: int = 300) -> str:
        """Text without surrounding space; absent is empty."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str) or "\x00" in value or any(0xD800 <= ord(c) < 0xE000 for c in value):
            raise Refusal("text_invalid", 422, _("This text cannot be used."), field=name)
        if len(value) > longest:
            told = _("This text has %(many)d characters, %(most)d fit: nothing was saved, shorten it.")
            message = told % {"many": len(value), "most": longest}
            raise Refusal("too_long", 422, message, field=name, limit=longest)
        return value.strip()

    def flag(self, name: str) -> bool:
        """True, or a ticked box of a form."""
        return self.values.get(name) in (True, "on", "true", "1")

    def instant(self, name: str) -> datetime:
        """A time with its offset."""
        value = self.values.get(name)
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is None or not _FIRST <= found.date() <= _LAST:
            raise Refusal("bad_datetime", 422, _("Write a date and a time."), field=name)
        return found

    def mapping(self, name: str) -> "Body":
        """A nested object; absent is empty."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            raise _bad("bad_json", name)
        return Body(value or {})

    def rows(self, name: str, longest: int = 10) -> list["Body"]:
        """A list of objects, also as JSON text of a form field; absent is empty."""
        value = self.values.get(name) or []
        try:
            found = json.loads(value, parse_constant=_no_constant) if isinstance(value, str) else value
        except (ValueError, RecursionError) as error:
            raise _bad("bad_json", name) from error
        if (
            not isinstance(found, list)
            or len(found) > longest
            or not all(isinstance(one, dict) for one in found)
        ):
            raise _bad("bad_json", name)
        return [Body(one) for one in found]


def body(request: HttpRequest) -> Body:
    """The request's JSON object, or its form fields. Raises the refusals 400, 413 and 415."""
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return Body(request.POST.dict())
    if request.content_type != "application/json":
        raise Refusal("bad_type", 415, _("This is not JSON."))
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
            raise Refusal("too_large", 413, _("This is too much at once."))
        values = json.loads(request.body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refusal("bad_json", 400, _("This could not be read. Nothing was changed.")) from error
    if not isinstance(values, dict):
        raise Refusal("bad_json", 400, _("This could not be read. Nothing was changed."))
    if _ESCAPED_HALF.search(request.body) and _has_half(values):
        raise Refusal("text_invalid", 422, _("This text cannot be used."))
    return Body(values)


def _has_half(values: Any) -> bool:
    """Whether a lone surrogate stands anywhere: no page could show it again, and no text may hold it."""
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def query(request: HttpRequest) -> Body:
    """The parameters of the address."""
    return Body(request.GET.dict())


def number(text: str) -> int | None:
    """A whole number that a bigint holds and no sign stands before, else None."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20):  # thousands of digits no int() reads
        return None
    found = int(text)
    return found if found <= _BIG else None


def day(text: str) -> date | None:
    """A date of an address; None where it is empty, the refusal 422 where it is no date (or far out of reach)."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise Refusal("bad_date", 422, _("This is not a date."), field="date") from error
    if len(text) != 10 or not _FIRST <= found <= _LAST:
        raise Refusal("bad_date", 422, _("This is not a date."), field="date")
    return found


def moment(sent: Body, when: date, zone: ZoneInfo) -> datetime:
    """The aware `start`, or the wall-clock `time` on `when` in `zone` (of two in a fold the first)."""
    if sent.text("start", 40):
        return sent.instant("start")
    try:
        wall = datetime.strptime(sent.text("time", 8), "%H:%M").time()  # noqa: DTZ007 - made aware on the next line
    except ValueError as error:
        raise Refusal("bad_datetime", 422, _("Write a date and a time."), field="time") from error
    start = datetime.combine(when, wall, zone)
    if clock.from_minute(clock.to_minute(start)).astimezone(zone).time() != wall:
        raise Refusal(
            "time_does_not_exist", 422, _("The clocks jump over this time on that day."), field="time"
        )
    return start


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _bad(code: str, name: str) -> Refusal:
    return Refusal(code, 422, _("This value cannot be used."), field=name)
